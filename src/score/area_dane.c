/* Area dane: TLSA records of the MX hosts, and whether the servers match them. */
#include "base/arena.h"
#include "base/bits.h"
#include "base/hex.h"
#include "base/strbuf.h"
#include "score/check.h"

#include <string.h>

static bool
gate(const struct judged *j, struct finding *out)
{
	if (area_mx.gate(j, out))
		return true;
	if (!role_receives(j->e->role))
		*out = finding_not_applicable(CAUSE_ROLE);
	else
		return j->host != NULL && judged_without_address(j, out);
	return true;
}

static const struct dane_host *
host_of(const struct judged *j)
{
	return &j->e->dane.hosts[j->host - j->e->mx.hosts];
}

/* ---- the question */

/* What senders do when all their resolvers fail is what we see when ours do, if there are two. */
static bool
is_held_up(const struct judged *j, const struct dns_answer *tlsa)
{
	return (tlsa->status == DNS_SERVFAIL || tlsa->status == DNS_TIMEOUT) &&
	    bits_count(j->e->run->honest_resolvers) >= 2;
}

/* The question was asked and had no answer. */
static struct finding
unanswered(const struct judged *j, const struct dane_host *host)
{
	enum dns_status status = host->tlsa->status;

	if (dns_is_left_out(host->tlsa) || status == DNS_NOT_RECORDED)
		return finding_of_dns(host->tlsa);
	if (host->addresses == ANSWER_UNCHECKED)
		return finding_untested(REASON_NO_VALIDATING_RESOLVER);
	if (is_held_up(j, host->tlsa))
		return finding_fail(
		    arena_printf(j->arena, "_25._tcp.%s: %s", host->base, dns_status_text(status)));
	return finding_of_dns(host->tlsa);
}

/* True when there are no records to judge; what failed is the matter of dane.lookup. */
static bool
has_no_records(const struct judged *j, const struct dane_host *host, struct finding *out)
{
	if (host->base == NULL) {
		*out = finding_not_applicable(CAUSE_FEATURE_ABSENT);
		return true;
	}
	if (!dns_is_answer(host->tlsa)) {
		*out = unanswered(j, host);
		if (out->outcome == OUTCOME_FAIL)
			*out = finding_after("dane.lookup");
		return true;
	}
	if (host->record_count == 0)
		*out = finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return host->record_count == 0;
}

/* The same, of records that bind senders: those that are not signed are as good as none. */
static bool
has_no_signed_records(const struct judged *j, const struct dane_host *host, struct finding *out)
{
	if (has_no_records(j, host, out))
		return true;
	if (host->security == ANSWER_UNCHECKED)
		*out = finding_untested(REASON_NO_VALIDATING_RESOLVER);
	else if (host->security == ANSWER_INSECURE)
		*out = finding_not_applicable(CAUSE_FEATURE_ABSENT);
	else
		return false;
	return true;
}

/* ---- the records */

static const char *
list_records(const struct judged *j, const struct dane_host *host)
{
	struct strbuf list = { 0 };
	const char *text;

	for (size_t i = 0; i < host->record_count; i++) {
		const struct tlsa *record = &host->records[i];

		strbuf_add_string(&list, i > 0 ? ", " : "");
		if (record->data == NULL)
			strbuf_add_string(&list, "no data");
		else
			strbuf_printf(&list, "%u %u %u%s", record->usage, record->selector,
			    record->type, record->usable ? "" : " (not usable)");
	}
	text = arena_string_n(j->arena, list.at, list.length);
	strbuf_free(&list);
	return text;
}

/* The record of the key that the host shows, at the first address that shows one; or NULL. */
static const char *
record_to_publish(const struct judged *j, const struct dane_host *host)
{
	for (size_t i = 0; i < j->e->address_count; i++) {
		const struct address_result *address = &j->e->addresses[i];
		const struct cert_dane_verdict *verdict = address->dane.verdict;

		if (address->host == j->host && verdict != NULL && verdict->readable)
			return arena_printf(j->arena, "_25._tcp.%s. IN TLSA 3 1 1 %s", host->base,
			    hex_text(j->arena, verdict->key_digest, CERT_DIGEST_SIZE));
	}
	return NULL;
}

static struct finding
judge_present(const struct judged *j)
{
	const struct dane_host *host = host_of(j);
	struct finding settled;

	if (host->base == NULL)
		return finding_info("its addresses are not signed");
	if (has_no_signed_records(j, host, &settled) && settled.reason != CAUSE_FEATURE_ABSENT)
		return settled;
	if (dane_host_protects(host))
		return finding_pass(list_records(j, host));
	if (host->record_count == 0)
		return finding_info(
		    host->addresses == ANSWER_SECURE ? record_to_publish(j, host) : NULL);
	return finding_info(
	    host->security == ANSWER_SECURE ? "none can be used" : "they are not signed");
}

