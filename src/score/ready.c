/* Records ready to be published, by the check that asks for them. */
#include "score/ready.h"

#include "base/arena.h"
#include "base/hex.h"
#include "base/strbuf.h"
#include "wire/dns_name.h"

#include <string.h>

/* What the makers of records share. */
struct making {
	const struct scorecard *card;
	const struct evaluation *e;
	struct arena *arena;
	struct ready *out;
};

typedef void (*domain_maker)(struct making *m);
typedef void (*subject_maker)(struct making *m, const struct subject_finding *subject);

/* ---- records */

static bool
has_alias(const struct dns_answer *answer)
{
	return answer != NULL && answer->aliases > 0;
}

/* At an alias no record can stand beside it (RFC 1034 3.6.2). */
static bool
is_alias(const struct making *m, const char *name)
{
	return strcmp(name, m->e->domain) == 0 &&
	    (has_alias(m->e->mx.mx) || has_alias(m->e->spf.answer));
}

static void
add(struct making *m, const char *name, const struct publish_record *wanted)
{
	struct publish_set record = { .name = name, .wanted = *wanted };

	for (size_t i = 0; i < m->out->count; i++)
		if (strcmp(m->out->at[i].name, name) == 0 &&
		    publish_record_equal(&m->out->at[i].wanted, wanted))
			return;
	if (m->out->count < READY_MAX && !is_alias(m, name))
		m->out->at[m->out->count++] = record;
}

static void
add_text(struct making *m, const char *name, enum dns_type type, const char *text)
{
	add(m, name, &(struct publish_record){ .type = type, .text = text });
}

static void
add_set(struct making *m, const struct publish_set *set)
{
	if (!has_alias(set->answer))
		add(m, set->name, &set->wanted);
}

/* The record of a kind at its name, as wishes want it; none when they cannot be met. */
static bool
add_plan(struct making *m, enum publish_kind kind, const struct publish_wishes *wishes,
    struct publish_plan *plan)
{
	publish_plan_of(kind, m->e, wishes, m->arena, plan);
	if (plan->remarks.problem != NULL)
		return false;
	add_set(m, &plan->sets[0]);
	return true;
}

/* Words that are wished for. */
enum { WISHES_MAX = 32 };
struct wishing {
	char *at[WISHES_MAX];
	size_t count;
};

static void
wish(struct wishing *wishing, char *word)
{
	if (wishing->count < WISHES_MAX)
		wishing->at[wishing->count++] = word;
}

static const struct publish_wishes nothing_wished;

/* ---- MX */

/* Without an MX, the domain's own address takes its mail: an MX may say so. */
static void
make_mx(struct making *m)
{
	if (m->e->mx.implicit)
		add(m, m->e->domain,
		    &(struct publish_record){
			.type = DNS_MX, .preference = 10, .host = m->e->domain });
}

static void
make_null_mx(struct making *m)
{
	struct publish_plan plan;

	add_plan(m, PUBLISH_NULL_MX, &nothing_wished, &plan);
}

/* ---- PTR */

static const struct address_result *
address_of(const struct making *m, const struct subject_finding *subject)
{
	for (size_t i = 0; i < m->e->address_count && subject->ip != NULL; i++)
		if (strcmp(m->e->addresses[i].text, subject->ip) == 0)
			return &m->e->addresses[i];
	return NULL;
}

static void
make_ptr(struct making *m, const struct subject_finding *subject)
{
	const struct address_result *address = address_of(m, subject);
	char name[IP_REVERSE_MAX];

	if (address == NULL || subject->host == NULL)
		return;
	add_text(m, arena_string(m->arena, ip_reverse_name(&address->ip, name)), DNS_PTR,
	    arena_printf(m->arena, "%s.", subject->host));
}

/* A name of the domain's own is given the address; in the place of another's stands the host. */
static void
make_forward(struct making *m, const struct subject_finding *subject)
{
	const struct address_result *address = address_of(m, subject);
	const char *name =
	    address == NULL || address->ptr.name_count == 0 ? NULL : address->ptr.names[0];

	if (name == NULL || !dns_name_at_or_below(name, m->e->domain))
		make_ptr(m, subject);
	else
		add_text(m, name, address->ip.family == 4 ? DNS_A : DNS_AAAA, address->text);
}

