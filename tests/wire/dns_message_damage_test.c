/* DNS messages that are not what they should be: whatever a stranger may send. */
#include "wire/dns_message_fixture.h"

struct code_case {
	unsigned flags;
	enum dns_status expected;
};

static const struct code_case codes[] = {
	{ RESPONSE | 0, DNS_NODATA }, { RESPONSE | 1, DNS_MALFORMED }, /* FORMERR */
	{ RESPONSE | 2, DNS_SERVFAIL }, { RESPONSE | 3, DNS_NXDOMAIN },
	{ RESPONSE | 4, DNS_REFUSED }, /* NOTIMP */
	{ RESPONSE | 5, DNS_REFUSED }, { RESPONSE | 9, DNS_MALFORMED },
	{ RESPONSE | 15, DNS_MALFORMED }, { RESPONSE | TRUNCATED, DNS_MALFORMED },
	{ 0x0100, DNS_MALFORMED }, /* a question */
};

static void
codes_are_told_apart(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		begin(&message, codes[i].flags, "a.com", DNS_A);
		if (parse_as(&message, "a.com", DNS_A, &arena, &answer) != codes[i].expected)
			fail_msg("%x: %s", codes[i].flags, dns_status_text(answer.status));
	}
	arena_free(&arena);
	strbuf_free(&message);
}

/* Some servers refuse without repeating the question; nothing else may come without it. */
static void
refusals_may_be_curt(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (unsigned code = 0; code < 6; code++) {
		static const enum dns_status expected[] = { DNS_MALFORMED, DNS_MALFORMED,
			DNS_SERVFAIL, DNS_MALFORMED, DNS_REFUSED, DNS_REFUSED };

		begin(&message, RESPONSE | code, "a.com", DNS_A);
		message.length = 12;
		put_u16(&message, 4, 0);
		assert_int_equal(
		    parse_as(&message, "a.com", DNS_A, &arena, &answer), expected[code]);
	}
	arena_free(&arena);
	strbuf_free(&message);
}

static void
other_questions_are_not_ours(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "b.com", DNS_A);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	begin(&message, RESPONSE, "a.com", DNS_AAAA);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	begin(&message, RESPONSE, "a.com", DNS_A);
	put_u16(&message, message.length - 2, 3); /* class CH */
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	begin(&message, RESPONSE, "a.com", DNS_A);
	put_u16(&message, 4, 2);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	begin(&message, RESPONSE, "A.com", DNS_A); /* letter case makes no difference */
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_NODATA);
	arena_free(&arena);
	strbuf_free(&message);
}

/* Whatever a rule writes as a name, the answer to it is known again. */
static void
odd_names_are_known_again(void **state)
{
	static const char *const names[] = { "a.com", "A.com.", "a+b._domainkey.a.com", "*.a.com",
		"a\\043b.com", "f\xc3\xbcr.de", "a!b.com", "." };
	struct strbuf query = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		strbuf_reset(&query);
		assert_true(dns_query_write(&query, 1, names[i], DNS_TXT));
		put_u16(&query, 2, RESPONSE);
		if (parse_as(&query, names[i], DNS_TXT, &arena, &answer) != DNS_NODATA)
			fail_msg("%s", names[i]);
	}
	arena_free(&arena);
	strbuf_free(&query);
}

static void
counts_that_lie_are_malformed(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (size_t count = 2; count <= 0xffff; count = count * 3 + 1) {
		begin(&message, RESPONSE, "a.com", DNS_A);
		add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\1", 4);
		put_u16(&message, ANSWER, count);
		assert_int_equal(
		    parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
		assert_int_equal(answer.count, 0);
	}
	begin(&message, RESPONSE, "a.com", DNS_A); /* fewer than there are: the rest is not read */
	add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\1", 4);
	add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\2", 4);
	put_u16(&message, ANSWER, 1);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_DATA);
	assert_int_equal(answer.count, 1);
	begin(&message, RESPONSE, "a.com", DNS_A);
	put_u16(&message, AUTHORITY, 1);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
data_of_the_wrong_size_are_malformed(void **state)
{
	static const struct {
		enum dns_type type;
		const char *octets;
		size_t length;
	} cases[] = {
		{ DNS_A, "\xc0\0\2", 3 },
		{ DNS_A, "\xc0\0\2\1\0", 5 },
		{ DNS_A, "", 0 },
		{ DNS_AAAA, "\xc0\0\2\1", 4 },
		{ DNS_MX, "\0", 1 },
		{ DNS_MX, "\0\12", 2 },
		{ DNS_MX, "\0\12\2mx\0x", 7 },
		{ DNS_MX, "\0\12\5mx\0", 6 },
		{ DNS_PTR, "", 0 },
		{ DNS_PTR, "\xc0\xff", 2 },
		{ DNS_TXT, "\5abc", 4 },
		{ DNS_SOA, "\0\0\0\0\0\1", 6 },
	};
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		begin(&message, RESPONSE, "a.com", cases[i].type);
		add_octets(&message, "a.com", cases[i].type, 300, cases[i].octets, cases[i].length);
		if (parse_as(&message, "a.com", cases[i].type, &arena, &answer) != DNS_MALFORMED)
			fail_msg("case %zu: %s", i, dns_status_text(answer.status));
	}
	arena_free(&arena);
	strbuf_free(&message);
}

