#ifndef MXSWEEP_FACT_SESSION_PEAKS_H
#define MXSWEEP_FACT_SESSION_PEAKS_H

#include "fact/facts.h"

struct arena;
struct limiter_ticket;
struct session_peaks;

/*
 * How many sessions were open at once, counted where they begin and end and not where they are
 * granted (run.provider-concurrency). What is counted together has the key of a budget; of each
 * provider, and of all other domains, hosts and addresses, the highest is kept, so that it does not
 * grow with the run.
 */
struct session_peaks *session_peaks_new(void);
void session_peaks_free(struct session_peaks *peaks);

void session_peaks_begin(struct session_peaks *peaks, const struct limiter_ticket *ticket);
void session_peaks_end(struct session_peaks *peaks, const struct limiter_ticket *ticket);

/* By name; in the arena. */
void
session_peaks_tell(const struct session_peaks *peaks, struct arena *arena, struct run_facts *run);

#endif