/* ---- SPF */

static void
wish_address(struct making *m, const struct address_result *address, struct wishing *wishing)
{
	wish(wishing,
	    arena_printf(m->arena, "ip%c:%s", address->ip.family == 4 ? '4' : '6', address->text));
}

/* What the row says that sends besides the exchanges. */
static void
wish_row(struct making *m, struct wishing *wishing)
{
	struct expected_words includes;

	for (size_t i = 0; i < m->e->address_count; i++)
		if (m->e->addresses[i].use == USE_SENDING && m->e->addresses[i].host == NULL)
			wish_address(m, &m->e->addresses[i], wishing);
	if (!expected_words_read(m->e->known[KNOWN_EXPECTED_SPF_INCLUDE], m->arena, &includes))
		return;
	for (size_t i = 0; i < includes.count; i++)
		wish(wishing, arena_printf(m->arena, "include:%s", includes.at[i]));
}

static void
add_spf(struct making *m, const struct wishing *wishing)
{
	struct publish_wishes wishes = { .add = { wishing->at, wishing->count } };
	struct publish_plan plan;

	add_plan(m, PUBLISH_SPF, &wishes, &plan);
}

static void
make_spf_of_nobody(struct making *m)
{
	add_text(m, m->e->domain, DNS_TXT, "v=spf1 -all");
}

static void
make_spf(struct making *m)
{
	struct wishing wishing = { .count = 0 };

	if (!role_sends(m->e->role)) {
		make_spf_of_nobody(m);
		return;
	}
	wish_row(m, &wishing);
	add_spf(m, &wishing);
}

static void
make_merged_spf(struct making *m)
{
	add_spf(m, &(struct wishing){ .count = 0 });
}

/* A redirect decides about the rest as long as there is no `all` beside it (RFC 7208 6.1). */
static void
make_spf_default(struct making *m)
{
	static char all[] = "~all";

	if (m->e->spf.text != NULL && m->e->spf.record.error == SPF_NO_ERROR &&
	    spf_record_redirect(&m->e->spf.record) == NULL)
		add_spf(m, &(struct wishing){ .at = { all }, .count = 1 });
}

/* One record that lets all of them send. */
static void
make_spf_senders(
    struct making *m, const struct check_result *result, const struct subject_finding *only)
{
	struct wishing wishing = { .count = 0 };

	for (size_t i = 0; i < result->subject_count; i++) {
		const struct subject_finding *subject = &result->subjects[i];
		const struct address_result *address = address_of(m, subject);

		if (address != NULL && outcome_is_bad(subject->finding.outcome) &&
		    (only == NULL || only == subject))
			wish_address(m, address, &wishing);
	}
	if (wishing.count > 0 && m->e->spf.text != NULL && m->e->spf.record.error == SPF_NO_ERROR)
		add_spf(m, &wishing);
}

/* ---- DKIM */

static void
make_no_keys(struct making *m)
{
	add_text(
	    m, arena_printf(m->arena, "*._domainkey.%s", m->e->domain), DNS_TXT, "v=DKIM1; p=");
}

/* ---- DMARC */

static void
add_dmarc(struct making *m, const struct wishing *wishing)
{
	struct publish_wishes wishes = { .set = { wishing->at, wishing->count } };
	struct publish_plan plan;

	add_plan(m, PUBLISH_DMARC, &wishes, &plan);
}

/* Where the row wants reports to go. */
static bool
wish_reports(struct making *m, struct wishing *wishing)
{
	static const char blanks[] = " \t\r\n,;";
	const char *at = m->e->known[KNOWN_EXPECTED_RUA];
	char *list = NULL;

	while (at != NULL && *(at += strspn(at, blanks)) != '\0') {
		size_t length = strcspn(at, blanks);

		list = arena_printf(m->arena, "%s%s%.*s", list == NULL ? "rua=" : list,
		    list == NULL ? "" : ",", (int)length, at);
		at += length;
	}
	if (list != NULL)
		wish(wishing, list);
	return list != NULL;
}

