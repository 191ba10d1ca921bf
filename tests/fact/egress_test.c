/* What sessions tell of our own way out; a simulated clock. */
#include "unit.h"

#include "fact/egress.h"

#include <stdio.h>
#include <string.h>

static const uint64_t seed[2] = { 1, 2 };

static struct ip
address(unsigned number)
{
	uint8_t octets[4] = { 192, (uint8_t)(number >> 8), (uint8_t)number, 1 };

	return ip_from_octets(octets, sizeof octets);
}

static struct smtp_observation
failed(enum smtp_end end)
{
	return (struct smtp_observation){ .end = end,
		.stage = SMTP_CONNECT,
		.greeting = { .text = "" },
		.ehlo = { .text = "" } };
}

static struct smtp_observation
greeted(const char *greeting)
{
	return (struct smtp_observation){ .end = SMTP_END_COMPLETE,
		.stage = SMTP_QUIT,
		.greeting = { .code = 220, .text = greeting },
		.ehlo = { .code = 250, .text = "mx\nSIZE" } };
}

/* One more session with a host of that provider, at an address of its own. */
static void
note(struct egress *egress, uint64_t provider, unsigned number, struct smtp_observation seen,
    uint64_t now)
{
	struct ip ip = address(number);

	egress_note(egress, provider, &ip, &seen, now);
}

static void
others_are_witnesses_for_a_minute(void **state)
{
	struct egress *egress = egress_new(seed);

	(void)state;
	assert_int_equal(egress_witnesses(egress, 1, 0), 0);
	note(egress, 1, 1, greeted("a"), 1000);
	note(egress, 2, 2, greeted("b"), 2000);
	note(egress, 2, 3, greeted("b"), 3000);
	note(egress, 3, 4, failed(SMTP_END_TIMEOUT), 3000);
	assert_int_equal(egress_witnesses(egress, 1, 3000), 1);
	assert_int_equal(egress_witnesses(egress, 3, 3000), 2);
	note(egress, 4, 5, greeted("d"), 4000);
	note(egress, 5, 6, greeted("e"), 4000);
	assert_int_equal(egress_witnesses(egress, 9, 4000), WITNESSES_NEEDED); /* counted so far */
	assert_int_equal(egress_witnesses(egress, 9, 63000), 3);
	assert_int_equal(egress_witnesses(egress, 4, 63000), 2);
	assert_int_equal(egress_witnesses(egress, 9, 63001), 2);
	note(egress, 1, 1, greeted("a"), 64000); /* the same again counts from then on */
	assert_int_equal(egress_witnesses(egress, 9, 64001), 1);
	assert_true(egress_let_in(egress, 1, 64000));
	assert_false(egress_let_in(egress, 2, 64000));
	assert_false(egress_let_in(egress, 3, 64000));
	egress_free(egress);
}

static void
ten_targets_of_three_providers_raise_doubt(void **state)
{
	struct egress *egress = egress_new(seed);

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		note(egress, i % 2, i, failed(SMTP_END_TIMEOUT), i);
		assert_false(egress_doubtful(egress)); /* of two providers */
	}
	note(egress, 2, 0, failed(SMTP_END_REFUSED), 30);
	assert_true(egress_doubtful(egress));
	note(egress, 0, 40, greeted("a"), 40);
	assert_true(egress_open(egress) && !egress_doubtful(egress));
	egress_free(egress);

	egress = egress_new(seed);
	for (unsigned i = 0; i < 100; i++)
		note(egress, i, i % 9, failed(SMTP_END_TIMEOUT), i);
	assert_false(egress_doubtful(egress)); /* nine targets, however often */
	note(egress, 1, 9, failed(SMTP_END_NO_ROUTE), 0);
	note(egress, 1, 10, failed(SMTP_END_SHORTAGE), 0);
	assert_false(egress_doubtful(egress)); /* nor are these */
	note(egress, 1, 9, failed(SMTP_END_TIMEOUT), 0);
	assert_true(egress_doubtful(egress));
	egress_free(egress);
}

static void
what_the_machine_forbids_raises_doubt_at_once(void **state)
{
	struct egress *egress = egress_new(seed);

	(void)state;
	note(egress, 1, 1, failed(SMTP_END_FORBIDDEN), 0);
	assert_true(egress_doubtful(egress));
	note(egress, 2, 2, greeted("a"), 1);
	assert_false(egress_doubtful(egress)); /* it forbids some */
	egress_free(egress);
}

static void
unrelated_hosts_with_one_greeting_are_the_path(void **state)
{
	struct egress *egress = egress_new(seed);

	(void)state;
	note(egress, 1, 1, greeted("gw.b.com ESMTP 101"), 0);
	note(egress, 1, 2, greeted("gw.b.com ESMTP 102"), 0); /* of one provider */
	note(egress, 2, 1, greeted("gw.b.com ESMTP 103"), 0); /* in one network */
	note(egress, 3, 3, greeted("mx3.c.com ESMTP"), 0);
	note(egress, 4, 4, greeted("gw.b.com ESMTP 104"), 0);
	assert_null(egress_shared_greeting(egress));
	note(egress, 5, 5, greeted("gw.b.com ESMTP 105"), 0);
	assert_string_equal(egress_shared_greeting(egress), "gw.b.com ESMTP ");
	egress_free(egress);

	egress = egress_new(seed);
	for (unsigned i = 0; i < 50; i++) { /* what names nobody can be anybody's */
		note(egress, i, i, greeted("ESMTP ready"), 0);
		note(egress, i, i, greeted(""), 0);
		note(egress, i, i, greeted("localhost ESMTP"), 0);
	}
	assert_null(egress_shared_greeting(egress));
	egress_free(egress);
}

static void
masked_words_at_unrelated_hosts_are_the_path(void **state)
{
	struct egress *egress = egress_new(seed);
	struct smtp_observation masked = greeted("mx.a.com");

	(void)state;
	masked.ehlo.text = "mx.a.com\nXXXXXXXA";
	note(egress, 1, 1, masked, 0);
	note(egress, 1, 2, masked, 0);
	note(egress, 2, 3, greeted("**************"), 0);
	assert_false(egress_masked(egress));
	note(egress, 3, 4, masked, 0);
	assert_true(egress_masked(egress));
	egress_free(egress);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_are_witnesses_for_a_minute),
		cmocka_unit_test(ten_targets_of_three_providers_raise_doubt),
		cmocka_unit_test(what_the_machine_forbids_raises_doubt_at_once),
		cmocka_unit_test(unrelated_hosts_with_one_greeting_are_the_path),
		cmocka_unit_test(masked_words_at_unrelated_hosts_are_the_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
