/* All rules of a domain together: while gathering, so that they ask, and at the finish, to judge.
 */
#include "rule/evaluation.h"

#include "base/arena.h"
#include "rule/gather.h"
#include "rule/named.h"
#include "rule/second_look.h"

#include <string.h>

/* The outbound_ips of a row, as addresses; what is none is left out. */
size_t
gather_outbound(const char *text, struct ip ips[OUTBOUND_MAX])
{
	size_t count = 0;

	while (text != NULL && *text != '\0' && count < OUTBOUND_MAX) {
		char word[IP_TEXT_MAX];
		size_t length;

		text += strspn(text, " \t,;");
		length = strcspn(text, " \t,;");
		if (length > 0 && length < sizeof word) {
			memcpy(word, text, length);
			word[length] = '\0';
			count += ip_parse(word, &ips[count]);
		}
		text += length;
	}
	return count;
}

/* ---- while gathering */

bool
gather_may_exist(struct facts *facts, const char *domain)
{
	const struct dns_answer *mx = facts_dns_confirmed(facts, domain, DNS_MX);

	if (mx == NULL)
		return false; /* not known yet */
	return mx->status != DNS_NXDOMAIN || mx->aliases > 0 ||
	    (mx->resolvers & facts->run->honest_resolvers) == 0;
}

bool
gather_takes_mail_declared(const struct subject *subject)
{
	enum domain_role role;

	return subject->known[KNOWN_ROLE] == NULL ||
	    !role_parse(subject->known[KNOWN_ROLE], &role) || role_receives(role);
}

/* Where it may be contacted: the session, and what follows it. */
static void
share_contacts(struct facts *facts, const struct ip *ip, const struct mx_host *host,
    const char *domain, struct arena *scratch)
{
	if (facts_not_public(facts, ip) != NULL)
		return;
	facts_share_session(facts, ip, host->name); /* visits follow it, or are not made */
	visits_share(facts, ip, host->name, domain, scratch);
}

static void
share_host(struct facts *facts, const struct mx_host *host, bool contacts, const char *domain,
    struct arena *scratch)
{
	for (size_t i = 0; i < host->address_count; i++) {
		facts_share_address(facts, &host->addresses[i]);
		if (contacts)
			share_contacts(facts, &host->addresses[i], host, domain, scratch);
	}
	if (contacts)
		tls_visits_share_submission(facts, host);
}

static void
gather_reach(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct ip outbound[OUTBOUND_MAX];
	size_t outbound_count = gather_outbound(subject->known[KNOWN_OUTBOUND_IPS], outbound);
	bool contacts = gather_takes_mail_declared(subject);
	struct mx_result mx;

	mx_evaluate(facts, subject->domain, scratch, &mx);
	if (facts->unknown > 0)
		return;
	for (size_t i = 0; i < mx.host_count; i++)
		share_host(facts, &mx.hosts[i],
		    contacts && !stand_in_is_later(facts->run, &mx, &mx.hosts[i]), subject->domain,
		    scratch);
	for (size_t i = 0; i < outbound_count; i++)
		facts_share_address(facts, &outbound[i]);
	if (!mx_domain_missing(&mx))
		facts_share_name(facts, lists_name_of(facts, subject->domain, scratch));
}

/* May the address send for the domain? As an MX host it calls itself by the host's name. */
static void
check_sender(struct facts *facts, const char *domain, const char *helo, const struct ip *ip,
    struct arena *arena, struct spf_check *out)
{
	const struct spf_sender sender = {
		.ip = *ip,
		.helo = helo,
		.mail_from = arena_printf(arena, "postmaster@%s", domain),
	};

	spf_check_host(facts, &sender, arena, out);
}

/* What an outbound address that is no MX host calls itself. */
static const char *
outbound_helo(const char *const known[KNOWN_COUNT], const char *domain)
{
	const char *helo = known == NULL ? NULL : known[KNOWN_HELO];

	return helo == NULL || *helo == '\0' ? domain : helo;
}

static void
check_senders(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct ip outbound[OUTBOUND_MAX];
	size_t count = gather_outbound(subject->known[KNOWN_OUTBOUND_IPS], outbound);
	struct spf_check check;
	struct mx_result mx;

	mx_evaluate(facts, subject->domain, scratch, &mx);
	for (size_t i = 0; i < mx.host_count; i++)
		for (size_t k = 0; k < mx.hosts[i].address_count; k++)
			check_sender(facts, subject->domain, mx.hosts[i].name,
			    &mx.hosts[i].addresses[k], scratch, &check);
	for (size_t i = 0; i < count; i++)
		check_sender(facts, subject->domain, outbound_helo(subject->known, subject->domain),
		    &outbound[i], scratch, &check);
}