static struct finding
judge_lookup(const struct judged *j)
{
	const struct dane_host *host = host_of(j);

	if (host->base == NULL)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (!dns_is_answer(host->tlsa))
		return unanswered(j, host);
	if (host->security != ANSWER_UNCHECKED)
		return finding_pass(NULL);
	return host->record_count > 0 ? finding_untested(REASON_NO_VALIDATING_RESOLVER)
				      : finding_not_applicable(CAUSE_FEATURE_ABSENT);
}

static struct finding
judge_secure_chain(const struct judged *j)
{
	const struct dane_host *host = host_of(j);
	struct finding settled;

	if (has_no_records(j, host, &settled))
		return settled;
	if (host->security == ANSWER_UNCHECKED)
		return finding_untested(REASON_NO_VALIDATING_RESOLVER);
	if (host->security == ANSWER_INSECURE)
		return finding_warn("the TLSA records are not signed");
	if (host->addresses == ANSWER_INSECURE)
		return finding_warn("the addresses are not signed");
	if (j->e->dane.mx == ANSWER_UNCHECKED)
		return finding_untested(REASON_NO_VALIDATING_RESOLVER);
	return j->e->dane.mx == ANSWER_SECURE ? finding_pass(NULL)
					      : finding_info("the MX record is not signed");
}

/* The two forms that are advised (RFC 7672 3.1). */
static bool
is_advised(const struct tlsa *record)
{
	return record->type == TLSA_SHA256 &&
	    ((record->usage == TLSA_DANE_EE && record->selector == TLSA_KEY) ||
		(record->usage == TLSA_DANE_TA && record->selector == TLSA_WHOLE));
}

static struct finding
judge_parameters(const struct judged *j)
{
	const struct dane_host *host = host_of(j);
	bool advised = false, full = false;
	struct finding settled;
	const char *list;

	if (has_no_records(j, host, &settled))
		return settled;
	for (size_t i = 0; i < host->record_count; i++) {
		advised = advised || is_advised(&host->records[i]);
		full = full || host->records[i].type == TLSA_FULL;
	}
	list = list_records(j, host);
	if (host->usable == 0)
		return finding_fail(list);
	if (host->usable < host->record_count || full)
		return finding_warn(list);
	return advised ? finding_pass(list) : finding_info(list);
}

/* ---- the servers */

/* Why the session has no TLS, in the words of the areas that judge sessions. */
static struct finding
why_no_tls(const struct judged *session)
{
	static const char *const steps[] = { "smtp.connect", "smtp.greeting", "smtp.ehlo",
		"smtp.starttls", "tls.handshake" };
	enum { TLS_STEPS_FROM = 3 };

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		struct finding step = check_find(steps[i])->judge(session);

		if (step.outcome == OUTCOME_FAIL && i < TLS_STEPS_FROM)
			return finding_after(steps[i]);
		if (step.outcome == OUTCOME_FAIL && i == TLS_STEPS_FROM)
			step.value = "no STARTTLS";
		if (step.outcome == OUTCOME_FAIL || step.outcome == OUTCOME_NOT_TESTED)
			return step;
	}
	return finding_untested(REASON_UNCONFIRMED);
}

static struct finding
judge_certificate(const struct judged *j, const struct dane_host *host)
{
	const struct dane_match *match = &j->address->dane;
	const struct cert_dane_verdict *verdict = match->verdict;

	if (match->looks.better->chain_length == 0)
		return finding_untested_value(REASON_UNCONFIRMED, "no certificate was shown");
	if (verdict == NULL)
		return finding_untested(REASON_NOT_RECORDED);
	if (!verdict->readable)
		return finding_fail("a certificate that cannot be read");
	if (verdict->matches)
		return finding_pass(tlsa_text(&host->records[verdict->record], j->arena));
	return finding_fail(verdict->problem);
}

/* Of an address whose host has signed records; its sessions are those under the base domain. */
static struct finding
judge_address(const struct judged *j, const struct dane_host *host)
{
	struct address_result address = *j->address;
	struct judged session = *j;
	struct finding settled;

	address.looks = address.dane.looks;
	session.address = &address;
	if (area_smtp.gate(&session, &settled))
		return settled;
	if (!address.looks.better->secure)
		return why_no_tls(&session);
	if (host->usable == 0) /* any TLS will do */
		return finding_after("dane.parameters");
	return judge_certificate(j, host);
}

static struct finding
judge_match(const struct judged *j)
{
	const struct dane_host *host = host_of(j);
	struct finding settled;

	if (has_no_signed_records(j, host, &settled))
		return settled;
	return judge_address(j, host);
}

static struct finding
judge_rollover(const struct judged *j)
{
	const struct dane_host *host = host_of(j);
	struct judged at = *j;
	struct finding settled;

	if (has_no_signed_records(j, host, &settled))
		return settled;
	settled = finding_untested(REASON_PREREQUISITE);
	for (size_t i = 0; i < j->e->address_count; i++) {
		at.address = &j->e->addresses[i];
		if (at.address->host != j->host)
			continue;
		settled = judge_address(&at, host);
		if (settled.outcome == OUTCOME_PASS)
			return at.address->dane.verdict->other_key ? finding_pass(NULL)
								   : finding_info("one key");
	}
	return settled.outcome == OUTCOME_NOT_TESTED ? settled : finding_after("dane.match");
}

