#ifndef MXSWEEP_RULE_LISTS_H
#define MXSWEEP_RULE_LISTS_H

#include "base/ip.h"
#include "fact/facts.h"

struct arena;

/* What one block list of the run says of one address or name; answer and text may be NULL. */
struct list_word {
	const struct list_health *list;
	unsigned kind; /* the enum block_list_kind that was asked */
	const struct dns_answer
	    *answer; /* A; NULL when the list failed its first test: never asked */
	const struct dns_answer *text; /* TXT; asked after a hit only (RFC 5782 2.1) */
};

struct list_words {
	struct list_word *at; /* one for each list that is about such subjects */
	size_t count;
};

/* The lists on an address: its octets or nibbles reversed, before the zone (RFC 5782 2.1, 2.4). */
void lists_evaluate_ip(
    struct facts *facts, const struct ip *ip, struct arena *arena, struct list_words *out);

/* The lists on a name, as A-labels (RFC 5782 3). */
void lists_evaluate_name(
    struct facts *facts, const char *name, struct arena *arena, struct list_words *out);

/* The name to ask: what stands before the zone for an address. */
const char *lists_ip_label(const struct ip *ip, struct arena *arena);

/* The registrable domain of a name, or the name itself where there is none. */
const char *lists_name_of(const struct facts *facts, const char *domain, struct arena *arena);

#endif
