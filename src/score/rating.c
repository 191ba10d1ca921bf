/* From the results of the checks to points, score, grade and verdict. */
#include "score/scorecard.h"
#include "score/weights.h"

#include <stdio.h>
#include <string.h>

/* Untested counts in a point only where it matters, or where nothing else was tested. */
static enum outcome
point_outcome(const struct scorecard *card, enum point point)
{
	static const enum outcome order[] = { OUTCOME_FAIL, OUTCOME_WARN, OUTCOME_NOT_TESTED,
		OUTCOME_INFO, OUTCOME_PASS };
	bool seen[OUTCOME_COUNT] = { false }, tested = false, any = false, minor_untested = false;

	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];
		enum outcome outcome = result->finding.outcome;

		if (result->check->point != point)
			continue;
		any = true;
		tested = tested || outcome_is_tested(outcome);
		if (outcome == OUTCOME_NOT_TESTED &&
		    (!result->in_set || result->check->class < CLASS_MAJOR))
			minor_untested = true;
		else
			seen[outcome] = true;
	}
	if (!any || (!tested && minor_untested))
		return OUTCOME_NOT_TESTED;
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		if (seen[order[i]])
			return order[i];
	return OUTCOME_NOT_APPLICABLE;
}

/* Products of whole weights and quotients: what is half but for the last bit is half. */
static int
half_up(double value)
{
	return (int)(value + 0.5 + 1e-9);
}

static double
coverage(const struct check_result *result)
{
	return result->applicable == 0 ? 0 : (double)result->tested / (double)result->applicable;
}

/* The checks that a score is made of. */
enum score_set {
	SET_SCORE, /* core checks, and what has an option of its own */
	SET_FULL,  /* deep ones too, and those to opt in */
};

static bool
is_in_set(const struct check_result *result, enum score_set set)
{
	return set == SET_FULL ? result->in_set : result->scored;
}

/* One critical failure must show, whatever else is fine; some let others take mail over. */
static int
score_ceiling(const struct scorecard *card, enum score_set set)
{
	static const int ceilings[] = { 100, 79, 64, 49, 29 };
	size_t failures = 0;

	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (!is_in_set(result, set) || result->finding.outcome != OUTCOME_FAIL)
			continue;
		if (result->check->fatal)
			return 19;
		failures += result->check->class == CLASS_CRITICAL;
	}
	return ceilings[failures < 4 ? failures : 4];
}

struct sums {
	double reached, tested, all;
};

static struct sums
sum_up(const struct scorecard *card, enum score_set set, const struct weights *weights)
{
	static const double credits[] = { 1, 1, 0.5, 0 };
	struct sums sums = { 0 };

	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];
		double weight = weights_of(weights, result->check);

		if (!is_in_set(result, set) || result->finding.outcome == OUTCOME_NOT_APPLICABLE)
			continue;
		sums.all += weight;
		if (!outcome_is_tested(result->finding.outcome))
			continue;
		sums.tested += weight * coverage(result);
		sums.reached += weight * coverage(result) * credits[result->finding.outcome];
	}
	return sums;
}

static int
raw_score(struct sums sums)
{
	return sums.tested > 0 ? half_up(100 * sums.reached / sums.tested) : SCORE_NONE;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static void
set_score(struct scorecard *card, const struct weights *weights)
{
	struct sums sums = sum_up(card, SET_SCORE, weights);

	card->score_raw = raw_score(sums);
	card->score = least(card->score_raw, score_ceiling(card, SET_SCORE));
	card->confidence = sums.all > 0 ? half_up(100 * sums.tested / sums.all) : 0;
	card->score_full =
	    least(raw_score(sum_up(card, SET_FULL, weights)), score_ceiling(card, SET_FULL));
}

static void
set_grade(struct scorecard *card)
{
	static const struct {
		int least;
		char grade;
	} grades[] = { { 90, 'A' }, { 80, 'B' }, { 65, 'C' }, { 50, 'D' }, { 30, 'E' },
		{ 0, 'F' } };
	size_t i = 0;

	if (card->confidence < 50 || card->score == SCORE_NONE) {
		strcpy(card->grade, "-");
		return;
	}
	while (card->score < grades[i].least)
		i++;
	snprintf(card->grade, sizeof card->grade, "%c%s", grades[i].grade,
	    card->confidence < 80 ? "?" : "");
}

static bool
any_result(const struct scorecard *card, enum outcome outcome, enum check_class least,
    enum check_class most)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (result->scored && result->finding.outcome == outcome &&
		    result->check->class >= least && result->check->class <= most)
			return true;
	}
	return false;
}

static enum verdict
verdict_of(const struct scorecard *card)
{
	if (card->e->domain == NULL)
		return VERDICT_INVALID_INPUT;
	if (any_result(card, OUTCOME_FAIL, CLASS_MAJOR, CLASS_CRITICAL))
		return VERDICT_FAIL;
	if (any_result(card, OUTCOME_FAIL, CLASS_MINOR, CLASS_MINOR) ||
	    any_result(card, OUTCOME_WARN, CLASS_NONE, CLASS_CRITICAL))
		return VERDICT_WARN;
	return card->confidence < 50 ? VERDICT_NOT_TESTED : VERDICT_PASS;
}

static const struct check_result *
worst_result(const struct scorecard *card)
{
	const struct check_result *worst = NULL;

	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];
		enum outcome outcome = result->finding.outcome;

		if (!result->scored ||
		    (outcome != OUTCOME_FAIL && outcome != OUTCOME_WARN && outcome != OUTCOME_INFO))
			continue;
		if (worst == NULL || outcome_is_worse(outcome, worst->finding.outcome) ||
		    (outcome == worst->finding.outcome &&
			result->check->class > worst->check->class))
			worst = result;
	}
	return worst;
}

void
scorecard_rate(struct scorecard *card, const struct weights *weights)
{
	memset(card->counts, 0, sizeof card->counts);
	for (size_t i = 0; i < card->count; i++)
		card->counts[card->results[i].finding.outcome]++;
	for (int point = 0; point < POINT_COUNT; point++)
		card->points[point] = point_outcome(card, (enum point)point);
	set_score(card, weights);
	set_grade(card);
	card->verdict = verdict_of(card);
	card->worst = worst_result(card);
}

const char *
verdict_text(enum verdict verdict)
{
	static const char *const texts[VERDICT_COUNT] = { "pass", "warn", "fail", "not_tested",
		"invalid_input" };

	return texts[verdict];
}