static void
share_named(struct facts *facts, const char *domain, const struct spf_result *spf)
{
	struct ip named[NAMED_MAX];
	size_t count = named_evaluate(facts, domain, spf, named);

	for (size_t i = 0; facts->unknown == 0 && i < count; i++)
		facts_share_address(facts, &named[i]);
}

static void
gather_spf(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct spf_result spf;

	if (!gather_may_exist(facts, subject->domain))
		return;
	spf_evaluate(facts, subject->domain, scratch, &spf);
	if (spf.records == 1)
		check_senders(facts, subject, scratch);
	share_named(facts, subject->domain, &spf);
}

/* Which selectors are tried hangs on what else is known of the domain. */
static void
evaluate_dkim(struct facts *facts, struct arena *arena, struct evaluation *e)
{
	struct dkim_hints hints = { .selectors = expected_selectors(e->known, arena) };

	if (facts->unknown == 0) {
		evaluation_set_role(e);
		hints.sends = role_sends(e->role) && e->sends_unknown == NULL;
		hints.mx = &e->mx;
		hints.spf = e->spf.records == 1 ? &e->spf.tree : NULL;
	}
	dkim_evaluate(facts, e->domain, &hints, arena, &e->dkim);
}

static void
gather_dkim(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct evaluation e = {
		.run = facts->run, .domain = subject->domain, .known = subject->known
	};

	if (!gather_may_exist(facts, subject->domain))
		return;
	mx_evaluate(facts, subject->domain, scratch, &e.mx);
	spf_evaluate(facts, subject->domain, scratch, &e.spf);
	evaluate_dkim(facts, scratch, &e);
}

static void
gather_wildcard(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct wildcard_others others;

	if (gather_may_exist(facts, subject->domain))
		wildcard_evaluate_others(facts, subject->domain, scratch, &others);
}

static void
gather_dmarc(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct dmarc_result dmarc;

	if (gather_may_exist(facts, subject->domain))
		dmarc_evaluate(facts, subject->domain, scratch, &dmarc);
}

static void
gather_dmarc_misplaced(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct dmarc_misplaced misplaced;

	if (gather_may_exist(facts, subject->domain))
		dmarc_misplaced_evaluate(facts, subject->domain, scratch, &misplaced);
}

static void
gather_mta_sts(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct mta_sts_result mta_sts;

	if (!gather_may_exist(facts, subject->domain))
		return;
	mta_sts_evaluate(facts, subject->domain, scratch, &mta_sts);
	if (gather_takes_mail_declared(subject))
		mta_sts_share(facts, subject->domain, &mta_sts, scratch);
}

static void
gather_tls_rpt(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct tls_rpt_result tls_rpt;

	if (gather_may_exist(facts, subject->domain))
		tls_rpt_evaluate(facts, subject->domain, scratch, &tls_rpt);
}

static void
gather_bimi(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct bimi_result bimi;

	if (gather_may_exist(facts, subject->domain))
		bimi_evaluate(facts, subject->domain, scratch, &bimi);
}

static void
gather_reverse(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct ptr_result ptr;

	ptr_evaluate(facts, &subject->ip, scratch, &ptr);
	if (facts->unknown == 0 && ptr.confirmed != NULL)
		facts_share_tenant(facts, &subject->ip, ptr.confirmed);
}

static void
gather_names(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	const struct smtp_observation *seen =
	    facts_session(facts, subject->look, &subject->ip, subject->mx_name);
	struct names_result names;

	if (seen != NULL)
		names_evaluate(facts, seen, &subject->ip, scratch, &names);
}

static void
gather_helo(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	const struct smtp_observation *seen =
	    facts_session(facts, subject->look, &subject->ip, subject->mx_name);
	struct names_result names;
	struct spf_check check;

	if (seen == NULL)
		return;
	names_evaluate(facts, seen, &subject->ip, scratch, &names);
	gather_check_helo(facts, &names, &subject->ip, scratch, &check);
}

