/* The night file: opening, and reading back. */
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
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	SCHEMA_VERSION = 1,
	APPLICATION_ID = 0x6d787377, /* "mxsw": tells file(1) and us what the file is */
	TABLES = 4,
};

/* Facts of a domain take more than a quarter of a page: WITHOUT ROWID they would spill over. */
static const char schema[] =
    "BEGIN;"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;"
    "CREATE TABLE rows(id INTEGER PRIMARY KEY, line INTEGER, domain TEXT, unicode TEXT, input TEXT,"
    " problem TEXT, flags INTEGER, known BLOB, cells BLOB);"
    "CREATE TABLE domains(name TEXT PRIMARY KEY, facts BLOB, scanned_at INTEGER,"
    " elapsed_ms INTEGER);"
    "CREATE TABLE facts(key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;"
    "PRAGMA application_id=1836610423; PRAGMA user_version=1;"
    "COMMIT;";

static const char count_tables[] = "SELECT count(*) FROM sqlite_master WHERE type='table'"
				   " AND name IN ('meta','rows','domains','facts')";

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

int
night_error(const struct night *night, const char *doing, struct error *error)
{
	return error_set(error, EX_IOERR, "night file %s: %s: %s", night->path, doing,
	    sqlite3_errmsg(night->db));
}

bool
night_step(struct night *night, sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);

	if (result != SQLITE_ROW && result != SQLITE_DONE && night->read_error.code == 0)
		error_set(&night->read_error, EX_DATAERR, "night file %s: cannot be read: %s",
		    night->path, sqlite3_errmsg(sqlite3_db_handle(statement)));
	return result == SQLITE_ROW;
}

void
night_damaged(struct night *night, const char *how)
{
	if (night->read_error.code == 0)
		error_set(&night->read_error, EX_DATAERR, "night file %s: is damaged: %s",
		    night->path, how);
}

int
night_reads_check(struct night *night, struct error *error)
{
	if (night->read_error.code == 0)
		return 0;
	*error = night->read_error;
	return -1;
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
	night->lock = -1;
	if (sqlite3_open_v2(path, &night->db, flags, NULL) != SQLITE_OK) {
		night_error(night, "cannot be opened", error);
		night_close(night);
		return -1;
	}
	*night_out = night;
	return 0;
}

/* It has a descriptor of its own, which is closed behind those of SQLite: to close one takes all of
 * its locks away. Where the file system knows no such locks, there is none. */
