#ifndef MXSWEEP_FACT_TAKING_H
#define MXSWEEP_FACT_TAKING_H

#include "fact/noted.h"

struct digest_map;
struct error;
struct night;
struct taking;

/*
 * Taking facts of an earlier night into the night file of a run, before it gathers. What is no good
 * is never taken: what was not asked, or not believed, for a reason of our own; answers of block
 * lists that did not count then, or are older than a week; sessions whose certificate has come so
 * near to its end since then that it may have been renewed.
 */
struct taking_options {
	struct night *from;
	const struct run_facts *from_run; /* of the earlier night, with its lists and resolvers */
	struct night *to;                 /* between night_taken_begin and _end */
	int64_t now;                      /* Unix seconds, of the run */
	int64_t since;                    /* what was seen before is too old; 0: nothing is */
	/* The DNS is asked anew; with it what its records may speak of otherwise than then: policy
	 * files, and servers that have TLSA records. */
	bool without_dns;
	const struct digest_map *anew; /* keys of what is asked anew */
};

struct taking *taking_new(const struct taking_options *options);
void taking_free(struct taking *taking);

/*
 * The domain with its facts; false when it was not gathered to its end, and then nothing is taken.
 * It keeps the time at which it was scanned.
 */
bool taking_domain(struct taking *taking, const char *domain);
/* A fact that is in no such domain, and the certificates of a session; each once. What repeats a
 * session is taken behind it, and never without it. */
void taking_fact(struct taking *taking, const struct noted_fact *fact);

/* What went wrong first while it was written; 0 when nothing did. */
int taking_check(const struct taking *taking, struct error *error);

#endif
