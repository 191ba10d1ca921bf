/* DNS messages: questions as they should be written, and answers as they should be read. */
#include "wire/dns_message_fixture.h"

#include <stdio.h>

static void
addresses_are_read(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;
	char text[IP_TEXT_MAX];

	(void)state;
	begin(&message, RESPONSE | AUTHENTIC, "a.com", DNS_A);
	add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\1", 4);
	add_octets(&message, "a.com", DNS_A, 60, "\xc0\0\2\2", 4);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_DATA);
	assert_int_equal(answer.count, 2);
	assert_int_equal(answer.ttl, 60);
	assert_true(answer.authentic);
	assert_false(answer.cut);
	assert_null(answer.canonical);
	assert_string_equal(ip_format(&answer.records[1].ip, text), "192.0.2.2");

	begin(&message, RESPONSE, "a.com", DNS_AAAA);
	add_octets(&message, "a.com", DNS_AAAA, 300, "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	add_octets(&message, "a.com", DNS_AAAA, 300, "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2\1", 16);
	assert_int_equal(parse_as(&message, "a.com", DNS_AAAA, &arena, &answer), DNS_DATA);
	assert_string_equal(ip_format(&answer.records[0].ip, text), "2001:db8::1");
	assert_string_equal(ip_format(&answer.records[1].ip, text), "::ffff:192.0.2.1");
	assert_false(answer.authentic);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
names_are_read(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_MX);
	add_named(&message, ANSWER, "A.Com", DNS_MX, 300, "MX.a.com");
	add_named(&message, ANSWER, "a.com", DNS_MX, 300, ".");
	assert_int_equal(parse_as(&message, "a.com", DNS_MX, &arena, &answer), DNS_DATA);
	assert_string_equal(answer.records[0].name, "mx.a.com");
	assert_int_equal(answer.records[0].preference, 10);
	assert_string_equal(answer.records[1].name, ".");

	begin(&message, RESPONSE, "1.2.0.192.in-addr.arpa", DNS_PTR);
	add_named(&message, ANSWER, "1.2.0.192.in-addr.arpa", DNS_PTR, 300, "h\\.x.a.com");
	assert_int_equal(
	    parse_as(&message, "1.2.0.192.in-addr.arpa", DNS_PTR, &arena, &answer), DNS_DATA);
	assert_string_equal(answer.records[0].name, "h\\046x.a.com");

	begin(&message, RESPONSE, "a.com", DNS_SOA);
	add_soa(&message, ANSWER, "a.com", 300, 7);
	assert_int_equal(parse_as(&message, "a.com", DNS_SOA, &arena, &answer), DNS_DATA);
	assert_string_equal(answer.records[0].soa->mname, "ns.a.com");
	assert_string_equal(answer.records[0].soa->rname, "hostmaster.a.com");
	assert_int_equal(answer.records[0].soa->serial, 1);
	assert_int_equal(answer.records[0].soa->expire, 4);
	assert_int_equal(answer.records[0].soa->minimum, 7);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
texts_come_sorted(void **state)
{
	static const char *const texts[] = { "\3abc", "\1b", "\2ab", "\3abb" };
	static const char *const sorted[] = { "ab", "abb", "abc", "b" };
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_TXT);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add_octets(&message, "a.com", DNS_TXT, 300, texts[i], strlen(texts[i]));
	assert_int_equal(parse_as(&message, "a.com", DNS_TXT, &arena, &answer), DNS_DATA);
	for (size_t i = 0; i < COUNT_OF(sorted); i++)
		assert_string_equal(answer.records[i].text, sorted[i]);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
texts_are_joined_and_may_hold_nul(void **state)
{
	static const char octets[] = "\6v=spf1\4 a\0b\0\5 -all";
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_TXT);
	add_octets(&message, "a.com", DNS_TXT, 300, octets, sizeof octets - 1);
	add_octets(&message, "a.com", DNS_TXT, 300, "\0", 1);
	assert_int_equal(parse_as(&message, "a.com", DNS_TXT, &arena, &answer), DNS_DATA);
	assert_int_equal(answer.records[0].length, 0); /* sorted */
	assert_int_equal(answer.records[0].strings, 1);
	assert_int_equal(answer.records[1].strings, 4);
	assert_int_equal(answer.records[1].length, 15);
	assert_memory_equal(answer.records[1].text, "v=spf1 a\0b -all", 16);

	begin(&message, RESPONSE, "a.com", DNS_TXT);
	add_octets(&message, "a.com", DNS_TXT, 300, "\6v=spf", 6); /* says six, has five */
	assert_int_equal(parse_as(&message, "a.com", DNS_TXT, &arena, &answer), DNS_MALFORMED);
	assert_int_equal(answer.count, 0);
	arena_free(&arena);
	strbuf_free(&message);
}

