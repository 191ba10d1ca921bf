/* Tables in worksheets. */
#include "report/sheet.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"

#include <string.h>

enum {
	ROWS_MAX = LXW_ROW_MAX - 1, /* the library refuses the last one */
	TEXT_MAX = 32000,           /* Excel takes 32,767 characters */
	NAME_SIZE = 32,
	COLUMN_WIDTH = 16,
	FIRST_WIDTH = 32,
};

/* Background and text, as Excel itself colours good, neutral and bad. */
static const struct {
	const char *word;
	lxw_color_t back, front;
} colours[OUTCOME_COUNT] = {
	[OUTCOME_PASS] = { "pass", 0xC6EFCE, 0x006100 },
	[OUTCOME_INFO] = { "info", 0xDDEBF7, 0x1F4E78 },
	[OUTCOME_WARN] = { "warn", 0xFFEB9C, 0x7F6000 },
	[OUTCOME_FAIL] = { "fail", 0xFFC7CE, 0x9C0006 },
	[OUTCOME_NOT_TESTED] = { "not_tested", 0xEDEDED, 0x595959 },
	[OUTCOME_NOT_APPLICABLE] = { "not_applicable", 0xFFFFFF, 0x808080 },
};

void
sheet_formats_make(lxw_workbook *book, struct sheet_formats *out)
{
	out->title = workbook_add_format(book);
	format_set_bold(out->title);
	format_set_font_size(out->title, 16);
	out->head = workbook_add_format(book);
	format_set_bold(out->head);
	format_set_bg_color(out->head, 0x1F4E78);
	format_set_font_color(out->head, LXW_COLOR_WHITE);
	out->note = workbook_add_format(book);
	format_set_italic(out->note);
	for (size_t i = 0; i < OUTCOME_COUNT; i++) {
		out->outcomes[i] = workbook_add_format(book);
		format_set_bg_color(out->outcomes[i], colours[i].back);
		format_set_font_color(out->outcomes[i], colours[i].front);
	}
}

lxw_format *
sheet_format_of(const struct sheet_formats *formats, const char *word)
{
	for (size_t i = 0; i < OUTCOME_COUNT; i++)
		if (strcmp(colours[i].word, word) == 0)
			return formats->outcomes[i];
	return NULL;
}

/* ---- text */

static bool
is_clean(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < ' ' || text[i] == 0x7f)
			return false;
	return length <= TEXT_MAX;
}

const char *
sheet_clean(const char *text, struct arena *arena)
{
	size_t length = strlen(text);
	char *clean, *at;

	if (is_clean(text, length))
		return text;
	clean = at = arena_bytes(arena, TEXT_MAX + sizeof UTF8_REPLACEMENT);
	for (size_t i = 0; i < length && at - clean < TEXT_MAX - 4;) {
		size_t octets = utf8_length(text + i, length - i);

		if (octets == 0)
			at = stpcpy(at, UTF8_REPLACEMENT);
		else if (octets > 1 || !ascii_is_control(text[i]))
			at = mempcpy(at, text + i, octets);
		else if (text[i] == '\n' || text[i] == '\t')
			*at++ = ' ';
		i += octets == 0 ? 1 : octets;
	}
	*at = '\0';
	return clean;
}

/* ---- tables */

static void
note(struct sheet *sheet, lxw_error error)
{
	if (sheet->failed == LXW_NO_ERROR)
		sheet->failed = error;
}

static void
begin_page(struct sheet *sheet)
{
	char name[NAME_SIZE];
	lxw_col_t cell = 0;

	sheet->pages++;
	snprintf(name, sizeof name, sheet->pages == 1 ? "%s" : "%s %u", sheet->name, sheet->pages);
	sheet->at = workbook_add_worksheet(sheet->book, name);
	if (sheet->at == NULL) {
		note(sheet, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	sheet->row = 0;
	for (; sheet->head[cell] != NULL; cell++)
		note(sheet,
		    worksheet_write_string(
			sheet->at, 0, cell, sheet->head[cell], sheet->formats->head));
	worksheet_set_column(sheet->at, 0, 0, FIRST_WIDTH, NULL);
	if (cell > 1)
		worksheet_set_column(sheet->at, 1, (lxw_col_t)(cell - 1), COLUMN_WIDTH, NULL);
	worksheet_freeze_panes(sheet->at, 1, 1);
}

static void
end_page(struct sheet *sheet)
{
	lxw_col_t count = 0;

	while (sheet->head[count] != NULL)
		count++;
	if (sheet->at != NULL && count > 0)
		note(sheet,
		    worksheet_autofilter(sheet->at, 0, 0, sheet->row, (lxw_col_t)(count - 1)));
}

void
sheet_begin(struct sheet *sheet)
{
	if (sheet->most == 0)
		sheet->most = ROWS_MAX;
	begin_page(sheet);
}

void
sheet_row(struct sheet *sheet)
{
	if (sheet->row + 1 >= sheet->most) {
		end_page(sheet);
		begin_page(sheet);
	}
	sheet->row++;
	sheet->cell = 0;
}

static void
write_string(struct sheet *sheet, const char *text, lxw_format *format)
{
	if (sheet->at != NULL && *text != '\0')
		note(sheet,
		    worksheet_write_string(sheet->at, sheet->row, sheet->cell, text, format));
	sheet->cell++;
}

void
sheet_text(struct sheet *sheet, const char *text, struct arena *arena)
{
	write_string(sheet, text == NULL ? "" : sheet_clean(text, arena), NULL);
}

void
sheet_word(struct sheet *sheet, const char *word)
{
	write_string(sheet, word, sheet_format_of(sheet->formats, word));
}

void
sheet_number(struct sheet *sheet, double number)
{
	if (sheet->at != NULL)
		note(sheet,
		    worksheet_write_number(sheet->at, sheet->row, sheet->cell, number, NULL));
	sheet->cell++;
}

void
sheet_end(struct sheet *sheet)
{
	end_page(sheet);
}