/* A host that tells whether port 25 leaves this network. */
static void
gather_witness(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	const struct dns_answer *a = facts_dns(facts, subject->domain, DNS_A);

	(void)scratch;
	if (a != NULL && a->count > 0 && facts_not_public(facts, &a->records[0].ip) == NULL)
		facts_share_session(facts, &a->records[0].ip, subject->domain);
}

static void
gather_spf_obsolete(struct facts *facts, const struct subject *subject, struct arena *scratch)
{
	struct spf_obsolete obsolete;

	(void)scratch;
	if (gather_may_exist(facts, subject->domain))
		spf_obsolete_evaluate(facts, subject->domain, &obsolete);
}

const struct gather_rule gather_rules[] = {
	{ "reach", SUBJECT_DOMAIN, gather_reach, NULL, true },
	{ "spf", SUBJECT_DOMAIN, gather_spf, NULL, false },
	{ "dkim", SUBJECT_DOMAIN, gather_dkim, NULL, false },
	{ "dmarc", SUBJECT_DOMAIN, gather_dmarc, NULL, false },
	{ "reverse", SUBJECT_ADDRESS, gather_reverse, NULL, false },
	{ "names", SUBJECT_SESSION, gather_names, NULL, false },
	{ "witness", SUBJECT_WITNESS, gather_witness, NULL, false },
	{ "lists", SUBJECT_ADDRESS, gather_lists_of_address, NULL, false },
	{ "lists", SUBJECT_NAME, gather_lists_of_name, NULL, false },
	{ "lists", SUBJECT_DOMAIN, gather_lists_of_hosts, "dnsbl", false },
	{ "mta_sts", SUBJECT_DOMAIN, gather_mta_sts, NULL, false },
	{ "tls_rpt", SUBJECT_DOMAIN, gather_tls_rpt, NULL, false },
	{ "dane", SUBJECT_DOMAIN, gather_dane, "dane", true },
	{ "caa", SUBJECT_DOMAIN, gather_caa, "tls", false },
	{ "dnssec", SUBJECT_DOMAIN, gather_dnssec, "dnssec", false },
	{ "dmarc", SUBJECT_DOMAIN, gather_dmarc_misplaced, "dmarc", false },
	{ "spf", SUBJECT_DOMAIN, gather_spf_obsolete, "spf", false },
	{ "helo", SUBJECT_SESSION, gather_helo, "spf", false },
	{ "bimi", SUBJECT_DOMAIN, gather_bimi, "bimi", false },
	{ "wildcard", SUBJECT_DOMAIN, gather_wildcard, "domain", false },
	{ "expected", SUBJECT_DOMAIN, gather_expected, NULL, false },
};

const size_t gather_rule_count = sizeof gather_rules / sizeof gather_rules[0];

/* ---- at the finish */

/* Any answer at its own name tells whether a domain exists; that for MX may have failed. */
static void
set_existence(struct evaluation *e)
{
	const struct dns_answer *txt = e->spf.answer;

	e->missing = txt->status == DNS_NXDOMAIN && txt->aliases == 0;
	if (!dns_is_answer(e->mx.mx) && !dns_is_answer(txt))
		e->existence_unknown = e->mx.mx;
}

static enum address_use
use_of(const struct evaluation *e, const struct ip *ip, const struct ip *outbound, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ip_equal(&outbound[i], ip))
			return USE_SENDING;
	return count == 0 && role_sends(e->role) ? USE_ASSUMED : USE_RECEIVING;
}

static struct address_result *
add_address(struct facts *facts, struct evaluation *e, const struct ip *ip,
    const struct mx_host *host, struct arena *arena)
{
	struct address_result *address = &e->addresses[e->address_count++];

	address->ip = *ip;
	ip_format(ip, address->text);
	address->host = host;
	address->special = facts_not_public(facts, ip);
	address->allowed = ip_special_purpose(ip) != NULL && facts_is_allowed(facts, ip);
	ptr_evaluate(facts, ip, arena, &address->ptr);
	if (address->special == NULL)
		lists_evaluate_ip(facts, ip, arena, &address->lists);
	return address;
}

static struct address_result *
add_sender(struct facts *facts, struct evaluation *e, const struct ip *ip,
    const struct mx_host *host, struct arena *arena)
{
	struct address_result *address = add_address(facts, e, ip, host, arena);
	const char *helo = host == NULL ? outbound_helo(e->known, e->domain) : host->name;

	if (e->spf.records == 1)
		check_sender(facts, e->domain, helo, ip, arena, &address->spf);
	return address;
}

