#ifndef MXSWEEP_RULE_LISTS_H
#define MXSWEEP_RULE_LISTS_H

#include "base/ip.h"
#include "fact/facts.h"

struct arena;
struct mx_host;
struct mx_result;

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

/* A domain that holds MX hosts which are no provider's. */
struct listed_host {
	const char *name;           /* as lists_name_of */
	const struct mx_host *host; /* the first of them */
	struct list_words lists;
};

struct listed_hosts {
	struct listed_host *at; /* each name once */
	size_t count;
};

void lists_find_hosts(
    struct facts *facts, const struct mx_result *mx, struct arena *arena, struct listed_hosts *out);
void lists_evaluate_hosts(struct facts *facts, struct arena *arena, struct listed_hosts *hosts);

/* The name to ask: what stands before the zone for an address. */
const char *lists_ip_label(const struct ip *ip, struct arena *arena);

/* The registrable domain of a name, or the name itself where there is none. */
const char *lists_name_of(const struct facts *facts, const char *domain, struct arena *arena);

#endif
