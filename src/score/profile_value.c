/* What the checks found, in words that a profile can ask for. */
#include "score/profile_value.h"

#include "base/arena.h"
#include "base/ascii.h"

#include <stdlib.h>
#include <string.h>

static const char *
lowered(const char *text, struct arena *arena)
{
	char *copy = arena_string(arena, text);

	ascii_lower_text(copy);
	return copy;
}

static const char *
dmarc_location(
    const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	static const char *const words[] = {
		[DMARC_NONE] = "none",
		[DMARC_OWN] = "own",
		[DMARC_ORG] = "org",
		[DMARC_PSD] = "psd",
	};

	(void)subject;
	(void)arena;
	return words[e->dmarc.location];
}

static const char *
dmarc_policy(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)subject;
	(void)arena;
	return dmarc_policy_text(e->dmarc.effective[DMARC_THE_NAME]);
}

static const char *
dmarc_tag(const struct evaluation *e, const char *name, struct arena *arena)
{
	const struct tag *tag =
	    e->dmarc.applying == NULL ? NULL : tag_list_find(&e->dmarc.record.tags, name);

	return tag == NULL ? NULL : lowered(tag->value, arena);
}

static const char *
dmarc_pct(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)subject;
	return dmarc_tag(e, "pct", arena);
}

static const char *
dmarc_rua(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	const struct dmarc_uris *rua = &e->dmarc.record.rua;
	const char *list = "";

	(void)subject;
	for (size_t i = 0; e->dmarc.applying != NULL && i < rua->count; i++)
		list = arena_printf(arena, "%s%s%s", list, i > 0 ? " " : "", rua->at[i].text);
	return *list == '\0' ? NULL : lowered(list, arena);
}

static const char *
dkim_node(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)subject;
	(void)arena;
	if (e->dkim.node_is_wildcard)
		return "wildcard";
	return e->dkim.no_node ? "nxdomain" : "exists";
}

/* A check whose pass means yes. */
static const char *
passed(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)e;
	(void)arena;
	return subject->finding.outcome == OUTCOME_PASS ? "yes" : "no";
}

static const char *
key_bits(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	for (size_t i = 0; i < e->dkim.count; i++)
		if (strcmp(e->dkim.keys[i].selector, subject->subject) == 0)
			return arena_printf(arena, "%u", e->dkim.keys[i].record.key.bits);
	return NULL;
}

static const char *
spf_lookups(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)subject;
	return arena_printf(arena, "%u", spf_tree_lookups(&e->spf.tree));
}

static const char *
spf_default(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)subject;
	(void)arena;
	switch (spf_tree_default(&e->spf.tree).qualifier) {
	case '-':
		return "fail";
	case '~':
		return "softfail";
	case '+':
		return "pass";
	default:
		return "neutral";
	}
}

static const char *
mta_sts_mode(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)subject;
	(void)arena;
	return mta_sts_mode_text(e->mta_sts.policy.mode);
}

static const char *
row_role(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	(void)subject;
	(void)arena;
	return role_text(e->role);
}

static const struct smtp_observation *
session_of(const struct evaluation *e, const struct subject_finding *subject)
{
	for (size_t i = 0; i < e->address_count; i++)
		if (e->addresses[i].text == subject->ip)
			return e->addresses[i].looks.better;
	return NULL;
}

static const char *
cipher(const struct evaluation *e, const struct subject_finding *subject, struct arena *arena)
{
	const struct smtp_observation *seen = session_of(e, subject);

	return seen == NULL ? NULL : lowered(seen->tls_cipher, arena);
}

static const char value[] = "value";

static const struct profile_value values[] = {
	{ "domain.role", value, false, row_role },
	{ "delegation.ns-count", value, true, NULL },
	{ "delegation.ns-ipv6", value, true, NULL },
	{ "mx.provider", value, false, NULL },
	{ "mx.count", value, true, NULL },
	{ "host.address-count", value, true, NULL },
	{ "ptr.count", value, true, NULL },
	{ "spf.lookup-limit", value, true, spf_lookups },
	{ "spf.default", value, false, spf_default },
	{ "dkim.node", value, false, dkim_node },
	{ "dkim.key-size", value, true, key_bits },
	{ "dkim.parked", value, false, passed },
	{ "dmarc.present", value, false, dmarc_location },
	{ "dmarc.policy-strength", value, false, dmarc_policy },
	{ "dmarc.obsolete-tags", "pct", true, dmarc_pct },
	{ "dmarc.rua", value, false, dmarc_rua },
	{ "mta_sts.mode", value, false, mta_sts_mode },
	{ "mta_sts.max-age", value, true, NULL },
	{ "tls.version", value, false, NULL },
	{ "tls.cipher", value, false, cipher },
	{ "policy.placement", value, false, NULL },
};

const struct profile_value *
profile_value_find(const char *check_id, const char *name)
{
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (strcmp(values[i].check, check_id) == 0 && strcmp(values[i].name, name) == 0)
			return &values[i];
	return NULL;
}

static bool
is_word_of(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = list; (at = strstr(at, word)) != NULL; at++)
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

/* A number that is not there is neither high nor low enough. */
static bool
compare(enum profile_test_kind kind, const char *found, const char *operand)
{
	char *end;
	long number = found == NULL ? 0 : strtol(found, &end, 10);
	long bound = strtol(operand, NULL, 10);

	if (found == NULL || end == found)
		return false;
	return kind == TEST_LEAST ? number >= bound : number <= bound;
}

static bool
operand_holds(enum profile_test_kind kind, const char *found, const char *operand)
{
	switch (kind) {
	case TEST_IS:
		return strcmp(found == NULL ? "absent" : found, operand) == 0;
	case TEST_HAS:
		return found != NULL && is_word_of(found, operand);
	case TEST_WITHOUT:
		return found == NULL || strstr(found, operand) == NULL;
	case TEST_LEAST:
	case TEST_MOST:
		return compare(kind, found, operand);
	}
	return false;
}

bool
profile_test_holds(const struct profile_test *test, const struct evaluation *e,
    const struct subject_finding *subject, struct arena *arena)
{
	bool any = test->kind == TEST_IS; /* of several words it is one */
	const char *found;

	if (test->value == NULL)
		return true;
	found = test->value->normal != NULL  ? test->value->normal(e, subject, arena)
	    : subject->finding.value == NULL ? NULL
					     : lowered(subject->finding.value, arena);
	for (size_t i = 0; i < test->operand_count; i++)
		if (operand_holds(test->kind, found, test->operands[i]) == any)
			return any;
	return !any;
}
