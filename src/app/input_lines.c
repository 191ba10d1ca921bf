/* Bytes of a file become lines of UTF-8. */
#include "app/input_lines.h"

#include "base/alloc.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	READ_BYTES = 65536,
	CONVERT_BYTES = 4096, /* converted at a time */
};

/* From one encoding to UTF-8. */
struct converter {
	iconv_t handle; /* (iconv_t)-1: none */
	size_t unit;    /* bytes to skip when a character is broken */
};

static const struct converter no_converter = { (iconv_t)-1, 1 };

struct input_lines {
	char *name;
	int descriptor;
	struct converter whole;   /* of all that is read, or none */
	struct converter windows; /* else of lines that are not UTF-8 */
	bool eight_bit;           /* the head is not UTF-8: no line is taken for it */
	bool warned;
	bool ended;            /* the file has no more bytes */
	struct strbuf pending; /* read, and not converted yet */
	struct strbuf text;    /* what lines are cut from */
	size_t position;       /* in text */
	size_t number;
	struct strbuf converted; /* the last line, if it was not UTF-8 */
	char bytes[READ_BYTES];  /* of one read */
};

static size_t
unit_of(const char *encoding)
{
	if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
		return 2;
	if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0)
		return 4;
	return 1;
}

static bool
open_converter(struct converter *converter, const char *encoding)
{
	converter->handle = iconv_open("UTF-8", encoding);
	converter->unit = unit_of(encoding);
	return converter->handle != (iconv_t)-1;
}

static void
close_converter(struct converter *converter)
{
	if (converter->handle != (iconv_t)-1)
		iconv_close(converter->handle);
}

/*
 * Appends what the bytes mean; a broken character becomes U+FFFD. Gives how many bytes were taken:
 * all but a character cut at the end, and at the end of the file that as well.
 */
static size_t
convert(const struct converter *converter, const char *bytes, size_t length, bool end,
    struct strbuf *out)
{
	char *at = (char *)(uintptr_t)bytes; /* iconv does not write to its input */
	size_t left = length;

	strbuf_add(out, NULL, 0); /* nothing gives an empty text, not none */
	while (left > 0) {
		char chunk[CONVERT_BYTES];
		char *to = chunk;
		size_t room = sizeof chunk;
		bool failed = iconv(converter->handle, &at, &left, &to, &room) == (size_t)-1;
		int why = errno;
		size_t skip = converter->unit < left ? converter->unit : left;

		strbuf_add(out, chunk, sizeof chunk - room);
		if (failed && why == EINVAL && !end)
			break;
		if (!failed || why == E2BIG)
			continue;
		strbuf_add_string(out, UTF8_REPLACEMENT);
		at += skip;
		left -= skip;
	}
	return length - left;
}

static void
drop_front(struct strbuf *buf, size_t length)
{
	if (length == 0)
		return;
	memmove(buf->at, buf->at + length, buf->length - length);
	buf->length -= length;
	buf->at[buf->length] = '\0';
}

static void
convert_pending(struct input_lines *lines)
{
	size_t taken = convert(
	    &lines->whole, lines->pending.at, lines->pending.length, lines->ended, &lines->text);

	drop_front(&lines->pending, taken);
}

/* Adds to the text, or notes that there is no more. */
static int
refill(struct input_lines *lines, struct error *error)
{
	bool direct = lines->whole.handle == (iconv_t)-1;
	ssize_t got;

	do
		got = read(lines->descriptor, lines->bytes, sizeof lines->bytes);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set(error, EX_DATAERR, "%s: reading failed after line %zu: %s",
		    lines->name, lines->number, strerror(errno));
	lines->ended = got == 0;
	drop_front(&lines->text, lines->position);
	lines->position = 0;
	strbuf_add(direct ? &lines->text : &lines->pending, lines->bytes, (size_t)got);
	if (!direct)
		convert_pending(lines);
	return 0;
}

/* The length of the first line with its end, as far as it is there; 0 when its end is not there. */
static size_t
find_line(const struct input_lines *lines, size_t *scanned)
{
	const char *text = lines->text.at + lines->position;
	size_t length = lines->text.length - lines->position;
	size_t at = *scanned;

	while (at < length && text[at] != '\n' && text[at] != '\r')
		at++;
	*scanned = at;
	if (at == length)
		return lines->ended || length > INPUT_LINE_MAX ? length : 0;
	if (text[at] == '\n')
		return at + 1;
	if (at + 1 < length)
		return text[at + 1] == '\n' ? at + 2 : at + 1;
	return lines->ended ? length : 0; /* LF may follow */
}

/* A line that is not UTF-8 was written by an older spreadsheet: Windows-1252. */
static void
mend_line(struct input_lines *lines, const char **line, size_t *length)
{
	bool ascii = true;

	for (size_t i = 0; i < *length && ascii; i++)
		ascii = (unsigned char)(*line)[i] < 0x80;
	if (ascii || (!lines->eight_bit && utf8_valid(*line, *length)))
		return;
	if (!lines->warned)
		log_warn("%s: line %zu is not UTF-8 and is read as Windows-1252; "
			 "name another encoding with --encoding",
		    lines->name, lines->number);
	lines->warned = true;
	strbuf_reset(&lines->converted);
	convert(&lines->windows, *line, *length, true, &lines->converted);
	*line = lines->converted.at;
	*length = lines->converted.length;
}