static int
lock_file(struct night *night, struct error *error)
{
	night->lock = open(night->path, O_RDWR | O_CLOEXEC);
	if (night->lock >= 0 && flock(night->lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return error_set(error, EX_TEMPFAIL,
		    "night file %s: another mxsweep writes it; it is to end first", night->path);
	return 0;
}

static void
write_safely(struct night *night)
{
	sqlite3_exec(
	    night->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", NULL, NULL, NULL);
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
	write_safely(*night_out);
	if (night_execute(*night_out, schema, error) != 0) {
		error->code = EX_CANTCREAT;
		night_close(*night_out);
		return -1;
	}
	if (path != NULL && lock_file(*night_out, error) != 0) {
		night_close(*night_out);
		return -1;
	}
	return 0;
}

/* Appends the first cell of the answer; false when there is none. */
static bool
read_text(struct night *night, const char *sql, struct strbuf *out)
{
	sqlite3_stmt *statement;
	bool found;

	if (sqlite3_prepare_v2(night->db, sql, -1, &statement, NULL) != SQLITE_OK)
		return false;
	found = sqlite3_step(statement) == SQLITE_ROW;
	if (found)
		strbuf_add_string(out, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return found;
}

static int64_t
read_number(struct night *night, const char *sql)
{
	struct strbuf text = { 0 };
	int64_t number = read_text(night, sql, &text) ? strtoll(text.at, NULL, 10) : -1;

	strbuf_free(&text);
	return number;
}

/* Cut files and overwritten pages are found here; what a sound page holds, by whoever reads it. */
static int
check_file(struct night *night, struct error *error)
{
	struct strbuf found = { 0 };
	bool sound;

	int64_t id = read_number(night, "PRAGMA application_id");

	if (id < 0 && sqlite3_errcode(night->db) == SQLITE_READONLY)
		return error_set(error, EX_NOINPUT,
		    "night file %s: its writer was ended in the middle of a write, and undoing "
		    "that "
		    "needs leave to write: copy it with its -journal, or make it writable",
		    night->path);
	if (id != APPLICATION_ID || read_number(night, "PRAGMA user_version") != SCHEMA_VERSION)
		return error_set(error, EX_NOINPUT,
		    "%s is no night file of this version of mxsweep", night->path);
	if (read_number(night, count_tables) != TABLES)
		return error_set(error, EX_DATAERR,
		    "night file %s: is damaged: not all of its tables are there", night->path);
	sound = read_text(night, "PRAGMA quick_check(1)", &found) && strcmp(found.at, "ok") == 0;
	if (!sound)
		error_set(error, EX_DATAERR, "night file %s: is damaged: %s", night->path,
		    found.length > 0 ? found.at : sqlite3_errmsg(night->db));
	strbuf_free(&found);
	return sound ? 0 : -1;
}

/* A program that was ended in the middle of a write leaves a journal: who opens the file next
   undoes that write, for which reading is not enough. */
static int
reading_flags(const char *path)
{
	struct strbuf journal = { 0 };
	bool unfinished;

	strbuf_printf(&journal, "%s-journal", path);
	unfinished = access(journal.at, F_OK) == 0;
	strbuf_free(&journal);
	return unfinished ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
}

static int
open_existing(const char *path, int mode, int flags, struct night **night_out, struct error *error)
{
	struct stat is;

	if (access(path, mode) != 0)
		return error_set(error, EX_NOINPUT,
		    "night file %s: %s; `scan --night FILE` makes one", path, strerror(errno));
	if (stat(path, &is) == 0 && S_ISDIR(is.st_mode))
		return error_set(error, EX_NOINPUT, "night file %s: is a directory", path);
	if (open_database(path, flags, night_out, error) == 0)
		return 0;
	error->code = EX_NOINPUT;
	return -1;
}

/* Its writer was ended before anything was in it. */
static int
finish_creation(struct night *night, struct error *error)
{
	if (read_number(night, "PRAGMA application_id") != 0 ||
	    read_number(night, "SELECT count(*) FROM sqlite_master") != 0)
		return 0;
	return night_execute(night, schema, error);
}

int
night_resume(const char *path, struct night **night_out, struct error *error)
{
	if (open_existing(path, R_OK | W_OK, SQLITE_OPEN_READWRITE, night_out, error) != 0)
		return -1;
	if (lock_file(*night_out, error) == 0 && finish_creation(*night_out, error) == 0 &&
	    check_file(*night_out, error) == 0) {
		write_safely(*night_out);
		return 0;
	}
	night_close(*night_out);
	return -1;
}

int
night_open(const char *path, struct night **night_out, struct error *error)
{
	if (open_existing(path, R_OK, reading_flags(path), night_out, error) != 0)
		return -1;
	if (check_file(*night_out, error) == 0)
		return 0;
	night_close(*night_out);
	return -1;
}

const char *
night_path(const struct night *night)
{
	return night->path;
}

void
night_close(struct night *night)
{
	if (night == NULL)
		return;
	for (size_t i = 0; i < NIGHT_STATEMENTS; i++)
		sqlite3_finalize(night->statements[i]);
	sqlite3_close(night->db);
	if (night->lock >= 0)
		close(night->lock);
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

int
night_set_metas(
    struct night *night, const struct night_meta *metas, size_t count, struct error *error)
{
	int result = night_execute(night, "BEGIN", error);

	for (size_t i = 0; i < count && result == 0; i++)
		result =
		    night_set_meta(night, metas[i].key, metas[i].value, metas[i].length, error);
	if (result == 0)
		result = night_execute(night, "COMMIT", error);
	if (result != 0)
		sqlite3_exec(night->db, "ROLLBACK", NULL, NULL, NULL);
	return result;
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
	found = night_step(night, get);
	if (found)
		add_column(out, get, 0);
	sqlite3_reset(get);
	return found;
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
	found = night_step(night, get);
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
	found = night_step(night, get);
	if (found) {
		add_column(facts_out, get, 0);
		domain_out->scanned_at = sqlite3_column_int64(get, 1);
		domain_out->elapsed_ms = (uint32_t)sqlite3_column_int64(get, 2);
	}
	sqlite3_reset(get);
	return found;
}
