/* The night file: opening, rows, and reading back. */
#include "fact/night.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "fact/night_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	SCHEMA_VERSION = 1,
	APPLICATION_ID = 0x6d787377, /* "mxsw": tells file(1) and us what the file is */
	ROWS_A_COMMIT = 10000,
};

static const char schema[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;"
    "CREATE TABLE rows(id INTEGER PRIMARY KEY, line INTEGER, domain TEXT, unicode TEXT, input TEXT,"
    " problem TEXT, flags INTEGER, known BLOB, cells BLOB);"
    "CREATE TABLE domains(name TEXT PRIMARY KEY, facts BLOB, scanned_at INTEGER,"
    " elapsed_ms INTEGER) WITHOUT ROWID;"
    "CREATE TABLE facts(key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;";

static const char *const statement_texts[NIGHT_STATEMENTS] = {
	[NIGHT_META_PUT] = "INSERT OR REPLACE INTO meta VALUES(?,?)",
	[NIGHT_META_GET] = "SELECT value FROM meta WHERE key=?",
	[NIGHT_ROW_PUT] = "INSERT INTO rows VALUES(?,?,?,?,?,?,?,?,?)",
	[NIGHT_ROW_NEXT] = "SELECT * FROM rows WHERE id>? ORDER BY id LIMIT 1",
	[NIGHT_FACT_PUT] = "INSERT OR REPLACE INTO facts VALUES(?,?)",
	[NIGHT_FACT_GET] = "SELECT value FROM facts WHERE key=?",
	[NIGHT_DOMAIN_PUT] = "INSERT OR REPLACE INTO domains VALUES(?,?,?,?)",
	[NIGHT_DOMAIN_GET] = "SELECT facts, scanned_at, elapsed_ms FROM domains WHERE name=?",
};

enum row_flag {
	ROW_CHANGED = 1,
	ROW_AGAIN = 2,
	ROW_DIFFERS = 4,
};

int
night_error(const struct night *night, const char *doing, struct error *error)
{
	return error_set(error, EX_IOERR, "night file %s: %s: %s", night->path, doing,
	    sqlite3_errmsg(night->db));
}

int
night_execute(struct night *night, const char *sql, struct error *error)
{
	if (sqlite3_exec(night->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return night_error(night, "cannot be written", error);
	return 0;
}

static bool
is_read(enum night_statement which)
{
	return which == NIGHT_META_GET || which == NIGHT_ROW_NEXT || which == NIGHT_FACT_GET ||
	    which == NIGHT_DOMAIN_GET;
}

/* A statement belongs to the connection that it was prepared on. */
static void
forget_reads(struct night *night)
{
	for (int i = 0; i < NIGHT_STATEMENTS; i++) {
		if (!is_read((enum night_statement)i))
			continue;
		sqlite3_finalize(night->statements[i]);
		night->statements[i] = NULL;
	}
}

void
night_open_reader(struct night *night)
{
	const char *file = sqlite3_db_filename(night->db, "main");

	forget_reads(night);
	if (file == NULL || file[0] == '\0')
		return;
	if (sqlite3_open_v2(file, &night->reader, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		night_close_reader(night);
}

void
night_close_reader(struct night *night)
{
	forget_reads(night);
	sqlite3_close(night->reader);
	night->reader = NULL;
}

sqlite3_stmt *
night_statement(struct night *night, enum night_statement which)
{
	sqlite3_stmt **statement = &night->statements[which];

	sqlite3 *db = night->reader != NULL && is_read(which) ? night->reader : night->db;

	if (*statement != NULL)
		sqlite3_reset(*statement);
	else if (sqlite3_prepare_v3(db, statement_texts[which], -1, SQLITE_PREPARE_PERSISTENT,
		     statement, NULL) != SQLITE_OK)
		return NULL;
	return *statement;
}

static int
open_database(const char *path, int flags, struct night **night_out, struct error *error)
{
	struct night *night = alloc_zeroed(1, sizeof *night);

	night->path = alloc_string(path);
	if (sqlite3_open_v2(path, &night->db, flags, NULL) != SQLITE_OK) {
		night_error(night, "cannot be opened", error);
		night_close(night);
		return -1;
	}
	*night_out = night;
	return 0;
}

int
night_create(const char *path, struct night **night_out, struct error *error)
{
	if (path != NULL && access(path, F_OK) == 0)
		return error_set(error, EX_CANTCREAT,
		    "%s exists already; a night file is never overwritten: name another, or remove "
		    "it",
		    path);
	if (open_database(path != NULL ? path : ":memory:",
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, night_out, error) != 0) {
		error->code = EX_CANTCREAT;
		return -1;
	}
	sqlite3_exec((*night_out)->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", NULL,
	    NULL, NULL);
	if (night_execute(*night_out, schema, error) != 0) {
		error->code = EX_CANTCREAT;
		night_close(*night_out);
		return -1;
	}
	sqlite3_exec((*night_out)->db, "PRAGMA application_id=1836610423; PRAGMA user_version=1;",
	    NULL, NULL, NULL);
	return 0;
}

static int
read_number(struct night *night, const char *sql)
{
	sqlite3_stmt *statement;
	int number = -1;

	if (sqlite3_prepare_v2(night->db, sql, -1, &statement, NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(statement) == SQLITE_ROW)
		number = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

int
night_open(const char *path, struct night **night_out, struct error *error)
{
	struct stat is;

	if (access(path, R_OK) != 0)
		return error_set(error, EX_NOINPUT,
		    "night file %s: %s; `scan --night FILE` makes one", path, strerror(errno));
	if (stat(path, &is) == 0 && S_ISDIR(is.st_mode))
		return error_set(error, EX_NOINPUT, "night file %s: is a directory", path);
	if (open_database(path, SQLITE_OPEN_READONLY, night_out, error) != 0) {
		error->code = EX_NOINPUT;
		return -1;
	}
	if (read_number(*night_out, "PRAGMA application_id") != APPLICATION_ID ||
	    read_number(*night_out, "PRAGMA user_version") != SCHEMA_VERSION) {
		error_set(
		    error, EX_NOINPUT, "%s is no night file of this version of mxsweep", path);
		night_close(*night_out);
		return -1;
	}
	return 0;
}

void
night_close(struct night *night)
{
	if (night == NULL)
		return;
	for (size_t i = 0; i < NIGHT_STATEMENTS; i++)
		sqlite3_finalize(night->statements[i]);
	sqlite3_close(night->db);
	free(night->path);
	free(night);
}

int
night_set_meta(
    struct night *night, const char *key, const void *value, size_t length, struct error *error)
{
	sqlite3_stmt *put = night_statement(night, NIGHT_META_PUT);

	if (put == NULL)
		return night_error(night, "cannot be written", error);
	sqlite3_bind_text(put, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_blob(put, 2, value, (int)length, SQLITE_STATIC);
	if (sqlite3_step(put) != SQLITE_DONE)
		return night_error(night, "cannot be written", error);
	sqlite3_reset(put);
	return 0;
}

static void
add_column(struct strbuf *out, sqlite3_stmt *statement, int column)
{
	const void *bytes = sqlite3_column_blob(statement, column);

	strbuf_add(
	    out, bytes != NULL ? bytes : "", (size_t)sqlite3_column_bytes(statement, column));
}

bool
night_meta(struct night *night, const char *key, struct strbuf *out)
{
	sqlite3_stmt *get = night_statement(night, NIGHT_META_GET);
	bool found;

	if (get == NULL)
		return false;
	sqlite3_bind_text(get, 1, key, -1, SQLITE_STATIC);
	found = sqlite3_step(get) == SQLITE_ROW;
	if (found)
		add_column(out, get, 0);
	sqlite3_reset(get);
	return found;
}

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
	return night_execute(night, "COMMIT", error);
}

uint64_t
night_row_count(struct night *night)
{
	int count = read_number(night, "SELECT coalesce(max(id),0) FROM rows");

	return count < 0 ? 0 : (uint64_t)count;
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

	if (next == NULL)
		return false;
	sqlite3_bind_int64(next, 1, after);
	if (sqlite3_step(next) != SQLITE_ROW) {
		sqlite3_reset(next);
		return false;
	}
	memset(row_out, 0, sizeof *row_out);
	row_out->id = sqlite3_column_int64(next, 0);
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

void
night_reads_begin(struct night *night)
{
	sqlite3_exec(night->db, "BEGIN", NULL, NULL, NULL);
}

void
night_reads_end(struct night *night)
{
	sqlite3_exec(night->db, "COMMIT", NULL, NULL, NULL);
}

bool
night_fact(struct night *night, const void *key, size_t length, struct strbuf *out)
{
	sqlite3_stmt *get = night_statement(night, NIGHT_FACT_GET);
	bool found;

	if (get == NULL)
		return false;
	sqlite3_bind_blob(get, 1, key, (int)length, SQLITE_STATIC);
	found = sqlite3_step(get) == SQLITE_ROW;
	if (found)
		add_column(out, get, 0);
	sqlite3_reset(get);
	return found;
}

bool
night_domain(struct night *night, const char *name, struct strbuf *facts_out,
    struct night_domain *domain_out)
{
	sqlite3_stmt *get = night_statement(night, NIGHT_DOMAIN_GET);
	bool found;

	if (get == NULL)
		return false;
	sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
	found = sqlite3_step(get) == SQLITE_ROW;
	if (found) {
		add_column(facts_out, get, 0);
		domain_out->scanned_at = sqlite3_column_int64(get, 1);
		domain_out->elapsed_ms = (uint32_t)sqlite3_column_int64(get, 2);
	}
	sqlite3_reset(get);
	return found;
}
