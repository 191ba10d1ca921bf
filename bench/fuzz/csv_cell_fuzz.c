/*
 * Any octets as a CSV cell. A reader of RFC 4180 gets the text back, with U+FFFD for what is no
 * character. In the safe style no piece of the cell starts a formula, wherever a spreadsheet cuts
 * it; but for the apostrophes that see to that, the text is the same.
 */
#include "fuzz.h"

#include "base/ascii.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "report/csv_cell.h"

#include <string.h>

static const char separators[] = ",;\t\r\n";

/* What the cell holds, which must be all of the row. */
static void
read_cell(const struct strbuf *cell, char delimiter, struct strbuf *out)
{
	const char *at = cell->at, *end = cell->at + cell->length;
	bool quoted = cell->length > 0 && *at == '"';

	must(utf8_valid(cell->at, cell->length));
	must(!quoted || (cell->length >= 2 && end[-1] == '"'));
	at += quoted;
	end -= quoted;
	while (at < end) {
		must(*at != '\0');
		if (*at == '"') {
			must(quoted && at + 1 < end && at[1] == '"');
			at++;
		}
		must(quoted || (*at != delimiter && *at != '\r' && *at != '\n'));
		strbuf_add_byte(out, *at++);
	}
}

static void
expect(const char *bytes, size_t size, struct strbuf *out)
{
	for (size_t at = 0; at < size;) {
		size_t length = bytes[at] == '\0' ? 0 : utf8_length(bytes + at, size - at);

		if (length == 0) {
			strbuf_add_string(out, UTF8_REPLACEMENT);
			at++;
		}
		strbuf_add(out, bytes + at, length);
		at += length;
	}
}

/* A number or a telephone number, by the octets that occur in such. */
static bool
is_harmless(const char *piece, size_t length)
{
	size_t digits = 0;

	if (*piece != '+' && *piece != '-')
		return false;
	for (size_t i = 1; i < length; i++) {
		if (strchr("0123456789 ()-./,", piece[i]) == NULL)
			return false;
		digits += ascii_is_digit(piece[i]);
	}
	return digits > 0;
}

static void
check_safe(const struct strbuf *text)
{
	const char *piece = text->length > 0 ? text->at : "";

	must(text->length == 0 || (*piece != '\t' && *piece != '\r'));
	while (*piece != '\0') {
		size_t start = strspn(piece, " \""), length;

		if (piece == text->at)
			start = 0;
		length = strcspn(piece + start, separators);
		if (length > 0 && strchr("=+-@", piece[start]) != NULL)
			must(is_harmless(piece + start, length));
		piece += start + length;
		piece += *piece != '\0';
	}
}

/* Is `safe` the text with apostrophes added? */
static bool
is_text_with_apostrophes(const struct strbuf *safe, const struct strbuf *text)
{
	size_t at = 0;

	for (size_t i = 0; i < safe->length; i++) {
		if (at < text->length && safe->at[i] == text->at[at])
			at++;
		else if (safe->at[i] != '\'')
			return false;
	}
	return at == text->length;
}

static void
try_style(const struct csv_style *style, const uint8_t *bytes, size_t size)
{
	struct strbuf cell = { 0 }, got = { 0 }, expected = { 0 };

	strbuf_add_string(&cell, "");
	csv_cell_add_n(&cell, style, (const char *)bytes, size);
	read_cell(&cell, style->delimiter, &got);
	expect((const char *)bytes, size, &expected);
	if (style->safe) {
		check_safe(&got);
		must(is_text_with_apostrophes(&got, &expected));
	} else {
		must(got.length == expected.length);
		must(got.length == 0 || memcmp(got.at, expected.at, got.length) == 0);
	}
	strbuf_free(&cell);
	strbuf_free(&got);
	strbuf_free(&expected);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char delimiters[] = { ',', ';', '\t' };

	for (size_t i = 0; i < sizeof delimiters; i++) {
		try_style(&(struct csv_style){ delimiters[i], false }, bytes, size);
		try_style(&(struct csv_style){ delimiters[i], true }, bytes, size);
	}
	return 0;
}
