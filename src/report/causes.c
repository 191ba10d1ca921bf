/* Findings by what many domains share. */
#include "report/causes.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "report/lossy.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	struct lossy_entry counted; /* first member */
	struct cause cause;
};

struct causes {
	struct lossy entries;
	struct strbuf key;
};

static void
clear_entry(struct lossy_entry *counted)
{
	struct entry *entry = (struct entry *)counted;

	free((char *)(uintptr_t)entry->cause.value);
	free((char *)(uintptr_t)entry->cause.advice);
	free((char *)(uintptr_t)entry->cause.example);
}

struct causes *
causes_new(size_t most)
{
	struct causes *causes = alloc_zeroed(1, sizeof *causes);

	lossy_init(&causes->entries, most, sizeof(struct entry), clear_entry);
	return causes;
}

void
causes_free(struct causes *causes)
{
	if (causes == NULL)
		return;
	lossy_free(&causes->entries);
	strbuf_free(&causes->key);
	free(causes);
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

static void
describe(struct cause *cause, const struct report_row *row, const struct check_result *result,
    const struct subject_finding *subject, const char *key)
{
	const struct evaluation *e = row->card->e;

	*cause = (struct cause){
		.check = result->check,
		.subject = key + strlen(result->check->id) + 1,
		.value = copy_or_null(subject->finding.value),
		.advice =
		    alloc_string(scorecard_subject_advice(row->card, result, subject, row->arena)),
		.example = alloc_string(e->domain != NULL ? e->domain : e->input),
		.outcome = subject->finding.outcome,
	};
}

static void
add_subject(struct causes *causes, const struct report_row *row, const struct check_result *result,
    const struct subject_finding *subject)
{
	const char *shared = shared_subject(result->check, subject);
	struct strbuf *key = &causes->key;
	struct entry *entry;
	bool new;

	if (shared == NULL)
		return;
	strbuf_reset(key);
	strbuf_printf(key, "%s %s", result->check->id, shared);
	entry =
	    (struct entry *)lossy_count(&causes->entries, key->at, key->length, row->line, &new);
	if (new)
		describe(&entry->cause, row, result, subject, entry->counted.key);
	if (outcome_is_worse(subject->finding.outcome, entry->cause.outcome))
		entry->cause.outcome = subject->finding.outcome;
	entry->cause.domains = entry->counted.rows;
	entry->cause.missed = entry->counted.missed;
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
	const struct cause *one = &(*(const struct entry *const *)a)->cause;
	const struct cause *other = &(*(const struct entry *const *)b)->cause;
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
	size_t count;
	struct lossy_entry **all = lossy_sorted(&causes->entries, by_weight, &count);
	const struct cause **top = alloc_zeroed(count + 1, sizeof *top);

	for (size_t i = 0; i < count; i++)
		top[i] = &((const struct entry *)all[i])->cause;
	free(all);
	*count_out = count < most ? count : most;
	return top;
}
