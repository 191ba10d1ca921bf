/* Nights in a history, and what changed between them. */
#include "unit.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "report/changes_output.h"
#include "report/fake_card.h"
#include "report/tally.h"

#include <stdio.h>
#include <string.h>

enum { DAY = 86400, CHECK_HOST = 0 };

/* A history that is gone at the end, and the nights that are put into it. */
struct fixture {
	struct history_db *db;
	struct run_facts run;
	struct fake_card card;
	struct error error;
};

static int
set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);

	assert_int_equal(history_db_create(NULL, &f->db, &f->error), 0);
	f->run.now = 1700000000;
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	history_db_close(f->db);
	arena_free(&f->card.arena);
	test_free(f);
	return 0;
}

static void
must(struct fixture *f, int result)
{
	if (result != 0)
		fail_msg("%s", f->error.text);
}

static void
begin_night(struct fixture *f)
{
	f->run.now += DAY;
	must(f, history_db_begin(f->db, &f->run, &f->error));
}

static void
end_night(struct fixture *f)
{
	const struct tally tally = { .rows = 1 };

	must(f, history_db_end(f->db, &tally, &f->error));
}

static enum outcome
outcome_of(char letter)
{
	static const char letters[] = "PIWFTN";

	return (enum outcome)(strchr(letters, letter) - letters);
}

/* Puts a domain with one check, by its letter, and one value, NULL where it is not known. */
static void
put(struct fixture *f, const char *domain, char letter, const char *spf)
{
	struct observation seen = { .domain = domain,
		.verdict = "pass",
		.grade = "A",
		.score = 90,
		.values = { .at = { [KEY_SPF] = spf } } };

	fake_card_set(&f->card, 1, domain);
	fake_card_add(&f->card, CHECK_HOST, "host", NULL, outcome_of(letter));
	must(f, history_db_put(f->db, &f->card.card, &seen, &f->error));
}

/* Nights of one domain, a letter each; '.' is a night without it. */
static void
put_nights(struct fixture *f, const char *letters)
{
	for (; *letters != '\0'; letters++) {
		begin_night(f);
		put(f, "always.test", 'P', "same");
		if (*letters != '.')
			put(f, "it.test", *letters, NULL);
		end_night(f);
	}
}

static int
add_text(void *user, const struct domain_changes *changes, struct error *error)
{
	(void)error;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->at[i];

		strbuf_printf(user, "%s %s %s %s>%s %d/%d;", changes->domain,
		    change_text(change->kind), change->what,
		    change->before == NULL ? "" : change->before,
		    change->now == NULL ? "" : change->now, (int)change->nights_before,
		    (int)change->nights);
	}
	return 0;
}

static void
expect_changes(
    struct fixture *f, int64_t before, int64_t now, uint64_t confirm, const char *expected)
{
	const struct history_night old = { .id = before }, new = { .id = now };
	struct strbuf text = { 0 };

	strbuf_add_string(&text, "");
	must(f, changes_each(f->db, &old, &new, confirm, add_text, &text, &f->error));
	assert_string_equal(text.at == NULL ? "" : text.at, expected);
	strbuf_free(&text);
}

static const struct {
	const char *nights;
	uint64_t confirm;
	const char *expected; /* of the last night against the one before */
} cases[] = {
	{ "PP", 1, "" },
	{ "PF", 1, "it.test new fake.host pass>fail 1/1;" },
	{ "NF", 1, "it.test new fake.host not_applicable>fail 1/1;" },
	{ "PPPW", 1, "it.test new fake.host pass>warn 3/1;" },
	{ "WF", 1, "it.test worse fake.host warn>fail 1/1;" },
	{ "FW", 1, "it.test better fake.host fail>warn 1/1;" },
	{ "FFP", 1, "it.test fixed fake.host fail>pass 2/1;" },
	{ "WI", 1, "it.test fixed fake.host warn>info 1/1;" },
	{ "PI", 1, "" }, /* both are good */
	{ "FN", 1, "" }, /* a question that no longer arises is not answered */
	{ "FT", 1, "it.test untested fake.host fail>not_tested 1/1;" },
	{ "PT", 1, "" },
	{ "FTT", 1, "" },                                       /* said once */
	{ "FTF", 1, "" },                                       /* it was broken all the time */
	{ "FTP", 1, "it.test fixed fake.host fail>pass 1/1;" }, /* against what was last known */
	{ "TF", 1, "" },                                        /* nobody knows what it was */
	{ ".P", 1, "it.test first_seen domain >pass 0/0;" },
	{ "P.", 1, "it.test gone domain pass> 0/0;" },
	{ "P.F", 1, "it.test returned domain >pass 0/0;" },
	/* flaps */
	{ "PPF", 2, "" },
	{ "PPFF", 2, "it.test new fake.host pass>fail 2/2;" },
	{ "PPFFF", 2, "" }, /* said the night before */
	{ "PPFP", 2, "" },
	{ "PPFPF", 2, "" },
	{ "FFFPFP", 2, "" },
	{ "PPFTF", 2, "it.test new fake.host pass>fail 2/2;" }, /* T neither breaks nor adds */
	{ "PPPFFF", 3, "it.test new fake.host pass>fail 3/3;" },
};

