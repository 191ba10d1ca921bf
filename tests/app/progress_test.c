/* The progress line as text. */
#include "unit.h"

#include "app/progress.h"

static const struct {
	struct progress_figures figures;
	const char *text;
} lines[] = {
	{ { .total = 10 }, "0 of 10 domains, 0/s, 0 questions in flight" },
	{ { .gathered = 250, .total = 1000, .questions = 1234, .elapsed_ms = 10000 },
	    "250 of 1000 domains, 25/s, 1234 questions in flight; about 0:30 left" },
	{ { .gathered = 1000,
	      .total = 1000,
	      .sessions_done = 30,
	      .sessions_running = 2,
	      .sessions_waiting = 58,
	      .waited_for = "provider google",
	      .waited_by = 40,
	      .elapsed_ms = 60000 },
	    "1000 of 1000 domains, 16/s, 0 questions in flight; sessions: 30 done, 2 open, 58 "
	    "waiting "
	    "(40 for provider google); about 2:00 left" },
	{ { .total = 10, .policies_open = 1 },
	    "0 of 10 domains, 0/s, 0 questions in flight; 1 policy file open" },
	{ { .gathered = 10,
	      .total = 10,
	      .policies_open = 12,
	      .sessions_done = 1,
	      .elapsed_ms = 1000 },
	    "10 of 10 domains, 10/s, 0 questions in flight; 12 policy files open; sessions: 1 "
	    "done, 0 open, 0 waiting" },
	{ { .gathered = 5, .total = 5, .sessions_done = 5, .elapsed_ms = 1000 },
	    "5 of 5 domains, 5/s, 0 questions in flight; sessions: 5 done, 0 open, 0 waiting" },
	{ { .gathered = 5,
	      .total = 5,
	      .sessions_done = 5,
	      .second_looks = 2,
	      .second_look_left = 249500,
	      .elapsed_ms = 1000 },
	    "5 of 5 domains, 5/s, 0 questions in flight; sessions: 5 done, 0 open, 0 waiting; 2 "
	    "second looks, the next in 4:10" },
	{ { .gathered = 1, .total = 1, .sessions_done = 1, .second_looks = 1, .elapsed_ms = 1000 },
	    "1 of 1 domains, 1/s, 0 questions in flight; sessions: 1 done, 0 open, 0 waiting; 1 "
	    "second look, the next in 0:00" },
	{ { .total = 10, .has_deadline = true, .deadline_left = 11529001 },
	    "0 of 10 domains, 0/s, 0 questions in flight; 3:12:10 until the deadline" },
	{ { .total = 10, .has_deadline = true },
	    "0 of 10 domains, 0/s, 0 questions in flight; the deadline has struck" },
};

static void
the_line_tells_what_is_going_on(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		char text[PROGRESS_SIZE];

		progress_text(&lines[i].figures, text);
		assert_string_equal(text, lines[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_line_tells_what_is_going_on) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
