/* Counting over all rows. */
#include "report/tally.h"

#include <stdio.h>
#include <time.h>

static void
add_checks(struct tally *tally, const struct scorecard *card)
{
	tally->check_count = card->count;
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		tally->named[i] = result->check;
		if (!result->in_set)
			continue;
		tally->checks[i][result->finding.outcome]++;
		if (result->finding.outcome == OUTCOME_NOT_TESTED)
			tally->reasons[result->finding.reason]++;
	}
}

static void
add_profiles(struct tally *tally, const struct scorecard *card)
{
	for (size_t i = 0; i < card->profile_count && i < TALLY_PROFILES_MAX; i++) {
		tally->profiles[i].profile = card->profiles[i].profile;
		tally->profiles[i].words[card->profiles[i].word]++;
		tally->profile_count = i + 1;
	}
}

void
tally_add(struct tally *tally, const struct report_row *row)
{
	const struct scorecard *card = row->card;

	tally->rows++;
	tally->verdicts[card->verdict]++;
	for (size_t point = 0; point < POINT_COUNT; point++)
		tally->points[point][card->points[point]]++;
	tally->weights = card->weights;
	add_checks(tally, card);
	add_profiles(tally, card);
	if (card->score != SCORE_NONE) {
		tally->scored++;
		tally->scores += (uint64_t)card->score;
	}
	if (tally->first_scan == 0 || row->scanned_at < tally->first_scan)
		tally->first_scan = row->scanned_at;
	if (row->scanned_at > tally->last_scan)
		tally->last_scan = row->scanned_at;
}

double
tally_mean_score(const struct tally *tally)
{
	return tally->scored == 0 ? 0 : (double)tally->scores / (double)tally->scored;
}

void
tally_span(const struct tally *tally, char text[TALLY_SPAN_SIZE])
{
	time_t first = (time_t)tally->first_scan, last = (time_t)tally->last_scan;
	struct tm tm;
	size_t length;

	length = strftime(text, TALLY_SPAN_SIZE, "%Y-%m-%d %H:%M to ", gmtime_r(&first, &tm));
	strftime(
	    text + length, TALLY_SPAN_SIZE - length, "%Y-%m-%d %H:%M UTC", gmtime_r(&last, &tm));
}

bool
tally_weights(const char *digest, char text[TALLY_WEIGHTS_SIZE])
{
	if (digest != NULL)
		snprintf(text, TALLY_WEIGHTS_SIZE,
		    "scored with weights of one's own (SHA-256 %.12s...)", digest);
	return digest != NULL;
}
