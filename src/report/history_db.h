#ifndef MXSWEEP_REPORT_HISTORY_DB_H
#define MXSWEEP_REPORT_HISTORY_DB_H

#include "report/observation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct history_db;
struct tally;

/*
 * Many nights of many domains in one SQLite file. What a domain showed is stored once for as long
 * as it stays the same: a night in which nothing has changed adds one row to the whole file. The
 * schema is a contract, in docs/history.md.
 */

/* For writing (made where it is missing; NULL: a private one that is gone when it is closed). -1
 * with exit code 66, 73 or 65, or 75 while somebody else writes. */
int history_db_create(const char *path, struct history_db **db_out, struct error *error);
int history_db_open(const char *path, struct history_db **db_out, struct error *error); /* reads */
void history_db_close(struct history_db *db); /* a night that was not ended is undone */

struct history_night {
	int64_t id; /* 1, 2, … in the order of writing */
	int64_t started_at;
	uint64_t rows;
	bool interrupted;
};

/*
 * One night: begun, each domain put once, ended; all of it or nothing. The last night is written
 * again when it is given again (the same start and seed); one that is older than the last is
 * refused.
 */
int history_db_begin(struct history_db *db, const struct run_facts *run, struct error *error);
int history_db_put(struct history_db *db, const struct scorecard *card,
    const struct observation *observation, struct error *error);
int history_db_end(struct history_db *db, const struct tally *tally, struct error *error);

/* Drops nights that began more than so many days before the last one. Within begin and end. */
int history_db_keep(struct history_db *db, uint64_t days, struct error *error);
/* Everything about a domain, overwritten with zeros; false in `was_there` when nothing was. */
int
history_db_forget(struct history_db *db, const char *domain, bool *was_there, struct error *error);

/* The last night with an id of at most `id` (INT64_MAX: of all); false when there is none. */
bool history_db_night(struct history_db *db, int64_t id, struct history_night *night_out);
/* By id, or the last of a day "2026-11-24" in UTC; -1 with exit code 64 when there is none. */
int history_db_find(
    struct history_db *db, const char *text, struct history_night *night_out, struct error *error);

/* A run of nights in which a domain showed the same. */
struct history_span {
	int64_t first, last; /* ids; last is INT64_MAX while it goes on */
	struct observation seen;
};

/* The spans of one domain up to a night, oldest first; borrowed until the callback returns. */
typedef int (*history_domain_fn)(
    void *user, const struct history_span *spans, size_t count, struct error *error);

/*
 * Domains in order of their names, each with all its spans that began by the night `until`: those
 * in which something changed behind the night `after`, or, with `all`, every one that ever did.
 * Memory is that of one domain. Ends with what `fn` returns, when that is not 0.
 */
int history_db_each_changed(struct history_db *db, int64_t after, int64_t until, bool all,
    history_domain_fn fn, void *user, struct error *error);
/* The same for one domain, changed or not; `fn` is not called when there is none. */
int history_db_domain(struct history_db *db, const char *domain, int64_t until,
    history_domain_fn fn, void *user, struct error *error);

/* The check of a letter's place; NULL behind the last. */
const char *history_db_check(const struct history_db *db, size_t place);
int64_t history_db_started_at(struct history_db *db, int64_t night); /* 0: there is none */

#endif
