#ifndef MXSWEEP_FACT_SESSION_SAMPLES_H
#define MXSWEEP_FACT_SESSION_SAMPLES_H

#include "fact/facts.h"

struct arena;
struct session;
struct session_samples;

/*
 * Which sessions are had where not all are: of a sampled provider so many hosts as its row says, of
 * one address so many names. They are the first in the order of a keyed hash of (host, seed) over
 * all hosts of the run, and so are not had before all rows are known. Of those that are further
 * behind none is kept: the memory does not grow with the run.
 */
enum { ADDRESS_NAMES_MAX = 32 };

struct session_samples *session_samples_new(const struct run_facts *run);
void session_samples_free(struct session_samples *samples);

enum session_sampling {
	SAMPLING_NONE,    /* it may be had at once */
	SAMPLING_KEPT,    /* it waits until the rows are known */
	SAMPLING_DROPPED, /* it is not had */
};
/* Of a new session at (address, MX name). `dropped_out`: one that was kept and is not had either,
 * or NULL. */
enum session_sampling session_samples_add(
    struct session_samples *samples, struct session *session, struct session **dropped_out);

/* All rows are known: each that was kept is handed to the function. */
void session_samples_release(struct session_samples *samples,
    void (*enter)(void *user, struct session *session), void *user);

/* By key; in the arena, but for the names, which are those of the sessions. */
void session_samples_tell(
    const struct session_samples *samples, struct arena *arena, struct run_facts *run);

#endif
