#ifndef MXSWEEP_APP_PLAN_H
#define MXSWEEP_APP_PLAN_H

#include "base/arena.h"
#include "fact/sessions.h"

#include <stddef.h>
#include <stdint.h>

struct block_lists;
struct providers;
struct suffix_list;

/*
 * What a sweep would do at other people's doors, and how long that takes: the sessions go through
 * the limiter of the real sweep, with its budgets and in its order, on a clock that is reckoned.
 * Each is taken to last PLAN_SESSION_MS. Second looks, and visits behind sessions, are not in it.
 */
enum { PLAN_SESSION_MS = 3000 }; /* a greeting held back for a second, and some ten round trips */

#define PLAN_NO_DEADLINE UINT64_MAX

struct plan_input {
	const struct session_left *sessions; /* first ones alone; borrowed while plan_make runs */
	size_t session_count;
	const struct providers *providers;
	const struct suffix_list *suffixes;
	unsigned sessions_max;    /* at once */
	const struct ip *sources; /* see session_budgets_speak_from */
	size_t source_count;
	uint64_t seed[2];
	uint64_t deadline_ms; /* or PLAN_NO_DEADLINE */
};

struct plan_provider {
	const char *name; /* of the table, else the registrable domain of its hosts */
	uint64_t sessions, hosts, addresses;
	uint64_t domains;                   /* that its sessions serve, rounded */
	uint64_t takes_ms;                  /* until its last session has ended */
	uint64_t late_sessions, late_hosts; /* that have not ended by the deadline */
};

/* Questions to one block list. */
struct plan_list {
	const char *zone;
	uint64_t tests;                /* of the list itself, before and behind the rows */
	uint64_t questions;            /* these and one for each address and name */
	uint32_t max_qps, max_per_day; /* 0: the table names no ceiling */
	uint64_t takes_ms;             /* at its ceiling of a second */
	uint32_t left_today;           /* of max_per_day; UINT32_MAX: as many as you like */
	uint64_t beyond;               /* questions above that */
};

struct plan {
	struct arena arena;
	uint64_t deadline_ms;
	uint64_t domains;     /* of the input, each once */
	uint64_t visits;      /* behind sessions, at most */
	bool sessions_wanted; /* port 25 is asked for */
	uint64_t sessions, hosts, addresses;
	uint64_t late_sessions, late_hosts;
	uint64_t takes_ms;
	struct plan_provider *providers; /* the slowest first, then by name */
	size_t provider_count;
	struct plan_list *lists;
	size_t list_count;
};

/* Fills in all that concerns sessions; `out` is zero before. */
void plan_make(const struct plan_input *input, struct plan *out);

/* What block lists would be asked about. */
struct plan_subjects {
	uint64_t addresses[2]; /* IPv4, IPv6 */
	uint64_t names;
	const uint32_t *left_today; /* of each list, see list_desk_left; NULL: all of its day */
};
void plan_add_lists(struct plan *plan, const struct block_lists *lists,
    const struct list_health *asked, size_t count, const struct plan_subjects *subjects);

void plan_free(struct plan *plan);

#endif
