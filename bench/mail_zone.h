#ifndef MXSWEEP_BENCH_MAIL_ZONE_H
#define MXSWEEP_BENCH_MAIL_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The records of the domains of `tests/lab/lab mass-csv`, d0000000-mxlab.com and so on behind 64
 * mail hosts, and of the lab's block lists, without a file: any number of domains costs nothing.
 */
enum { MAIL_ANSWER_MAX = 1232 };

/*
 * Turns a question of `length` octets, whose question section ends at `end`, into its answer; an
 * OPT behind it is kept. The packet has room for MAIL_ANSWER_MAX octets. Returns the new length.
 */
size_t mail_answer(uint8_t *packet, size_t end, size_t length);

/* Does the name, as it stands in a packet, lie at or below one of the domains? */
bool mail_is_of_domain(const uint8_t *name, size_t length);

#endif