static void
make_dmarc(struct making *m)
{
	struct wishing wishing = { .count = 0 };

	wish_reports(m, &wishing);
	add_dmarc(m, &wishing);
}

static void
make_dmarc_reports(struct making *m)
{
	struct wishing wishing = { .count = 0 };

	if (m->e->dmarc.location == DMARC_OWN && wish_reports(m, &wishing))
		add_dmarc(m, &wishing);
}

/* From watching to a trial of quarantine, and from the trial to the policy in earnest. */
static void
make_dmarc_step(struct making *m)
{
	static char quarantine[] = "p=quarantine", trial[] = "t=y", earnest[] = "t=";
	bool watches = m->e->dmarc.stated[DMARC_THE_NAME] == DMARC_POLICY_NONE;
	struct wishing watching = { .at = { quarantine, trial }, .count = 2 };
	struct wishing trying = { .at = { earnest }, .count = 1 };

	if (m->e->dmarc.location == DMARC_OWN)
		add_dmarc(m, watches ? &watching : &trying);
}

static void
make_dmarc_without_old_tags(struct making *m)
{
	if (m->e->dmarc.location == DMARC_OWN)
		add_dmarc(m, &(struct wishing){ .count = 0 });
}

/* The last record of the set of a parked domain. */
static void
make_dmarc_parked(struct making *m)
{
	struct publish_plan plan;

	publish_plan_of(PUBLISH_PARKED, m->e, &nothing_wished, m->arena, &plan);
	if (plan.remarks.problem == NULL)
		add_set(m, &plan.sets[plan.count - 1]);
}

/* At those who get the reports. */
static void
make_report_consent(struct making *m)
{
	const struct dmarc_result *dmarc = &m->e->dmarc;

	for (size_t i = 0; i < dmarc->reports.count && dmarc->applying != NULL; i++)
		if (dmarc->reports.hosts[i].authority == DMARC_NOT_AUTHORISED)
			add_text(m,
			    arena_printf(m->arena, "%s._report._dmarc.%s", dmarc->applying->name,
				dmarc->reports.hosts[i].name),
			    DNS_TXT, "v=DMARC1");
}

/* ---- TLS */

/* A policy that is served and sound stays; its record is made anew. */
static void
make_mta_sts(struct making *m)
{
	const struct mta_sts_result *seen = &m->e->mta_sts;
	struct publish_plan plan;

	if (!add_plan(m, PUBLISH_MTA_STS, &nothing_wished, &plan) ||
	    (mta_sts_fetched(seen) && seen->policy.fault == MTA_STS_SOUND))
		return;
	m->out->file_url = plan.file_url;
	m->out->file_text = plan.file_text;
}

/* A mailbox of the domain's own that takes the reports of DMARC takes these as well. */
static void
make_tls_rpt(struct making *m)
{
	const struct dmarc_uris *places = &m->e->dmarc.record.rua;
	struct wishing wishing = { .count = 0 };
	struct publish_wishes wishes = { .set = { wishing.at, 0 } };
	struct publish_plan plan;

	for (size_t i = 0; i < places->count && wishing.count == 0; i++)
		if (places->at[i].kind == URI_MAILTO &&
		    dns_name_at_or_below(places->at[i].host, m->e->domain))
			wish(&wishing, arena_printf(m->arena, "rua=%s", places->at[i].text));
	wishes.set.count = m->e->tls_rpt.usable == 0 ? wishing.count : 0;
	add_plan(m, PUBLISH_TLS_RPT, &wishes, &plan);
}

