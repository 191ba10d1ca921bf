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

/* Why something was not tested, then why a question does not arise. A closed list. */
#define REASON_MAP(X)                                                                              \
	X(REASON_NONE, "")                                                                         \
	X(REASON_INVALID_INPUT, "invalid_input")                                                   \
	X(REASON_DNS_TIMEOUT, "dns_timeout")                                                       \
	X(REASON_DNS_SERVFAIL, "dns_servfail")                                                     \
	X(REASON_DNS_REFUSED, "dns_refused")                                                       \
	X(REASON_DNS_MALFORMED, "dns_malformed")                                                   \
	X(REASON_NO_VALIDATING_RESOLVER, "no_validating_resolver")                                 \
	X(REASON_RESOLVER_REWRITES, "resolver_rewrites")                                           \
	X(REASON_WILDCARD_ANSWER, "wildcard_answer")                                               \
	X(REASON_UNCONFIRMED, "unconfirmed")                                                       \
	X(REASON_CONNECT_TIMEOUT, "connect_timeout")                                               \
	X(REASON_NET_UNREACHABLE, "net_unreachable")                                               \
	X(REASON_EGRESS_BLOCKED, "egress_blocked")                                                 \
	X(REASON_INTERCEPTED, "intercepted")                                                       \
	X(REASON_GREETING_TIMEOUT, "greeting_timeout")                                             \
	X(REASON_REPLY_TIMEOUT, "reply_timeout")                                                   \
	X(REASON_CLOSED_EARLY, "closed_early")                                                     \
	X(REASON_TARPIT, "tarpit")                                                                 \
	X(REASON_DEFERRED_421, "deferred_421")                                                     \
	X(REASON_DEFERRED_4XX, "deferred_4xx")                                                     \
	X(REASON_GREYLISTED, "greylisted")                                                         \
	X(REASON_REFUSED_OUR_ADDRESS, "refused_our_address")                                       \
	X(REASON_STARTTLS_STRIPPED, "starttls_stripped")                                           \
	X(REASON_NO_LOCAL_IPV4, "no_local_ipv4")                                                   \
	X(REASON_NO_LOCAL_IPV6, "no_local_ipv6")                                                   \
	X(REASON_RATE_LIMITED, "rate_limited")                                                     \
	X(REASON_PROVIDER_SAMPLED, "provider_sampled")                                             \
	X(REASON_NO_TOUCH, "no_touch")                                                             \
	X(REASON_NON_ROUTABLE_TARGET, "non_routable_target")                                       \
	X(REASON_TLS_UNSUPPORTED_HERE, "tls_unsupported_here")                                     \
	X(REASON_NO_TRUST_STORE, "no_trust_store")                                                 \
	X(REASON_HTTPS_TIMEOUT, "https_timeout")                                                   \
	X(REASON_LIST_UNAVAILABLE, "list_unavailable")                                             \
	X(REASON_LIST_REFUSED, "list_refused")                                                     \
	X(REASON_LIST_QUOTA, "list_quota")                                                         \
	X(REASON_LIST_NO_KEY, "list_no_key")                                                       \
	X(REASON_LIST_UNCONFIRMED, "list_unconfirmed")                                             \
	X(REASON_NO_SELECTOR_KNOWN, "no_selector_known")                                           \
	X(REASON_NO_DATA_FILE, "no_data_file")                                                     \
	X(REASON_NO_HISTORY, "no_history")                                                         \
	X(REASON_NOT_RECORDED, "not_recorded")                                                     \
	X(REASON_SCANNER_BUSY, "scanner_busy")                                                     \
	X(REASON_SKIPPED, "skipped")                                                               \
	X(REASON_OPT_IN_OFF, "opt_in_off")                                                         \
	X(REASON_NOT_OWN_HOST, "not_own_host")                                                     \
	X(REASON_PREREQUISITE, "prerequisite")                                                     \
	X(REASON_BUDGET, "budget")                                                                 \
	X(REASON_CANCELLED, "cancelled")                                                           \
	X(REASON_SCANNER_ERROR, "scanner_error")                                                   \
	X(CAUSE_ROLE, "role")                                                                      \
	X(CAUSE_NO_TARGET, "no_target")                                                            \
	X(CAUSE_FEATURE_ABSENT, "feature_absent")                                                  \
	X(CAUSE_PROVIDER_MANAGED, "provider_managed")                                              \
	X(CAUSE_NO_EXPECTATION, "no_expectation")                                                  \
	X(CAUSE_PREREQUISITE_FAILED, "prerequisite_failed")                                        \
	X(CAUSE_WAIVED, "waived")

enum reason {
#define X(name, text) name,
	REASON_MAP(X)
#undef X
	    REASON_COUNT
};

const char *basis_text(enum basis basis); /* NULL: it was observed */

const char *outcome_text(enum outcome outcome);
const char *reason_text(enum reason reason);

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
