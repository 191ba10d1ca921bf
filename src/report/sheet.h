#ifndef MXSWEEP_REPORT_SHEET_H
#define MXSWEEP_REPORT_SHEET_H

#include "score/outcome.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xlsxwriter.h>

struct arena;
struct error;

/* Formats of a workbook, made once. */
struct sheet_formats {
	lxw_format *title, *head, *note;
	lxw_format *outcomes[OUTCOME_COUNT];
};
void sheet_formats_make(lxw_workbook *book, struct sheet_formats *out);

/* The format of a word that has a colour: an outcome or a verdict; NULL for all others. */
lxw_format *sheet_format_of(const struct sheet_formats *formats, const char *word);

/*
 * A table that goes on in a further worksheet where Excel's rows end: "Domains", "Domains 2". Rows
 * are written from top to bottom. What the library refuses is remembered; the first one is told.
 */
struct sheet {
	lxw_workbook *book;
	const struct sheet_formats *formats;
	const char *name;
	const char *const *head; /* names of the columns, ended by NULL */
	lxw_worksheet *at;
	unsigned pages;
	lxw_row_t row;  /* that is written */
	lxw_col_t cell; /* that is written next */
	lxw_row_t most; /* rows of a worksheet; 0: as many as Excel has */
	lxw_error failed;
};
void sheet_begin(struct sheet *sheet);

/* Each row: sheet_row, then its cells from the left. */
void sheet_row(struct sheet *sheet);
void sheet_text(struct sheet *sheet, const char *text, struct arena *arena); /* NULL: none */
void sheet_word(struct sheet *sheet, const char *word); /* one that has a colour */
void sheet_number(struct sheet *sheet, double number);
void sheet_end(struct sheet *sheet); /* the filter over all rows; before the workbook closes */

/*
 * Text as a worksheet can hold it: whole characters of UTF-8 (the library writes what it is given,
 * and readers lose all rows behind what is none), no control characters, cut at 32,000 octets.
 */
const char *sheet_clean(const char *text, struct arena *arena);

#endif
