#ifndef MXSWEEP_REPORT_CHANGES_H
#define MXSWEEP_REPORT_CHANGES_H

#include "report/history_db.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;

/*
 * What changed between two nights of a history.
 *
 * What was not tested says nothing: in its place stands what was last known, so that a failure that
 * could not be tested for a night is neither repaired nor new afterwards. Where more than one night
 * is wanted to confirm a change, the state of a night is the last one that was seen so many nights
 * in a row, nights without a test aside.
 */
#define CHANGE_MAP(X)                                                                              \
	X(CHANGE_NEW, "new")           /* good, or not applicable; now warn or fail */             \
	X(CHANGE_WORSE, "worse")       /* warn, now fail */                                        \
	X(CHANGE_BETTER, "better")     /* fail, now warn */                                        \
	X(CHANGE_FIXED, "fixed")       /* warn or fail, now good */                                \
	X(CHANGE_UNTESTED, "untested") /* warn or fail, and not tested now: neither */             \
	X(CHANGE_VALUE, "value")       /* something else is published */                           \
	X(CHANGE_FIRST_SEEN, "first_seen")                                                         \
	X(CHANGE_RETURNED, "returned") /* it had been gone */                                      \
	X(CHANGE_GONE, "gone")

enum change_kind {
#define X(name, text) name,
	CHANGE_MAP(X)
#undef X
	    CHANGE_KINDS,
};

const char *change_text(enum change_kind kind);
bool change_is_regression(enum change_kind kind); /* new or worse */

struct change {
	enum change_kind kind;
	const char *what; /* id of a check, or name of a key value; "domain" when it came or went */
	const char *before, *now; /* outcome or value; NULL: none */
	int64_t nights_before;    /* for how many nights it had been as before; 0: not known */
	int64_t nights;           /* for how many it is as it is now */
};

/* The changes of one domain, and what it was as a whole. Everything is borrowed. */
struct domain_changes {
	const char *domain;
	const struct observation *before, *now; /* NULL on a night without it */
	const struct change *at;
	size_t count;
};

typedef int (*changes_fn)(void *user, const struct domain_changes *changes, struct error *error);

/* Domains that changed, in order of their names; ends with what `fn` returns when it is not 0. */
int changes_each(struct history_db *db, const struct history_night *before,
    const struct history_night *now, uint64_t confirm, changes_fn fn, void *user,
    struct error *error);

/* The state of a check at a night, by its place in the letters: a letter, or 0 where it is not
 * known; and for how many nights. */
char changes_state(const struct history_span *spans, size_t count, size_t place, int64_t night,
    uint64_t confirm, int64_t *nights_out);

#endif
