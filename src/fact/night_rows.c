/* The rows of the input in the night file. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "fact/night_file.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_A_COMMIT = 10000 };

enum row_flag {
	ROW_CHANGED = 1,
	ROW_AGAIN = 2,
	ROW_DIFFERS = 4,
};

int
night_rows_begin(struct night *night, struct error *error)
{
	return night_execute(night, "BEGIN", error);
}

static void
bind_text(sqlite3_stmt *statement, int index, const char *text)
{
	if (text == NULL)
		sqlite3_bind_null(statement, index);
	else
		sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

/* Cells as NUL-terminated strings in a row; no cell of a CSV holds a NUL by then. */
static void
pack_cells(struct strbuf *out, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		strbuf_add(out, cells[i], strlen(cells[i]) + 1);
}

/* Known columns likewise, each behind its number. */
static void
pack_known(struct strbuf *out, const char *const known[KNOWN_COUNT])
{
	for (size_t i = 0; i < KNOWN_COUNT; i++) {
		if (known[i] == NULL || known[i][0] == '\0')
			continue;
		strbuf_add_u8(out, (uint8_t)(i + 1));
		strbuf_add(out, known[i], strlen(known[i]) + 1);
	}
}

static int
row_flags(const struct night_row *row)
{
	return (row->changed ? ROW_CHANGED : 0) | (row->again ? ROW_AGAIN : 0) |
	    (row->differs ? ROW_DIFFERS : 0);
}

int
night_row_add(struct night *night, const struct night_row *row, struct error *error)
{
	sqlite3_stmt *put = night_statement(night, NIGHT_ROW_PUT);
	struct strbuf known = { 0 }, cells = { 0 };
	int result = 0;

	if (put == NULL)
		return night_error(night, "cannot be written", error);
	pack_known(&known, row->known);
	pack_cells(&cells, row->cells, row->cell_count);
	sqlite3_bind_int64(put, 1, row->id);
	sqlite3_bind_int64(put, 2, (sqlite3_int64)row->line);
	bind_text(put, 3, row->domain);
	bind_text(put, 4, row->unicode);
	bind_text(put, 5, row->input);
	bind_text(put, 6, row->problem);
	sqlite3_bind_int(put, 7, row_flags(row));
	sqlite3_bind_blob(put, 8, known.at, (int)known.length, SQLITE_STATIC);
	sqlite3_bind_blob(put, 9, cells.at, (int)cells.length, SQLITE_STATIC);
	if (sqlite3_step(put) != SQLITE_DONE)
		result = night_error(night, "cannot be written", error);
	sqlite3_reset(put);
	strbuf_free(&known);
	strbuf_free(&cells);
	if (result == 0 && row->id % ROWS_A_COMMIT == 0)
		result = night_execute(night, "COMMIT; BEGIN", error);
	return result;
}

int
night_rows_end(struct night *night, struct error *error)
{
	return night_execute(night,
	    "INSERT OR REPLACE INTO meta SELECT 'rows', CAST(count(*) AS BLOB) FROM rows; COMMIT",
	    error);
}

int
night_rows_forget(struct night *night, struct error *error)
{
	return night_execute(night, "DELETE FROM rows", error);
}

uint64_t
night_row_count(struct night *night)
{
	struct strbuf text = { 0 };
	uint64_t count = night_meta(night, "rows", &text) ? strtoull(text.at, NULL, 10) : 0;

	strbuf_free(&text);
	return count;
}

static const char *
column_text(sqlite3_stmt *statement, int column, struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text == NULL ? NULL : arena_string(arena, (const char *)text);
}

static const char *
next_string(struct buf *buf)
{
	size_t left = buf_left(buf);
	const char *at = (const char *)buf->start + buf->position;
	size_t length = strnlen(at, left);

	if (length == left) {
		buf->failed = true;
		return NULL;
	}
	return (const char *)buf_bytes(buf, length + 1);
}

static void
unpack_cells(struct buf buf, struct arena *arena, struct night_row *row)
{
	struct buf count = buf;
	const char **cells;

	while (buf_left(&count) > 0 && next_string(&count) != NULL)
		row->cell_count++;
	cells = arena_zeroed(arena, row->cell_count, sizeof *cells);
	for (size_t i = 0; i < row->cell_count; i++)
		cells[i] = next_string(&buf);
	row->cells = cells;
}

static void
unpack_known(struct buf buf, struct night_row *row)
{
	while (buf_left(&buf) > 0) {
		uint8_t column = buf_u8(&buf);
		const char *value = next_string(&buf);

		if (value != NULL && column >= 1 && column <= KNOWN_COUNT)
			row->known[column - 1] = value;
	}
}

static struct buf
column_buf(sqlite3_stmt *statement, int column, struct arena *arena)
{
	const void *bytes = sqlite3_column_blob(statement, column);
	size_t length = (size_t)sqlite3_column_bytes(statement, column);

	return buf_over(arena_copy(arena, bytes, length), length);
}

bool
night_next_row(struct night *night, int64_t after, struct arena *arena, struct night_row *row_out)
{
	sqlite3_stmt *next = night_statement(night, NIGHT_ROW_NEXT);
	int flags;

	if (next == NULL) {
		night_damaged(night, "its rows cannot be read");
		return false;
	}
	sqlite3_bind_int64(next, 1, after);
	if (!night_step(night, next)) {
		sqlite3_reset(next);
		if ((uint64_t)after != night_row_count(night))
			night_damaged(night, "not all of its rows are there");
		return false;
	}
	memset(row_out, 0, sizeof *row_out);
	row_out->id = sqlite3_column_int64(next, 0);
	if (row_out->id != after + 1) { /* or else a damaged tree could make a walk endless */
		night_damaged(night, "its rows are not in order");
		return false;
	}
	row_out->line = (uint64_t)sqlite3_column_int64(next, 1);
	row_out->domain = column_text(next, 2, arena);
	row_out->unicode = column_text(next, 3, arena);
	row_out->input = column_text(next, 4, arena);
	row_out->problem = column_text(next, 5, arena);
	flags = sqlite3_column_int(next, 6);
	row_out->changed = (flags & ROW_CHANGED) != 0;
	row_out->again = (flags & ROW_AGAIN) != 0;
	row_out->differs = (flags & ROW_DIFFERS) != 0;
	unpack_known(column_buf(next, 7, arena), row_out);
	unpack_cells(column_buf(next, 8, arena), arena, row_out);
	sqlite3_reset(next);
	return true;
}
