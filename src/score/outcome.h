#ifndef MXSWEEP_SCORE_OUTCOME_H
#define MXSWEEP_SCORE_OUTCOME_H

#include "rule/stand_in.h"
#include "wire/dns_message.h"

#include <stdbool.h>
#include <stddef.h>

/* What became of a check. There is no seventh. */
#define OUTCOME_MAP(X)                                                                             \
	X(OUTCOME_PASS, "pass")                                                                    \
	X(OUTCOME_INFO, "info") /* worth knowing, nothing to repair */                             \
	X(OUTCOME_WARN, "warn") /* works, but is weak, wasteful or fragile */                      \
	X(OUTCOME_FAIL, "fail")                                                                    \
	X(OUTCOME_NOT_TESTED, "not_tested") /* applies, but no trustworthy observation was had */  \
	X(OUTCOME_NOT_APPLICABLE, "not_applicable")

enum outcome {
#define X(name, text) name,
	OUTCOME_MAP(X)
#undef X
	    OUTCOME_COUNT
};

/* Why something was not tested, then why a question does not arise; for programs, and in words. A
 * closed list. */
#define REASON_MAP(X)                                                                              \
	X(REASON_NONE, "", "")                                                                     \
	X(REASON_INVALID_INPUT, "invalid_input", "the row has no domain")                          \
	X(REASON_DNS_TIMEOUT, "dns_timeout", "name servers did not answer")                        \
	X(REASON_DNS_SERVFAIL, "dns_servfail", "the resolver got no usable answer (SERVFAIL)")     \
	X(REASON_DNS_REFUSED, "dns_refused", "the resolver refuses to answer us")                  \
	X(REASON_DNS_MALFORMED, "dns_malformed", "the answer could not be read")                   \
	X(REASON_NO_VALIDATING_RESOLVER, "no_validating_resolver",                                 \
	    "no resolver here checks signatures")                                                  \
	X(REASON_RESOLVER_REWRITES, "resolver_rewrites", "the resolver invents answers")           \
	X(REASON_WILDCARD_ANSWER, "wildcard_answer", "any name gives the same answer")             \
	X(REASON_UNCONFIRMED, "unconfirmed", "seen once, and not (yet) a second time")             \
	X(REASON_CONNECT_TIMEOUT, "connect_timeout", "no connection came about")                   \
	X(REASON_NET_UNREACHABLE, "net_unreachable", "there is no way to its network")             \
	X(REASON_EGRESS_BLOCKED, "egress_blocked", "port 25 does not leave our network")           \
	X(REASON_INTERCEPTED, "intercepted", "something on our path answers in its place")         \
	X(REASON_GREETING_TIMEOUT, "greeting_timeout", "the server did not greet in time")         \
	X(REASON_REPLY_TIMEOUT, "reply_timeout", "the server did not reply in time")               \
	X(REASON_CLOSED_EARLY, "closed_early", "the server hung up")                               \
	X(REASON_TARPIT, "tarpit", "the server lets us wait on purpose")                           \
	X(REASON_DEFERRED_421, "deferred_421", "the server does not want us now (421)")            \
	X(REASON_DEFERRED_4XX, "deferred_4xx", "the server does not want us now")                  \
	X(REASON_GREYLISTED, "greylisted", "the server puts strangers off for a while")            \
	X(REASON_REFUSED_OUR_ADDRESS, "refused_our_address", "the server refuses our address")     \
	X(REASON_STARTTLS_STRIPPED, "starttls_stripped",                                           \
	    "a box on the way seems to have removed STARTTLS")                                     \
	X(REASON_NO_LOCAL_IPV4, "no_local_ipv4", "this machine has no route for IPv4")             \
	X(REASON_NO_LOCAL_IPV6, "no_local_ipv6", "this machine has no route for IPv6")             \
	X(REASON_RATE_LIMITED, "rate_limited", "our own limits left no turn")                      \
	X(REASON_PROVIDER_SAMPLED, "provider_sampled", "other hosts of the provider stand for it") \
	X(REASON_NO_TOUCH, "no_touch", "the host is never to be contacted (--no-touch)")           \
	X(REASON_NON_ROUTABLE_TARGET, "non_routable_target", "the address is private or reserved") \
	X(REASON_TLS_UNSUPPORTED_HERE, "tls_unsupported_here", "this machine lacks such old TLS")  \
	X(REASON_NO_TRUST_STORE, "no_trust_store", "this machine has no root certificates")        \
	X(REASON_HTTPS_TIMEOUT, "https_timeout", "the policy host did not answer in time")         \
	X(REASON_LIST_UNAVAILABLE, "list_unavailable", "the block list failed its test")           \
	X(REASON_LIST_REFUSED, "list_refused", "the block list refuses us")                        \
	X(REASON_LIST_QUOTA, "list_quota", "our ceiling at the block list is reached")             \
	X(REASON_LIST_NO_KEY, "list_no_key", "the block list needs a key")                         \
	X(REASON_LIST_UNCONFIRMED, "list_unconfirmed", "the block list failed a later test")       \
	X(REASON_NO_SELECTOR_KNOWN, "no_selector_known", "no DKIM selector is known")              \
	X(REASON_NO_DATA_FILE, "no_data_file", "a table is missing")                               \
	X(REASON_NO_HISTORY, "no_history", "there is no earlier night to compare with")            \
	X(REASON_NOT_RECORDED, "not_recorded", "the night file does not hold it")                  \
	X(REASON_SCANNER_BUSY, "scanner_busy", "the scanner was late itself")                      \
	X(REASON_SKIPPED, "skipped", "it was left out")                                            \
	X(REASON_OPT_IN_OFF, "opt_in_off", "it is made only when asked for")                       \
	X(REASON_NOT_OWN_HOST, "not_own_host", "it is made only at hosts of one's own (--own-mx)") \
	X(REASON_PREREQUISITE, "prerequisite", "it builds on something that was not tested")       \
	X(REASON_BUDGET, "budget", "there is more of it than is looked at")                        \
	X(REASON_CANCELLED, "cancelled", "the run was ended before")                               \
	X(REASON_SCANNER_ERROR, "scanner_error", "a fault of ours")                                \
	X(CAUSE_ROLE, "role", "not of a domain with this role")                                    \
	X(CAUSE_NO_TARGET, "no_target", "there is no mail host to look at")                        \
	X(CAUSE_FEATURE_ABSENT, "feature_absent", "there is no such thing here")                   \
	X(CAUSE_PROVIDER_MANAGED, "provider_managed", "the provider's concern")                    \
	X(CAUSE_NO_EXPECTATION, "no_expectation", "the row states no expectation")                 \
	X(CAUSE_PREREQUISITE_FAILED, "prerequisite_failed", "what it builds on has failed")        \
	X(CAUSE_WAIVED, "waived", "excused until a day")

