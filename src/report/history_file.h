#ifndef MXSWEEP_REPORT_HISTORY_FILE_H
#define MXSWEEP_REPORT_HISTORY_FILE_H

/* What the files history_*.c that see sqlite3.h share. */
#include "base/error.h"
#include "base/strbuf.h"
#include "report/history_db.h"

#include <sqlite3.h>

enum { HISTORY_CHECKS_MAX = 1024 }; /* ever known to any version: several times today's */

enum history_statement {
	HISTORY_DOMAIN_GET,
	HISTORY_DOMAIN_ADD,
	HISTORY_SPAN_CLOSE,
	HISTORY_SPAN_REOPEN,
	HISTORY_SPAN_ADD,
	HISTORY_OBSERVATION_GET,
	HISTORY_OBSERVATION_ADD,
	HISTORY_CHECK_ADD,
	HISTORY_NIGHT_GET,
	HISTORY_STATEMENTS,
};

struct history_db {
	sqlite3 *db;
	char *path; /* for messages */
	sqlite3_stmt *statements[HISTORY_STATEMENTS];
	char *checks[HISTORY_CHECKS_MAX]; /* id of the check at each place of the letters */
	size_t check_count;

	/* while a night is written */
	bool writing;
	struct history_night night;
	struct {
		const struct check *check;
		size_t place;
	} places[CHECKS_MAX]; /* of the results of a scorecard, in their order */
	struct strbuf outcomes;
	struct strbuf hashed;
	unsigned char *seen; /* a bit for each id of a domain */
	size_t seen_size;
};

/* Reset, and ready to bind; NULL when it cannot be prepared. */
sqlite3_stmt *history_statement(struct history_db *db, enum history_statement which);
int history_execute(struct history_db *db, const char *sql, struct error *error);
int history_error(const struct history_db *db, const char *doing, struct error *error); /* -1 */
int history_number(struct history_db *db, const char *sql, int64_t argument, int64_t *number_out,
    struct error *error); /* the first cell of an answer, 0 when there is none */
/* Runs a statement that gives no rows, with numbers for its parameters. */
int history_run(struct history_db *db, enum history_statement which, const int64_t *arguments,
    size_t count, struct error *error);

#endif