/* Of the key that the address serves; only where senders may believe it (RFC 7672 2.2.2). */
static void
add_tlsa(struct making *m, const struct address_result *address)
{
	const struct cert_dane_verdict *verdict = address->dane.verdict;
	size_t place;

	if (verdict == NULL || !verdict->readable || address->host == NULL)
		return;
	place = (size_t)(address->host - m->e->mx.hosts);
	if (place >= m->e->dane.host_count || m->e->dane.hosts[place].addresses != ANSWER_SECURE ||
	    m->e->dane.hosts[place].base == NULL)
		return;
	add_text(m, arena_printf(m->arena, "_25._tcp.%s", m->e->dane.hosts[place].base), DNS_TLSA,
	    arena_printf(
		m->arena, "3 1 1 %s", hex_text(m->arena, verdict->key_digest, CERT_DIGEST_SIZE)));
}

static void
make_tlsa(struct making *m, const struct subject_finding *subject)
{
	for (size_t i = 0; i < m->e->address_count; i++) {
		const struct address_result *address = &m->e->addresses[i];

		if (address->host == NULL || subject->host == NULL ||
		    strcmp(address->host->name, subject->host) != 0)
			continue;
		if (subject->ip == NULL || strcmp(subject->ip, address->text) == 0)
			add_tlsa(m, address);
	}
}

/* ---- by check */

static const struct {
	const char *id;
	domain_maker make;
	subject_maker make_for;
} makers[] = {
	{ "mx.exists", make_mx, NULL },
	{ "mx.null-wellformed", make_null_mx, NULL },
	{ "mx.null-advised", make_null_mx, NULL },
	{ "ptr.present", NULL, make_ptr },
	{ "ptr.forward-confirmed", NULL, make_forward },
	{ "spf.present", make_spf, NULL },
	{ "spf.single", make_merged_spf, NULL },
	{ "spf.default", make_spf_default, NULL },
	{ "spf.parked", make_spf_of_nobody, NULL },
	{ "dkim.parked", make_no_keys, NULL },
	{ "dmarc.present", make_dmarc, NULL },
	{ "dmarc.policy-strength", make_dmarc_step, NULL },
	{ "dmarc.obsolete-tags", make_dmarc_without_old_tags, NULL },
	{ "dmarc.rua", make_dmarc_reports, NULL },
	{ "dmarc.external-auth", make_report_consent, NULL },
	{ "dmarc.parked", make_dmarc_parked, NULL },
	{ "mta_sts.present", make_mta_sts, NULL },
	{ "mta_sts.record", make_mta_sts, NULL },
	{ "mta_sts.policy-syntax", make_mta_sts, NULL },
	{ "mta_sts.txt-missing", make_mta_sts, NULL },
	{ "tls_rpt.present", make_tls_rpt, NULL },
	{ "tls_rpt.syntax", make_tls_rpt, NULL },
	{ "dane.parameters", NULL, make_tlsa },
	{ "dane.match", NULL, make_tlsa },
};

static bool
asks_for_records(enum outcome outcome)
{
	return outcome_is_bad(outcome) || outcome == OUTCOME_INFO;
}

static void
make_for_subjects(struct making *m, const struct check_result *result,
    const struct subject_finding *only, subject_maker make)
{
	for (size_t i = 0; i < result->subject_count; i++)
		if (asks_for_records(result->subjects[i].finding.outcome) &&
		    (only == NULL || only == &result->subjects[i]))
			make(m, &result->subjects[i]);
}

void
ready_records(const struct scorecard *card, const struct check_result *result,
    const struct subject_finding *subject, struct arena *arena, struct ready *out)
{
	struct making m = { card, card->e, arena, out };

	*out = (struct ready){ .count = 0 };
	if (card->e->domain == NULL || !asks_for_records(result->finding.outcome))
		return;
	if (strcmp(result->check->id, "spf.authorises") == 0)
		make_spf_senders(&m, result, subject);
	for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
		if (strcmp(makers[i].id, result->check->id) != 0)
			continue;
		if (makers[i].make != NULL)
			makers[i].make(&m);
		else
			make_for_subjects(&m, result, subject, makers[i].make_for);
	}
}

const char *
ready_line(const struct publish_set *record, struct arena *arena)
{
	struct strbuf line = { 0 };
	const char *text;

	publish_set_write(&line, record);
	text = arena_string(arena, line.at);
	strbuf_free(&line);
	return text;
}
