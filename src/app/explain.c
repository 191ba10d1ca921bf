/* The command `checks`: what each check means. */
#include "app/commands.h"
#include "base/error.h"
#include "score/check.h"
#include "score/weights.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static void
print_check(const struct check *check, const struct weights *weights)
{
	printf("%s: %s\n", check->id, check->title);
	printf("  subject    %s\n", check_subject_text(check->subject));
	printf(
	    "  weight     %s (%u)\n", check_class_text(check->class), weights_of(weights, check));
	printf("  stage      %s\n", check_stage_text(check->stage));
	if (check->point != POINT_OTHER)
		printf("  point      %s\n", point_text(check->point));
	printf("  rule       %s\n", check->rule);
	printf("  advice     %s\n", check->advice);
	if (check->ref[0] != '\0')
		printf("  reference  %s\n", check->ref);
}

static void
print_list(const struct weights *weights)
{
	for (size_t a = 0; check_areas[a] != NULL; a++)
		for (size_t i = 0; i < check_areas[a]->count; i++) {
			const struct check *check = &check_areas[a]->checks[i];

			printf("%-24s %-9s %4u %s\n", check->id, check_class_text(check->class),
			    weights_of(weights, check), check->title);
		}
}

/* Behind the weight; core checks have none. */
static const char *
stage_mark(const struct check *check)
{
	static const char *const marks[] = {
		[STAGE_CORE] = "",
		[STAGE_DEEP] = ", deep",
		[STAGE_OPT_IN] = ", opt-in",
	};

	return marks[check->stage];
}

static void
print_markdown_area(const struct check_area *area)
{
	printf("\n## %s\n\n| check | subject | weight | rule | advice | reference |\n"
	       "|---|---|---|---|---|---|\n",
	    area->name);
	for (size_t i = 0; i < area->count; i++) {
		const struct check *check = &area->checks[i];

		printf("| `%s`: %s | %s | %s%s%s | %s | %s | %s |\n", check->id, check->title,
		    check_subject_text(check->subject), check_class_text(check->class),
		    check->redundant ? ", redundant" : "", stage_mark(check), check->rule,
		    check->advice, check->ref);
	}
}

static void
print_markdown(void)
{
	puts("# The checks of mxsweep\n\nMade by `mxsweep checks --markdown` from the table of "
	     "checks.\n"
	     "Weights: critical 40, major 15, minor 5, none 0. Of a redundant check, one good "
	     "subject\n"
	     "turns failures of the others into warnings. Deep checks do not count for the "
	     "score,\nnor do those to opt in, but for relay.open where it was made.");
	for (size_t a = 0; check_areas[a] != NULL; a++)
		print_markdown_area(check_areas[a]);
}

static int
explain(const struct options *options, const struct weights *weights, struct error *error)
{
	const struct check *check;

	if (options->arguments.count == 0) {
		print_list(weights);
		return 0;
	}
	check = check_find(options->arguments.at[0]);
	if (check == NULL) {
		error_set(error, EX_USAGE, "there is no check %s; `mxsweep checks` lists them all",
		    options->arguments.at[0]);
		return EX_USAGE;
	}
	print_check(check, weights);
	return 0;
}

int
command_checks(const struct options *options, struct error *error)
{
	struct weights *weights = NULL;
	int code;

	if (options->markdown) {
		print_markdown();
		return 0;
	}
	if (options->weights != NULL && weights_load(options->weights, &weights, error) != 0)
		return error->code;
	code = explain(options, weights, error);
	weights_free(weights);
	return code;
}
