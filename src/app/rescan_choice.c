/* What --rescan chooses. */
#include "app/rescan_choice.h"

#include "app/duration.h"
#include "base/strbuf.h"
#include "score/scorecard.h"

#include <inttypes.h>
#include <string.h>
#include <sysexits.h>

#define OLDER_MOST (UINT64_C(36500) * 86400000) /* a hundred years: more is a slip */

static const char older[] = "older=";

static const struct {
	const char *name;
	size_t offset; /* of its bool */
} words[] = {
	{ "failed", offsetof(struct option_rescan, failed) },
	{ "not_tested", offsetof(struct option_rescan, not_tested) },
	{ "changed", offsetof(struct option_rescan, changed) },
};

int
rescan_choice_add(struct option_rescan *choice, const char *word, struct error *error)
{
	if (strncmp(word, older, sizeof older - 1) == 0) {
		choice->older = true;
		return duration_check(
		    word + sizeof older - 1, 0, OLDER_MOST, &choice->older_ms, error);
	}
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(words[i].name, word) != 0)
			continue;
		*(bool *)((char *)choice + words[i].offset) = true;
		return 0;
	}
	return error_set(error, EX_USAGE,
	    "'%s' is none of failed, not_tested, older=DURATION and changed; failed,older=7d would "
	    "be right",
	    word);
}

void
rescan_choice_text(const struct option_rescan *choice, struct strbuf *out)
{
	const char *comma = "";

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (!*(const bool *)((const char *)choice + words[i].offset))
			continue;
		strbuf_printf(out, "%s%s", comma, words[i].name);
		comma = ",";
	}
	if (choice->older)
		strbuf_printf(out, "%s%s%" PRIu64 "ms", comma, older, choice->older_ms);
}

bool
rescan_choice_judges(const struct option_rescan *choice)
{
	return choice->failed || choice->not_tested;
}

/*
 * Reasons that stay what they are however often one asks the domain: they hang on the row, the
 * options or this machine. What block lists leave open is asked anew anyway, for no such answer is
 * taken; so are the sessions that were not had.
 */
static bool
stays(enum reason reason)
{
	static const bool staying[REASON_COUNT] = {
		[REASON_INVALID_INPUT] = true,
		[REASON_NO_VALIDATING_RESOLVER] = true,
		[REASON_WILDCARD_ANSWER] = true,
		[REASON_NO_LOCAL_IPV4] = true,
		[REASON_NO_LOCAL_IPV6] = true,
		[REASON_PROVIDER_SAMPLED] = true,
		[REASON_NO_TOUCH] = true,
		[REASON_NON_ROUTABLE_TARGET] = true,
		[REASON_TLS_UNSUPPORTED_HERE] = true,
		[REASON_NO_TRUST_STORE] = true,
		[REASON_LIST_UNAVAILABLE] = true,
		[REASON_LIST_REFUSED] = true,
		[REASON_LIST_QUOTA] = true,
		[REASON_LIST_NO_KEY] = true,
		[REASON_LIST_UNCONFIRMED] = true,
		[REASON_NO_SELECTOR_KNOWN] = true,
		[REASON_NO_DATA_FILE] = true,
		[REASON_NO_HISTORY] = true,
		[REASON_SKIPPED] = true,
		[REASON_OPT_IN_OFF] = true,
		[REASON_NOT_OWN_HOST] = true,
		[REASON_PREREQUISITE] = true,
	};

	return staying[reason];
}

static bool
lacks_a_test(const struct scorecard *card)
{
	if (card->verdict == VERDICT_NOT_TESTED)
		return true;
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (result->in_set && result->check->stage == STAGE_CORE &&
		    result->finding.outcome == OUTCOME_NOT_TESTED && !stays(result->finding.reason))
			return true;
	}
	return false;
}

bool
rescan_choice_wants(const struct option_rescan *choice, const struct scorecard *card)
{
	return (choice->failed && card->verdict == VERDICT_FAIL) ||
	    (choice->not_tested && lacks_a_test(card));
}
