/* What stands at the names of each kind, and what is to stand there. */
#include "publish/plan.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "publish/dmarc.h"
#include "publish/spf.h"
#include "publish/tls.h"
#include "rule/text_records.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the makers of a plan share. */
struct planning {
	struct facts *facts;
	const struct evaluation *e;
	const struct publish_wishes *wishes;
	struct arena *arena;
	struct publish_plan *out;
	const char *unseen; /* says of what is published that it could not be seen; or NULL */
};

/* ---- what is published */

static struct publish_record
record_of(enum dns_type type, const struct dns_record *record, struct arena *arena)
{
	if (type == DNS_MX)
		return (struct publish_record){ .type = DNS_MX,
			.host = strcmp(record->name, ".") == 0 ? "" : record->name,
			.preference = record->preference };
	return (struct publish_record){ .type = DNS_TXT,
		.text = arena_string_n(arena, record->text, record->length) };
}

static int
compare_exchanges(const void *a, const void *b)
{
	const struct publish_record *left = a, *right = b;

	if (left->preference != right->preference)
		return left->preference < right->preference ? -1 : 1;
	return strcmp(left->host, right->host);
}

/* A set at `name`, in a steady order, with all that stands there and passes the test (MX: all). */
static struct publish_set *
add_set(struct planning *p, const char *name, enum dns_type type, text_record_test is_of_kind)
{
	struct publish_set *set = &p->out->sets[p->out->count++];
	struct publish_record *published;

	*set = (struct publish_set){ .name = name, .wanted.type = type };
	set->answer = facts_dns_confirmed(p->facts, name, type);
	if (set->answer == NULL)
		return set;
	if (!dns_is_answer(set->answer) && set->answer->status != DNS_NOT_RECORDED)
		p->unseen = arena_printf(p->arena,
		    "what is published at %s is not known (%s): nothing may be put in its place; "
		    "with --offline a record is made from nothing",
		    name, dns_status_text(set->answer->status));
	published = arena_zeroed(p->arena, set->answer->count, sizeof *published);
	for (size_t i = 0; i < set->answer->count; i++) {
		const struct dns_record *record = &set->answer->records[i];

		if (is_of_kind == NULL || is_of_kind(record->text, record->length))
			published[set->published_count++] = record_of(type, record, p->arena);
	}
	if (type == DNS_MX) /* texts come sorted */
		qsort(published, set->published_count, sizeof *published, compare_exchanges);
	set->published = published;
	return set;
}

static const char *
first_text(const struct publish_set *set)
{
	return set->published_count == 0 ? NULL : set->published[0].text;
}

static bool
is_any_text(const char *text, size_t length)
{
	(void)text;
	(void)length;
	return true;
}

/* ---- the kinds */

static void
plan_dmarc_from(struct planning *p, enum publish_dmarc_start start)
{
	const char *name = arena_printf(p->arena, "_dmarc.%s", p->e->domain);
	struct publish_set *set = add_set(p, name, DNS_TXT, dmarc_record_is);

	set->wanted.text =
	    publish_dmarc(first_text(set), start, p->wishes, p->arena, &p->out->remarks);
}

static void
plan_dmarc(struct planning *p)
{
	plan_dmarc_from(p, PUBLISH_DMARC_FIRST_STEP);
}

static void
plan_spf(struct planning *p)
{
	struct publish_set *set = add_set(p, p->e->domain, DNS_TXT, spf_record_is);
	const char **texts = arena_zeroed(p->arena, set->published_count, sizeof *texts);

	for (size_t i = 0; i < set->published_count; i++)
		texts[i] = set->published[i].text;
	set->wanted.text = publish_spf(texts, set->published_count, p->e->mx.host_count > 0,
	    p->wishes, p->arena, &p->out->remarks);
}

static void
plan_mta_sts(struct planning *p)
{
	const char *name = arena_printf(p->arena, "_mta-sts.%s", p->e->domain);
	struct publish_set *set = add_set(p, name, DNS_TXT, mta_sts_record_is);
	struct publish_mta_sts sts = { NULL, NULL };

	if (!publish_mta_sts(
		&p->e->mx, p->facts->run->now, p->wishes, p->arena, &p->out->remarks, &sts))
		return;
	set->wanted.text = sts.record;
	p->out->file_url =
	    arena_printf(p->arena, "https://mta-sts.%s/.well-known/mta-sts.txt", p->e->domain);
	p->out->file_text = sts.policy;
}

static void
plan_tls_rpt(struct planning *p)
{
	const char *name = arena_printf(p->arena, "_smtp._tls.%s", p->e->domain);
	struct publish_set *set = add_set(p, name, DNS_TXT, tls_rpt_record_is);

	set->wanted.text = publish_tls_rpt(first_text(set), p->wishes, p->arena, &p->out->remarks);
}

static void
plan_null_mx(struct planning *p)
{
	struct publish_set *set = add_set(p, p->e->domain, DNS_MX, NULL);

	set->wanted.host = "";
}

/* The set of a name that is not for mail: it takes none, sends none, signs none. */
static void
plan_parked(struct planning *p)
{
	const char *keys = arena_printf(p->arena, "*._domainkey.%s", p->e->domain);

	plan_null_mx(p);
	add_set(p, p->e->domain, DNS_TXT, spf_record_is)->wanted.text = "v=spf1 -all";
	add_set(p, keys, DNS_TXT, is_any_text)->wanted.text = "v=DKIM1; p=";
	plan_dmarc_from(p, PUBLISH_DMARC_PARKED);
}

