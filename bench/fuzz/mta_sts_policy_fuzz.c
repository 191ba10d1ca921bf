/*
 * A policy of MTA-STS. One that is usable has all that a policy needs, and written again it is the
 * same; its patterns are host names in lower case, and each covers a host made from it.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/strbuf.h"
#include "names/host_name.h"
#include "rule/mta_sts_policy.h"

#include <string.h>

static void
check_pattern(const struct mta_sts_policy *policy, const char *pattern, struct arena *arena)
{
	bool wildcard = strncmp(pattern, "*.", 2) == 0;
	const char *name = wildcard ? pattern + 2 : pattern;
	const char *host = wildcard ? arena_printf(arena, "x.%s", name) : name;
	enum host_name_fault fault;

	must(host_name_valid(name, &fault) || fault == HOST_NAME_SINGLE_LABEL);
	for (const char *at = pattern; *at != '\0'; at++)
		must(!ascii_is_upper(*at));
	must(mta_sts_pattern_covers(pattern, host));
	must(mta_sts_policy_covers(policy, host));
	must(!mta_sts_pattern_covers(pattern, arena_printf(arena, "x.y.%s", name)));
	must(!wildcard || !mta_sts_pattern_covers(pattern, name));
}

static void
check_rewritten(const struct mta_sts_policy *policy, struct arena *arena)
{
	struct strbuf text = { 0 };
	struct mta_sts_policy again;

	strbuf_printf(&text, "version: STSv1\r\nmode: %s\r\nmax_age: %u\r\n",
	    mta_sts_mode_text(policy->mode), policy->max_age);
	for (size_t i = 0; i < policy->pattern_count; i++)
		strbuf_printf(&text, "mx: %s\r\n", policy->patterns[i]);
	if (text.length <= MTA_STS_POLICY_MAX) {
		mta_sts_policy_parse(arena, text.at, text.length, &again);
		must(again.fault == MTA_STS_SOUND && again.mode == policy->mode);
		must(again.max_age == policy->max_age);
		must(again.pattern_count == policy->pattern_count);
	}
	strbuf_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena arena = { 0 };
	struct mta_sts_policy policy;

	mta_sts_policy_parse(&arena, (const char *)bytes, size, &policy);
	must((policy.fault == MTA_STS_SOUND) == (policy.problem == NULL));
	must(policy.problem_line <= size + 1);
	must(policy.max_age <= MTA_STS_MAX_AGE_MAX);
	for (size_t i = 0; i < policy.pattern_count; i++)
		check_pattern(&policy, policy.patterns[i], &arena);
	if (policy.fault != MTA_STS_UNUSABLE) {
		must(size <= MTA_STS_POLICY_MAX);
		must(policy.has_version && policy.has_max_age);
		must(policy.mode == MTA_STS_NONE || policy.pattern_count > 0);
		must(mta_sts_mode_text(policy.mode) != NULL);
		check_rewritten(&policy, &arena);
	}
	arena_free(&arena);
	return 0;
}
