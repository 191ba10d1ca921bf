/* Delimiter, byte-order mark and encoding of a CSV file, from its first bytes. */
#include "wire/csv_dialect.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

enum {
	WIDTH_MAX = 256,  /* rows wider than this count as this wide */
	SHARE_ONE = 1000, /* shares are in thousandths */
};

struct mark {
	const char *bytes;
	size_t length;
	enum csv_text text;
};

static const struct mark marks[] = {
	{ "\xef\xbb\xbf", 3, CSV_TEXT_UTF8 },
	{ "\xff\xfe", 2, CSV_TEXT_UTF16LE },
	{ "\xfe\xff", 2, CSV_TEXT_UTF16BE },
};

static const char candidates[] = { ',', ';', '\t' };

/* The first bytes of the file, after the byte-order mark. */
struct head {
	const char *bytes;
	size_t length;
	bool cut; /* the file goes on */
};

/* What one delimiter makes of the head. */
struct reading {
	char delimiter;
	size_t rows;
	size_t rows_with_name;
	size_t widths[WIDTH_MAX + 1]; /* how many rows have so many cells */
};

/* The row and the cell that are being read. */
struct cursor {
	size_t width;  /* cells of this row that have ended */
	bool begun;    /* this cell holds something */
	bool quoted;   /* it was opened by a quote */
	bool inside;   /* and no quote has closed it yet */
	bool name;     /* no byte yet that a host name cannot hold */
	bool dot;      /* and there was a dot inside */
	bool has_name; /* a cell of this row looked like a name */
	bool comment;  /* this row is a comment line */
};

static const struct cursor fresh_row = { .name = true };

static void
end_cell(struct cursor *at)
{
	bool has_name = at->has_name || (at->name && at->dot);

	*at = (struct cursor){ .width = at->width + 1, .name = true, .has_name = has_name };
}

static void
end_row(struct cursor *at, struct reading *reading)
{
	bool blank = !at->begun && at->width == 0;

	if (!blank && !at->comment) {
		end_cell(at);
		reading->rows++;
		reading->rows_with_name += at->has_name;
		reading->widths[at->width < WIDTH_MAX ? at->width : WIDTH_MAX]++;
	}
	*at = fresh_row;
}

static void
note_byte(struct cursor *at, char byte)
{
	if (strchr(" \t,;\"", byte) != NULL)
		at->name = false;
	else if (byte == '.' && at->begun)
		at->dot = true;
	at->begun = true;
}

static void
read_byte(struct cursor *at, char byte, struct reading *reading)
{
	if (byte == '"' && (at->quoted || !at->begun) && !at->comment) {
		at->quoted = at->begun = true;
		at->inside = !at->inside; /* a doubled quote turns it twice */
	} else if (at->inside) {
		note_byte(at, byte);
	} else if (byte == '\n' || byte == '\r') {
		end_row(at, reading);
	} else if (byte == reading->delimiter && !at->comment) {
		end_cell(at);
	} else if (byte == '#' && !at->begun && at->width == 0) {
		at->comment = at->begun = true;
	} else if (at->begun || (byte != ' ' && byte != '\t')) {
		note_byte(at, byte);
	}
}

static void
read_head(const struct head *head, struct reading *reading)
{
	struct cursor at = fresh_row;

	for (size_t i = 0; i < head->length; i++)
		read_byte(&at, head->bytes[i], reading);
	if (!head->cut)
		end_row(&at, reading);
}

static size_t
share(size_t part, size_t whole)
{
	return whole == 0 ? 0 : part * SHARE_ONE / whole;
}

static size_t
usual_width(const struct reading *reading)
{
	size_t usual = 1;

	for (size_t width = 2; width <= WIDTH_MAX; width++)
		if (reading->widths[width] >= reading->widths[usual] && reading->widths[width] > 0)
			usual = width;
	return usual;
}

static bool
is_better(const struct reading *a, const struct reading *b)
{
	size_t width_a = usual_width(a), width_b = usual_width(b);
	size_t names_a = share(a->rows_with_name, a->rows);
	size_t names_b = share(b->rows_with_name, b->rows);
	size_t equal_a = share(a->widths[width_a], a->rows);
	size_t equal_b = share(b->widths[width_b], b->rows);

	if (names_a != names_b)
		return names_a > names_b;
	if (equal_a != equal_b)
		return equal_a > equal_b;
	return width_a > width_b;
}

static char
find_delimiter(const struct head *head)
{
	struct reading best = { .delimiter = '\0' };

	read_head(head, &best);
	for (size_t i = 0; i < sizeof candidates; i++) {
		struct reading reading = { .delimiter = candidates[i] };

		read_head(head, &reading);
		if (reading.widths[1] < reading.rows && is_better(&reading, &best))
			best = reading;
	}
	return best.delimiter;
}

/*
 * "sep=;" in the first line is how spreadsheets are told the delimiter. Only ASCII is taken: any
 * other octet may be a part of a character.
 */
static char
named_delimiter(const struct head *head)
{
	static const char prefix[] = "sep=";
	const char *at = head->bytes + sizeof prefix - 1;

	if (head->length < sizeof prefix + 1 ||
	    strncasecmp(head->bytes, prefix, strlen(prefix)) != 0)
		return '\0';
	if (strchr("\"\r\n", at[0]) != NULL || (unsigned char)at[0] > 0x7f ||
	    (at[1] != '\r' && at[1] != '\n'))
		return '\0';
	return at[0];
}

/* The majority decides: one broken byte does not make a UTF-8 file an eight-bit one. */
static enum csv_text
find_text(const struct head *head)
{
	size_t characters = 0, strays = 0;

	if (memchr(head->bytes, '\0', head->length) != NULL)
		return CSV_TEXT_BINARY;
	for (size_t at = 0, step; at < head->length; at += step) {
		step = utf8_length(head->bytes + at, head->length - at);
		characters += step > 1;
		strays += step == 0 && !(head->cut && head->length - at < 4);
		if (step == 0)
			step = 1;
	}
	return strays > characters ? CSV_TEXT_OTHER : CSV_TEXT_UTF8;
}

static const struct mark *
find_mark(const char *bytes, size_t length)
{
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (length >= marks[i].length &&
		    memcmp(bytes, marks[i].bytes, marks[i].length) == 0)
			return &marks[i];
	return NULL;
}

void
csv_dialect_detect(const char *bytes, size_t length, struct csv_dialect *dialect_out)
{
	const struct mark *mark = find_mark(bytes, length);
	struct head head = { bytes, length, length >= CSV_DIALECT_BYTES };

	*dialect_out = (struct csv_dialect){ .text = CSV_TEXT_UTF8 };
	if (length == 0)
		return;
	if (mark != NULL) {
		dialect_out->text = mark->text;
		dialect_out->mark_length = mark->length;
		head.bytes += mark->length;
		head.length -= mark->length;
	}
	if (dialect_out->text != CSV_TEXT_UTF8)
		return;
	dialect_out->text = find_text(&head);
	if (dialect_out->text == CSV_TEXT_BINARY)
		return;
	dialect_out->delimiter = named_delimiter(&head);
	dialect_out->separator_line = dialect_out->delimiter != '\0';
	if (!dialect_out->separator_line)
		dialect_out->delimiter = find_delimiter(&head);
}
