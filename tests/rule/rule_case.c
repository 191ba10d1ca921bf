/* Rules as rows that tests can run alike: what each says of a table, as one line of text. */
#include "rule/rule_case.h"

#include "rule/bimi.h"
#include "rule/dkim.h"
#include "rule/mta_sts.h"
#include "rule/mx.h"
#include "rule/names.h"
#include "rule/ptr.h"
#include "rule/relay.h"
#include "rule/spf.h"
#include "rule/tls_rpt.h"
#include "unit.h"

#include <string.h>

enum { PASSES_MAX = 200 };

static const char *
status_of(const struct dns_answer *answer)
{
	return answer == NULL ? "-" : dns_status_text(answer->status);
}

static void
add_word(struct strbuf *out, bool holds, const char *word)
{
	if (holds)
		strbuf_printf(out, " %s", word);
}

/* The first word of a subject, and what stands behind it. */
static const char *
first_word(struct arena *arena, const char *subject, const char **rest_out)
{
	size_t length = strcspn(subject, " ");

	*rest_out = subject[length] == '\0' ? NULL : subject + length + 1;
	return arena_string_n(arena, subject, length);
}

/* ---- mx: STATUS [implicit] [null PREFERENCE] [alone], then each host behind ';' */

static const char *const fault_texts[] = {
	[HOST_NAME_OK] = "",
	[HOST_NAME_UNDERSCORE] = "underscore",
	[HOST_NAME_SINGLE_LABEL] = "single-label",
	[HOST_NAME_ILLEGAL] = "illegal",
	[HOST_NAME_EMPTY_LABEL] = "empty-label",
	[HOST_NAME_ADDRESS] = "address",
};

static void
write_addresses(const struct mx_host *host, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	if (!dns_is_answer(host->a) || host->addresses_published == 0)
		strbuf_printf(out, " A:%s", status_of(host->a));
	if (!dns_is_answer(host->aaaa) || host->addresses_published == 0)
		strbuf_printf(out, " AAAA:%s", status_of(host->aaaa));
	if (host->alias_target != NULL)
		strbuf_printf(out, " ->%s", host->alias_target);
	for (size_t i = 0; i < host->address_count; i++)
		strbuf_printf(out, " %s", ip_format(&host->addresses[i], text));
	if (host->addresses_published > host->address_count)
		strbuf_printf(out, " of %zu", host->addresses_published);
}

static void
write_host(const struct mx_host *host, struct strbuf *out)
{
	strbuf_printf(out, "; %u %s", host->preference, host->name);
	if (host->times != 1)
		strbuf_printf(out, " x%u", host->times);
	add_word(out, host->fault != HOST_NAME_OK, fault_texts[host->fault]);
	add_word(out, host->reserved == NAME_RESERVED, "reserved");
	add_word(out, host->reserved == NAME_INVALID, "invalid");
	add_word(out, host->beyond_budget, "beyond");
	if (host->looked_up && host->a != NULL && host->aaaa != NULL)
		write_addresses(host, out);
}

static void
run_mx(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct mx_result mx;

	mx_evaluate(facts, subject, arena, &mx);
	if (mx.mx == NULL)
		return;
	strbuf_add_string(out, status_of(mx.mx));
	if (mx.mx->status == DNS_NODATA && !mx.implicit)
		strbuf_printf(out, " A:%s AAAA:%s", status_of(mx.a), status_of(mx.aaaa));
	add_word(out, mx.implicit, "implicit");
	add_word(out, mx_domain_missing(&mx), "missing");
	if (mx.null_mx)
		strbuf_printf(out, " null %u", mx.null_preference);
	add_word(out, mx.null_alone, "alone");
	for (size_t i = 0; i < mx.host_count; i++)
		write_host(&mx.hosts[i], out);
}

const struct rule_row rule_mx = { "mx", run_mx };

/* ---- ptr: STATUS NAMES [of PUBLISHED] [confirmed NAME] [transient STATUS] */

