/* The history file: opening it, its schema, its nights. */
#include "report/history_db.h"

#include "base/alloc.h"
#include "report/history_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	APPLICATION_ID = 0x6d787368, /* "mxsh": tells file(1) and us what the file is */
	SCHEMA_VERSION = 1,
	PATIENCE_MS = 10000, /* with another program that has the file locked */
};

/*
 * Letters in place of a row for each check: a night of 100,000 domains and 150 checks would be 15
 * million rows, and most of them say what those of the night before said.
 */
static const char schema[] =
    "CREATE TABLE nights(id INTEGER PRIMARY KEY, started_at INTEGER, seed INTEGER, rows INTEGER,"
    " pass INTEGER, warn INTEGER, fail INTEGER, not_tested INTEGER, invalid_input INTEGER,"
    " interrupted INTEGER, kept INTEGER);"
    "CREATE TABLE checks(id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
    "CREATE TABLE domains(id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
    "CREATE TABLE observations(id INTEGER PRIMARY KEY, domain INTEGER, hash INTEGER, verdict TEXT,"
    " score INTEGER, confidence INTEGER, grade TEXT, outcomes TEXT, mx TEXT, ns TEXT, spf TEXT,"
    " dkim TEXT, dmarc TEXT, mta_sts TEXT, policy TEXT, role TEXT, listed TEXT,"
    " UNIQUE(domain, hash));"
    "CREATE TABLE spans(domain INTEGER, first INTEGER, last INTEGER, observation INTEGER,"
    " PRIMARY KEY(domain, first)) WITHOUT ROWID;"
    "CREATE VIEW history AS SELECT d.name AS domain, n.id AS night, n.started_at, o.id AS"
    " observation, o.verdict, o.score, o.confidence, o.grade, o.outcomes, o.mx, o.ns, o.spf,"
    " o.dkim, o.dmarc, o.mta_sts, o.role, o.listed FROM nights n JOIN spans s ON s.first <= n.id"
    " AND (s.last IS NULL OR s.last >= n.id) JOIN domains d ON d.id = s.domain"
    " JOIN observations o ON o.id = s.observation WHERE n.kept;"
    "CREATE VIEW results AS SELECT h.domain, h.night, h.started_at, c.name AS \"check\","
    " CASE substr(h.outcomes, c.id, 1) WHEN 'P' THEN 'pass' WHEN 'I' THEN 'info'"
    " WHEN 'W' THEN 'warn' WHEN 'F' THEN 'fail' WHEN 'T' THEN 'not_tested'"
    " WHEN 'N' THEN 'not_applicable' END AS outcome FROM history h JOIN checks c"
    " WHERE substr(h.outcomes, c.id, 1) NOT IN ('', '-');"
    "PRAGMA application_id=1836610408; PRAGMA user_version=1;";

static const char *const statement_texts[HISTORY_STATEMENTS] = {
	[HISTORY_DOMAIN_GET] = "SELECT d.id, s.first, s.last, o.hash FROM domains d"
			       " LEFT JOIN spans s ON s.domain = d.id"
			       " LEFT JOIN observations o ON o.id = s.observation"
			       " WHERE d.name = ? ORDER BY s.first DESC LIMIT 1",
	[HISTORY_DOMAIN_ADD] = "INSERT INTO domains(name) VALUES(?)",
	[HISTORY_SPAN_CLOSE] = "UPDATE spans SET last = ? WHERE domain = ? AND first = ?",
	[HISTORY_SPAN_REOPEN] = "UPDATE spans SET last = NULL WHERE last = ?",
	[HISTORY_SPAN_ADD] = "INSERT INTO spans(domain, first, observation) VALUES(?,?,?)",
	[HISTORY_OBSERVATION_GET] = "SELECT id FROM observations WHERE domain = ? AND hash = ?",
	[HISTORY_OBSERVATION_ADD] = "INSERT INTO observations(domain, hash, verdict, score,"
				    " confidence, grade, outcomes, mx, ns, spf, dkim, dmarc,"
				    " mta_sts, policy, role, listed)"
				    " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[HISTORY_CHECK_ADD] = "INSERT INTO checks(id, name) VALUES(?,?)",
	[HISTORY_NIGHT_GET] = ("SELECT id, started_at, rows, interrupted FROM nights"
			       " WHERE kept AND id <= ? ORDER BY id DESC LIMIT 1"),
};