int
input_lines_next(
    struct input_lines *lines, const char **line_out, size_t *length_out, struct error *error)
{
	size_t scanned = 0, length;

	while ((length = find_line(lines, &scanned)) == 0) {
		if (lines->ended)
			return 0;
		if (refill(lines, error) < 0)
			return -1;
	}
	*line_out = lines->text.at + lines->position;
	*length_out = length;
	lines->position += length;
	lines->number++;
	if (lines->whole.handle == (iconv_t)-1)
		mend_line(lines, line_out, length_out);
	return 1;
}

static int
fill_head(struct input_lines *lines, struct error *error)
{
	while (!lines->ended && lines->text.length < CSV_DIALECT_BYTES)
		if (refill(lines, error) < 0)
			return -1;
	return 0;
}

static void
detect(const struct input_lines *lines, struct csv_dialect *dialect_out)
{
	size_t length = lines->text.length;

	csv_dialect_detect(
	    lines->text.at, length < CSV_DIALECT_BYTES ? length : CSV_DIALECT_BYTES, dialect_out);
}

/* Once the mark has said UTF-16, what was read so far is converted and the rest on its way. */
static int
turn_to_utf16(struct input_lines *lines, const char *encoding, struct error *error)
{
	if (!open_converter(&lines->whole, encoding))
		return error_set(error, EX_NOINPUT,
		    "%s is written in %s, which this system cannot convert; save it as UTF-8",
		    lines->name, encoding);
	lines->pending = lines->text;
	lines->text = (struct strbuf){ 0 };
	convert_pending(lines);
	return fill_head(lines, error);
}

static int
read_head(struct input_lines *lines, struct csv_dialect *dialect_out, struct error *error)
{
	if (fill_head(lines, error) < 0)
		return -1;
	detect(lines, dialect_out);
	if (dialect_out->text == CSV_TEXT_UTF16LE || dialect_out->text == CSV_TEXT_UTF16BE) {
		bool little = dialect_out->text == CSV_TEXT_UTF16LE;

		if (turn_to_utf16(lines, little ? "UTF-16LE" : "UTF-16BE", error) < 0)
			return -1;
		detect(lines, dialect_out);
	}
	if (dialect_out->text == CSV_TEXT_BINARY)
		return error_set(error, EX_NOINPUT,
		    "%s is no text file; save a workbook as CSV, or name its encoding, "
		    "such as --encoding UTF-16LE",
		    lines->name);
	lines->eight_bit = dialect_out->text == CSV_TEXT_OTHER;
	lines->position = dialect_out->mark_length;
	return 0;
}

static int
open_file(struct input_lines *lines, const char *path, struct error *error)
{
	static const char right[] = "give a CSV file of domains, or - for standard input";
	struct stat status;

	lines->descriptor =
	    strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (lines->descriptor < 0)
		return error_set(
		    error, EX_NOINPUT, "cannot open %s: %s; %s", path, strerror(errno), right);
	if (fstat(lines->descriptor, &status) == 0 && S_ISDIR(status.st_mode))
		return error_set(error, EX_NOINPUT, "%s is a directory; %s", path, right);
	return 0;
}

static int
open_converters(struct input_lines *lines, const char *encoding, struct error *error)
{
	if (encoding != NULL && !open_converter(&lines->whole, encoding))
		return error_set(error, EX_USAGE,
		    "--encoding %s: no such encoding here; \"iconv -l\" lists them", encoding);
	if (!open_converter(&lines->windows, "WINDOWS-1252"))
		return error_set(
		    error, EX_NOINPUT, "this system's iconv does not know Windows-1252");
	return 0;
}

int
input_lines_open(const char *path, const char *encoding, struct input_lines **lines_out,
    struct csv_dialect *dialect_out, struct error *error)
{
	struct input_lines *lines = alloc_zeroed(1, sizeof *lines);

	lines->name = alloc_string(strcmp(path, "-") == 0 ? "standard input" : path);
	lines->whole = lines->windows = no_converter;
	lines->descriptor = -1;
	if (open_file(lines, path, error) < 0 || open_converters(lines, encoding, error) < 0 ||
	    read_head(lines, dialect_out, error) < 0) {
		if (error->code == EX_DATAERR)
			error->code = EX_NOINPUT; /* nothing of it was read */
		input_lines_close(lines);
		return -1;
	}
	*lines_out = lines;
	return 0;
}

void
input_lines_close(struct input_lines *lines)
{
	if (lines->descriptor > STDIN_FILENO)
		close(lines->descriptor);
	close_converter(&lines->whole);
	close_converter(&lines->windows);
	strbuf_free(&lines->pending);
	strbuf_free(&lines->text);
	strbuf_free(&lines->converted);
	free(lines->name);
	free(lines);
}

size_t
input_lines_number(const struct input_lines *lines)
{
	return lines->number;
}

const char *
input_lines_name(const struct input_lines *lines)
{
	return lines->name;
}
