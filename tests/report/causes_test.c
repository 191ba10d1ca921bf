/* What many domains share. */
#include "unit.h"

#include "report/causes.h"
#include "report/fake_card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
add(struct causes *causes, uint64_t line, const char *domain, size_t check, const char *subject,
    const char *ip, enum outcome outcome)
{
	static struct fake_card fake;

	fake_card_set(&fake, line, domain);
	fake_card_add(&fake, check, subject, ip, outcome);
	causes_add(causes, &fake.row);
	arena_free(&fake.arena);
}

static void
domains_are_counted_by_what_they_share(void **state)
{
	struct causes *causes = causes_new(100);
	const struct cause **top;
	size_t count;

	(void)state;
	add(causes, 1, "a.com", 0, "mx.b.com", NULL, OUTCOME_WARN);
	add(causes, 2, "b.com", 0, "mx.b.com", NULL, OUTCOME_FAIL);
	add(causes, 3, "c.com", 1, "mx.a.com 192.0.2.1", "192.0.2.1", OUTCOME_FAIL);
	add(causes, 4, "d.com", 1, "mx.d.com 192.0.2.1", "192.0.2.1", OUTCOME_FAIL);
	add(causes, 5, "e.com", 1, "mx.e.com 192.0.2.1", "192.0.2.1", OUTCOME_FAIL);
	add(causes, 6, "f.com", 0, "mx.f.com", NULL, OUTCOME_PASS);
	top = causes_top(causes, 10, &count);
	assert_int_equal(count, 2);
	assert_string_equal(top[0]->subject, "192.0.2.1");
	assert_int_equal(top[0]->domains, 3);
	assert_string_equal(top[0]->example, "c.com");
	assert_string_equal(top[0]->advice, "Repair 192.0.2.1");
	assert_string_equal(top[1]->subject, "mx.b.com");
	assert_int_equal(top[1]->domains, 2);
	assert_int_equal(top[1]->outcome, OUTCOME_FAIL);
	free(top);
	top = causes_top(causes, 1, &count);
	assert_int_equal(count, 1);
	free(top);
	causes_free(causes);
}

/* Two hosts of one domain at one address. */
static void
a_domain_counts_once(void **state)
{
	static struct fake_card fake;
	struct causes *causes = causes_new(100);
	const struct cause **top;
	size_t count;

	(void)state;
	fake_card_set(&fake, 1, "a.com");
	fake_card_add(&fake, 1, "mx1.a.com 192.0.2.1", "192.0.2.1", OUTCOME_FAIL);
	fake_card_add(&fake, 1, "mx2.a.com 192.0.2.1", "192.0.2.1", OUTCOME_FAIL);
	causes_add(causes, &fake.row);
	top = causes_top(causes, 10, &count);
	assert_int_equal(count, 1);
	assert_int_equal(top[0]->domains, 1);
	free(top);
	arena_free(&fake.arena);
	causes_free(causes);
}

/* Every third domain shares one host, all others have their own: room for ten is enough. */
static void
what_many_share_is_never_lost(void **state)
{
	enum { DOMAINS = 3000, ROOM = 10 };
	struct causes *causes = causes_new(ROOM);
	const struct cause **top;
	size_t count;

	(void)state;
	for (uint64_t i = 0; i < DOMAINS; i++) {
		char own[32];

		snprintf(own, sizeof own, "mx.d%u.com", (unsigned)i);
		add(causes, i + 1, "d.com", 0, i % 3 == 0 ? "mx.shared.com" : own, NULL,
		    OUTCOME_FAIL);
	}
	top = causes_top(causes, 1, &count);
	assert_int_equal(count, 1);
	assert_string_equal(top[0]->subject, "mx.shared.com");
	assert_int_equal(top[0]->domains + top[0]->missed, DOMAINS / 3);
	free(top);
	causes_free(causes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(domains_are_counted_by_what_they_share),
		cmocka_unit_test(a_domain_counts_once),
		cmocka_unit_test(what_many_share_is_never_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
