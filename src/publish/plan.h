#ifndef MXSWEEP_PUBLISH_PLAN_H
#define MXSWEEP_PUBLISH_PLAN_H

#include "publish/record.h"
#include "publish/wishes.h"
#include "rule/evaluation.h"

/* What a domain's owner may want to publish. */
enum publish_kind {
	PUBLISH_DMARC,
	PUBLISH_SPF,
	PUBLISH_MTA_STS,
	PUBLISH_TLS_RPT,
	PUBLISH_NULL_MX, /* the domain takes no mail (RFC 7505) */
	PUBLISH_PARKED,  /* it neither takes nor sends any */
	PUBLISH_KINDS,
};

bool publish_kind_parse(const char *name, enum publish_kind *kind_out);

enum { PUBLISH_SETS_MAX = 4 };

/* One name: the record that is to stand there, in place of those of its kind that do. */
struct publish_set {
	const char *name; /* without the dot at its end */
	struct publish_record wanted;
	const struct dns_answer *answer;        /* what was asked; NULL while it is not known */
	const struct publish_record *published; /* of its kind; other texts at the name are kept */
	size_t published_count;
};

struct publish_plan {
	struct publish_set sets[PUBLISH_SETS_MAX];
	size_t count;
	const char *file_url, *file_text; /* the policy file of MTA-STS; NULL without one */
	struct publish_remarks remarks;   /* with a problem there is no plan */
};

/*
 * What to publish, starting from what is. A rule: it may be run again while facts are missing, and
 * counts when none was. `e` is the evaluation of the domain over the same facts.
 */
void publish_plan_make(struct facts *facts, enum publish_kind kind, const struct evaluation *e,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_plan *out);

/* The same over what an evaluation has seen, and nothing else. */
void publish_plan_of(enum publish_kind kind, const struct evaluation *e,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_plan *out);

/* Is it published already, to the letter and alone? */
bool publish_set_stands(const struct publish_set *set);

/*
 * The answer that the name will give once the set is published: texts of other kinds stay. NULL
 * when (name, type) is not of the set.
 */
const struct dns_answer *publish_set_answer(
    const struct publish_set *set, const char *name, enum dns_type type, struct arena *arena);

/* A line of a zone file: "name. IN TXT ...". */
void publish_set_write(struct strbuf *out, const struct publish_set *set);

#endif
