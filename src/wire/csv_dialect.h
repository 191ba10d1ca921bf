#ifndef MXSWEEP_WIRE_CSV_DIALECT_H
#define MXSWEEP_WIRE_CSV_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

enum {
	CSV_DIALECT_BYTES = 65536, /* of the head that is looked at: some thousand rows */
};

enum csv_text {
	CSV_TEXT_UTF8,    /* or ASCII; single bytes of another encoding may lie in it */
	CSV_TEXT_OTHER,   /* mostly not UTF-8: an eight-bit encoding, such as Windows-1252 */
	CSV_TEXT_UTF16LE, /* by its mark; nothing else is known: convert, then ask again */
	CSV_TEXT_UTF16BE,
	CSV_TEXT_BINARY, /* holds a NUL byte: a workbook, or UTF-16 without a mark */
};

struct csv_dialect {
	enum csv_text text;
	char delimiter;      /* ',' ';' TAB, or by a "sep=" line; '\0': one cell a line */
	size_t mark_length;  /* bytes of the byte-order mark, 0, 2 or 3 */
	bool separator_line; /* the first line is "sep=;" or the like: about the file, no row */
};

/*
 * How a CSV file is written, judged from its head. Fewer than CSV_DIALECT_BYTES are the whole file;
 * of a longer one the last, cut row is not judged. The delimiter is the one that gives the most
 * rows a cell that looks like a host name; then the one with which most rows are equally wide (RFC
 * 4180 section 2.4); then the one with most cells.
 */
void csv_dialect_detect(const char *bytes, size_t length, struct csv_dialect *dialect_out);

#endif
