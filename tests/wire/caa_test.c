/* CAA records: those of the RFC, and what is made of garbage. */
#include "unit.h"

#include "wire/caa.h"

#include <stdlib.h>
#include <string.h>

struct caa_case {
	const char *tag, *value;
	const char *problem; /* how it begins; NULL: none */
	uint8_t flags;
};

static const struct caa_case cases[] = {
	{ "issue", "ca.example.net", NULL, 0 }, /* RFC 8659 4.2 and what follows */
	{ "issue", "ca1.example.net; account=230123", NULL, 0 },
	{ "issue", "ca1.example.net; account=230123 ; more=x", NULL, 0 },
	{ "issue", ";", NULL, 0 },
	{ "issue", "", NULL, 0 },
	{ "issue", " \t", NULL, 0 },
	{ "issue", "; policy=ev", NULL, 0 },
	{ "issue", "ca.net;", NULL, 0 },
	{ "issue", "ca.net ; ", NULL, 0 },
	{ "issue", "ca.net; a=", NULL, 0 },
	{ "issue", "ca.net; a-b = ~!", NULL, 0 },
	{ "ISSUE", "ca.net", NULL, 128 },
	{ "issuewild", "ca.net", NULL, 0 },
	{ "issuemail", "ca.net", NULL, 0 },
	{ "iodef", "mailto:security@example.com", NULL, 0 },
	{ "iodef", "https://iodef.example.com/", NULL, 0 },
	{ "iodef", "HTTP://iodef.example.com/", NULL, 0 },
	{ "contactemail", "anything at all", NULL, 128 },
	{ "tbs", "Unknown", NULL, 0 },
	{ "tbs", "Unknown", "a critical tag", 128 },
	{ "tbs", "Unknown", NULL, 127 },
	{ "issue", "%%%%%", "an issuer that is no domain", 0 },
	{ "issue", "-ca.net", "an issuer that is no domain", 0 },
	{ "issue", "ca-.net", "an issuer that is no domain", 0 },
	{ "issue", "ca..net", "an issuer that is no domain", 0 },
	{ "issue", "ca.net.", "an issuer that is no domain", 0 },
	{ "issue", ".net", "an issuer that is no domain", 0 },
	{ "issue", "\"ca.net\"", "an issuer that is no domain", 0 },
	{ "issue", "ca.net other", "octets behind the issuer", 0 },
	{ "issue", "ca.net, b.net", "octets behind the issuer", 0 },
	{ "issue", "ca.net; a", "a parameter that is none", 0 },
	{ "issue", "ca.net; =b", "a parameter that is none", 0 },
	{ "issue", "ca.net; a=b c=d", "a parameter that is none", 0 },
	{ "issue", "ca.net; a=b;", "a parameter that is none", 0 },
	{ "issue", "ca.net; a=\xff", "a parameter that is none", 0 },
	{ "issuewild", "%", "an issuer that is no domain", 0 },
	{ "iodef", "security@example.com", "an iodef", 0 },
	{ "iodef", "mailto:", "an iodef", 0 },
	{ "iodef", "", "an iodef", 0 },
	{ "is sue", "ca.net", "a tag that", 0 },
	{ "issue\xff", "ca.net", "a tag that", 0 },
	{ "", "ca.net", "a tag that", 0 },
};

/* Octets on the heap and of just that size, so that a read beyond their end is seen. */
static struct caa
read_record(uint8_t flags, size_t tag_length, const void *rest, size_t length, uint8_t **octets_out)
{
	uint8_t *octets = malloc(2 + length);

	octets[0] = flags;
	octets[1] = (uint8_t)tag_length;
	memcpy(octets + 2, rest, length);
	*octets_out = octets;
	return caa_read(octets, 2 + length);
}

static void
records_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct caa_case *c = &cases[i];
		char rest[128] = "";
		uint8_t *octets;
		struct caa caa;

		strcat(strcat(rest, c->tag), c->value);
		caa = read_record(c->flags, strlen(c->tag), rest, strlen(rest), &octets);
		if ((caa.problem == NULL) != (c->problem == NULL) ||
		    (c->problem != NULL &&
			strncmp(caa.problem, c->problem, strlen(c->problem)) != 0))
			fail_msg("%u %s %s: %s", c->flags, c->tag, c->value,
			    caa.problem == NULL ? "fine" : caa.problem);
		assert_int_equal(caa.critical, c->flags == 128);
		assert_int_equal(caa.tag_length, strlen(c->tag));
		assert_int_equal(caa.value_length, strlen(c->value));
		assert_memory_equal(caa.value, c->value, caa.value_length);
		free(octets);
	}
}

static void
cut_records_are_none(void **state)
{
	static const char *const problem = "it is cut short";
	uint8_t *octets;

	(void)state;
	octets = malloc(1);
	assert_string_equal(caa_read(octets, 0).problem, problem);
	octets[0] = 0;
	assert_string_equal(caa_read(octets, 1).problem, problem);
	free(octets);
	assert_string_equal(read_record(0, 6, "issue", 5, &octets).problem, problem);
	free(octets);
	assert_string_equal(read_record(0, 255, "issue", 5, &octets).problem, problem);
	free(octets);
	assert_null(read_record(0, 5, "issue", 5, &octets).problem);
	free(octets);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_judged),
		cmocka_unit_test(cut_records_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
