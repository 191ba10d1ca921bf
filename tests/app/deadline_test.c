/* When a deadline is, and what it does to a loop. */
#include "unit.h"

#include "app/deadline.h"
#include "app/duration.h"
#include "base/error.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *text;
	bool of_day;
	int hour, minute;
	uint64_t after_ms;
} good[] = {
	{ "6h", false, 0, 0, 6 * 3600000ull },
	{ "90m", false, 0, 0, 5400000 },
	{ "1500ms", false, 0, 0, 1500 },
	{ "720h", false, 0, 0, 720 * 3600000ull },
	{ "05:30", true, 5, 30, 0 },
	{ "5:30", true, 5, 30, 0 },
	{ "0:00", true, 0, 0, 0 },
	{ "23:59", true, 23, 59, 0 },
};
static const char *const bad[] = { "", "6", "h", "24:00", "5:60", "5:3", "05:300", "005:30",
	"5:30 ", "5:30h", ":30", "5:", "999ms", "721h", "-1h", "tomorrow",
	"18446744073709551616h" };

static void
a_time_is_a_duration_or_one_of_day(void **state)
{
	struct option_deadline deadline;
	struct error error;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		if (deadline_parse(good[i].text, &deadline, &error) != 0)
			fail_msg("%s: %s", good[i].text, error.text);
		assert_true(deadline.given);
		assert_int_equal(deadline.of_day, good[i].of_day);
		assert_int_equal(deadline.hour, good[i].hour);
		assert_int_equal(deadline.minute, good[i].minute);
		assert_int_equal(deadline.after_ms, good[i].after_ms);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		if (deadline_parse(bad[i], &deadline, &error) == 0)
			fail_msg("'%s' was taken", bad[i]);
		assert_int_equal(error.code, 64);
		assert_non_null(strstr(error.text, "05:30 or 6h"));
	}
}

/* Seconds from a local time until `text`. */
static uint64_t
seconds_until(const char *text, int year, int month, int day, int hour, int minute, int second)
{
	struct tm tm = { .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = hour,
		.tm_min = minute,
		.tm_sec = second,
		.tm_isdst = -1 };
	struct option_deadline deadline;
	struct error error;

	assert_int_equal(deadline_parse(text, &deadline, &error), 0);
	return deadline_from(&deadline, mktime(&tm)) / 1000;
}

static void
a_time_of_day_is_the_next_one(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	assert_int_equal(seconds_until("05:30", 2026, 11, 27, 2, 0, 0), 3 * 3600 + 1800);
	assert_int_equal(seconds_until("05:30", 2026, 11, 27, 5, 29, 59), 1);
	assert_int_equal(seconds_until("05:30", 2026, 11, 27, 5, 30, 0), 24 * 3600);
	assert_int_equal(seconds_until("05:30", 2026, 12, 31, 22, 0, 0), 7 * 3600 + 1800);
	assert_int_equal(seconds_until("6h", 2026, 12, 31, 22, 0, 0), 6 * 3600);
}

/* Nights in which an hour comes twice, or not at all. */
static void
summer_time_is_the_clocks_matter(void **state)
{
	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	assert_int_equal(seconds_until("05:30", 2026, 10, 25, 1, 30, 0), 5 * 3600);
	assert_int_equal(seconds_until("05:30", 2026, 3, 29, 1, 30, 0), 3 * 3600);
	assert_in_range(seconds_until("02:30", 2026, 3, 29, 1, 0, 0), 1, 24 * 3600);
}

static const struct {
	uint64_t milliseconds;
	const char *clock;
} clocks[] = { { 0, "0:00" }, { 1, "0:01" }, { 59000, "0:59" }, { 61000, "1:01" },
	{ 3599000, "59:59" }, { 3600000, "1:00:00" }, { 11529001, "3:12:10" },
	{ 360000000, "100:00:00" } };

static void
durations_are_shown_as_on_a_clock(void **state)
{
	char text[DURATION_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(clocks); i++)
		assert_string_equal(duration_clock(clocks[i].milliseconds, text), clocks[i].clock);
}

struct seen {
	struct loop *loop;
	struct deadline *deadline;
	char order[8];
};

static void
note(struct seen *seen, const char *what)
{
	assert_true(strlen(seen->order) + 1 < sizeof seen->order);
	strcat(seen->order, what);
}

static void
on_half(void *user)
{
	struct seen *seen = user;

	assert_in_range(deadline_left(seen->deadline), 1, 100);
	note(seen, "h");
}

static void
on_struck(void *user)
{
	struct seen *seen = user;

	assert_int_equal(deadline_left(seen->deadline), 0);
	note(seen, "s");
	loop_stop(seen->loop);
}

static void
on_landed(void *user)
{
	note(user, "l");
}

static void
half_the_time_comes_before_all_of_it(void **state)
{
	struct seen seen = { .loop = loop_new() };
	const struct deadline_events events = { on_half, on_struck, on_landed, &seen };

	(void)state;
	seen.deadline = deadline_new(seen.loop, 200, &events);
	assert_in_range(deadline_left(seen.deadline), 1, 200);
	loop_run(seen.loop);
	assert_string_equal(seen.order, "hs");
	deadline_free(seen.deadline);
	deadline_free(NULL);
	loop_free(seen.loop);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_is_a_duration_or_one_of_day),
		cmocka_unit_test(a_time_of_day_is_the_next_one),
		cmocka_unit_test(summer_time_is_the_clocks_matter),
		cmocka_unit_test(durations_are_shown_as_on_a_clock),
		cmocka_unit_test(half_the_time_comes_before_all_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