static void
changes_are_told_from_what_is_none(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		size_t nights = strlen(cases[i].nights);
		void *inner = NULL;

		set_up(&inner);
		put_nights(inner, cases[i].nights);
		print_message("%s, %d\n", cases[i].nights, (int)cases[i].confirm);
		expect_changes(inner, (int64_t)nights - 1, (int64_t)nights, cases[i].confirm,
		    cases[i].expected);
		tear_down(&inner);
	}
	(void)state;
}

static void
values_count_when_both_nights_know_them(void **state)
{
	static const char *const nights[] = { "a", NULL, "a", NULL, "b", "" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof nights / sizeof nights[0]; i++) {
		begin_night(f);
		put(f, "it.test", 'P', nights[i]);
		end_night(f);
	}
	expect_changes(f, 1, 2, 1, "");
	expect_changes(f, 2, 3, 1, "");
	expect_changes(f, 4, 5, 1, "it.test value spf a>b 2/1;");
	expect_changes(f, 5, 6, 1, "it.test value spf b> 1/1;");
	expect_changes(f, 1, 6, 1, "it.test value spf a> 1/1;");
}

static void
domains_come_in_order_and_each_once(void **state)
{
	struct fixture *f = *state;

	for (int night = 0; night < 2; night++) {
		begin_night(f);
		put(f, "c.test", night == 0 ? 'P' : 'F', NULL);
		put(f, "a.test", night == 0 ? 'P' : 'W', NULL);
		put(f, "b.test", 'P', NULL);
		put(f, "c.test", 'W', NULL); /* another row of it: the first counts */
		end_night(f);
	}
	expect_changes(
	    f, 1, 2, 1, "a.test new fake.host pass>warn 1/1;c.test new fake.host pass>fail 1/1;");
}

static int
count_spans(void *user, const struct history_span *spans, size_t count, struct error *error)
{
	(void)spans;
	(void)error;
	*(size_t *)user = count;
	return 0;
}

static size_t
spans_of(struct fixture *f, const char *domain)
{
	size_t count = 0;

	must(f, history_db_domain(f->db, domain, INT64_MAX, count_spans, &count, &f->error));
	return count;
}

static void
the_last_night_is_written_again_in_its_place(void **state)
{
	struct fixture *f = *state;
	struct history_night last;

	put_nights(f, "PF");
	f->run.now -= DAY; /* the same start, the same seed */
	put_nights(f, "P");
	assert_true(history_db_night(f->db, INT64_MAX, &last));
	assert_int_equal(last.id, 2);
	assert_int_equal(spans_of(f, "it.test"), 1);
	put_nights(f, ".");
	f->run.now -= DAY;
	put_nights(f, "P"); /* it had not gone after all */
	assert_int_equal(spans_of(f, "it.test"), 1);
	f->run.now -= 2 * DAY;
	assert_int_equal(history_db_begin(f->db, &f->run, &f->error), -1);
	assert_non_null(strstr(f->error.text, "later night"));
}

static void
old_nights_are_dropped_and_what_goes_on_stays(void **state)
{
	struct fixture *f = *state;
	struct history_night night;

	put_nights(f, "PFP");
	begin_night(f);
	put(f, "it.test", 'P', NULL);
	must(f, history_db_keep(f->db, 1, &f->error));
	end_night(f);
	assert_int_equal(spans_of(f, "it.test"), 1);
	assert_int_equal(spans_of(f, "always.test"), 1); /* gone since, but within the days */
	assert_false(history_db_night(f->db, 2, &night));
	assert_true(history_db_night(f->db, 3, &night));
	assert_int_equal(history_db_find(f->db, "2", &night, &f->error), -1);
	begin_night(f);
	put(f, "it.test", 'P', NULL);
	must(f, history_db_keep(f->db, 1, &f->error));
	end_night(f);
	assert_int_equal(spans_of(f, "always.test"), 0);
	assert_int_not_equal(history_db_started_at(f->db, 1), 0);
}

static void
what_is_forgotten_is_as_if_it_had_never_been(void **state)
{
	struct fixture *f = *state;
	bool was_there;

	put_nights(f, "PF");
	must(f, history_db_forget(f->db, "it.test", &was_there, &f->error));
	assert_true(was_there);
	assert_int_equal(spans_of(f, "it.test"), 0);
	must(f, history_db_forget(f->db, "it.test", &was_there, &f->error));
	assert_false(was_there);
	expect_changes(f, 1, 2, 1, "");
	put_nights(f, "P");
	expect_changes(f, 2, 3, 1, "it.test first_seen domain >pass 0/0;");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_told_from_what_is_none),
		cmocka_unit_test_setup_teardown(
		    values_count_when_both_nights_know_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    domains_come_in_order_and_each_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_last_night_is_written_again_in_its_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    old_nights_are_dropped_and_what_goes_on_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    what_is_forgotten_is_as_if_it_had_never_been, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
