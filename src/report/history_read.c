/* Reading the nights of domains back out of the history. */
#include "report/history_db.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "report/history_file.h"

#include <stdlib.h>
#include <string.h>

#define SPANS_OF                                                                                   \
	"SELECT d.name, s.first, s.last, o.verdict, o.score, o.confidence, o.grade, o.outcomes,"   \
	" o.policy, o.role, o.listed, o.mx, o.ns, o.spf, o.dkim, o.dmarc, o.mta_sts"               \
	" FROM domains d JOIN spans s ON s.domain = d.id JOIN observations o"                      \
	" ON o.id = s.observation WHERE s.first <= ?1 AND "
#define IN_ORDER " ORDER BY d.name, s.first"

/* A span that begins behind `after`, or one that ends from there on: there it changed. */
static const char changed[] =
    SPANS_OF "d.id IN (SELECT domain FROM spans WHERE (first > ?2 AND first <= ?1) OR"
	     " (last >= ?2 AND last < ?1))" IN_ORDER;
static const char ever_changed[] =
    SPANS_OF "d.id IN (SELECT domain FROM spans WHERE first > 1 OR last IS NOT NULL)" IN_ORDER;
static const char of_domain[] = SPANS_OF "d.name = ?2" IN_ORDER;

enum { FIRST_VALUE = 11 }; /* the column of the first key value */

/* The spans of the domain that is being read. */
struct reading {
	struct history_span *spans;
	size_t count, capacity;
	struct arena arena;
	history_domain_fn fn;
	void *user;
};

static const char *
column(sqlite3_stmt *statement, int index, struct arena *arena)
{
	const unsigned char *text = sqlite3_column_text(statement, index);

	return text == NULL ? NULL : arena_string(arena, (const char *)text);
}

static void
read_seen(sqlite3_stmt *s, struct arena *arena, struct observation *out)
{
	memset(out, 0, sizeof *out);
	out->domain = column(s, 0, arena);
	out->verdict = column(s, 3, arena);
	out->score =
	    sqlite3_column_type(s, 4) == SQLITE_NULL ? SCORE_NONE : sqlite3_column_int(s, 4);
	out->confidence = sqlite3_column_int(s, 5);
	out->grade = column(s, 6, arena);
	out->outcomes = column(s, 7, arena);
	out->values.policy = column(s, 8, arena);
	out->role = column(s, 9, arena);
	out->listed = column(s, 10, arena);
	for (int i = 0; i < KEY_VALUES; i++)
		out->values.at[i] = column(s, FIRST_VALUE + i, arena);
	if (out->verdict == NULL) /* a file that somebody else has written in */
		out->verdict = "";
	if (out->outcomes == NULL)
		out->outcomes = "";
}

static void
add_span(struct reading *r, sqlite3_stmt *s)
{
	struct history_span *span;

	if (r->count == r->capacity) {
		r->capacity = r->capacity * 2 + 16;
		r->spans = alloc_resize(r->spans, r->capacity * sizeof *r->spans);
	}
	span = &r->spans[r->count++];
	span->first = sqlite3_column_int64(s, 1);
	span->last =
	    sqlite3_column_type(s, 2) == SQLITE_NULL ? INT64_MAX : sqlite3_column_int64(s, 2);
	read_seen(s, &r->arena, &span->seen);
}

static int
hand_over(struct reading *r, struct error *error)
{
	int result = r->count == 0 ? 0 : r->fn(r->user, r->spans, r->count, error);

	r->count = 0;
	arena_reset(&r->arena);
	return result;
}

static bool
is_another(const struct reading *r, sqlite3_stmt *s)
{
	const char *name = (const char *)sqlite3_column_text(s, 0);

	return r->count > 0 && (name == NULL || strcmp(r->spans[0].seen.domain, name) != 0);
}

static int
read_all(struct history_db *db, sqlite3_stmt *s, struct reading *r, struct error *error)
{
	int step, result = 0;

	while (result == 0 && (step = sqlite3_step(s)) == SQLITE_ROW) {
		if (is_another(r, s))
			result = hand_over(r, error);
		if (result == 0 && sqlite3_column_type(s, 0) == SQLITE_TEXT)
			add_span(r, s);
	}
	if (result == 0 && step != SQLITE_DONE)
		return history_error(db, "cannot be read", error);
	return result == 0 ? hand_over(r, error) : result;
}

static int
read_spans(
    struct history_db *db, sqlite3_stmt *s, history_domain_fn fn, void *user, struct error *error)
{
	struct reading r = { .fn = fn, .user = user };
	int result = read_all(db, s, &r, error);

	sqlite3_finalize(s);
	arena_free(&r.arena);
	free(r.spans);
	return result;
}

int
history_db_each_changed(struct history_db *db, int64_t after, int64_t until, bool all,
    history_domain_fn fn, void *user, struct error *error)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db->db, all ? ever_changed : changed, -1, &s, NULL) != SQLITE_OK)
		return history_error(db, "cannot be read", error);
	sqlite3_bind_int64(s, 1, until);
	if (!all)
		sqlite3_bind_int64(s, 2, after);
	return read_spans(db, s, fn, user, error);
}

int
history_db_domain(struct history_db *db, const char *domain, int64_t until, history_domain_fn fn,
    void *user, struct error *error)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db->db, of_domain, -1, &s, NULL) != SQLITE_OK)
		return history_error(db, "cannot be read", error);
	sqlite3_bind_int64(s, 1, until);
	sqlite3_bind_text(s, 2, domain, -1, SQLITE_STATIC);
	return read_spans(db, s, fn, user, error);
}
