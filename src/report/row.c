/* What several sinks say of a row. */
#include "report/row.h"

#include "base/arena.h"
#include "base/ascii.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char *
row_time_text(int64_t when, struct arena *arena)
{
	time_t seconds = (time_t)when;
	struct tm tm;
	char text[32];

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return arena_string(arena, text);
}

const char *
row_join_checks(const struct scorecard *card, enum outcome outcome, struct arena *arena)
{
	size_t size = 1;
	char *text, *at;

	for (size_t i = 0; i < card->count; i++)
		size += strlen(card->results[i].check->id) + 1;
	text = at = arena_bytes(arena, size);
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (result->finding.outcome != outcome || !result->in_set)
			continue;
		if (at != text)
			*at++ = ' ';
		at = stpcpy(at, result->check->id);
	}
	*at = '\0';
	return text;
}

const struct check_result *
row_result(const struct scorecard *card, const char *check_id)
{
	for (size_t i = 0; i < card->count; i++)
		if (strcmp(card->results[i].check->id, check_id) == 0)
			return &card->results[i];
	return NULL;
}

const struct finding *
row_finding(const struct scorecard *card, const char *check_id)
{
	const struct check_result *result = row_result(card, check_id);

	return result == NULL ? NULL : &result->finding;
}

const struct finding *
row_subject_finding(const struct check_result *result, const char *subject)
{
	for (size_t i = 0; result != NULL && i < result->subject_count; i++)
		if (strcmp(result->subjects[i].subject, subject) == 0)
			return &result->subjects[i].finding;
	return NULL;
}

const char *
row_area_outcome(const struct scorecard *card, const struct check_area *area)
{
	static const enum outcome order[] = { OUTCOME_FAIL, OUTCOME_WARN, OUTCOME_INFO,
		OUTCOME_PASS, OUTCOME_NOT_TESTED };
	bool seen[OUTCOME_COUNT] = { false };

	for (size_t i = 0; i < card->count; i++) {
		const struct check *check = card->results[i].check;

		if (check >= area->checks && check < area->checks + area->count)
			seen[card->results[i].finding.outcome] = true;
	}
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		if (seen[order[i]])
			return outcome_text(order[i]);
	return outcome_text(OUTCOME_NOT_APPLICABLE);
}

const struct address_result *
row_first_session(const struct scorecard *card)
{
	for (size_t i = 0; i < card->e->address_count; i++)
		if (card->e->addresses[i].looks.better != NULL)
			return &card->e->addresses[i];
	return NULL;
}
