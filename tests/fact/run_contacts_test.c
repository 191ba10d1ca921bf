/* Who was contacted comes back from its text; what nobody wrote does no harm. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "fact/run_contacts.h"

#include <stdbool.h>
#include <string.h>

static const struct {
	const char *name, *ip;
	bool untouchable;
} contacts[] = {
	{ "mx.a.com", "192.0.2.1", true },
	{ "x.mx.a.com", "192.0.2.1", false }, /* a name alone is that name */
	{ "b.com", "192.0.2.1", true },       /* a suffix is itself, too */
	{ "mx.b.com", "192.0.2.1", true },
	{ "xb.com", "192.0.2.1", false },
	{ "c.com", "198.51.100.77", true },
	{ "c.com", "198.51.101.77", false },
	{ "c.com", "2001:db8::1", true },
	{ NULL, "198.51.100.77", true },
	{ NULL, "192.0.2.1", false },
	{ "b.com", NULL, true },
	{ "c.com", NULL, false },
};

static void
nobody_on_the_list_is_touched(void **state)
{
	char text[] = "mx.a.com .b.com 198.51.100.0/24 2001:db8::/32 ";
	char copy[sizeof text];
	struct arena arena = { 0 };
	struct strbuf out = { 0 };
	struct run_facts run = { 0 };

	(void)state;
	strcpy(copy, text);
	run_no_touch_parse(copy, &arena, &run.no_touch);
	for (size_t i = 0; i < COUNT_OF(contacts); i++) {
		struct ip ip = { 0 };

		if (contacts[i].ip != NULL)
			assert_true(ip_parse(contacts[i].ip, &ip));
		if (run_no_touch(&run, contacts[i].name, contacts[i].ip == NULL ? NULL : &ip) !=
		    contacts[i].untouchable)
			fail_msg("%zu: %s %s", i, contacts[i].name, contacts[i].ip);
	}
	run_no_touch_text(&run.no_touch, &out);
	assert_string_equal(out.at, text);
	strbuf_free(&out);
	arena_free(&arena);
}

static void
samples_come_back(void **state)
{
	static const struct sampled_host hosts[] = { { "mx1.a.com", { 4, { 192, 0, 2, 1 } } },
		{ "mx2.a.com", { 6, { 0x20, 1 } } } };
	const struct session_sample samples[] = { { "provider b", hosts, 2 },
		{ "address 192.0.2.1", hosts, 1 } };
	const struct run_facts run = { .samples = samples, .sample_count = COUNT_OF(samples) };
	struct run_facts read = { 0 };
	struct arena arena = { 0 };
	struct strbuf out = { 0 };
	const struct session_sample *sample;

	(void)state;
	run_samples_text(&run, &out);
	run_samples_parse(out.at, &arena, &read);
	sample = run_sample(&read, "provider b");
	assert_non_null(sample);
	assert_int_equal(sample->count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(sample->at[i].name, hosts[i].name);
		assert_true(ip_equal(&sample->at[i].ip, &hosts[i].ip));
	}
	assert_int_equal(run_sample(&read, "address 192.0.2.1")->count, 1);
	assert_null(run_sample(&read, "provider a"));
	strbuf_free(&out);
	arena_free(&arena);
}

static void
peaks_come_back(void **state)
{
	const struct session_peak peaks[] = { { "all", 7, 1000 }, { "provider x y", 3, 3 } };
	const struct run_facts run = { .peaks = peaks, .peak_count = COUNT_OF(peaks) };
	struct run_facts read = { 0 };
	struct arena arena = { 0 };
	struct strbuf out = { 0 };

	(void)state;
	run_peaks_text(&run, &out);
	run_peaks_parse(out.at, &arena, &read);
	assert_int_equal(read.peak_count, 2);
	assert_string_equal(read.peaks[1].whose, "provider x y");
	assert_true(read.peaks[1].peak == 3 && read.peaks[1].limit == 3);
	strbuf_free(&out);
	arena_free(&arena);
}

static void
strange_text_does_no_harm(void **state)
{
	static const char *const texts[] = { "", " ", "\n\n", "\t", "x", "x\ty", "x\ty z",
		"x\ta 192.0.2.1 b", "1", "1 2", "1 2 ", "a b c\n-1 2 x", "/ ./ .. 1/2/3" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct run_facts run = { 0 };
		struct arena arena = { 0 };

		run_samples_parse(arena_string(&arena, texts[i]), &arena, &run);
		run_peaks_parse(arena_string(&arena, texts[i]), &arena, &run);
		run_no_touch_parse(arena_string(&arena, texts[i]), &arena, &run.no_touch);
		run_no_touch(&run, "a.com", NULL);
		run_sample(&run, "x");
		arena_free(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_on_the_list_is_touched),
		cmocka_unit_test(samples_come_back),
		cmocka_unit_test(peaks_come_back),
		cmocka_unit_test(strange_text_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