static void
run_ptr(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct ptr_result ptr;
	struct ip ip;

	assert_true(ip_parse(subject, &ip));
	ptr_evaluate(facts, &ip, arena, &ptr);
	strbuf_add_string(out, status_of(ptr.answer));
	for (size_t i = 0; i < ptr.name_count; i++)
		strbuf_printf(out, " %s", ptr.names[i]);
	if (ptr.published != ptr.name_count)
		strbuf_printf(out, " of %zu", ptr.published);
	if (ptr.confirmed != NULL)
		strbuf_printf(out, "; confirmed %s", ptr.confirmed);
	if (ptr.transient != NULL)
		strbuf_printf(out, "; transient %s", status_of(ptr.transient));
}

const struct rule_row rule_ptr = { "ptr", run_ptr };

/* ---- names: greeting EHLO judged, and where that leads; '-' for what is missing */

static const char *
or_dash(const char *text)
{
	return text == NULL ? "-" : text;
}

static void
run_names(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	static const char *const leads[] = {
		[NAME_LEADS_ELSEWHERE] = "elsewhere",
		[NAME_LEADS_BACK] = "back",
		[NAME_LEADS_NOWHERE] = "nowhere",
		[NAME_LEADS_UNKNOWN] = "unknown",
	};
	const char *mx_name, *address = first_word(arena, subject, &mx_name);
	const struct smtp_observation *seen;
	struct names_result names;
	struct ip ip;

	assert_true(ip_parse(address, &ip));
	seen = facts_session(facts, LOOK_FIRST, &ip, mx_name);
	assert_non_null(seen);
	names_evaluate(facts, seen, &ip, arena, &names);
	strbuf_printf(
	    out, "%s %s %s", or_dash(names.greeting), or_dash(names.ehlo), or_dash(names.judged));
	if (names.judged != NULL)
		strbuf_printf(out, " %s %s", leads[names.leads], status_of(names.answer));
}

const struct rule_row rule_names = { "names", run_names };

/* ---- relay: whether it is wanted, else why not; then the replies to the first form of each look
 */

static void
write_first_form(const struct smtp_observation *seen, struct strbuf *out)
{
	if (seen != NULL)
		strbuf_printf(out, " %d", visit_form_heard(&seen->forms[0])->code);
}

/* At own hosts below a.com. */
static void
run_relay(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	static const char *const own[] = { "a.com" };
	static const char *const leaves[] = { "off", "wanted", "not own", "provider" };
	const char *mx_name, *address = first_word(arena, subject, &mx_name);
	const struct run_facts *of_table = facts->run;
	struct run_facts run = *of_table;
	struct relay_result relay = { 0 };
	struct ip ip;

	assert_true(ip_parse(address, &ip));
	run.visits =
	    (struct run_visits){ RELAY_OWN, "p@from.net", "q@to.net", { own, 1 }, { NULL, 0 } };
	facts->run = &run;
	relay_evaluate(facts, &ip, mx_name, arena, &relay);
	facts->run = of_table;
	strbuf_add_string(out, relay.obstacle != NULL ? relay.obstacle : leaves[relay.leave]);
	write_first_form(relay.first, out);
	write_first_form(relay.again, out);
}

const struct rule_row rule_relay = { "relay", run_relay };

/* ---- spf: STATUS RECORDS [error | denies | passes] */

static void
run_spf(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct spf_result spf;

	spf_evaluate(facts, subject, arena, &spf);
	strbuf_printf(out, "%s %zu", status_of(spf.answer), spf.records);
	add_word(out, spf.text != NULL && spf.record.error != SPF_NO_ERROR, "error");
	add_word(out, spf_denies_all(&spf), "denies");
	add_word(out, spf_lets_some_pass(&spf), "passes");
}

const struct rule_row rule_spf = { "spf", run_spf };

/* ---- dkim: USABLE, then each key behind ';', then the node where no key is usable; - where a key
 * shows it */