/* ---- all hosts together */

/* What is known of the hosts that can be reached. */
struct hosts_seen {
	struct strbuf bare; /* names of those without protection */
	size_t protected, with_records;
	struct finding unknown; /* of the first about which nothing is known */
};

static void
see_host(const struct judged *j, struct hosts_seen *seen)
{
	const struct dane_host *host = host_of(j);
	struct finding settled;

	if (judged_without_address(j, &settled))
		return;
	seen->with_records += host->record_count > 0 && host->security != ANSWER_INSECURE;
	if (dane_host_protects(host))
		seen->protected ++;
	else if (has_no_signed_records(j, host, &settled) && settled.reason != CAUSE_FEATURE_ABSENT)
		seen->unknown = settled;
	else
		strbuf_printf(&seen->bare, "%s%s", seen->bare.length > 0 ? " " : "", j->host->name);
}

static struct finding
judge_seen(const struct judged *j, const struct hosts_seen *seen)
{
	if (seen->protected > 0 && seen->bare.length > 0)
		return finding_warn(arena_string_n(j->arena, seen->bare.at, seen->bare.length));
	if (seen->unknown.reason != REASON_NONE)
		return seen->unknown;
	return seen->with_records > 0 ? finding_pass(NULL)
				      : finding_not_applicable(CAUSE_FEATURE_ABSENT);
}

static struct finding
judge_all_hosts(const struct judged *j)
{
	struct hosts_seen seen = { .protected = 0 };
	struct judged at = *j;
	struct finding finding;

	if (j->e->mx.host_count == 0)
		return finding_not_applicable(CAUSE_NO_TARGET);
	for (size_t i = 0; i < j->e->mx.host_count; i++) {
		at.host = &j->e->mx.hosts[i];
		see_host(&at, &seen);
	}
	finding = judge_seen(j, &seen);
	strbuf_free(&seen.bare);
	return finding;
}

static const struct check checks[] = {
	{ .id = "dane.present",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_present,
	    .title = "The MX host has TLSA records",
	    .rule = "pass: at least one that is signed and can be used. info: none",
	    .advice = "Publish a TLSA record where the zone of {host} is signed: {value}",
	    .ref = "RFC 7672 2.2.3" },
	{ .id = "dane.lookup",
	    .class = CLASS_CRITICAL,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_lookup,
	    .title = "Questions for TLSA records get an answer",
	    .rule = "pass: there are some, or there are none. fail: the addresses are signed, but "
		    "the TLSA question ends in SERVFAIL or silence at two resolvers; senders with "
		    "DANE hold the mail",
	    .advice = "Repair the name servers of {host}: questions for {value}",
	    .ref = "RFC 7672 2.1.2, 2.2.2" },
	{ .id = "dane.secure-chain",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_secure_chain,
	    .title = "MX, addresses and TLSA records are signed",
	    .rule = "pass: all of them. info: all but the MX record. warn: not the addresses or "
		    "not the TLSA records, which then have no effect",
	    .advice = "Sign the zone of {host}, or remove its TLSA records: {value}",
	    .ref = "RFC 7672 2.2.1, 2.2.2" },
	{ .id = "dane.parameters",
	    .class = CLASS_MAJOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_parameters,
	    .title = "TLSA records have parameters that senders can use",
	    .rule = "pass: 3 1 1 or 2 0 1 among them, and all can be used. info: others that can "
		    "be used. warn: some cannot, or hold a certificate or key whole. fail: none "
		    "can",
	    .advice = "Use `3 1 1` for {host}; it has {value}",
	    .ref = "RFC 7672 3.1.3; RFC 6698 2.1" },
	{ .id = "dane.match",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_match,
	    .title = "The server matches its TLSA records",
	    .rule = "pass: some usable record matches the certificate. fail: none does, or there "
		    "is no STARTTLS, or TLS fails; senders with DANE hold the mail",
	    .advice = "Publish {record} of the key that {ip} serves, or serve what is published: "
		      "{value}",
	    .ref = "RFC 7672 2.2.3, 3.2; RFC 7671 5" },
	{ .id = "dane.rollover",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_rollover,
	    .title = "The next key has a TLSA record already",
	    .rule = "pass: a record matches, and there is one of another key. info: of one key",
	    .advice = "Publish the digest of the next key of {host} before the change",
	    .ref = "RFC 7671 8.1; RFC 7672 4" },
	{ .id = "dane.all-hosts",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = judge_all_hosts,
	    .title = "All MX hosts have TLSA records, or none has",
	    .rule = "pass: all or none have records that can be used. warn: some; the others can "
		    "be attacked",
	    .advice = "Publish TLSA records for these hosts too: {value}",
	    .ref = "RFC 7672 2.2.1" },
};

const struct check_area area_dane = { "dane", checks, sizeof checks / sizeof checks[0], gate };
