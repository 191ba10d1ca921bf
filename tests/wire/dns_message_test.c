/* DNS messages: answers as they should be, and whatever else a stranger may send. */
#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "wire/dns_message.h"
#include "wire/dns_name.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESPONSE = 0x8180, TRUNCATED = 0x0200, AUTHENTIC = 0x0020, NXDOMAIN = 3 };

/* ---- messages out of text */

static void
put_u16(struct strbuf *out, size_t at, size_t value)
{
	out->at[at] = (char)(value >> 8);
	out->at[at + 1] = (char)value;
}

static void
add_name(struct strbuf *out, const char *name)
{
	assert_true(dns_name_write(out, name));
}

static void
begin(struct strbuf *out, unsigned flags, const char *name, enum dns_type type)
{
	strbuf_reset(out);
	strbuf_add_u16(out, 4711);
	strbuf_add_u16(out, (uint16_t)flags);
	strbuf_add_u16(out, 1);
	strbuf_add_u16(out, 0);
	strbuf_add_u16(out, 0);
	strbuf_add_u16(out, 0);
	add_name(out, name);
	strbuf_add_u16(out, (uint16_t)type);
	strbuf_add_u16(out, 1);
}

enum section { ANSWER = 6, AUTHORITY = 8 };

/* Begins a record; the data are added behind it. Gives the place of its length. */
static size_t
record(struct strbuf *out, enum section section, const char *owner, unsigned type, uint32_t ttl)
{
	size_t count = (size_t)(uint8_t)out->at[section] << 8 | (uint8_t)out->at[section + 1];

	put_u16(out, section, count + 1);
	add_name(out, owner);
	strbuf_add_u16(out, (uint16_t)type);
	strbuf_add_u16(out, 1);
	strbuf_add_u32(out, ttl);
	strbuf_add_u16(out, 0);
	return out->length - 2;
}

static void
end(struct strbuf *out, size_t place)
{
	put_u16(out, place, out->length - place - 2);
}

static void
add_named(struct strbuf *out, enum section section, const char *owner, enum dns_type type,
    uint32_t ttl, const char *target)
{
	size_t place = record(out, section, owner, type, ttl);

	if (type == DNS_MX)
		strbuf_add_u16(out, 10);
	add_name(out, target);
	end(out, place);
}

static void
add_octets(struct strbuf *out, const char *owner, unsigned type, uint32_t ttl, const void *octets,
    size_t length)
{
	size_t place = record(out, ANSWER, owner, type, ttl);

	strbuf_add(out, octets, length);
	end(out, place);
}

static void
add_soa(struct strbuf *out, enum section section, const char *owner, uint32_t ttl, uint32_t minimum)
{
	size_t place = record(out, section, owner, DNS_SOA, ttl);

	add_name(out, "ns.a.com");
	add_name(out, "hostmaster.a.com");
	for (uint32_t number = 1; number <= 4; number++)
		strbuf_add_u32(out, number);
	strbuf_add_u32(out, minimum);
	end(out, place);
}

static enum dns_status
parse_as(const struct strbuf *message, const char *name, enum dns_type type, struct arena *arena,
    struct dns_answer *answer)
{
	/* on the heap and of just this size, so that a read beyond its end is seen */
	char *bytes = malloc(message->length + 1);

	memcpy(bytes + 1, message->at, message->length);
	arena_free(arena);
	dns_message_parse(bytes + 1, message->length, name, type, arena, answer);
	free(bytes);
	return answer->status;
}

/* ---- what is right */

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
	assert_string_equal(ip_format(&answer.records[1].ip, text), "192.0.2.1");
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
	assert_int_equal(answer.records[0].strings, 4);
	assert_int_equal(answer.records[0].length, 15);
	assert_memory_equal(answer.records[0].text, "v=spf1 a\0b -all", 16);
	assert_int_equal(answer.records[1].length, 0);
	assert_int_equal(answer.records[1].strings, 1);

	begin(&message, RESPONSE, "a.com", DNS_TXT);
	add_octets(&message, "a.com", DNS_TXT, 300, "\6v=spf", 6); /* says six, has five */
	assert_int_equal(parse_as(&message, "a.com", DNS_TXT, &arena, &answer), DNS_MALFORMED);
	assert_int_equal(answer.count, 0);
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
		char owner[16], target[16];

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

/* ---- TTLs */

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

/* ---- what is wrong */

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
		cmocka_unit_test(texts_are_joined_and_may_hold_nul),
		cmocka_unit_test(negatives_carry_the_word_of_their_zone),
		cmocka_unit_test(aliases_are_followed),
		cmocka_unit_test(circles_of_aliases_end),
		cmocka_unit_test(what_was_not_asked_is_not_read),
		cmocka_unit_test(the_least_ttl_counts),
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
		cmocka_unit_test(questions_are_written),
		cmocka_unit_test(words_are_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