/* For whoever understands them, whatever their length. */
static void
opaque_records_come_sorted_as_they_stand(void **state)
{
	static const enum dns_type types[] = { DNS_DS, DNS_RRSIG, DNS_DNSKEY, DNS_TLSA, DNS_CAA };
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		begin(&message, RESPONSE | AUTHENTIC, "_25._tcp.a.com", types[i]);
		add_octets(&message, "_25._tcp.a.com", types[i], 300, "\3\1\1\0\xc0\x0c", 6);
		add_octets(&message, "_25._tcp.a.com", types[i], 60, "\3\0\1", 3);
		add_octets(&message, "_25._tcp.a.com", types[i], 300, "", 0);
		assert_true(dns_type_is_opaque(types[i]));
		assert_int_equal(
		    parse_as(&message, "_25._tcp.a.com", types[i], &arena, &answer), DNS_DATA);
		assert_int_equal(answer.count, 3);
		assert_int_equal(answer.ttl, 60);
		assert_true(answer.authentic);
		assert_int_equal(answer.records[0].length, 0);
		assert_int_equal(answer.records[1].length, 3);
		assert_memory_equal(answer.records[1].octets, "\3\0\1", 3);
		assert_int_equal(answer.records[2].length, 6);
		assert_memory_equal(answer.records[2].octets, "\3\1\1\0\xc0\x0c", 6);
	}
	assert_false(dns_type_is_opaque(DNS_TXT));
	arena_free(&arena);
	strbuf_free(&message);
}

static void
negatives_carry_the_word_of_their_zone(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE | NXDOMAIN, "x.a.com", DNS_A);
	add_soa(&message, AUTHORITY, "a.com", 3600, 300);
	assert_int_equal(parse_as(&message, "x.a.com", DNS_A, &arena, &answer), DNS_NXDOMAIN);
	assert_string_equal(answer.soa_owner, "a.com");
	assert_int_equal(answer.ttl, 300);
	assert_true(dns_is_negative(&answer) && dns_is_answer(&answer));

	begin(&message, RESPONSE, "a.com", DNS_MX);
	add_named(&message, AUTHORITY, "a.com", DNS_NS, 9, "ns.a.com");
	add_soa(&message, AUTHORITY, "a.com", 60, 300);
	assert_int_equal(parse_as(&message, "a.com", DNS_MX, &arena, &answer), DNS_NODATA);
	assert_string_equal(answer.soa_owner, "a.com");
	assert_int_equal(answer.ttl, 60);

	begin(&message, RESPONSE, "a.com", DNS_MX);
	assert_int_equal(parse_as(&message, "a.com", DNS_MX, &arena, &answer), DNS_NODATA);
	assert_null(answer.soa_owner);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
aliases_are_followed(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_A);
	add_octets(&message, "c.com", DNS_A, 300, "\xc0\0\2\1", 4); /* in no order */
	add_named(&message, ANSWER, "b.com", DNS_CNAME, 30, "c.com");
	add_named(&message, ANSWER, "a.com", DNS_CNAME, 90, "B.com");
	add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\2", 4); /* beside an alias: not read */
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_DATA);
	assert_int_equal(answer.aliases, 2);
	assert_string_equal(answer.canonical, "c.com");
	assert_int_equal(answer.count, 1);
	assert_int_equal(answer.records[0].ip.octets[3], 1);
	assert_int_equal(answer.ttl, 30);

	begin(&message, RESPONSE | NXDOMAIN, "a.com", DNS_A);
	add_named(&message, ANSWER, "a.com", DNS_CNAME, 90, "gone.com");
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_NXDOMAIN);
	assert_int_equal(answer.aliases, 1);
	assert_string_equal(answer.canonical, "gone.com");

	begin(&message, RESPONSE, "a.com", DNS_CNAME); /* the alias itself was asked for */
	add_named(&message, ANSWER, "a.com", DNS_CNAME, 90, "b.com");
	assert_int_equal(parse_as(&message, "a.com", DNS_CNAME, &arena, &answer), DNS_DATA);
	assert_int_equal(answer.aliases, 0);
	assert_string_equal(answer.records[0].name, "b.com");
	arena_free(&arena);
	strbuf_free(&message);
}

