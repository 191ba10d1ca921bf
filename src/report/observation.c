/* What is kept of a row's night. */
#include "report/observation.h"

#include "base/arena.h"
#include "base/strbuf.h"

#include <string.h>

static const char letters[OUTCOME_COUNT] = {
	[OUTCOME_PASS] = 'P',
	[OUTCOME_INFO] = 'I',
	[OUTCOME_WARN] = 'W',
	[OUTCOME_FAIL] = 'F',
	[OUTCOME_NOT_TESTED] = 'T',
	[OUTCOME_NOT_APPLICABLE] = 'N',
};

static const char *const about_history[] = { "policy.change", "dkim.key-age", "dnsbl.listing-age",
	"mta_sts.id-change" };

bool
observation_leaves_out(const struct check *check)
{
	for (size_t i = 0; i < sizeof about_history / sizeof about_history[0]; i++)
		if (strcmp(check->id, about_history[i]) == 0)
			return true;
	return false;
}

char
observation_letter(const struct check_result *result)
{
	return result->in_set ? letters[result->finding.outcome] : '-';
}

const char *
observation_letter_text(char letter)
{
	for (int i = 0; i < OUTCOME_COUNT; i++)
		if (letters[i] == letter)
			return outcome_text((enum outcome)i);
	return "";
}

/* Adds the cells of one check that list something; true when some list was had. */
static bool
add_listings(const struct check_result *result, struct strbuf *out)
{
	bool had = false;

	for (size_t i = 0; result != NULL && i < result->subject_count; i++) {
		const struct subject_finding *cell = &result->subjects[i];

		had = had || outcome_is_tested(cell->finding.outcome);
		if (outcome_is_bad(cell->finding.outcome) || cell->finding.outcome == OUTCOME_INFO)
			strbuf_printf(out, "%s%s", out->length > 0 ? ", " : "", cell->subject);
	}
	return had;
}

static const char *
listed_value(const struct scorecard *card, struct arena *arena)
{
	struct strbuf text = { 0 };
	const char *value = NULL;
	bool addresses = add_listings(row_result(card, "dnsbl.address"), &text);
	bool names = add_listings(row_result(card, "dnsbl.domain"), &text);

	if (addresses || names)
		value = text.length == 0 ? "" : arena_string(arena, text.at);
	strbuf_free(&text);
	return value;
}

void
observation_of(const struct report_row *row, struct arena *arena, struct observation *out)
{
	const struct scorecard *card = row->card;
	const struct evaluation *e = card->e;
	const struct finding *role = row_finding(card, "domain.role");

	memset(out, 0, sizeof *out);
	out->domain = e->domain;
	out->verdict = verdict_text(card->verdict);
	out->score = card->score;
	out->confidence = card->confidence;
	out->grade = card->grade;
	key_values_of(e, arena, &out->values);
	if (role != NULL && outcome_is_tested(role->outcome) && !e->missing)
		out->role = role_text(e->role);
	out->listed = listed_value(card, arena);
}
