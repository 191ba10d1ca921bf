/* Writing nights into the history, and taking domains and old nights out. */
#include "report/history_db.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/hash.h"
#include "report/history_file.h"
#include "report/tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { SECONDS_A_DAY = 86400 };

/* ---- a night */

/* As if the last night had never been written: what ended the night before goes on again. */
static int
undo_night(struct history_db *db, int64_t id, struct error *error)
{
	struct strbuf sql = { 0 };
	int result;

	strbuf_printf(&sql,
	    "DELETE FROM spans WHERE first = %" PRId64
	    "; UPDATE spans SET last = NULL WHERE last = %" PRId64
	    "; DELETE FROM nights WHERE id = %" PRId64,
	    id, id - 1, id);
	result = history_execute(db, sql.at, error);
	strbuf_free(&sql);
	return result;
}

static int
add_night(struct history_db *db, const struct run_facts *run, struct error *error)
{
	struct strbuf sql = { 0 };
	int result;

	strbuf_printf(&sql,
	    "INSERT INTO nights(id, started_at, seed, interrupted, kept) VALUES(%" PRId64
	    ", %" PRId64 ", %" PRIu64 ", %d, 1)",
	    db->night.id, run->now, run->seed[0], run->interrupted);
	result = history_execute(db, sql.at, error);
	strbuf_free(&sql);
	return result;
}

static int
make_place(struct history_db *db, const struct run_facts *run, struct error *error)
{
	struct history_night last = { 0 };
	int64_t seed = 0;

	history_db_night(db, INT64_MAX, &last);
	if (history_number(db, "SELECT seed FROM nights WHERE id = ?", last.id, &seed, error) != 0)
		return -1;
	if (run->now < last.started_at)
		return error_set(error, EX_DATAERR,
		    "history %s: it holds a later night; nights are to be written in their order",
		    db->path);
	db->night = (struct history_night){ .id = last.id + 1, .started_at = run->now };
	if (last.id > 0 && run->now == last.started_at && (uint64_t)seed == run->seed[0]) {
		db->night.id = last.id;
		return undo_night(db, last.id, error);
	}
	return 0;
}

