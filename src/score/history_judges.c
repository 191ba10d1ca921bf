/* Judges of what has changed, and of what has not for long. */
#include "score/history_judges.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/key_values.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

enum {
	SECONDS_A_DAY = 86400,
	KEY_AGE_DAYS = 365, /* when a key is old */
	SHOWN_MAX = 200,    /* octets of a value */
};

static int64_t
days_since(const struct judged *j, int64_t when)
{
	return (j->e->run->now - when) / SECONDS_A_DAY;
}

/* ---- policy.change */

static const char *
shown(const char *value)
{
	return *value == '\0' ? "none" : value;
}

static void
add_change(struct strbuf *out, const char *name, const char *before, const char *now)
{
	strbuf_printf(out, "%s%s: %.*s, now %.*s", out->length > 0 ? "; " : "", name, SHOWN_MAX,
	    shown(before), SHOWN_MAX, shown(now));
}

/* How many values both nights know; those that differ are added. */
static size_t
compare_values(const struct judged *j, struct strbuf *out)
{
	struct key_values values;
	size_t known = 0;

	key_values_of(j->e, j->arena, &values);
	for (int i = 0; i < KEY_VALUES; i++) {
		const char *name = key_value_text((enum key_value)i), *now = values.at[i];
		const struct history_entry *before = history_fact_find(j->e->history, name, NULL);

		if (before == NULL || now == NULL)
			continue;
		known++;
		if (strcmp(before->text, now) != 0)
			add_change(out, name, before->text, now);
	}
	return known;
}

struct finding
history_judge_change(const struct judged *j)
{
	struct strbuf text = { 0 };
	struct finding finding = finding_pass(NULL);
	size_t known;

	if (j->e->history == NULL)
		return finding_untested(REASON_NO_HISTORY);
	known = compare_values(j, &text);
	if (text.length > 0)
		finding = finding_info(arena_string(j->arena, text.at));
	else if (known == 0)
		finding = dns_is_answer(j->e->mx.mx) ? finding_untested(REASON_NO_HISTORY)
						     : finding_of_dns(j->e->mx.mx);
	strbuf_free(&text);
	return finding;
}

/* ---- dkim.key-age */

struct finding
history_judge_key_age(const struct judged *j)
{
	const struct dkim_key *key = j->key;
	const struct history_entry *entry;
	int64_t days;

	if (!dns_is_answer(key->answer))
		return finding_of_dns(key->answer);
	if (key->record.octets == NULL)
		return finding_not_applicable(CAUSE_PREREQUISITE_FAILED);
	if (j->e->history == NULL)
		return finding_untested(REASON_NO_HISTORY);
	entry = history_fact_find(j->e->history, "dkim_key",
	    arena_printf(j->arena, "%s:%s", key->selector,
		key_values_digest(key->record.octets, key->record.octet_count, j->arena)));
	if (entry == NULL)
		return finding_pass("new since the last night");
	days = days_since(j, entry->since);
	return days > KEY_AGE_DAYS
	    ? finding_info(arena_printf(j->arena, "unchanged for %" PRId64 " days", days))
	    : finding_pass(arena_printf(j->arena, "%s %" PRId64 " days",
		  entry->began ? "published for" : "known, and unchanged, for", days));
}

/* ---- dnsbl.listing-age */

static const char *
day_text(const struct judged *j, int64_t when)
{
	char text[sizeof "2026-11-24"];
	time_t seconds = (time_t)when;
	struct tm tm;

	if (gmtime_r(&seconds, &tm) == NULL || strftime(text, sizeof text, "%F", &tm) == 0)
		return "?";
	return arena_string(j->arena, text);
}

struct finding
history_listing_age(const struct judged *j)
{
	const struct list_word *word = j->word;
	const struct history_entry *entry;

	if (j->e->history == NULL)
		return finding_untested(REASON_NO_HISTORY);
	entry = history_fact_find(j->e->history, "listing",
	    arena_printf(j->arena, "%s %s", word->list->zone, j->address->text));
	if (entry == NULL)
		return finding_info("listed since the last night");
	return finding_info(arena_printf(j->arena,
	    "%" PRId64 " days: listed since %s, seen in %" PRIu64 " nights before",
	    days_since(j, entry->since), day_text(j, entry->since), entry->nights));
}

/* ---- mta_sts */

bool
history_id_is_younger(const struct judged *j, int64_t days)
{
	const struct history_entry *entry;

	if (j->e->history == NULL || j->e->mta_sts.id == NULL)
		return false;
	entry = history_fact_find(j->e->history, key_value_text(KEY_MTA_STS), NULL);
	if (entry == NULL)
		return false;
	if (strcmp(entry->text, j->e->mta_sts.id) != 0)
		return true;
	return entry->began && days_since(j, entry->since) < days;
}

struct finding
history_judge_id_change(const struct judged *j)
{
	const struct history_entry *id, *policy;
	struct key_values values;

	if (j->e->history == NULL)
		return finding_untested(REASON_NO_HISTORY);
	id = history_fact_find(j->e->history, key_value_text(KEY_MTA_STS), NULL);
	policy = history_fact_find(j->e->history, "policy", NULL);
	key_values_of(j->e, j->arena, &values);
	if (id == NULL || policy == NULL)
		return finding_untested(REASON_NO_HISTORY);
	if (values.policy == NULL)
		return finding_untested(REASON_PREREQUISITE);
	if (strcmp(values.policy, policy->text) == 0)
		return finding_pass(NULL);
	if (values.at[KEY_MTA_STS] != NULL && strcmp(values.at[KEY_MTA_STS], id->text) != 0)
		return finding_pass("policy and id have changed");
	return finding_warn(
	    arena_printf(j->arena, "the policy changed, the id is still %s", id->text));
}