int
history_error(const struct history_db *db, const char *doing, struct error *error)
{
	int why = sqlite3_errcode(db->db);
	int code = why == SQLITE_CORRUPT || why == SQLITE_NOTADB ? EX_DATAERR
	    : why == SQLITE_BUSY || why == SQLITE_LOCKED         ? EX_TEMPFAIL
								 : EX_IOERR;

	return error_set(
	    error, code, "history %s: %s: %s", db->path, doing, sqlite3_errmsg(db->db));
}

sqlite3_stmt *
history_statement(struct history_db *db, enum history_statement which)
{
	sqlite3_stmt **statement = &db->statements[which];

	if (*statement != NULL)
		sqlite3_reset(*statement);
	else if (sqlite3_prepare_v3(db->db, statement_texts[which], -1, SQLITE_PREPARE_PERSISTENT,
		     statement, NULL) != SQLITE_OK)
		return NULL;
	return *statement;
}

int
history_execute(struct history_db *db, const char *sql, struct error *error)
{
	if (sqlite3_exec(db->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return history_error(db, "cannot be written", error);
	return 0;
}

int
history_number(struct history_db *db, const char *sql, int64_t argument, int64_t *number_out,
    struct error *error)
{
	sqlite3_stmt *statement;
	int step;

	*number_out = 0;
	if (sqlite3_prepare_v2(db->db, sql, -1, &statement, NULL) != SQLITE_OK)
		return history_error(db, "cannot be read", error);
	sqlite3_bind_int64(statement, 1, argument);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW)
		*number_out = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return step == SQLITE_ROW || step == SQLITE_DONE
	    ? 0
	    : history_error(db, "cannot be read", error);
}

int
history_run(struct history_db *db, enum history_statement which, const int64_t *arguments,
    size_t count, struct error *error)
{
	sqlite3_stmt *statement = history_statement(db, which);
	int step = SQLITE_ERROR;

	for (size_t i = 0; statement != NULL && i < count; i++)
		sqlite3_bind_int64(statement, (int)i + 1, arguments[i]);
	if (statement != NULL)
		step = sqlite3_step(statement);
	if (step != SQLITE_DONE)
		return history_error(db, "cannot be written", error);
	sqlite3_reset(statement);
	return 0;
}

/* ---- opening */

static int
check_kind(struct history_db *db, struct error *error)
{
	int64_t id, version;

	if (history_number(db, "PRAGMA application_id", 0, &id, error) != 0 ||
	    history_number(db, "PRAGMA user_version", 0, &version, error) != 0)
		return -1;
	if (id == APPLICATION_ID && version == SCHEMA_VERSION)
		return 0;
	return error_set(error, EX_NOINPUT,
	    "%s is no history of this version of mxsweep; --db FILE makes one", db->path);
}

/* An empty database becomes one; what holds anything else is left alone. */
static int
make_schema(struct history_db *db, struct error *error)
{
	int64_t tables;

	if (history_execute(db, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	if (history_number(db, "SELECT count(*) FROM sqlite_master", 0, &tables, error) != 0)
		return -1;
	if (tables == 0 && history_execute(db, schema, error) != 0)
		return -1;
	return history_execute(db, "COMMIT", error);
}

static int
load_checks(struct history_db *db, struct error *error)
{
	sqlite3_stmt *all;
	int step = SQLITE_DONE;

	if (sqlite3_prepare_v2(db->db, "SELECT name FROM checks ORDER BY id", -1, &all, NULL) !=
	    SQLITE_OK)
		return history_error(db, "cannot be read", error);
	while (db->check_count < HISTORY_CHECKS_MAX && (step = sqlite3_step(all)) == SQLITE_ROW)
		db->checks[db->check_count++] =
		    alloc_string((const char *)sqlite3_column_text(all, 0));
	sqlite3_finalize(all);
	return step == SQLITE_DONE ? 0 : history_error(db, "cannot be read", error);
}

static struct history_db *
new_db(const char *path, int flags)
{
	struct history_db *db = alloc_zeroed(1, sizeof *db);

	db->path = alloc_string(path != NULL ? path : "in a temporary file");
	sqlite3_open_v2(path != NULL ? path : "", &db->db, flags, NULL);
	sqlite3_busy_timeout(db->db, PATIENCE_MS);
	return db;
}

static int
give_or_close(struct history_db *db, int result, struct history_db **db_out)
{
	if (result == 0)
		*db_out = db;
	else
		history_db_close(db);
	return result;
}

int
history_db_create(const char *path, struct history_db **db_out, struct error *error)
{
	struct history_db *db = new_db(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	int result;

	if (sqlite3_errcode(db->db) != SQLITE_OK) {
		history_error(db, "cannot be made", error);
		error->code = EX_CANTCREAT;
		return give_or_close(db, -1, db_out);
	}
	result = make_schema(db, error);
	if (result == 0)
		result = check_kind(db, error);
	if (result == 0)
		result = load_checks(db, error);
	return give_or_close(db, result, db_out);
}

int
history_db_open(const char *path, struct history_db **db_out, struct error *error)
{
	struct history_db *db;
	int result;

	if (access(path, R_OK) != 0)
		return error_set(error, EX_NOINPUT, "history %s: %s; `scan --db FILE` makes one",
		    path, strerror(errno));
	db = new_db(path, SQLITE_OPEN_READWRITE); /* what was broken off is to be undone */
	if (sqlite3_errcode(db->db) != SQLITE_OK) {
		history_error(db, "cannot be opened", error);
		error->code = EX_NOINPUT;
		return give_or_close(db, -1, db_out);
	}
	result = check_kind(db, error);
	if (result == 0)
		result = load_checks(db, error);
	return give_or_close(db, result, db_out);
}

void
history_db_close(struct history_db *db)
{
	if (db == NULL)
		return;
	for (int i = 0; i < HISTORY_STATEMENTS; i++)
		sqlite3_finalize(db->statements[i]);
	if (db->writing)
		sqlite3_exec(db->db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(db->db);
	for (size_t i = 0; i < db->check_count; i++)
		free(db->checks[i]);
	strbuf_free(&db->outcomes);
	strbuf_free(&db->hashed);
	free(db->seen);
	free(db->path);
	free(db);
}

/* ---- nights */

const char *
history_db_check(const struct history_db *db, size_t place)
{
	return place < db->check_count ? db->checks[place] : NULL;
}

bool
history_db_night(struct history_db *db, int64_t id, struct history_night *night_out)
{
	sqlite3_stmt *get = history_statement(db, HISTORY_NIGHT_GET);
	bool found;

	if (get == NULL)
		return false;
	sqlite3_bind_int64(get, 1, id);
	found = sqlite3_step(get) == SQLITE_ROW;
	if (found)
		*night_out = (struct history_night){
			.id = sqlite3_column_int64(get, 0),
			.started_at = sqlite3_column_int64(get, 1),
			.rows = (uint64_t)sqlite3_column_int64(get, 2),
			.interrupted = sqlite3_column_int(get, 3) != 0,
		};
	sqlite3_reset(get);
	return found;
}

int64_t
history_db_started_at(struct history_db *db, int64_t night)
{
	struct error error;
	int64_t when;

	return history_number(
		   db, "SELECT started_at FROM nights WHERE id = ?", night, &when, &error) == 0
	    ? when
	    : 0;
}

/* Of a day: its last night. */
static int64_t
id_of_day(struct history_db *db, const char *day)
{
	sqlite3_stmt *statement;
	int64_t id = 0;

	if (sqlite3_prepare_v2(db->db,
		"SELECT max(id) FROM nights WHERE date(started_at, 'unixepoch') = ?", -1,
		&statement, NULL) != SQLITE_OK)
		return 0;
	sqlite3_bind_text(statement, 1, day, -1, SQLITE_STATIC);
	if (sqlite3_step(statement) == SQLITE_ROW)
		id = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return id;
}

int
history_db_find(
    struct history_db *db, const char *text, struct history_night *night_out, struct error *error)
{
	char *end;
	int64_t id = strtoll(text, &end, 10);

	if (*end != '\0')
		id = id_of_day(db, text);
	if (id > 0 && history_db_night(db, id, night_out) && night_out->id == id)
		return 0;
	return error_set(error, EX_USAGE,
	    "history %s: there is no night '%s'; its number, or its day as 2026-11-24, would be "
	    "right",
	    db->path, text);
}
