/* Which refusals speak of the scanner. */
#include "unit.h"

#include "rule/about_us.h"
#include "rule/lent_tables.h"

static const struct {
	const char *text;
	bool ours;
} cases[] = {
	{ "5.7.0 no service here", false },
	{ "not from 192.0.2.9", true },
	{ "not from 192.0.2.77", true }, /* as the world sees us, behind NAT */
	{ "not from 203.0.113.1", false },
	{ "go away, Scan.Example.com", true },
	{ "go away, host9.isp.example", true },
	{ "go away, localhost", false }, /* a reverse name that is no full one names nobody */
	{ "you are on a blacklist", true },
	{ "your client is BLACKLISTED", true },
	{ "not from [192.0.2.9].", true },
	{ "not from 192.0.2.9:25", true },
	{ "not from 192.0.2.90", false }, /* another's, which begins likewise */
	{ "not from 1192.0.2.9", false },
	{ "not from [IPv6:2001:0DB8::0:25]", true },
	{ "not from 2001:db8::250", false },
	{ "5.7.1 no", true },
	{ "5.7.606 banned", true },
	{ "5.7.12 no", false },
	{ "15.7.1 no", false },
	{ "Marble Mail: closed", false }, /* no RBL */
	{ "listed in RBLs", true },
};

static void
our_names_and_addresses_are_known(void **state)
{
	const struct own_address own[] = {
		{ .ip = { 4, { 192, 0, 2, 9 } },
		    .seen_as = { 4, { 192, 0, 2, 77 } },
		    .ptr = "host9.isp.example" },
		{ .ip = { 4, { 192, 0, 2, 10 } }, .ptr = "localhost" },
		{ .seen_as = { 6, { 0x20, 0x01, 0x0d, 0xb8, [15] = 0x25 } } },
	};
	struct run_facts run = {
		.ehlo_name = "scan.example.com", .own = own, .own_count = COUNT_OF(own)
	};
	const struct smtp_observation seen = { .local = { 4, { 192, 0, 2, 9 } } };

	(void)state;
	lent_tables(&run);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct smtp_heard heard = { .code = 554, .text = cases[i].text };

		if (about_us(&seen, &heard, &run) != cases[i].ours)
			fail_msg("%s", cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_names_and_addresses_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
