/* Area tls: what the certificates are worth. Each judge looks at one thing and at nothing else. */
#include "base/arena.h"
#include "score/tls_judges.h"

#include <string.h>
#include <time.h>

enum {
	DAY = 86400,
	DAYS_GOOD = 30,
	DAYS_FAIR = 14,
	RSA_BITS_LEAST = 2048,
	RSA_BITS_MOST = 4096, /* more costs every client time, for nothing */
	EC_BITS_LEAST = 256,
};

static const char unreadable[] = "a certificate that cannot be read";

static const struct cert_verdict *
chain_of(const struct judged *j)
{
	return j->address->tls.chain;
}

/* Why there is no chain to judge; false when there is one. */
static bool
has_no_chain(const struct judged *j, struct finding *out)
{
	const struct smtp_observation *seen = j->address->looks.better;

	if (!tls_judges_secure(j, out))
		return true;
	if (seen->chain_length == 0)
		*out = finding_not_applicable(CAUSE_FEATURE_ABSENT);
	else if (chain_of(j) == NULL)
		*out = finding_untested(REASON_NOT_RECORDED);
	else if (!chain_of(j)->readable)
		*out = finding_warn(unreadable);
	else
		return false;
	return true;
}

/* The same where a bad certificate is as good as none: mail is encrypted all the same. */
static bool
has_no_identity(const struct judged *j, struct finding *out)
{
	if (!has_no_chain(j, out))
		return false;
	if (out->outcome == OUTCOME_NOT_APPLICABLE && out->reason == CAUSE_FEATURE_ABSENT)
		*out = finding_info("no certificate");
	else if (out->outcome == OUTCOME_WARN)
		*out = finding_info(unreadable);
	return true;
}

static const char *
trust_value(const struct judged *j, const struct cert_verdict *chain)
{
	const char *kind = cert_trust_text(chain->trust);

	switch (chain->trust) {
	case CERT_PRIVATE:
	case CERT_INCOMPLETE:
		return arena_printf(j->arena, "%s: %s", kind, chain->issuer);
	case CERT_INVALID:
		return arena_printf(j->arena, "%s: %s", kind, chain->problem);
	default:
		return kind;
	}
}

struct finding
judge_tls_chain_trusted(const struct judged *j)
{
	const struct cert_verdict *chain = chain_of(j);
	struct finding finding;

	if (has_no_identity(j, &finding))
		return finding;
	if (chain->trust == CERT_UNTRUSTED)
		return finding_untested(REASON_NO_TRUST_STORE);
	if (chain->trust == CERT_TRUSTED)
		return finding_pass(arena_string(j->arena, chain->issuer));
	return finding_info(trust_value(j, chain));
}

struct finding
judge_tls_name_match(const struct judged *j)
{
	struct finding finding;

	if (judged_is_stood_for(j, &finding) || has_no_identity(j, &finding))
		return finding;
	switch (chain_of(j)->name) {
	case CERT_NAME_MATCHES:
		return finding_pass(NULL);
	case CERT_NAME_COMMON_ONLY:
		return finding_info("by its common name alone, which is looked at no more");
	case CERT_NAME_OTHER:
		break;
	}
	return finding_info(chain_of(j)->names[0] != '\0'
		? arena_printf(j->arena, "it names %s", chain_of(j)->names)
		: "it names nobody");
}

static const char *
date_text(const struct judged *j, int64_t when)
{
	time_t seconds = (time_t)when;
	struct tm tm;
	char text[32];

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof text, "%Y-%m-%d", &tm);
	return arena_string(j->arena, text);
}

struct finding
judge_tls_expiry(const struct judged *j)
{
	const struct cert_verdict *chain = chain_of(j);
	int64_t now = j->e->run->now, left;
	struct finding finding;
	const char *ends;

	if (has_no_chain(j, &finding))
		return finding;
	if (chain->leaf.not_before > now)
		return finding_warn(arena_printf(
		    j->arena, "not valid before %s", date_text(j, chain->leaf.not_before)));
	left = chain->leaf.not_after - now;
	ends = arena_printf(
	    j->arena, "%s %s", left < 0 ? "ended" : "ends", date_text(j, chain->leaf.not_after));
	return left > (int64_t)DAYS_GOOD * DAY ? finding_pass(ends)
	    : left > (int64_t)DAYS_FAIR * DAY  ? finding_info(ends)
					       : finding_warn(ends);
}

struct finding
judge_tls_key(const struct judged *j)
{
	const struct cert_verdict *chain = chain_of(j);
	struct finding finding;
	const char *value;
	unsigned bits;
	bool rsa;

	if (has_no_chain(j, &finding))
		return finding;
	bits = chain->leaf.key_bits;
	value = arena_printf(j->arena, "%s %u", chain->leaf.key_type, bits);
	rsa = strncmp(chain->leaf.key_type, "rsa", 3) == 0;
	if (bits < (rsa ? RSA_BITS_LEAST : EC_BITS_LEAST) ||
	    strcmp(chain->leaf.key_type, "dsa") == 0)
		return finding_warn(value);
	return rsa && bits > RSA_BITS_MOST ? finding_info(value) : finding_pass(value);
}

struct finding
judge_tls_signature(const struct judged *j)
{
	const struct cert_verdict *chain = chain_of(j);
	struct finding finding;

	if (has_no_chain(j, &finding))
		return finding;
	return chain->weak_signature[0] == '\0'
	    ? finding_pass(NULL)
	    : finding_warn(arena_string(j->arena, chain->weak_signature));
}

struct finding
judge_tls_chain_complete(const struct judged *j)
{
	const struct cert_verdict *chain = chain_of(j);
	struct finding finding;

	if (has_no_chain(j, &finding))
		return finding;
	switch (chain->order) {
	case CERT_SERVED_CUT:
		return finding_warn(
		    arena_printf(j->arena, "the certificate of %s is missing", chain->issuer));
	case CERT_SERVED_UNORDERED:
		return finding_warn(
		    arena_printf(j->arena, "the certificate of %s is out of order", chain->issuer));
	case CERT_SERVED_WHOLE:
		break;
	}
	return finding_pass(NULL);
}
