#ifndef MXSWEEP_FACT_STATE_H
#define MXSWEEP_FACT_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct loop;
struct state;
struct state_lock;
struct strbuf;

/*
 * What outlives a run, in the folder of --state: one SQLite file, state.sqlite, of values that are
 * found by kind and key. Each has the time at which it was seen and the time until which it is of
 * use, in seconds since 1970; what is past that is never given out, and goes with the next save.
 * Programs that run side by side share the file; who writes last wins, key by key.
 */
enum state_kind {
	STATE_PROVIDER = 1, /* limits learned from replies */
	STATE_LIST_BUDGET,  /* how much of a block list's daily ceiling is used */
	STATE_LIST_ANSWER,  /* what a block list said of an address or name */
	STATE_HEALTH,       /* results of the scanner's own tests */
};

/*
 * Opens state.sqlite in a folder that exists, and makes it where it is missing. -1 with exit code
 * 73 and what would be right. A file that is no state is refused, never overwritten.
 */
int state_open(const char *folder, struct state **out, struct error *error);
void state_close(struct state *state); /* what was put and not saved is lost; NULL does nothing */

/*
 * Appends the value that is of use at `now`, what was put and not saved included; false when there
 * is none. `seen_out` may be NULL.
 */
bool state_get(struct state *state, enum state_kind kind, const char *key, int64_t now,
    struct strbuf *value_out, int64_t *seen_out);

/* Noted in memory, for the next save. */
void state_put(struct state *state, enum state_kind kind, const char *key, const void *value,
    size_t length, int64_t seen, int64_t until);

/* All of a kind that were saved and are of use at `now`, by key. Everything is borrowed. */
typedef void (*state_each_fn)(
    void *user, const char *key, const void *value, size_t length, int64_t seen);
void
state_each(struct state *state, enum state_kind kind, int64_t now, state_each_fn fn, void *user);

/*
 * Writes all that was put, in one transaction, and takes out what is of no use at `now` any more.
 * -1 with exit code 74; then all that was put is still there, for another save.
 */
int state_save(struct state *state, int64_t now, struct error *error);

/*
 * One sweep at a time: held until it is released or the process ends, however it ends. -1 with exit
 * code 75 where another process holds it; the error names that process.
 */
int state_lock(const char *folder, struct state_lock **out, struct error *error);
void state_unlock(struct state_lock *lock); /* NULL does nothing */

#endif