/* An alias whose target cannot be read is no "name without this type". */
static void
broken_aliases_are_malformed(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_A);
	add_octets(&message, "a.com", DNS_CNAME, 300, "\5b", 2);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	begin(&message, RESPONSE, "a.com", DNS_A);
	add_octets(&message, "a.com", DNS_CNAME, 300, "\1b\0rest", 7);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	arena_free(&arena);
	strbuf_free(&message);
}

/* "No such name", and data of it: one of both is invented. */
static void
data_of_a_missing_name_are_malformed(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE | NXDOMAIN, "a.com", DNS_A);
	add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\1", 4);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	assert_int_equal(answer.count, 0);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
write_everything(struct strbuf *message, enum dns_type type)
{
	begin(message, RESPONSE, "a.com", type);
	add_named(message, ANSWER, "a.com", DNS_CNAME, 90, "b.com");
	add_octets(message, "b.com", DNS_A, 300, "\xc0\0\2\1", 4);
	add_named(message, ANSWER, "b.com", DNS_MX, 300, "mx.a.com");
	add_octets(message, "b.com", DNS_TXT, 300, "\3abc\2de", 7);
	add_soa(message, ANSWER, "b.com", 300, 7);
	add_soa(message, AUTHORITY, "com", 300, 7);
}

static const enum dns_type all_types[] = { DNS_A, DNS_MX, DNS_TXT, DNS_SOA, DNS_PTR, DNS_CNAME };

static void
a_message_cut_anywhere_is_malformed_or_whole(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (size_t type = 0; type < COUNT_OF(all_types); type++) {
		size_t whole;

		write_everything(&message, all_types[type]);
		whole = message.length;
		for (message.length = 0; message.length < whole; message.length++) {
			enum dns_status status =
			    parse_as(&message, "a.com", all_types[type], &arena, &answer);

			/* the authority is read only for a negative */
			if (status != DNS_MALFORMED && status != DNS_DATA)
				fail_msg("%s, %zu of %zu octets: %s",
				    dns_type_text(all_types[type]), message.length, whole,
				    dns_status_text(status));
		}
	}
	arena_free(&arena);
	strbuf_free(&message);
}

static void
damaged_messages_do_no_harm(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;
	uint32_t random = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		enum dns_type type = all_types[round % (int)COUNT_OF(all_types)];

		write_everything(&message, type);
		for (int i = 0; i < 4; i++) {
			random = random * 1103515245 + 12345;
			message.at[(random >> 8) % message.length] = (char)(random >> 24);
		}
		parse_as(&message, "a.com", type, &arena, &answer);
		for (size_t i = 0; i < answer.count && type == DNS_MX; i++)
			assert_non_null(answer.records[i].name);
	}
	arena_free(&arena);
	strbuf_free(&message);
}

static void
the_largest_message_is_survived(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_A);
	while (message.length + 21 <= 65535)
		add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\1", 4);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_DATA);
	assert_int_equal(answer.count, DNS_RECORDS_MAX);
	assert_true(answer.cut);

	begin(&message, RESPONSE, "a.com", DNS_TXT);
	{
		size_t place = record(&message, ANSWER, "a.com", DNS_TXT, 300);

		while (message.length + 256 <= 65535) {
			strbuf_add_u8(&message, 255);
			for (int i = 0; i < 255; i++)
				strbuf_add_byte(&message, 'x');
		}
		end(&message, place);
	}
	assert_int_equal(parse_as(&message, "a.com", DNS_TXT, &arena, &answer), DNS_DATA);
	assert_int_equal(answer.records[0].length, (size_t)answer.records[0].strings * 255);

	begin(&message, RESPONSE, "a.com", DNS_A); /* thousands of aliases that lead nowhere */
	while (message.length + 30 <= 65535)
		add_named(&message, ANSWER, "x.com", DNS_CNAME, 1, "y.com");
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_NODATA);
	arena_free(&arena);
	strbuf_free(&message);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_told_apart),
		cmocka_unit_test(refusals_may_be_curt),
		cmocka_unit_test(other_questions_are_not_ours),
		cmocka_unit_test(odd_names_are_known_again),
		cmocka_unit_test(counts_that_lie_are_malformed),
		cmocka_unit_test(data_of_the_wrong_size_are_malformed),
		cmocka_unit_test(broken_aliases_are_malformed),
		cmocka_unit_test(data_of_a_missing_name_are_malformed),
		cmocka_unit_test(a_message_cut_anywhere_is_malformed_or_whole),
		cmocka_unit_test(damaged_messages_do_no_harm),
		cmocka_unit_test(the_largest_message_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