int
history_db_begin(struct history_db *db, const struct run_facts *run, struct error *error)
{
	if (history_execute(db, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	db->writing = true;
	if (db->seen_size > 0)
		memset(db->seen, 0, db->seen_size);
	if (make_place(db, run, error) != 0)
		return -1;
	return add_night(db, run, error);
}

/* ---- a domain */

static size_t
find_place(struct history_db *db, const struct check *check)
{
	for (size_t i = 0; i < db->check_count; i++)
		if (strcmp(db->checks[i], check->id) == 0)
			return i;
	return db->check_count;
}

/* A check that the file does not know yet gets the next place. */
static int
place_check(
    struct history_db *db, const struct check *check, size_t *place_out, struct error *error)
{
	sqlite3_stmt *add;

	*place_out = find_place(db, check);
	if (*place_out < db->check_count)
		return 0;
	add = history_statement(db, HISTORY_CHECK_ADD);
	if (add == NULL || db->check_count == HISTORY_CHECKS_MAX)
		return history_error(db, "cannot take another check", error);
	sqlite3_bind_int64(add, 1, (int64_t)*place_out + 1);
	sqlite3_bind_text(add, 2, check->id, -1, SQLITE_STATIC);
	if (sqlite3_step(add) != SQLITE_DONE)
		return history_error(db, "cannot be written", error);
	db->checks[db->check_count++] = alloc_string(check->id);
	return 0;
}

static int
set_letter(struct history_db *db, size_t i, const struct check_result *result, struct error *error)
{
	size_t place = db->places[i].place;

	if (db->places[i].check != result->check) {
		if (place_check(db, result->check, &place, error) != 0)
			return -1;
		db->places[i].check = result->check;
		db->places[i].place = place;
	}
	while (db->outcomes.length <= place)
		strbuf_add_byte(&db->outcomes, '-');
	db->outcomes.at[place] = observation_letter(result);
	return 0;
}

static int
set_letters(struct history_db *db, const struct scorecard *card, struct error *error)
{
	strbuf_reset(&db->outcomes);
	for (size_t i = 0; i < card->count; i++)
		if (!observation_leaves_out(card->results[i].check) &&
		    set_letter(db, i, &card->results[i], error) != 0)
			return -1;
	return 0;
}

enum { TEXTS = 4 + KEY_VALUES + 2 }; /* of an observation, as the columns of its table */

static void
list_texts(const struct history_db *db, const struct observation *seen, const char *texts[TEXTS])
{
	size_t count = 0;

	texts[count++] = seen->verdict;
	texts[count++] = seen->grade;
	texts[count++] = db->outcomes.length > 0 ? db->outcomes.at : "";
	for (int i = 0; i < KEY_VALUES; i++)
		texts[count++] = seen->values.at[i];
	texts[count++] = seen->values.policy;
	texts[count++] = seen->role;
	texts[count++] = seen->listed;
}

/* Of one domain alone, so that 63 bits are plenty; positive, as people read numbers. */
static int64_t
hash_of(struct history_db *db, const struct observation *seen, const char *const texts[TEXTS])
{
	strbuf_reset(&db->hashed);
	strbuf_printf(&db->hashed, "%d %d", seen->score, seen->confidence);
	for (size_t i = 0; i < TEXTS; i++) {
		strbuf_add_byte(&db->hashed, texts[i] == NULL ? '\1' : '\2');
		if (texts[i] != NULL)
			strbuf_add_string(&db->hashed, texts[i]);
	}
	return (int64_t)(hash_keyed(1, 2, db->hashed.at, db->hashed.length) >> 1);
}

static void
bind_text(sqlite3_stmt *statement, int index, const char *text)
{
	if (text == NULL)
		sqlite3_bind_null(statement, index);
	else
		sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

static int
add_observation(struct history_db *db, int64_t domain, int64_t hash, const struct observation *seen,
    const char *const texts[TEXTS], struct error *error)
{
	sqlite3_stmt *add = history_statement(db, HISTORY_OBSERVATION_ADD);
	int index = 1;

	if (add == NULL)
		return history_error(db, "cannot be written", error);
	sqlite3_bind_int64(add, index++, domain);
	sqlite3_bind_int64(add, index++, hash);
	bind_text(add, index++, texts[0]);
	if (seen->score == SCORE_NONE)
		sqlite3_bind_null(add, index++);
	else
		sqlite3_bind_int(add, index++, seen->score);
	sqlite3_bind_int(add, index++, seen->confidence);
	for (size_t i = 1; i < TEXTS; i++)
		bind_text(add, index++, texts[i]);
	if (sqlite3_step(add) != SQLITE_DONE)
		return history_error(db, "cannot be written", error);
	sqlite3_reset(add);
	return 0;
}

/* What the domain shows now: as it once did, or for the first time. */
static int
find_observation(struct history_db *db, int64_t domain, int64_t hash,
    const struct observation *seen, const char *const texts[TEXTS], int64_t *id_out,
    struct error *error)
{
	sqlite3_stmt *get = history_statement(db, HISTORY_OBSERVATION_GET);

	if (get == NULL)
		return history_error(db, "cannot be read", error);
	sqlite3_bind_int64(get, 1, domain);
	sqlite3_bind_int64(get, 2, hash);
	*id_out = sqlite3_step(get) == SQLITE_ROW ? sqlite3_column_int64(get, 0) : 0;
	sqlite3_reset(get);
	if (*id_out != 0)
		return 0;
	if (add_observation(db, domain, hash, seen, texts, error) != 0)
		return -1;
	*id_out = sqlite3_last_insert_rowid(db->db);
	return 0;
}

static int
add_domain(struct history_db *db, const char *name, int64_t *id_out, struct error *error)
{
	sqlite3_stmt *add = history_statement(db, HISTORY_DOMAIN_ADD);

	if (add == NULL)
		return history_error(db, "cannot be written", error);
	sqlite3_bind_text(add, 1, name, -1, SQLITE_STATIC);
	if (sqlite3_step(add) != SQLITE_DONE)
		return history_error(db, "cannot be written", error);
	sqlite3_reset(add);
	*id_out = sqlite3_last_insert_rowid(db->db);
	return 0;
}

static void
note_seen(struct history_db *db, int64_t domain)
{
	size_t at = (size_t)domain / 8;

	if (at >= db->seen_size) {
		size_t size = at * 2 + 4096;

		db->seen = alloc_resize(db->seen, size);
		memset(db->seen + db->seen_size, 0, size - db->seen_size);
		db->seen_size = size;
	}
	db->seen[at] |= (unsigned char)(1 << domain % 8);
}

static bool
was_seen(const struct history_db *db, int64_t domain)
{
	size_t at = (size_t)domain / 8;

	return at < db->seen_size && (db->seen[at] >> domain % 8 & 1) != 0;
}

/* The newest span of a domain; id 0 when the domain is new, first 0 when it has none. */
struct newest {
	int64_t domain, first, hash;
	bool open;
};

static int
find_newest(struct history_db *db, const char *name, struct newest *out, struct error *error)
{
	sqlite3_stmt *get = history_statement(db, HISTORY_DOMAIN_GET);
	int step;

	memset(out, 0, sizeof *out);
	if (get == NULL)
		return history_error(db, "cannot be read", error);
	sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
	step = sqlite3_step(get);
	if (step == SQLITE_ROW) {
		out->domain = sqlite3_column_int64(get, 0);
		out->first = sqlite3_column_int64(get, 1);
		out->open = out->first != 0 && sqlite3_column_type(get, 2) == SQLITE_NULL;
		out->hash = sqlite3_column_int64(get, 3);
	}
	sqlite3_reset(get);
	return step == SQLITE_ROW || step == SQLITE_DONE
	    ? 0
	    : history_error(db, "cannot be read", error);
}

static int
close_span(struct history_db *db, int64_t domain, int64_t first, struct error *error)
{
	const int64_t arguments[] = { db->night.id - 1, domain, first };

	return history_run(db, HISTORY_SPAN_CLOSE, arguments, 3, error);
}

static int
begin_span(struct history_db *db, const struct newest *newest, int64_t hash,
    const struct observation *seen, const char *const texts[TEXTS], struct error *error)
{
	int64_t arguments[] = { newest->domain, db->night.id, 0 };

	if (newest->open && close_span(db, newest->domain, newest->first, error) != 0)
		return -1;
	if (find_observation(db, newest->domain, hash, seen, texts, &arguments[2], error) != 0)
		return -1;
	return history_run(db, HISTORY_SPAN_ADD, arguments, 3, error);
}

int
history_db_put(struct history_db *db, const struct scorecard *card,
    const struct observation *observation, struct error *error)
{
	const char *texts[TEXTS];
	struct newest newest;
	int64_t hash;

	if (set_letters(db, card, error) != 0 ||
	    find_newest(db, observation->domain, &newest, error) != 0)
		return -1;
	list_texts(db, observation, texts);
	hash = hash_of(db, observation, texts);
	if (newest.domain == 0 && add_domain(db, observation->domain, &newest.domain, error) != 0)
		return -1;
	if (was_seen(db, newest.domain)) /* another row of the same domain: the first counts */
		return 0;
	note_seen(db, newest.domain);
	if (newest.open && newest.hash == hash)
		return 0;
	return begin_span(db, &newest, hash, observation, texts, error);
}

/* ---- the end of a night */

/* Domains that were there the night before, and are not in this one. */
static int
close_gone(struct history_db *db, struct error *error)
{
	sqlite3_stmt *open;
	int step, result = 0;

	if (sqlite3_prepare_v2(db->db, "SELECT domain, first FROM spans WHERE last IS NULL", -1,
		&open, NULL) != SQLITE_OK)
		return history_error(db, "cannot be read", error);
	while (result == 0 && (step = sqlite3_step(open)) == SQLITE_ROW) {
		int64_t domain = sqlite3_column_int64(open, 0);

		if (!was_seen(db, domain))
			result = close_span(db, domain, sqlite3_column_int64(open, 1), error);
	}
	sqlite3_finalize(open);
	return result;
}

static int
count_night(struct history_db *db, const struct tally *tally, struct error *error)
{
	struct strbuf sql = { 0 };
	int result;

	strbuf_printf(&sql, "UPDATE nights SET rows = %" PRIu64, tally->rows);
	for (int i = 0; i < VERDICT_COUNT; i++)
		strbuf_printf(
		    &sql, ", %s = %" PRIu64, verdict_text((enum verdict)i), tally->verdicts[i]);
	strbuf_printf(&sql, " WHERE id = %" PRId64, db->night.id);
	result = history_execute(db, sql.at, error);
	strbuf_free(&sql);
	return result;
}

int
history_db_end(struct history_db *db, const struct tally *tally, struct error *error)
{
	if (close_gone(db, error) != 0 || count_night(db, tally, error) != 0 ||
	    history_execute(db, "COMMIT", error) != 0)
		return -1;
	db->writing = false;
	return 0;
}

/* ---- taking out */

static const char drop_old[] =
    "CREATE TEMP TABLE dropped AS SELECT domain, observation FROM spans WHERE last <"
    " (SELECT min(id) FROM nights WHERE kept);"
    "DELETE FROM spans WHERE last < (SELECT min(id) FROM nights WHERE kept);"
    "DELETE FROM observations WHERE id IN (SELECT observation FROM dropped) AND NOT EXISTS"
    " (SELECT 1 FROM spans s WHERE s.domain = observations.domain AND"
    " s.observation = observations.id);"
    "DELETE FROM domains WHERE id IN (SELECT domain FROM dropped) AND NOT EXISTS"
    " (SELECT 1 FROM spans s WHERE s.domain = domains.id);"
    "DROP TABLE dropped";

int
history_db_keep(struct history_db *db, uint64_t days, struct error *error)
{
	struct strbuf sql = { 0 };
	int result;

	strbuf_printf(&sql,
	    "UPDATE nights SET kept = 0 WHERE kept AND started_at < %" PRId64 " AND id < %" PRId64,
	    db->night.started_at - (int64_t)days * SECONDS_A_DAY, db->night.id);
	result = history_execute(db, sql.at, error);
	strbuf_free(&sql);
	if (result == 0 && sqlite3_changes(db->db) > 0)
		result = history_execute(db, drop_old, error);
	return result;
}

int
history_db_forget(struct history_db *db, const char *domain, bool *was_there, struct error *error)
{
	struct strbuf sql = { 0 };
	struct newest newest;
	int result;

	if (find_newest(db, domain, &newest, error) != 0)
		return -1;
	*was_there = newest.domain != 0;
	if (!*was_there)
		return 0;
	sqlite3_reset(db->statements[HISTORY_DOMAIN_GET]);
	strbuf_printf(&sql,
	    "PRAGMA secure_delete=ON; BEGIN IMMEDIATE; DELETE FROM spans WHERE domain = %" PRId64
	    "; DELETE FROM observations WHERE domain = %" PRId64
	    "; DELETE FROM domains WHERE id = %" PRId64 "; COMMIT",
	    newest.domain, newest.domain, newest.domain);
	result = history_execute(db, sql.at, error);
	strbuf_free(&sql);
	return result;
}
