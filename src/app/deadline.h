#ifndef MXSWEEP_APP_DEADLINE_H
#define MXSWEEP_APP_DEADLINE_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct loop;

/* When gathering is to end: a duration after its beginning, or a time of day. */
struct option_deadline {
	bool given;
	bool of_day;
	uint64_t after_ms; /* of a duration */
	int hour, minute;  /* of a time of day, local */
};

/* -1 with exit code 64 and what would be right. */
int deadline_parse(const char *text, struct option_deadline *out, struct error *error);

/* How long it is until then, in milliseconds; a time of day is the next such time after `now`. */
uint64_t deadline_from(const struct option_deadline *deadline, time_t now);

/*
 * The deadline of a run. Nothing new is begun when it has struck, and what is under way gets a
 * while to end. Where half of the time is gone, domains must wait no longer for each other.
 */
struct deadline;
struct deadline_events {
	void (*half)(void *user);
	void (*struck)(void *user);
	void (*landed)(void *user); /* that while is over */
	void *user;
};
struct deadline *
deadline_new(struct loop *loop, uint64_t after_ms, const struct deadline_events *events);
void deadline_free(struct deadline *deadline);           /* NULL is none */
uint64_t deadline_left(const struct deadline *deadline); /* milliseconds; 0 when it has struck */

#endif
