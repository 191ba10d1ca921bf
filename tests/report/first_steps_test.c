/* What to repair first. */
#include "unit.h"

#include "report/causes.h"
#include "report/fake_card.h"
#include "report/first_steps.h"
#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

static const struct check of_domain = {
	.id = "fake.domain", .class = CLASS_CRITICAL, .title = "It is fine"
};

/* What the sink says at its end; the caller's to free. */
static char *
said_at_end(const struct tally *tally, const struct causes *causes)
{
	const struct report_totals totals = { .tally = tally, .causes = causes };
	char *text;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	struct sink *sink = first_steps_open(out);

	assert_int_equal(sink->end(sink, &totals, NULL), 0);
	fclose(out);
	return text;
}

/* Ten domains share an address that warns, three fail by themselves, and are the heavier. */
static void
the_heaviest_comes_first(void **state)
{
	static struct fake_card fake;
	struct tally tally = { .check_count = 1, .named = { &of_domain } };
	struct causes *causes = causes_new(10);
	char *text;

	(void)state;
	tally.checks[0][OUTCOME_FAIL] = 3;
	for (uint64_t line = 1; line <= 10; line++) {
		fake_card_set(&fake, line, "a.com");
		fake_card_add(&fake, 1, "mx.a.com 192.0.2.1", "192.0.2.1", OUTCOME_WARN);
		causes_add(causes, &fake.row);
		arena_free(&fake.arena);
	}
	text = said_at_end(&tally, causes);
	assert_string_equal(text,
	    "to repair first:\n"
	    "  3 domains, fake.domain (It is fine): `mxsweep checks fake.domain` tells what\n"
	    "    to do\n"
	    "  10 domains, fake.address of 192.0.2.1: Repair 192.0.2.1\n");
	free(text);
	causes_free(causes);
}

/* Six, of which the lightest is left out. */
static void
five_are_told(void **state)
{
	static struct fake_card fake;
	static const char *const hosts[] = { "b.com", "c.com", "d.com", "e.com", "f.com",
		"a\033[2Jb.com" };
	struct tally tally = { .rows = 0 };
	struct causes *causes = causes_new(10);
	size_t lines = 0;
	char *text;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(hosts); i++)
		for (size_t k = 0; k <= i; k++) {
			fake_card_set(&fake, 1 + k, "a.com");
			fake_card_add(&fake, 0, hosts[i], NULL, OUTCOME_FAIL);
			causes_add(causes, &fake.row);
			arena_free(&fake.arena);
		}
	text = said_at_end(&tally, causes);
	for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
		lines += at[1] != ' ' || at[3] != ' '; /* those that go on are one */
	assert_int_equal(lines, 6);
	assert_null(strstr(text, "of b.com: "));
	assert_null(strchr(text, '\033'));
	free(text);
	causes_free(causes);
}

static void
nothing_wrong_is_nothing_said(void **state)
{
	struct tally tally = { .rows = 1 };
	struct causes *causes = causes_new(10);
	char *text;

	(void)state;
	text = said_at_end(&tally, causes);
	assert_string_equal(text, "");
	free(text);
	causes_free(causes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heaviest_comes_first),
		cmocka_unit_test(five_are_told),
		cmocka_unit_test(nothing_wrong_is_nothing_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
