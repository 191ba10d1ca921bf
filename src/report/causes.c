/* Findings by what many domains share. */
#include "report/causes.h"

#include "base/alloc.h"
#include "base/map.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	struct cause cause; /* first member */
	uint64_t last_line; /* a domain counts once */
	size_t key_length;
	char key[];
};

struct causes {
	struct map map;
	size_t most;
	uint64_t floor;
	struct strbuf key;
};

struct causes *
causes_new(size_t most)
{
	struct causes *causes = alloc_zeroed(1, sizeof *causes);

	map_init(&causes->map);
	causes->most = most;
	return causes;
}

static void
free_entry(struct entry *entry)
{
	free((char *)(uintptr_t)entry->cause.value);
	free((char *)(uintptr_t)entry->cause.advice);
	free((char *)(uintptr_t)entry->cause.example);
	free(entry);
}

void
causes_free(struct causes *causes)
{
	struct entry *entry;
	size_t cursor = 0;

	if (causes == NULL)
		return;
	while ((entry = map_next(&causes->map, &cursor)) != NULL)
		free_entry(entry);
	map_free(&causes->map);
	strbuf_free(&causes->key);
	free(causes);
}

/* Until half of the room is free, those that few domains share go. */
static void
prune(struct causes *causes)
{
	while (causes->map.count > causes->most / 2) {
		struct map kept;
		struct entry *entry;
		size_t cursor = 0;

		causes->floor++;
		map_init(&kept);
		while ((entry = map_next(&causes->map, &cursor)) != NULL)
			if (entry->cause.domains + entry->cause.missed > causes->floor)
				map_put(&kept, entry->key, entry->key_length, entry);
			else
				free_entry(entry);
		map_free(&causes->map);
		causes->map = kept;
	}
}

bool
cause_is_shared(const struct check *check)
{
	return check->subject == OF_HOST || check->subject == OF_ADDRESS ||
	    check->subject == OF_ANY_ADDRESS || check->subject == OF_LISTED_ADDRESS;
}

/* The subject without the host that it is an address of; NULL when no other domain can have it. */
static const char *
shared_subject(const struct check *check, const struct subject_finding *finding)
{
	if (!cause_is_shared(check))
		return NULL;
	return check->subject == OF_ADDRESS || check->subject == OF_ANY_ADDRESS ? finding->ip
										: finding->subject;
}

static char *
copy_or_null(const char *text)
{
	return text == NULL ? NULL : alloc_string(text);
}

static struct entry *
add_entry(struct causes *causes, const struct report_row *row, const struct check_result *result,
    const struct subject_finding *subject)
{
	const struct evaluation *e = row->card->e;
	const struct strbuf *key = &causes->key;
	struct entry *entry;

	if (causes->map.count >= causes->most)
		prune(causes);
	entry = alloc_zeroed(1, sizeof *entry + key->length + 1);
	memcpy(entry->key, key->at, key->length);
	entry->key_length = key->length;
	entry->last_line = UINT64_MAX;
	entry->cause = (struct cause){
		.check = result->check,
		.subject = entry->key + strlen(result->check->id) + 1,
		.value = copy_or_null(subject->finding.value),
		.advice =
		    alloc_string(scorecard_subject_advice(row->card, result, subject, row->arena)),
		.example = alloc_string(e->domain != NULL ? e->domain : e->input),
		.outcome = subject->finding.outcome,
		.missed = causes->floor,
	};
	map_put(&causes->map, entry->key, entry->key_length, entry);
	return entry;
}

static void
add_subject(struct causes *causes, const struct report_row *row, const struct check_result *result,
    const struct subject_finding *subject)
{
	const char *shared = shared_subject(result->check, subject);
	struct strbuf *key = &causes->key;
	struct entry *entry;

	if (shared == NULL)
		return;
	strbuf_reset(key);
	strbuf_printf(key, "%s %s", result->check->id, shared);
	entry = map_get(&causes->map, key->at, key->length);
	if (entry == NULL)
		entry = add_entry(causes, row, result, subject);
	if (outcome_is_worse(subject->finding.outcome, entry->cause.outcome))
		entry->cause.outcome = subject->finding.outcome;
	if (entry->last_line == row->line)
		return;
	entry->last_line = row->line;
	entry->cause.domains++;
}

void
causes_add(struct causes *causes, const struct report_row *row)
{
	for (size_t i = 0; i < row->card->count; i++) {
		const struct check_result *result = &row->card->results[i];

		for (size_t k = 0; result->in_set && k < result->subject_count; k++)
			if (outcome_is_bad(result->subjects[k].finding.outcome))
				add_subject(causes, row, result, &result->subjects[k]);
	}
}

static int
by_weight(const void *a, const void *b)
{
	const struct cause *one = *(const struct cause *const *)a;
	const struct cause *other = *(const struct cause *const *)b;
	int order;

	if (one->domains != other->domains)
		return one->domains < other->domains ? 1 : -1;
	if (one->outcome != other->outcome)
		return outcome_is_worse(one->outcome, other->outcome) ? -1 : 1;
	order = strcmp(one->check->id, other->check->id);
	return order != 0 ? order : strcmp(one->subject, other->subject);
}

const struct cause **
causes_top(const struct causes *causes, size_t most, size_t *count_out)
{
	const struct cause **all = alloc_zeroed(causes->map.count + 1, sizeof *all);
	const struct entry *entry;
	size_t cursor = 0, count = 0;

	while ((entry = map_next(&causes->map, &cursor)) != NULL)
		all[count++] = &entry->cause;
	qsort(all, count, sizeof *all, by_weight);
	*count_out = count < most ? count : most;
	return all;
}
