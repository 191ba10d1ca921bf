#ifndef MXSWEEP_REPORT_HISTORY_STATE_H
#define MXSWEEP_REPORT_HISTORY_STATE_H

#include "report/history_db.h"

struct strbuf;

/* How a span shows the thing in question: NULL where it says nothing of it. */
typedef const char *(*history_shown_fn)(const struct history_span *span, size_t which);

/* What was shown by a night. */
struct history_state {
	const char *shown; /* NULL: not known */
	int64_t nights;    /* that showed it in a row, up to the night in question */
	int64_t first;     /* the oldest of them */
	bool began;        /* something else was shown before */
};

/*
 * The newest run of nights with one thing shown that is long enough. Nights that say nothing
 * neither break a run nor add to it; one without the domain does not either. The oldest thing known
 * stands where nothing was seen often enough.
 */
struct history_state history_state_at(const struct history_span *spans, size_t count, size_t which,
    history_shown_fn shown, int64_t night, uint64_t confirm);

/* What the spans of a domain tell the night that follows, as a fact of history_fact.h; the first
 * night has the start `starts[1]`. */
void history_state_encode(const struct history_span *spans, size_t count, int64_t last_night,
    const int64_t *starts, struct strbuf *out);

#endif