static void
circles_of_aliases_end(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_A);
	add_named(&message, ANSWER, "a.com", DNS_CNAME, 90, "b.com");
	add_named(&message, ANSWER, "b.com", DNS_CNAME, 90, "a.com");
	add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\2", 4);
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);

	begin(&message, RESPONSE, "a.com", DNS_A);
	add_named(&message, ANSWER, "a.com", DNS_CNAME, 90, "a.com");
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_MALFORMED);

	begin(&message, RESPONSE, "n0.com", DNS_A); /* as long as it may be, and one longer */
	for (int i = 0; i < DNS_ALIASES_MAX; i++) {
		char owner[24], target[24];

		snprintf(owner, sizeof owner, "n%d.com", i);
		snprintf(target, sizeof target, "n%d.com", i + 1);
		add_named(&message, ANSWER, owner, DNS_CNAME, 90, target);
	}
	assert_int_equal(parse_as(&message, "n0.com", DNS_A, &arena, &answer), DNS_NODATA);
	assert_int_equal(answer.aliases, DNS_ALIASES_MAX);
	add_named(&message, ANSWER, "n16.com", DNS_CNAME, 90, "n17.com");
	assert_int_equal(parse_as(&message, "n0.com", DNS_A, &arena, &answer), DNS_MALFORMED);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
what_was_not_asked_is_not_read(void **state)
{
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;
	size_t class;

	(void)state;
	begin(&message, RESPONSE, "a.com", DNS_A);
	add_octets(&message, "b.com", DNS_A, 300, "\xc0\0\2\1", 4); /* another owner */
	add_octets(&message, "a.com", DNS_TXT, 300, "\1x", 2);      /* another type */
	add_octets(&message, "a.com", 46, 300, "signature", 9);     /* RRSIG */
	class = message.length;
	add_octets(&message, "a.com", DNS_A, 300, "\xc0\0\2\3", 4);
	put_u16(&message, class + 7 + 2, 3); /* class CH */
	assert_int_equal(parse_as(&message, "a.com", DNS_A, &arena, &answer), DNS_NODATA);
	assert_int_equal(answer.count, 0);
	arena_free(&arena);
	strbuf_free(&message);
}

static void
the_least_ttl_counts(void **state)
{
	static const struct {
		uint32_t ttls[3], expected;
	} cases[] = {
		{ { 300, 60, 90 }, 60 },
		{ { 0, 60, 90 }, 0 },
		{ { 60, 0, 90 }, 0 },
		{ { 0x80000000, 60, 90 }, 0 }, /* RFC 2181 8 */
		{ { 0x7fffffff, 0x7fffffff, 0x7fffffff }, 0x7fffffff },
	};
	struct strbuf message = { 0 };
	struct arena arena = { 0 };
	struct dns_answer answer;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		begin(&message, RESPONSE, "a.com", DNS_A);
		for (size_t k = 0; k < 3; k++)
			add_octets(&message, "a.com", DNS_A, cases[i].ttls[k], "\xc0\0\2\1", 4);
		parse_as(&message, "a.com", DNS_A, &arena, &answer);
		if (answer.ttl != cases[i].expected)
			fail_msg("case %zu: %u", i, answer.ttl);
	}
	arena_free(&arena);
	strbuf_free(&message);
}

static void
questions_are_written(void **state)
{
	static const char expected[] = "\x12\x34\x01\x20\0\1\0\0\0\0\0\1\1a\3com\0\0\x0f\0\1"
				       "\0\0\x29\x04\xd0\0\0\0\0\0\0";
	struct strbuf query = { 0 };

	(void)state;
	assert_true(dns_query_write(&query, 0x1234, "a.com", DNS_MX));
	assert_int_equal(query.length, sizeof expected - 1);
	assert_memory_equal(query.at, expected, query.length);
	assert_false(dns_query_write(&query, 1, "a..com", DNS_MX));
	strbuf_free(&query);
}

static void
words_are_complete(void **state)
{
	(void)state;
	for (int i = 0; i < DNS_STATUS_COUNT; i++)
		assert_non_null(dns_status_text((enum dns_status)i));
	assert_string_equal(dns_type_text(DNS_AAAA), "AAAA");
	assert_string_equal(dns_type_text((enum dns_type)4711), "?");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read),
		cmocka_unit_test(names_are_read),
		cmocka_unit_test(texts_come_sorted),
		cmocka_unit_test(opaque_records_come_sorted_as_they_stand),
		cmocka_unit_test(texts_are_joined_and_may_hold_nul),
		cmocka_unit_test(negatives_carry_the_word_of_their_zone),
		cmocka_unit_test(aliases_are_followed),
		cmocka_unit_test(circles_of_aliases_end),
		cmocka_unit_test(what_was_not_asked_is_not_read),
		cmocka_unit_test(the_least_ttl_counts),
		cmocka_unit_test(questions_are_written),
		cmocka_unit_test(words_are_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