static void
evaluate_visits(struct facts *facts, const struct evaluation *e, struct address_result *address,
    struct arena *arena)
{
	const char *mx_name = address->host->name;

	relay_evaluate(facts, &address->ip, mx_name, arena, &address->relay);
	recipients_evaluate(facts, &address->ip, mx_name, e->domain, &address->recipients);
	tls_visits_evaluate(facts, &address->ip, &address->visits);
}

static void
add_host_addresses(struct facts *facts, struct evaluation *e, const struct mx_host *host,
    const struct ip *outbound, size_t outbound_count, struct arena *arena)
{
	const struct dane_host *dane = &e->dane.hosts[host - e->mx.hosts];

	for (size_t i = 0; i < host->address_count; i++) {
		const struct ip *ip = &host->addresses[i];
		struct address_result *address = add_sender(facts, e, ip, host, arena);

		address->use = use_of(e, ip, outbound, outbound_count);
		dane_match_evaluate(facts, &e->dane, dane, e->domain, ip, arena, &address->dane);
		if (address->special == NULL && (role_receives(e->role) || !e->role_declared))
			evaluate_visits(facts, e, address, arena);
		evaluation_add_session(facts, e, address, arena);
	}
}

static bool
is_known_address(const struct evaluation *e, const struct ip *ip)
{
	for (size_t i = 0; i < e->address_count; i++)
		if (ip_equal(&e->addresses[i].ip, ip))
			return true;
	return false;
}

static void
add_addresses(struct facts *facts, struct evaluation *e, struct arena *arena)
{
	struct ip outbound[OUTBOUND_MAX], named[NAMED_MAX];
	size_t count = gather_outbound(e->known[KNOWN_OUTBOUND_IPS], outbound);
	size_t named_count = named_evaluate(facts, e->domain, &e->spf, named);
	size_t most = count + named_count;

	for (size_t i = 0; i < e->mx.host_count; i++)
		most += e->mx.hosts[i].address_count;
	e->addresses = arena_zeroed(arena, most, sizeof *e->addresses);
	for (size_t i = 0; i < e->mx.host_count; i++)
		add_host_addresses(facts, e, &e->mx.hosts[i], outbound, count, arena);
	for (size_t i = 0; i < count; i++)
		if (!is_known_address(e, &outbound[i]))
			add_sender(facts, e, &outbound[i], NULL, arena)->use = USE_SENDING;
	for (size_t i = 0; i < named_count; i++)
		if (!is_known_address(e, &named[i]))
			add_address(facts, e, &named[i], NULL, arena)->use = USE_NAMED;
}

void
evaluation_run(struct facts *facts, struct arena *arena, struct evaluation *e)
{
	e->run = facts->run;
	if (e->domain == NULL)
		return;
	mx_evaluate(facts, e->domain, arena, &e->mx);
	if (facts->unknown > 0)
		return;
	e->missing = mx_domain_missing(&e->mx);
	if (e->missing)
		return;
	spf_evaluate(facts, e->domain, arena, &e->spf);
	if (facts->unknown > 0)
		return;
	set_existence(e);
	if (e->missing)
		return;
	evaluate_dkim(facts, arena, e);
	wildcard_evaluate_others(facts, e->domain, arena, &e->wildcard);
	dmarc_evaluate(facts, e->domain, arena, &e->dmarc);
	spf_obsolete_evaluate(facts, e->domain, &e->spf_obsolete);
	dmarc_misplaced_evaluate(facts, e->domain, arena, &e->dmarc_misplaced);
	mta_sts_evaluate(facts, e->domain, arena, &e->mta_sts);
	tls_rpt_evaluate(facts, e->domain, arena, &e->tls_rpt);
	bimi_evaluate(facts, e->domain, arena, &e->bimi);
	dane_evaluate(facts, &e->mx, arena, &e->dane);
	e->caa = caa_evaluate_hosts(facts, &e->mx, arena);
	dnssec_evaluate(facts, e->domain, &e->dnssec);
	add_addresses(facts, e, arena);
	expected_evaluate(facts, arena, e);
	e->listed_name = lists_name_of(facts, e->domain, arena);
	lists_evaluate_name(facts, e->listed_name, arena, &e->lists);
	lists_find_hosts(facts, &e->mx, arena, &e->listed_hosts);
	lists_evaluate_hosts(facts, arena, &e->listed_hosts);
}
