/* What outlives a run: keyed values in one SQLite file, and the lock of a sweep. */
#include "fact/state.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/map.h"
#include "base/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	BUSY_MS = 10000, /* how long one program waits for another's transaction */
	PID_DIGITS = 20,
};

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS state(kind INTEGER, key TEXT, value BLOB, seen INTEGER,"
    " until INTEGER, PRIMARY KEY(kind, key)) WITHOUT ROWID";
static const char get_text[] =
    "SELECT value, seen, key FROM state WHERE kind=?1 AND key=?2 AND until>?3";
static const char each_text[] =
    "SELECT value, seen, key FROM state WHERE kind=?1 AND until>?3 ORDER BY key";
static const char put_text[] = "INSERT OR REPLACE INTO state VALUES(?1,?2,?3,?4,?5)";
static const char purge_text[] = "DELETE FROM state WHERE until<=?1";

/* What was put and is not on disk yet; found by `id`, the kind and the key behind it. */
struct pending {
	int64_t seen, until;
	void *value;
	size_t length, id_length;
	char id[]; /* NUL-terminated */
};

struct state {
	sqlite3 *db;
	char *path;
	struct map pending;
};

static int
cannot(const struct state *state, int code, const char *what, struct error *error)
{
	return error_set(error, code, "%s: cannot be %s: %s; --state DIR names another folder",
	    state->path, what, sqlite3_errmsg(state->db));
}

static void
free_pending(struct pending *put)
{
	free(put->value);
	free(put);
}

static void
forget_pending(struct state *state)
{
	struct pending *put;

	for (size_t cursor = 0; (put = map_next(&state->pending, &cursor)) != NULL;)
		free_pending(put);
	map_free(&state->pending);
	map_init(&state->pending);
}

int
state_open(const char *folder, struct state **out, struct error *error)
{
	struct state *state = alloc_zeroed(1, sizeof *state);
	struct strbuf path = { 0 };

	*out = NULL;
	strbuf_printf(&path, "%s/state.sqlite", folder);
	state->path = path.at;
	map_init(&state->pending);
	if (sqlite3_open(state->path, &state->db) != SQLITE_OK ||
	    sqlite3_busy_timeout(state->db, BUSY_MS) != SQLITE_OK ||
	    sqlite3_exec(state->db, schema, NULL, NULL, NULL) != SQLITE_OK) {
		cannot(state, EX_CANTCREAT, "opened", error);
		state_close(state);
		return -1;
	}
	*out = state;
	return 0;
}

void
state_close(struct state *state)
{
	if (state == NULL)
		return;
	forget_pending(state);
	map_free(&state->pending);
	sqlite3_close(state->db);
	free(state->path);
	free(state);
}

/* Appends to `id` what finds a pending value. */
static void
add_id(struct strbuf *id, enum state_kind kind, const char *key)
{
	strbuf_add_byte(id, (char)kind);
	strbuf_add_string(id, key);
}

static const struct pending *
find_pending(struct state *state, enum state_kind kind, const char *key)
{
	struct strbuf id = { 0 };
	const struct pending *found;

	add_id(&id, kind, key);
	found = map_get(&state->pending, id.at, id.length);
	strbuf_free(&id);
	return found;
}

/* Calls back for each that the statement finds; false when there was none. */
static bool
read_rows(struct state *state, const char *text, enum state_kind kind, const char *key, int64_t now,
    state_each_fn fn, void *user)
{
	sqlite3_stmt *statement;
	bool any = false;

	if (sqlite3_prepare_v2(state->db, text, -1, &statement, NULL) != SQLITE_OK)
		return false;
	sqlite3_bind_int(statement, 1, (int)kind);
	if (key != NULL)
		sqlite3_bind_text(statement, 2, key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, now);
	for (; sqlite3_step(statement) == SQLITE_ROW; any = true) {
		const void *value = sqlite3_column_blob(statement, 0);

		fn(user, (const char *)sqlite3_column_text(statement, 2),
		    value != NULL ? value : "", (size_t)sqlite3_column_bytes(statement, 0),
		    sqlite3_column_int64(statement, 1));
	}
	sqlite3_finalize(statement);
	return any;
}

struct reading {
	struct strbuf *value;
	int64_t seen;
};

static void
read_value(void *user, const char *key, const void *value, size_t length, int64_t seen)
{
	struct reading *reading = user;

	(void)key;
	strbuf_add(reading->value, value, length);
	reading->seen = seen;
}

bool
state_get(struct state *state, enum state_kind kind, const char *key, int64_t now,
    struct strbuf *value_out, int64_t *seen_out)
{
	const struct pending *put = find_pending(state, kind, key);
	struct reading reading = { .value = value_out };

	if (put != NULL && put->until > now)
		read_value(&reading, key, put->value, put->length, put->seen);
	else if (put != NULL || !read_rows(state, get_text, kind, key, now, read_value, &reading))
		return false;
	if (seen_out != NULL)
		*seen_out = reading.seen;
	return true;
}

void
state_put(struct state *state, enum state_kind kind, const char *key, const void *value,
    size_t length, int64_t seen, int64_t until)
{
	struct strbuf id = { 0 };
	struct pending *put, *old;

	add_id(&id, kind, key);
	put = alloc_bytes(sizeof *put + id.length + 1);
	*put = (struct pending){ seen, until, alloc_bytes(length + 1), length, id.length };
	memcpy(put->value, value, length);
	memcpy(put->id, id.at, id.length + 1);
	strbuf_free(&id);
	old = map_remove(&state->pending, put->id, put->id_length);
	if (old != NULL)
		free_pending(old);
	map_put(&state->pending, put->id, put->id_length, put);
}

void
state_each(struct state *state, enum state_kind kind, int64_t now, state_each_fn fn, void *user)
{
	read_rows(state, each_text, kind, NULL, now, fn, user);
}

static bool
write_pending(sqlite3_stmt *statement, const struct pending *put)
{
	sqlite3_bind_int(statement, 1, put->id[0]);
	sqlite3_bind_text(statement, 2, put->id + 1, -1, SQLITE_STATIC);
	sqlite3_bind_blob(statement, 3, put->value, (int)put->length, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 4, put->seen);
	sqlite3_bind_int64(statement, 5, put->until);
	return sqlite3_step(statement) == SQLITE_DONE && sqlite3_reset(statement) == SQLITE_OK;
}

static bool
write_all(struct state *state)
{
	const struct pending *put;
	sqlite3_stmt *statement;
	bool good = sqlite3_prepare_v2(state->db, put_text, -1, &statement, NULL) == SQLITE_OK;

	for (size_t cursor = 0; good && (put = map_next(&state->pending, &cursor)) != NULL;)
		good = write_pending(statement, put);
	sqlite3_finalize(statement);
	return good;
}

static bool
purge(struct state *state, int64_t now)
{
	sqlite3_stmt *statement;
	bool good = sqlite3_prepare_v2(state->db, purge_text, -1, &statement, NULL) == SQLITE_OK;

	good = good && sqlite3_bind_int64(statement, 1, now) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_DONE;
	sqlite3_finalize(statement);
	return good;
}

int
state_save(struct state *state, int64_t now, struct error *error)
{
	bool good = sqlite3_exec(state->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK &&
	    write_all(state) && purge(state, now) &&
	    sqlite3_exec(state->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;

	if (good) {
		forget_pending(state);
		return 0;
	}
	cannot(state, EX_IOERR, "written", error);
	sqlite3_exec(state->db, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

/* ---- the lock */

struct state_lock {
	int fd;
};

static int
held_by_another(int fd, const char *path, struct error *error)
{
	char pid[PID_DIGITS + 1] = "";
	ssize_t length = pread(fd, pid, PID_DIGITS, 0);

	pid[length > 0 ? length : 0] = '\0';
	pid[strspn(pid, "0123456789")] = '\0';
	return error_set(error, EX_TEMPFAIL,
	    "%s: another sweep is under way (process %s); wait for its end, or give this one a "
	    "--state folder of its own",
	    path, pid[0] != '\0' ? pid : "unknown");
}

static int
take_lock(int fd, const char *path, struct error *error)
{
	if (fd < 0)
		return error_set(error, EX_CANTCREAT,
		    "%s: cannot be opened: %s; --state DIR names another folder", path,
		    strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return held_by_another(fd, path, error);
	/* Who it is helps whoever finds it held; that it is held says flock alone. */
	if (ftruncate(fd, 0) != 0 || dprintf(fd, "%ld\n", (long)getpid()) < 0)
		return error_set(
		    error, EX_CANTCREAT, "%s: cannot be written: %s", path, strerror(errno));
	return 0;
}

int
state_lock(const char *folder, struct state_lock **out, struct error *error)
{
	struct strbuf path = { 0 };
	int fd, result;

	*out = NULL;
	strbuf_printf(&path, "%s/lock", folder);
	fd = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	result = take_lock(fd, path.at, error);
	if (result == 0) {
		*out = alloc_zeroed(1, sizeof **out);
		(*out)->fd = fd;
	} else if (fd >= 0) {
		close(fd);
	}
	strbuf_free(&path);
	return result;
}

void
state_unlock(struct state_lock *lock)
{
	if (lock == NULL)
		return;
	close(lock->fd);
	free(lock);
}
