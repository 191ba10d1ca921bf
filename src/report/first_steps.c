/* What to repair first. */
#include "report/first_steps.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "report/causes.h"
#include "report/tally.h"
#include "report/terminal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	STEPS = 5,
	CAUSES_LOOKED_AT = 1000,
	TEXT_WIDTH = 160,
	FIRST_INDENT = 2,
	INDENT = 4,
};

struct first_steps_sink {
	struct sink sink; /* first member */
	FILE *out;
};

/* One thing that can be done. */
struct step {
	uint64_t weight, domains;
	const struct check *check;
	const struct cause *cause; /* NULL: each domain has to do it for itself */
};

struct steps {
	struct step at[STEPS]; /* the heaviest first */
	size_t count;
};

static void
consider(struct steps *steps, struct step step)
{
	size_t at = steps->count;

	if (step.weight == 0)
		return;
	while (at > 0 && steps->at[at - 1].weight < step.weight)
		at--;
	if (at == STEPS)
		return;
	if (steps->count < STEPS)
		steps->count++;
	memmove(&steps->at[at + 1], &steps->at[at], (steps->count - 1 - at) * sizeof *steps->at);
	steps->at[at] = step;
}

/* A failure weighs twice as much as a warning. */
static uint64_t
weight_of(const struct check *check, uint64_t failed, uint64_t warned)
{
	return check_weight(check->class) * (2 * failed + warned);
}

static void
consider_causes(struct steps *steps, const struct cause *const *top, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool failed = top[i]->outcome == OUTCOME_FAIL;

		consider(steps,
		    (struct step){ .weight = weight_of(top[i]->check, failed ? top[i]->domains : 0,
				       failed ? 0 : top[i]->domains),
			.domains = top[i]->domains,
			.check = top[i]->check,
			.cause = top[i] });
	}
}

static void
consider_checks(struct steps *steps, const struct tally *tally)
{
	for (size_t i = 0; i < tally->check_count; i++) {
		uint64_t failed = tally->checks[i][OUTCOME_FAIL],
			 warned = tally->checks[i][OUTCOME_WARN];

		if (!cause_is_shared(tally->named[i]))
			consider(steps,
			    (struct step){ .weight = weight_of(tally->named[i], failed, warned),
				.domains = failed + warned,
				.check = tally->named[i] });
	}
}

/* Not so much that it fills the terminal; cut between characters. */
static const char *
cut(const char *text, struct arena *arena)
{
	size_t length = strlen(text), shown = length < TEXT_WIDTH ? length : TEXT_WIDTH;

	while (shown < length && (text[shown] & 0xc0) == 0x80)
		shown++;
	return arena_printf(arena, "%.*s%s", (int)shown, text, shown < length ? "..." : "");
}

static const char *
step_text(const struct step *step, struct arena *arena)
{
	const char *begin = arena_printf(arena, "%" PRIu64 " domain%s, %s", step->domains,
	    step->domains == 1 ? "" : "s", step->check->id);

	if (step->cause == NULL)
		return arena_printf(arena, "%s (%s): `mxsweep checks %s` tells what to do", begin,
		    step->check->title, step->check->id);
	return arena_printf(arena, "%s of %s: %s", begin, cut(step->cause->subject, arena),
	    cut(step->cause->advice, arena));
}

static void
print_step(FILE *out, const struct step *step)
{
	struct arena arena = { 0 };

	fprintf(out, "%*s", FIRST_INDENT, "");
	terminal_print_words(out, INDENT, FIRST_INDENT, step_text(step, &arena));
	fputc('\n', out);
	arena_free(&arena);
}

void
first_steps_print(FILE *out, const struct report_totals *totals)
{
	struct steps steps = { .count = 0 };
	size_t count;
	const struct cause **top = causes_top(totals->causes, CAUSES_LOOKED_AT, &count);

	consider_causes(&steps, top, count);
	consider_checks(&steps, totals->tally);
	if (steps.count > 0)
		fputs("to repair first:\n", out);
	for (size_t i = 0; i < steps.count; i++)
		print_step(out, &steps.at[i]);
	free(top);
}

static int
first_steps_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	(void)error;
	first_steps_print(((struct first_steps_sink *)sink)->out, totals);
	free(sink);
	return 0;
}

static void
first_steps_abandon(struct sink *sink)
{
	free(sink);
}

struct sink *
first_steps_open(FILE *out)
{
	struct first_steps_sink *first = alloc_zeroed(1, sizeof *first);

	first->sink = (struct sink){
		.end = first_steps_end, .abandon = first_steps_abandon, .wants_shared = true
	};
	first->out = out;
	return &first->sink;
}
