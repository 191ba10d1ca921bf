/* DANE for SMTP: where TLSA records are looked for, and whether servers match them. */
#include "rule/dane.h"

#include "base/arena.h"
#include "cert/verifier.h"

#include <string.h>

/* ---- what is published */

/* All RRsets that hold an address must be signed (RFC 7672 2.2.2). */
static enum answer_security
security_of_addresses(const struct run_facts *run, const struct mx_host *host)
{
	const struct dns_answer *const answers[] = { host->a, host->aaaa };
	enum answer_security security = ANSWER_SECURE;

	for (size_t i = 0; i < 2; i++) {
		enum answer_security one = answer_security_of(run, answers[i]);

		if (answers[i]->status != DNS_DATA)
			continue;
		if (one == ANSWER_UNCHECKED || security == ANSWER_SECURE)
			security = one;
	}
	return security;
}

static void
read_records(const struct dns_answer *answer, struct arena *arena, struct dane_host *out)
{
	struct tlsa *records = arena_zeroed(arena, answer->count, sizeof *records);

	out->usable = 0;
	for (size_t i = 0; i < answer->count; i++) {
		records[i] = tlsa_read(answer->records[i].octets, answer->records[i].length);
		out->usable += records[i].usable;
	}
	out->records = records;
	out->record_count = answer->count;
}

/* Asks for the records of a base domain; false while they are not known. */
static bool
ask(struct facts *facts, const char *base, struct arena *arena, struct dane_host *out)
{
	const char *name = arena_printf(arena, "_25._tcp.%s", base);
	const struct dns_answer *answer = facts_dns(facts, name, DNS_TLSA);

	if (answer == NULL)
		return false;
	out->base = base;
	out->tlsa = answer;
	out->security = out->addresses == ANSWER_UNCHECKED ? ANSWER_UNCHECKED
							   : answer_security_of(facts->run, answer);
	read_records(answer, arena, out);
	return true;
}

/* Records that are not signed are as good as none (RFC 7672 2.2). */
static bool
has_none(const struct dane_host *host)
{
	return dns_is_negative(host->tlsa) ||
	    (host->tlsa->status == DNS_DATA && host->security == ANSWER_INSECURE);
}

/*
 * An alias that is signed all along: first where it leads, then its own name. One that leads out of
 * what is signed: its own name, if the alias itself is signed (RFC 7672 2.2.3).
 */
static void
ask_for_alias(
    struct facts *facts, const struct mx_host *host, struct arena *arena, struct dane_host *out)
{
	const struct dns_answer *alias;

	if (out->addresses != ANSWER_INSECURE) {
		if (ask(facts, host->alias_target, arena, out) && has_none(out))
			ask(facts, host->name, arena, out);
		return;
	}
	alias = facts_dns(facts, host->name, DNS_CNAME);
	if (alias != NULL && alias->status == DNS_DATA &&
	    answer_security_of(facts->run, alias) == ANSWER_SECURE)
		ask(facts, host->name, arena, out);
}

static void
evaluate_host(
    struct facts *facts, const struct mx_host *host, struct arena *arena, struct dane_host *out)
{
	if (host->addresses_published == 0)
		return; /* senders never get as far */
	out->addresses = security_of_addresses(facts->run, host);
	if (host->alias_target != NULL)
		ask_for_alias(facts, host, arena, out);
	else if (out->addresses != ANSWER_INSECURE)
		ask(facts, host->name, arena, out);
}

void
dane_evaluate(
    struct facts *facts, const struct mx_result *mx, struct arena *arena, struct dane_result *out)
{
	struct dane_host *hosts = arena_zeroed(arena, mx->host_count, sizeof *hosts);

	out->mx = answer_security_of(facts->run, mx->mx);
	out->hosts = hosts;
	out->host_count = mx->host_count;
	for (size_t i = 0; i < mx->host_count; i++)
		evaluate_host(facts, &mx->hosts[i], arena, &hosts[i]);
}

bool
dane_host_binds(const struct dane_host *host)
{
	return host->record_count > 0 && host->security == ANSWER_SECURE;
}

bool
dane_host_protects(const struct dane_host *host)
{
	return dane_host_binds(host) && host->usable > 0;
}

bool
dane_host_wants_session(const struct dane_host *host, const struct mx_host *mx_host)
{
	return dane_host_binds(host) && strcmp(host->base, mx_host->name) != 0;
}

/* ---- what is served */

static const struct cert_dane_verdict *
match(struct facts *facts, const struct smtp_observation *seen,
    const struct cert_dane_question *question, struct arena *arena)
{
	struct cert_verifier *verifier = facts->run->certificates;
	size_t count = seen->chain_length;
	const struct cert_dane_verdict *known =
	    cert_verifier_recall_dane(verifier, seen->chain, count, question);
	struct cert_served *chain;

	if (known != NULL)
		return known;
	chain = arena_copy(arena, seen->chain, count * sizeof *chain);
	if (!facts_certificate(facts, &chain[0]))
		return NULL;
	for (size_t i = 1; i < count; i++)
		facts_certificate(facts, &chain[i]);
	return cert_verifier_match_dane(verifier, chain, count, question);
}

/* The domain may stand in place of the host (RFC 7672 3.2.2); else all domains share one verdict.
 */
static bool
looks_at_names(const struct dane_host *host)
{
	for (size_t i = 0; i < host->record_count; i++)
		if (host->records[i].usage == TLSA_DANE_TA)
			return true;
	return false;
}

void
dane_match_evaluate(struct facts *facts, const struct dane_result *dane,
    const struct dane_host *host, const char *domain, const struct ip *ip, struct arena *arena,
    struct dane_match *out)
{
	const struct cert_dane_question question = {
		.records = host->records,
		.record_count = host->record_count,
		.base = host->base,
		.other = dane->mx == ANSWER_SECURE && looks_at_names(host) ? domain : NULL,
		.now = facts->run->now,
	};
	const struct cert_dane_verdict *verdict;

	memset(out, 0, sizeof *out);
	if (host->base == NULL)
		return;
	out->session = facts_session(facts, ip, host->base);
	if (out->session == NULL || !out->session->secure || out->session->chain_length == 0 ||
	    facts->run->certificates == NULL)
		return;
	verdict = match(facts, out->session, &question, arena);
	out->not_recorded = verdict == NULL;
	if (verdict != NULL)
		out->verdict = arena_copy(arena, verdict, sizeof *verdict);
}
