#ifndef MXSWEEP_DNS_BUDGET_H
#define MXSWEEP_DNS_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

/*
 * How many questions one resolver may have before it: in flight, a second, and at once. Pure: the
 * time is told to it, in milliseconds of one clock.
 *
 * - In flight: halves each second while more than an eighth of the questions have had a try in
 * vain, down to a thirty-second; grows back by a sixteenth each good second.
 * - A second: tokens, a tenth of a second's worth of which may come at once.
 * - At once: of those sent in the last 16 to 32 ms, no more than the receive buffers hold are out;
 * a resolver that knows the answers sends them all back within that time.
 * - Away: a resolver from which nothing came for many questions, or that refused one, is to be
 *   spared for a while, if there is another.
 */
struct dns_budget {
	unsigned most, allowed, in_flight;
	unsigned per_second; /* 0 = no limit */
	double tokens;
	unsigned room;     /* answers that fit into the receive buffers */
	unsigned young[2]; /* in flight, of this slot of time and of the one before */
	uint32_t slot;
	unsigned heard, lost; /* questions of late */
	unsigned unheard;     /* given up since the last answer */
	uint64_t second_began, refilled, away_until;
};

void dns_budget_init(struct dns_budget *budget, unsigned in_flight, unsigned per_second);
void dns_budget_pass_time(struct dns_budget *budget, uint64_t now); /* often */
bool dns_budget_may_send(const struct dns_budget *budget);

/* One question goes out. The number is to be told when it comes back, by whichever of the others.
 */
uint32_t dns_budget_sent(struct dns_budget *budget);
void dns_budget_heard(struct dns_budget *budget, uint32_t sent, bool after_loss);
void dns_budget_given_up(struct dns_budget *budget, uint32_t sent, uint64_t now);
void dns_budget_dropped(struct dns_budget *budget, uint32_t sent); /* nobody waits any more */

void dns_budget_refused(struct dns_budget *budget, uint64_t now);
bool dns_budget_is_away(const struct dns_budget *budget, uint64_t now);

#endif