static const struct {
	const char *name;
	void (*plan)(struct planning *p);
	bool sets, terms; /* which wishes it knows: --set; --add and --remove */
} kinds[PUBLISH_KINDS] = {
	[PUBLISH_DMARC] = { "dmarc", plan_dmarc, true, false },
	[PUBLISH_SPF] = { "spf", plan_spf, false, true },
	[PUBLISH_MTA_STS] = { "mta-sts", plan_mta_sts, true, false },
	[PUBLISH_TLS_RPT] = { "tls-rpt", plan_tls_rpt, true, false },
	[PUBLISH_NULL_MX] = { "null-mx", plan_null_mx, false, false },
	[PUBLISH_PARKED] = { "parked", plan_parked, true, false },
};

bool
publish_kind_parse(const char *name, enum publish_kind *kind_out)
{
	for (size_t i = 0; i < PUBLISH_KINDS; i++)
		if (strcmp(kinds[i].name, name) == 0) {
			*kind_out = (enum publish_kind)i;
			return true;
		}
	return false;
}

static const char *
unmet_wish(enum publish_kind kind, const struct publish_wishes *wishes)
{
	if (wishes->set.count > 0 && !kinds[kind].sets)
		return "--set is for dmarc, mta-sts, tls-rpt and parked";
	if (wishes->add.count + wishes->remove.count > 0 && !kinds[kind].terms)
		return "--add and --remove are for spf";
	return NULL;
}

void
publish_plan_make(struct facts *facts, enum publish_kind kind, const struct evaluation *e,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_plan *out)
{
	struct planning planning = { facts, e, wishes, arena, out, NULL };

	*out = (struct publish_plan){ .count = 0 };
	out->remarks.problem = unmet_wish(kind, wishes);
	if (out->remarks.problem == NULL)
		kinds[kind].plan(&planning);
	if (planning.unseen != NULL)
		out->remarks.problem = planning.unseen;
}

/* What an evaluation has seen of the records that are planned. */
struct seen {
	struct facts facts; /* first member */
	const struct evaluation *e;
};

static const struct dns_answer *
seen_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	const struct evaluation *e = ((struct seen *)facts)->e;
	const struct {
		enum dns_type type;
		const char *below; /* the label before the domain */
		const struct dns_answer *answer;
	} answers[] = {
		{ DNS_MX, "", e->mx.mx },
		{ DNS_TXT, "", e->spf.answer },
		{ DNS_TXT, "_dmarc.",
		    e->dmarc.walk.count == 0 ? NULL : e->dmarc.walk.steps[0].answer },
		{ DNS_TXT, "_mta-sts.", e->mta_sts.txt },
		{ DNS_TXT, "_smtp._tls.", e->tls_rpt.txt },
	};

	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		size_t below = strlen(answers[i].below);

		if (answers[i].type == type && answers[i].answer != NULL &&
		    strncmp(name, answers[i].below, below) == 0 &&
		    strcmp(name + below, e->domain) == 0)
			return answers[i].answer;
	}
	return facts_nothing.dns(facts, name, type, confirmed);
}

static const struct facts_source seen_source = { .dns = seen_dns };

void
publish_plan_of(enum publish_kind kind, const struct evaluation *e,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_plan *out)
{
	struct seen seen = { { &seen_source, e->run, 0 }, e };

	publish_plan_make(&seen.facts, kind, e, wishes, arena, out);
}

/* ---- sets */

bool
publish_set_stands(const struct publish_set *set)
{
	return set->published_count == 1 && publish_record_equal(&set->published[0], &set->wanted);
}

static bool
is_replaced(const struct publish_set *set, const struct dns_record *record, struct arena *arena)
{
	struct publish_record have = record_of(set->wanted.type, record, arena);

	for (size_t i = 0; i < set->published_count; i++)
		if (publish_record_equal(&set->published[i], &have))
			return true;
	return false;
}

static void
fill_record(const struct publish_record *from, struct dns_record *out)
{
	if (from->type == DNS_MX) {
		out->name = *from->host == '\0' ? "." : from->host;
		out->preference = from->preference;
	} else {
		out->text = from->text;
		out->length = strlen(from->text);
		out->strings = 1;
	}
}

const struct dns_answer *
publish_set_answer(
    const struct publish_set *set, const char *name, enum dns_type type, struct arena *arena)
{
	struct dns_answer *answer;
	struct dns_record *records;

	if (set->answer == NULL || type != set->wanted.type || strcasecmp(name, set->name) != 0)
		return NULL;
	answer = arena_copy(arena, set->answer, sizeof *answer);
	records = arena_zeroed(arena, set->answer->count + 1, sizeof *records);
	answer->count = 0;
	for (size_t i = 0; i < set->answer->count; i++)
		if (!is_replaced(set, &set->answer->records[i], arena))
			records[answer->count++] = set->answer->records[i];
	fill_record(&set->wanted, &records[answer->count++]);
	answer->records = records;
	answer->status = DNS_DATA;
	return answer;
}

void
publish_set_write(struct strbuf *out, const struct publish_set *set)
{
	strbuf_printf(out, "%s. IN %s ", set->name, dns_type_text(set->wanted.type));
	publish_record_write(out, &set->wanted);
}
