/* Outcomes, reasons and findings. */
#include "score/outcome.h"

const char *
outcome_text(enum outcome outcome)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		OUTCOME_MAP(X)
#undef X
	};

	return texts[outcome];
}

const char *
reason_text(enum reason reason)
{
	static const char *const texts[] = {
#define X(name, text, words) [name] = text,
		REASON_MAP(X)
#undef X
	};

	return texts[reason];
}

const char *
reason_words(enum reason reason)
{
	static const char *const texts[] = {
#define X(name, text, words) [name] = words,
		REASON_MAP(X)
#undef X
	};

	return texts[reason];
}

struct finding
finding_pass(const char *value)
{
	return (struct finding){ OUTCOME_PASS, .value = value };
}

struct finding
finding_info(const char *value)
{
	return (struct finding){ OUTCOME_INFO, .value = value };
}

struct finding
finding_warn(const char *value)
{
	return (struct finding){ OUTCOME_WARN, .value = value };
}

struct finding
finding_fail(const char *value)
{
	return (struct finding){ OUTCOME_FAIL, .value = value };
}

struct finding
finding_untested(enum reason reason)
{
	return (struct finding){ OUTCOME_NOT_TESTED, .reason = reason };
}

struct finding
finding_untested_value(enum reason reason, const char *value)
{
	return (struct finding){ OUTCOME_NOT_TESTED, .reason = reason, .value = value };
}

struct finding
finding_not_applicable(enum reason cause)
{
	return (struct finding){ OUTCOME_NOT_APPLICABLE, .reason = cause };
}

struct finding
finding_after(const char *check_id)
{
	return (struct finding){ OUTCOME_NOT_APPLICABLE, .reason = CAUSE_PREREQUISITE_FAILED,
		.named = check_id };
}

struct finding
finding_of_dns(const struct dns_answer *answer)
{
	static const enum reason reasons[DNS_STATUS_COUNT] = {
		[DNS_SERVFAIL] = REASON_DNS_SERVFAIL,
		[DNS_REFUSED] = REASON_DNS_REFUSED,
		[DNS_TIMEOUT] = REASON_DNS_TIMEOUT,
		[DNS_MALFORMED] = REASON_DNS_MALFORMED,
		[DNS_UNCONFIRMED] = REASON_UNCONFIRMED,
		[DNS_REWRITTEN] = REASON_RESOLVER_REWRITES,
		[DNS_CANCELLED] = REASON_CANCELLED,
		[DNS_NOT_RECORDED] = REASON_NOT_RECORDED,
		[DNS_SHORTAGE] = REASON_SCANNER_ERROR,
		[DNS_RATE_LIMITED] = REASON_RATE_LIMITED,
		[DNS_QUOTA] = REASON_LIST_QUOTA,
		[DNS_HELD] = REASON_LIST_UNAVAILABLE,
	};

	return finding_untested(reasons[answer->status]);
}

bool
outcome_is_worse(enum outcome a, enum outcome b)
{
	return a > b; /* the enumeration runs from pass to fail */
}

bool
outcome_is_tested(enum outcome outcome)
{
	return outcome <= OUTCOME_FAIL;
}

bool
outcome_is_bad(enum outcome outcome)
{
	return outcome == OUTCOME_WARN || outcome == OUTCOME_FAIL;
}

const char *
basis_text(enum basis basis)
{
	static const char *const texts[BASIS_COUNT] = {
		[BASIS_OBSERVED] = NULL,
		[BASIS_PROVIDER_SAMPLE] = "provider_sample",
		[BASIS_INHERITED] = "inherited",
	};

	return texts[basis];
}