static void
write_key(const struct dkim_key *key, struct strbuf *out)
{
	static const char *const faults[] = { "sound", "untidy", "unusable" };
	static const char *const origins[] = { "", " derived", " common" };
	const struct dkim_record *record = &key->record;

	strbuf_printf(
	    out, "; %s%s %s", key->selector, origins[key->origin], status_of(key->answer));
	add_word(out, key->wildcard, "wildcard");
	if (key->text == NULL)
		return;
	if (key->records != 1)
		strbuf_printf(out, " x%zu", key->records);
	add_word(out, true, faults[record->fault]);
	add_word(out, record->revoked, "revoked");
	if (record->fault != DKIM_UNUSABLE && !record->revoked)
		strbuf_printf(out, " %s %u", record->key_type, record->key.bits);
}

/* With the tables that the test has lent to the facts, of the domain's own exchanges and SPF. */
static void
run_dkim(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	const char *selectors, *domain = first_word(arena, subject, &selectors);
	struct dkim_hints hints = { .selectors = selectors, .sends = true };
	struct dkim_result dkim;
	struct mx_result mx;
	struct spf_result spf;

	mx_evaluate(facts, domain, arena, &mx);
	spf_evaluate(facts, domain, arena, &spf);
	hints.mx = &mx;
	hints.spf = spf.records == 1 ? &spf.tree : NULL;
	dkim_evaluate(facts, domain, &hints, arena, &dkim);
	strbuf_printf(out, "%zu", dkim.usable);
	for (size_t i = 0; i < dkim.count; i++)
		write_key(&dkim.keys[i], out);
	if (dkim.usable == 0)
		strbuf_printf(out, "; node %s", status_of(dkim.node));
	if (dkim.missed > 0)
		strbuf_printf(out, "; missed %zu", dkim.missed);
}

const struct rule_row rule_dkim = { "dkim", run_dkim };

/* ---- mta_sts, tls_rpt, bimi: as their cases say */

static void
write_alias(const struct dns_answer *answer, struct strbuf *out)
{
	if (answer != NULL && answer->aliases > 0)
		strbuf_add_string(out, alias_dangles(answer) ? " dangles" : " alias");
}

static void
write_problem(const char *problem, struct strbuf *out)
{
	if (problem != NULL)
		strbuf_printf(out, " problem %s", problem);
}

/* [at ADDRESS...] [not SPECIAL], then the look that stands, and what was read. */
static void
write_policy(const struct mta_sts_result *mta_sts, struct strbuf *out)
{
	const struct mta_sts_policy *policy = &mta_sts->policy;
	char text[IP_TEXT_MAX];

	for (size_t i = 0; mta_sts_record_valid(mta_sts) && i < mta_sts->address_count; i++)
		strbuf_printf(
		    out, "%s %s", i == 0 ? " at" : "", ip_format(&mta_sts->addresses[i], text));
	if (mta_sts->special != NULL)
		strbuf_printf(out, " not %s", mta_sts->special);
	if (mta_sts->look == NULL)
		return;
	strbuf_printf(out, "; %s %u", https_end_text(mta_sts->look->end), mta_sts->look->status);
	add_word(out, mta_sts->flap, "flap");
	if (mta_sts_fetched(mta_sts))
		strbuf_printf(out, " %s %u %zu", or_dash(mta_sts_mode_text(policy->mode)),
		    policy->max_age, policy->pattern_count);
	write_problem(policy->problem, out);
}

static void
run_mta_sts(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct mta_sts_result mta_sts;
	const struct dns_answer *host;

	mta_sts_evaluate(facts, subject, arena, &mta_sts);
	host = mta_sts_host_answer(&mta_sts);
	strbuf_printf(out, "%s %zu", status_of(mta_sts.txt), mta_sts.records);
	if (mta_sts.id != NULL)
		strbuf_printf(out, " id=%s", mta_sts.id);
	if (mta_sts.extensions > 0)
		strbuf_printf(out, " extensions=%zu", mta_sts.extensions);
	write_problem(mta_sts.problem, out);
	write_alias(mta_sts.txt, out);
	strbuf_printf(out, "; %s", status_of(host));
	write_alias(host, out);
	write_policy(&mta_sts, out);
}

