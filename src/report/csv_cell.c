/* One cell of a CSV file: quotes, and nothing in it that a spreadsheet would compute. */
#include "report/csv_cell.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <string.h>

enum {
	PHONE_DIGITS_MIN = 7,  /* fewer are a sum, such as +1-2 */
	PHONE_DIGITS_MAX = 15, /* ITU-T E.164 */
};

static bool
is_separator(char byte)
{
	return byte == ',' || byte == ';' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool
is_trigger(char byte)
{
	return byte == '=' || byte == '+' || byte == '-' || byte == '@';
}

static size_t
digits(const char *bytes, size_t length)
{
	size_t count = 0;

	while (count < length && ascii_is_digit(bytes[count]))
		count++;
	return count;
}

/* A sign, digits, and perhaps a fraction: never more than a value, whatever reads it. */
static bool
is_number(const char *bytes, size_t length)
{
	size_t at = length > 0 && (bytes[0] == '+' || bytes[0] == '-');
	size_t whole = digits(bytes + at, length - at);
	size_t fraction;

	if (whole == 0)
		return false;
	at += whole;
	if (at == length)
		return true;
	if (bytes[at] != '.' && bytes[at] != ',')
		return false;
	fraction = digits(bytes + at + 1, length - at - 1);
	return fraction > 0 && at + 1 + fraction == length;
}

/* "+49 (0)30 123-45": the international form, with what people put between the digits. */
static bool
is_telephone(const char *bytes, size_t length)
{
	size_t count = 0;

	if (length < 2 || bytes[0] != '+' || !ascii_is_digit(bytes[1]))
		return false;
	for (size_t i = 1; i < length; i++) {
		if (ascii_is_digit(bytes[i]))
			count++;
		else if (bytes[i] == '\0' || strchr(" ()-./", bytes[i]) == NULL)
			return false;
	}
	return count >= PHONE_DIGITS_MIN && count <= PHONE_DIGITS_MAX;
}

static bool
is_harmless(const char *bytes, size_t length)
{
	return is_number(bytes, length) || is_telephone(bytes, length);
}

static bool
starts_formula(const char *bytes, size_t length)
{
	if (length == 0)
		return false;
	if (bytes[0] == '\t' || bytes[0] == '\r')
		return true;
	return is_trigger(bytes[0]) && !is_harmless(bytes, length);
}

/*
 * Would what follows a separator start a formula if the cell were cut there? Blanks and quotes do
 * not hide a trigger from every reader.
 */
static bool
cut_starts_formula(const char *bytes, size_t length)
{
	size_t at = 0, end;

	while (at < length && (bytes[at] == ' ' || bytes[at] == '"'))
		at++;
	if (at == length || !is_trigger(bytes[at]))
		return false;
	for (end = at; end < length && !is_separator(bytes[end]); end++)
		continue;
	return !is_harmless(bytes + at, end - at);
}

/* Blanks at the edges and a leading # are quoted: readers, our own too, give them a meaning. */
static bool
needs_quotes(const char *bytes, size_t length, char delimiter)
{
	if (length == 0)
		return false;
	if (bytes[0] == ' ' || bytes[0] == '\t' || bytes[0] == '#' || bytes[length - 1] == ' ' ||
	    bytes[length - 1] == '\t')
		return true;
	return memchr(bytes, delimiter, length) != NULL || memchr(bytes, '"', length) != NULL ||
	    memchr(bytes, '\r', length) != NULL || memchr(bytes, '\n', length) != NULL;
}

/* One character, or one byte that is none; gives how many bytes were taken. */
static size_t
add_character(struct strbuf *out, const char *bytes, size_t length)
{
	size_t character = utf8_length(bytes, length);

	if (character == 0 || bytes[0] == '\0') {
		strbuf_add_string(out, UTF8_REPLACEMENT);
		return 1;
	}
	if (bytes[0] == '"')
		strbuf_add_byte(out, '"');
	strbuf_add(out, bytes, character);
	return character;
}

void
csv_cell_add_n(struct strbuf *out, const struct csv_style *style, const char *bytes, size_t length)
{
	bool quoted = needs_quotes(bytes, length, style->delimiter);

	if (quoted)
		strbuf_add_byte(out, '"');
	if (style->safe && starts_formula(bytes, length))
		strbuf_add_byte(out, '\'');
	for (size_t at = 0; at < length;) {
		bool cut = is_separator(bytes[at]);

		at += add_character(out, bytes + at, length - at);
		if (style->safe && cut && cut_starts_formula(bytes + at, length - at))
			strbuf_add_byte(out, '\'');
	}
	if (quoted)
		strbuf_add_byte(out, '"');
}

void
csv_cell_add(struct strbuf *out, const struct csv_style *style, const char *text)
{
	if (text != NULL)
		csv_cell_add_n(out, style, text, strlen(text));
}
