#ifndef MXSWEEP_RULE_SPF_CHECK_H
#define MXSWEEP_RULE_SPF_CHECK_H

#include "base/ip.h"
#include "fact/facts.h"

struct arena;

/* What check_host says, RFC 7208 2.6. */
#define SPF_VERDICT_MAP(X)                                                                         \
	X(SPF_NONE, "none")                                                                        \
	X(SPF_NEUTRAL, "neutral")                                                                  \
	X(SPF_PASS, "pass")                                                                        \
	X(SPF_FAIL, "fail")                                                                        \
	X(SPF_SOFTFAIL, "softfail")                                                                \
	X(SPF_TEMPERROR, "temperror")                                                              \
	X(SPF_PERMERROR, "permerror")

enum spf_verdict {
#define X(name, text) name,
	SPF_VERDICT_MAP(X)
#undef X
	    SPF_VERDICT_COUNT
};

enum {
	SPF_LOOKUPS_MAX = 10,      /* terms that cause questions, RFC 7208 4.6.4 */
	SPF_VOID_LOOKUPS_MAX = 2,  /* of these, terms that are answered with nothing */
	SPF_EXCHANGES_MAX = 10,    /* names of one mx term: more are an error */
	SPF_REVERSE_NAMES_MAX = 10 /* names of one ptr term or %{p}: the others are not looked at */
};

/* A sender: who connects, what it calls itself, and in whose name it sends. */
struct spf_sender {
	struct ip ip; /* an IPv4-mapped address stands for the IPv4 one */
	const char *helo;
	const char *mail_from; /* empty: postmaster at the HELO name (RFC 7208 2.4) */
};

struct spf_check {
	enum spf_verdict verdict;
	const char *domain;      /* that was asked about, as octets */
	const char *explanation; /* of the domain, for a fail (RFC 7208 6.2); else NULL */
	unsigned lookups;        /* terms that caused questions up to the verdict */
	unsigned void_lookups;
	const char *mechanism;               /* the term that decided; "default" when none did, NULL
						for none and errors */
	const char *matched_domain;          /* whose record it stands in */
	const char *problem;                 /* why it is none or an error, for people; else NULL */
	const struct dns_answer *unanswered; /* the question behind a temperror; else NULL */
};

/*
 * check_host (RFC 7208 4) for the domain of the sender. Sequential: no question is asked before it
 * is known to be needed. Texts live in the arena or in the facts.
 */
void spf_check_host(struct facts *facts, const struct spf_sender *sender, struct arena *arena,
    struct spf_check *out);

const char *spf_verdict_text(enum spf_verdict verdict);

#endif