enum reason {
#define X(name, text, words) name,
	REASON_MAP(X)
#undef X
	    REASON_COUNT
};

const char *basis_text(enum basis basis); /* NULL: it was observed */

const char *outcome_text(enum outcome outcome);
const char *reason_text(enum reason reason);
const char *reason_words(enum reason reason); /* for people: "the server hung up" */

/* What one judge says of one subject. The value is the observed thing, for people; may be NULL. */
struct finding {
	enum outcome outcome;
	enum reason reason; /* of NOT_TESTED and NOT_APPLICABLE */
	const char *value;
	/* Of prerequisite_failed: the id of the check that failed, NULL where no single one did. Of
	 * waived: the last day of the waiver. */
	const char *named;
	enum outcome observed; /* of waived: what was found all the same */
	bool flap;             /* two sessions disagree on it, and the better one stands */
	enum basis basis;
	bool provisional; /* confirmed after so short a wait that it may be gone soon */
	int64_t age;      /* seconds, of an answer of an earlier night; 0: of this run */
};

struct finding finding_pass(const char *value);
struct finding finding_info(const char *value);
struct finding finding_warn(const char *value);
struct finding finding_fail(const char *value);
struct finding finding_untested(enum reason reason);
struct finding finding_untested_value(enum reason reason, const char *value);
struct finding finding_not_applicable(enum reason cause);
struct finding finding_after(const char *check_id); /* prerequisite_failed: that check has told */
struct finding finding_of_dns(const struct dns_answer *answer); /* of an answer that is none */

/* From good to bad: is `a` worse than `b`? Only of outcomes that were tested. */
bool outcome_is_worse(enum outcome a, enum outcome b);
bool outcome_is_tested(enum outcome outcome);
bool outcome_is_bad(enum outcome outcome); /* warn or fail: there is something to do */

#endif