const struct rule_row rule_mta_sts = { "mta_sts", run_mta_sts };

static void
run_tls_rpt(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	static const char *const takes[] = { "takes", "not", "unknown" };
	struct tls_rpt_result tls_rpt;

	tls_rpt_evaluate(facts, subject, arena, &tls_rpt);
	strbuf_printf(out, "%s %zu %zu/%zu", status_of(tls_rpt.txt), tls_rpt.records,
	    tls_rpt.usable, tls_rpt.uri_count);
	if (tls_rpt.extensions > 0)
		strbuf_printf(out, " extensions=%zu", tls_rpt.extensions);
	write_problem(tls_rpt.problem, out);
	for (size_t i = 0; i < tls_rpt.domain_count; i++)
		strbuf_printf(out, "; %s %s", tls_rpt.domains[i].name,
		    takes[tls_rpt.records == 1 ? tls_rpt.domains[i].takes : TAKES_MAIL_UNKNOWN]);
}

const struct rule_row rule_tls_rpt = { "tls_rpt", run_tls_rpt };

static void
run_bimi(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct bimi_result bimi;

	bimi_evaluate(facts, subject, arena, &bimi);
	strbuf_printf(out, "%s %zu", status_of(bimi.txt), bimi.records);
	add_word(out, bimi.declined, "declined");
	write_problem(bimi.problem, out);
}

const struct rule_row rule_bimi = { "bimi", run_bimi };

/* ---- running them */

void
rule_settle(
    const struct rule_row *rule, const char *subject, struct fact_table *table, struct strbuf *out)
{
	struct arena arena = { 0 };

	for (int pass = 0; pass < PASSES_MAX; pass++) {
		struct facts *facts = fact_table_pass(table);

		strbuf_reset(out);
		arena_free(&arena); /* not _reset: what a rule kept must not survive */
		rule->run(facts, subject, &arena, out);
		if (facts->unknown == 0) {
			arena_free(&arena);
			return;
		}
		if (!fact_table_reveal(table))
			fail_msg("%s at %s: it waits for nothing", rule->name, subject);
	}
	fail_msg("%s at %s: it never ends", rule->name, subject);
}

void
rule_cases_run(const struct rule_row *rule, const struct rule_case *cases, size_t count)
{
	struct strbuf out = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct fact_table table;

		fact_table_init(&table, cases[i].facts);
		rule_settle(rule, cases[i].subject, &table, &out);
		if (strcmp(out.at, cases[i].expected) != 0)
			fail_msg("%s: %s", cases[i].name, out.at);
		fact_table_free(&table);
	}
	strbuf_free(&out);
}

void
rule_cases_shuffle(
    const struct rule_row *rule, const struct rule_case *cases, size_t count, uint64_t seeds)
{
	struct strbuf fixed = { 0 }, shuffled = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct fact_table table;
		size_t questions;

		fact_table_init(&table, cases[i].facts);
		rule_settle(rule, cases[i].subject, &table, &fixed);
		questions = table.question_count;
		for (uint64_t seed = 1; seed <= seeds; seed++) {
			fact_table_hide(&table, seed);
			rule_settle(rule, cases[i].subject, &table, &shuffled);
			if (strcmp(shuffled.at, fixed.at) != 0)
				fail_msg(
				    "%s, seed %zu: %s", cases[i].name, (size_t)seed, shuffled.at);
			if (table.question_count > questions)
				fail_msg("%s, seed %zu: %zu questions, not %zu", cases[i].name,
				    (size_t)seed, table.question_count, questions);
		}
		fact_table_free(&table);
	}
	strbuf_free(&fixed);
	strbuf_free(&shuffled);
}
