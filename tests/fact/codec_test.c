/* Facts as bytes: every field comes back, and damaged bytes do no harm. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/looks.h"
#include "smtp/observation.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static struct dns_soa soa = { "ns.a.com", "hostmaster.a.com", 1, 2, 3, 0xffffffff, 5 };

static const struct dns_record addresses[] = {
	{ .ip = { 4, { 192, 0, 2, 1 } } },
	{ .ip = { 6, { 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } },
};
static const struct dns_record exchanges[] = {
	{ .name = "mx.a.com", .preference = 65535 },
	{ .name = ".", .preference = 0 },
};
static const struct dns_record texts[] = {
	{ .text = "v=spf1 a\0b -all", .length = 15, .strings = 3 },
	{ .text = "", .length = 0, .strings = 1 },
};
static const struct dns_record names[] = { { .name = "a\\046b.com" }, { .name = "b.com" } };
static const struct dns_record opaque[] = {
	{ .octets = (const uint8_t *)"\3\1\1\0\xff", .length = 5 },
	{ .octets = (const uint8_t *)"", .length = 0 },
};
static const struct dns_record authority[] = { { .soa = &soa } };

struct answer_case {
	enum dns_type type;
	struct dns_answer answer;
};

static const struct answer_case answers[] = {
	{ DNS_A,
	    { .status = DNS_DATA,
		.authentic = true,
		.resolvers = 1,
		.ttl = 3600,
		.elapsed_ms = 12,
		.seen_at = 1796000000,
		.count = 2,
		.records = addresses } },
	{ DNS_AAAA,
	    { .status = DNS_DATA,
		.cut = true,
		.aliases = 16,
		.canonical = "b.com",
		.ttl = 0x7fffffff,
		.elapsed_ms = UINT32_MAX,
		.seen_at = INT64_MAX,
		.count = 2,
		.records = addresses } },
	{ DNS_MX, { .status = DNS_DATA, .resolvers = 0xff, .count = 2, .records = exchanges } },
	{ DNS_TXT, { .status = DNS_DATA, .count = 2, .records = texts } },
	{ DNS_PTR, { .status = DNS_DATA, .count = 2, .records = names } },
	{ DNS_CNAME, { .status = DNS_DATA, .count = 1, .records = names } },
	{ DNS_NS, { .status = DNS_DATA, .count = 2, .records = names } },
	{ DNS_SOA, { .status = DNS_DATA, .count = 1, .records = authority } },
	{ DNS_TLSA, { .status = DNS_DATA, .authentic = true, .count = 2, .records = opaque } },
	{ DNS_CAA, { .status = DNS_DATA, .count = 2, .records = opaque } },
	{ DNS_DS, { .status = DNS_DATA, .count = 1, .records = opaque } },
	{ DNS_RRSIG, { .status = DNS_DATA, .count = 1, .records = opaque } },
	{ DNS_DNSKEY, { .status = DNS_DATA, .count = 1, .records = opaque } },
	{ DNS_MX,
	    { .status = DNS_NXDOMAIN,
		.confirmation = DNS_CONFIRMED,
		.resolvers = 3,
		.soa_owner = "com",
		.ttl = 900,
		.seen_at = -1 } },
	{ DNS_TXT,
	    { .status = DNS_NODATA,
		.confirmation = DNS_CONTRADICTED,
		.aliases = 1,
		.canonical = "b.com",
		.soa_owner = "." } },
	{ DNS_TXT, { .status = DNS_TIMEOUT, .elapsed_ms = 15000 } },
	{ DNS_A, { .status = DNS_NOT_RECORDED } },
};

static void
assert_same_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a != NULL)
		assert_string_equal(a, b);
}

static void
assert_same_record(const struct dns_record *a, const struct dns_record *b, enum dns_type type)
{
	switch (type) {
	case DNS_A:
	case DNS_AAAA:
		assert_true(ip_equal(&a->ip, &b->ip));
		break;
	case DNS_TXT:
	case DNS_SPF:
		assert_int_equal(a->length, b->length);
		assert_int_equal(a->strings, b->strings);
		assert_memory_equal(a->text, b->text, a->length + 1);
		break;
	case DNS_DS:
	case DNS_RRSIG:
	case DNS_DNSKEY:
	case DNS_TLSA:
	case DNS_CAA:
		assert_int_equal(a->length, b->length);
		assert_memory_equal(a->octets, b->octets, a->length);
		break;
	case DNS_SOA:
		assert_string_equal(a->soa->mname, b->soa->mname);
		assert_string_equal(a->soa->rname, b->soa->rname);
		assert_memory_equal(&a->soa->serial, &b->soa->serial, 5 * sizeof(uint32_t));
		break;
	case DNS_MX:
		assert_int_equal(a->preference, b->preference);
		assert_string_equal(a->name, b->name);
		break;
	case DNS_NS:
	case DNS_CNAME:
	case DNS_PTR:
		assert_string_equal(a->name, b->name);
		break;
	}
}

static void
assert_same_answer(const struct dns_answer *a, const struct dns_answer *b, enum dns_type type)
{
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->confirmation, b->confirmation);
	assert_int_equal(a->authentic, b->authentic);
	assert_int_equal(a->cut, b->cut);
	assert_int_equal(a->aliases, b->aliases);
	assert_int_equal(a->resolvers, b->resolvers);
	assert_int_equal(a->ttl, b->ttl);
	assert_int_equal(a->elapsed_ms, b->elapsed_ms);
	assert_int_equal(a->seen_at, b->seen_at);
	assert_same_text(a->canonical, b->canonical);
	assert_same_text(a->soa_owner, b->soa_owner);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		assert_same_record(&a->records[i], &b->records[i], type);
}

/* From bytes on the heap and of just this size, so that a read beyond their end is seen. */
static bool
decode_dns(const char *bytes, size_t length, enum dns_type type, struct arena *arena,
    struct dns_answer *answer)
{
	char *copy = malloc(length + 1);
	bool read;

	memcpy(copy + 1, bytes, length);
	arena_free(arena);
	read = fact_decode_dns(copy + 1, length, type, arena, answer);
	free(copy);
	return read;
}

static void
answers_come_back(void **state)
{
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		struct dns_answer read;

		strbuf_reset(&bytes);
		fact_encode_dns(&bytes, &answers[i].answer, answers[i].type);
		assert_true(decode_dns(bytes.at, bytes.length, answers[i].type, &arena, &read));
		assert_same_answer(&answers[i].answer, &read, answers[i].type);
		strbuf_add_string(&bytes, "what a later version adds");
		assert_true(decode_dns(bytes.at, bytes.length, answers[i].type, &arena, &read));
	}
	arena_free(&arena);
	strbuf_free(&bytes);
}

static void
answers_cut_anywhere_are_refused(void **state)
{
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };
	struct dns_answer read;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		strbuf_reset(&bytes);
		fact_encode_dns(&bytes, &answers[i].answer, answers[i].type);
		for (size_t length = 0; length < bytes.length; length++)
			if (decode_dns(bytes.at, length, answers[i].type, &arena, &read))
				fail_msg("case %zu at %zu of %zu", i, length, bytes.length);
	}
	arena_free(&arena);
	strbuf_free(&bytes);
}

static uint32_t
draw(uint32_t *random)
{
	*random = *random * 1103515245 + 12345;
	return *random >> 8;
}

static void
damaged_answers_do_no_harm(void **state)
{
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };
	struct dns_answer read;
	uint32_t random = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const struct answer_case *c = &answers[(size_t)round % COUNT_OF(answers)];
		enum dns_type other = answers[draw(&random) % COUNT_OF(answers)].type;

		strbuf_reset(&bytes);
		fact_encode_dns(&bytes, &c->answer, c->type);
		for (int i = round % 4; i >= 0; i--)
			bytes.at[draw(&random) % bytes.length] = (char)draw(&random);
		decode_dns(bytes.at, bytes.length, round % 3 == 0 ? other : c->type, &arena, &read);
	}
	for (int round = 0; round < 20000; round++) {
		strbuf_reset(&bytes);
		strbuf_add_byte(&bytes, 1); /* the version, or nothing else would be reached */
		strbuf_add_byte(&bytes, (char)(draw(&random) % DNS_STATUS_COUNT));
		strbuf_add_byte(&bytes, 0);
		for (uint32_t length = draw(&random) % 64; length > 0; length--)
			strbuf_add_byte(&bytes, (char)draw(&random));
		decode_dns(bytes.at, bytes.length, answers[draw(&random) % 8].type, &arena, &read);
	}
	arena_free(&arena);
	strbuf_free(&bytes);
}

static void
what_no_version_wrote_is_refused(void **state)
{
	const struct dns_answer nowhere = { .status = DNS_NXDOMAIN, .aliases = 1 };
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };
	struct dns_answer read;

	(void)state;
	fact_encode_dns(&bytes, &answers[0].answer, DNS_A);
	for (int at = 0; at < 3; at++) { /* version, status, confirmation */
		char kept = bytes.at[at];

		bytes.at[at] = 99;
		assert_false(decode_dns(bytes.at, bytes.length, DNS_A, &arena, &read));
		bytes.at[at] = kept;
	}
	strbuf_reset(&bytes);
	strbuf_add(&bytes, "\1\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\1", 19);
	assert_false(decode_dns(bytes.at, bytes.length, DNS_MX, &arena, &read)); /* so many MX */
	strbuf_reset(&bytes);
	fact_encode_dns(&bytes, &nowhere, DNS_A);
	assert_false(decode_dns(bytes.at, bytes.length, DNS_A, &arena, &read));
	arena_free(&arena);
	strbuf_free(&bytes);
}

static void
a_second_observation_is_added_in_place(void **state)
{
	struct dns_answer negative = { .status = DNS_NXDOMAIN, .resolvers = 1, .soa_owner = "com" };
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };
	struct dns_answer read;

	(void)state;
	fact_encode_dns(&bytes, &negative, DNS_MX);
	fact_confirm_dns(bytes.at, DNS_CONFIRMED, 4);
	assert_true(decode_dns(bytes.at, bytes.length, DNS_MX, &arena, &read));
	negative.confirmation = DNS_CONFIRMED;
	negative.resolvers = 5;
	assert_same_answer(&negative, &read, DNS_MX);
	arena_free(&arena);
	strbuf_free(&bytes);
}

/* ---- sessions */

static const struct smtp_form_seen forms[] = {
	{ { "stranger", "a@a.com", "b@b.com" }, { 250, "ok", false, false, false },
	    { 554, "5.7.1 no", true, false, false } },
	{ { "null-sender", "", NULL }, { 550, "", false, false, false }, { .text = "" } },
};

static const uint8_t der[] = { 0x30, 0x03, 0x02, 0x01, 0x00 };
static const struct cert_served chain[] = { { { 1, [31] = 2 }, der, sizeof der },
	{ { 3 }, NULL, 0 } };

static const struct smtp_observation observations[] = {
	{
	    .end = SMTP_END_COMPLETE,
	    .stage = SMTP_QUIT,
	    .seen_at = 1796000000,
	    .connect_ms = 1,
	    .greeting_ms = 200,
	    .total_ms = UINT32_MAX,
	    .greeting = { 220, "mx.a.com ESMTP f\xfcr", true, false, false },
	    .ehlo = { 250, "mx.a.com\nSTARTTLS\nSIZE 1", false, true, false },
	    .starttls = { 220, "go", false, false, true },
	    .ehlo_again = { 250, "mx.a.com", true, true, true },
	    .offers_starttls = true,
	    .secure = true,
	    .tls_error = "",
	    .tls_version = "TLSv1.3",
	    .tls_cipher = "TLS_AES_256_GCM_SHA384",
	    .tls_group = "x25519",
	    .tls_exchange_bits = 253,
	    .tls_secure_renegotiation = true,
	    .chain = chain,
	    .chain_length = COUNT_OF(chain),
	    .local = { 6, { 0x20, 0x01, [15] = 1 } },
	    .witnesses = 3,
	},
	{
	    .end = SMTP_END_REPLY,
	    .stage = SMTP_HELO,
	    .greeting = { 220, "", false, false, false },
	    .ehlo = { 999, "no", false, false, false },
	    .scanner_busy = true,
	    .starttls = { .text = "" },
	    .ehlo_again = { .text = "" },
	    .only_helo = true,
	    .early_octets = true,
	    .tls_error = "no shared cipher",
	    .tls_version = "",
	    .tls_cipher = "",
	    .tls_group = "",
	    .tls_compressed = true,
	    .tls_extended_master_secret = true,
	    .injected = true,
	},
	{
	    .end = SMTP_END_COMPLETE,
	    .stage = SMTP_RSET,
	    .greeting = { 220, "", false, false, false },
	    .ehlo = { 250, "", false, false, false },
	    .starttls = { .text = "" },
	    .ehlo_again = { .text = "" },
	    .tls_error = "",
	    .tls_version = "",
	    .tls_cipher = "",
	    .tls_group = "",
	    .forms = forms,
	    .form_count = COUNT_OF(forms),
	    .scanner_busy = true,
	},
};

static void
assert_same_heard(const struct smtp_heard *a, const struct smtp_heard *b)
{
	assert_int_equal(a->code, b->code);
	assert_string_equal(a->text, b->text);
	assert_int_equal(a->bare_lf, b->bare_lf);
	assert_int_equal(a->mixed_codes, b->mixed_codes);
	assert_int_equal(a->long_line, b->long_line);
	assert_int_equal(a->uncoded_line, b->uncoded_line);
}

static void
assert_same_observation(const struct smtp_observation *a, const struct smtp_observation *b)
{
	assert_int_equal(a->end, b->end);
	assert_int_equal(a->stage, b->stage);
	assert_int_equal(a->seen_at, b->seen_at);
	assert_int_equal(a->connect_ms, b->connect_ms);
	assert_int_equal(a->greeting_ms, b->greeting_ms);
	assert_int_equal(a->total_ms, b->total_ms);
	assert_int_equal(a->witnesses, b->witnesses);
	assert_int_equal(a->scanner_busy, b->scanner_busy);
	assert_same_heard(&a->greeting, &b->greeting);
	assert_same_heard(&a->ehlo, &b->ehlo);
	assert_same_heard(&a->starttls, &b->starttls);
	assert_same_heard(&a->ehlo_again, &b->ehlo_again);
	assert_int_equal(a->only_helo, b->only_helo);
	assert_int_equal(a->offers_starttls, b->offers_starttls);
	assert_int_equal(a->early_octets, b->early_octets);
	assert_int_equal(a->secure, b->secure);
	assert_int_equal(a->injected, b->injected);
	assert_string_equal(a->tls_error, b->tls_error);
	assert_string_equal(a->tls_version, b->tls_version);
	assert_string_equal(a->tls_cipher, b->tls_cipher);
	assert_int_equal(a->local.family, b->local.family);
	assert_true(a->local.family == 0 || ip_equal(&a->local, &b->local));
	assert_string_equal(a->tls_group, b->tls_group);
	assert_int_equal(a->tls_exchange_bits, b->tls_exchange_bits);
	assert_int_equal(a->tls_compressed, b->tls_compressed);
	assert_int_equal(a->tls_secure_renegotiation, b->tls_secure_renegotiation);
	assert_int_equal(a->tls_extended_master_secret, b->tls_extended_master_secret);
	assert_int_equal(a->form_count, b->form_count);
	for (size_t i = 0; i < a->form_count; i++) {
		assert_string_equal(a->forms[i].form.name, b->forms[i].form.name);
		assert_string_equal(a->forms[i].form.from, b->forms[i].form.from);
		assert_same_text(a->forms[i].form.to, b->forms[i].form.to);
		assert_same_heard(&a->forms[i].mail, &b->forms[i].mail);
		assert_same_heard(&a->forms[i].rcpt, &b->forms[i].rcpt);
	}
	assert_int_equal(a->chain_length, b->chain_length);
	for (size_t i = 0; i < a->chain_length; i++) {
		assert_memory_equal(a->chain[i].digest, b->chain[i].digest, CERT_DIGEST_SIZE);
		assert_null(b->chain[i].der);
	}
}

static bool
decode_session(const char *bytes, size_t length, struct arena *arena, struct smtp_observation *seen)
{
	char *copy = malloc(length + 1);
	bool read;

	memcpy(copy + 1, bytes, length);
	arena_free(arena);
	read = fact_decode_session(copy + 1, length, arena, seen);
	free(copy);
	return read;
}

static void
sessions_come_back(void **state)
{
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(observations); i++) {
		struct smtp_observation read;

		strbuf_reset(&bytes);
		fact_encode_session(&bytes, &observations[i]);
		assert_true(decode_session(bytes.at, bytes.length, &arena, &read));
		assert_same_observation(&observations[i], &read);
		for (size_t length = 0; length < bytes.length; length++)
			if (decode_session(bytes.at, length, &arena, &read))
				fail_msg("session %zu at %zu of %zu", i, length, bytes.length);
	}
	arena_free(&arena);
	strbuf_free(&bytes);
}

/* Each kind of visit has a key of its own, and gives what it holds. */
static void
keys_of_visits_differ(void **state)
{
	struct strbuf keys[LOOK_COUNT] = { 0 };

	(void)state;
	for (int look = 0; look < LOOK_COUNT; look++) {
		bool named = look_row((enum session_look)look)->about != ABOUT_ADDRESS;
		enum session_look read;
		const char *name;
		size_t length;
		struct ip ip;

		fact_key_session(
		    &keys[look], (enum session_look)look, &addresses[0].ip, "mx.a.com");
		assert_true(fact_key_read_session(
		    keys[look].at, keys[look].length, &read, &ip, &name, &length));
		assert_int_equal(read, look);
		assert_int_equal(length, named ? strlen("mx.a.com") : 0);
		for (int other = 0; other < look; other++)
			assert_int_not_equal(keys[look].at[0], keys[other].at[0]);
	}
	for (int look = 0; look < LOOK_COUNT; look++)
		strbuf_free(&keys[look]);
}

static void
damaged_sessions_do_no_harm(void **state)
{
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };
	struct smtp_observation read;
	uint32_t random = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		strbuf_reset(&bytes);
		fact_encode_session(&bytes, &observations[(size_t)round % COUNT_OF(observations)]);
		for (int i = round % 4; i >= 0; i--)
			bytes.at[draw(&random) % bytes.length] = (char)draw(&random);
		if (decode_session(bytes.at, bytes.length, &arena, &read)) {
			assert_true(read.end < SMTP_END_COUNT);
			assert_true(read.stage < SMTP_STAGE_COUNT);
			assert_true(read.form_count <= SMTP_FORMS_MAX);
			assert_non_null(read.greeting.text);
		}
	}
	arena_free(&arena);
	strbuf_free(&bytes);
}

/* ---- both */

/* Every octet but the right one in the place of the version, of what would be read else. */
static void
other_versions_are_refused(void **state)
{
	struct strbuf answer = { 0 }, session = { 0 };
	struct smtp_observation seen;
	struct arena arena = { 0 };
	struct dns_answer read;

	(void)state;
	fact_encode_dns(&answer, &answers[0].answer, DNS_A);
	fact_encode_session(&session, &observations[0]);
	for (int version = 0; version < 256; version++) {
		bool known = version == 1, known_session = version == 2 || version == 3;

		answer.at[0] = session.at[0] = (char)version;
		assert_int_equal(decode_dns(answer.at, answer.length, DNS_A, &arena, &read), known);
		assert_int_equal(fact_peek_dns(answer.at, answer.length, &read), known);
		assert_int_equal(
		    decode_session(session.at, session.length, &arena, &seen), known_session);
	}
	arena_free(&arena);
	strbuf_free(&answer);
	strbuf_free(&session);
}

/* Of an answer, a key and a session: the octet that says 4 or 6. */
static void
addresses_of_no_family_are_refused(void **state)
{
	struct strbuf answer = { 0 }, key = { 0 }, session = { 0 };
	size_t answer_at, session_at, length;
	struct smtp_observation seen;
	struct arena arena = { 0 };
	struct dns_answer read;
	enum session_look look;
	const char *name;
	struct ip ip;

	(void)state;
	fact_encode_dns(&answer, &answers[0].answer, DNS_A);
	answer_at = answer.length - 17 - 5; /* before an IPv4 and an IPv6 address */
	fact_key_session(&key, LOOK_FIRST, &addresses[1].ip, "mx.a.com");
	fact_encode_session(&session, &observations[0]);
	session_at = session.length - 2 - ip_size(&observations[0].local);
	for (int family = 0; family < 256; family++) {
		if (family == 4 || family == 6)
			continue;
		answer.at[answer_at] = key.at[1] = (char)family;
		assert_false(decode_dns(answer.at, answer.length, DNS_A, &arena, &read));
		assert_false(fact_key_read_session(key.at, key.length, &look, &ip, &name, &length));
		session.at[session_at] = (char)family;
		assert_int_equal(
		    decode_session(session.at, session.length, &arena, &seen), family == 0);
	}
	arena_free(&arena);
	strbuf_free(&answer);
	strbuf_free(&key);
	strbuf_free(&session);
}

/* ---- keys */

static void
keys_come_back(void **state)
{
	const struct ip *const ips[] = { &addresses[0].ip, &addresses[1].ip };
	struct strbuf key = { 0 };
	const char *name;
	size_t length;
	enum dns_type type;
	enum session_look look;
	struct ip ip;

	(void)state;
	fact_key_dns(&key, "a.com", DNS_AAAA);
	assert_true(fact_key_read_dns(key.at, key.length, &name, &length, &type));
	assert_int_equal(length, 5);
	assert_memory_equal(name, "a.com", 5);
	assert_int_equal(type, DNS_AAAA);
	assert_false(fact_key_read_session(key.at, key.length, &look, &ip, &name, &length));
	for (size_t cut = 0; cut < 3; cut++)
		assert_false(fact_key_read_dns(key.at, cut, &name, &length, &type));
	for (size_t i = 0; i < COUNT_OF(ips); i++) {
		strbuf_reset(&key);
		fact_key_session(&key, LOOK_FIRST, ips[i], "mx.a.com");
		assert_true(fact_key_read_session(key.at, key.length, &look, &ip, &name, &length));
		assert_true(ip_equal(&ip, ips[i]));
		assert_int_equal(length, 8);
		assert_memory_equal(name, "mx.a.com", 8);
		assert_false(fact_key_read_dns(key.at, key.length, &name, &length, &type));
		for (size_t cut = 0; cut < 2 + ip_size(ips[i]); cut++)
			assert_false(
			    fact_key_read_session(key.at, cut, &look, &ip, &name, &length));
	}
	strbuf_free(&key);
}

static void
one_question_one_key(void **state)
{
	struct strbuf one = { 0 }, other = { 0 };

	(void)state;
	fact_key_dns(&one, "a.com", DNS_A);
	fact_key_dns(&other, "a.com", DNS_MX);
	assert_true(one.length != other.length || memcmp(one.at, other.at, one.length) != 0);
	strbuf_reset(&one);
	strbuf_reset(&other);
	fact_key_session(&one, LOOK_FIRST, &addresses[0].ip, "a.com");
	fact_key_session(&other, LOOK_FIRST, &addresses[0].ip, "b.com");
	assert_memory_not_equal(one.at, other.at, one.length);
	strbuf_free(&one);
	strbuf_free(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_come_back),
		cmocka_unit_test(answers_cut_anywhere_are_refused),
		cmocka_unit_test(damaged_answers_do_no_harm),
		cmocka_unit_test(what_no_version_wrote_is_refused),
		cmocka_unit_test(a_second_observation_is_added_in_place),
		cmocka_unit_test(sessions_come_back),
		cmocka_unit_test(keys_of_visits_differ),
		cmocka_unit_test(damaged_sessions_do_no_harm),
		cmocka_unit_test(other_versions_are_refused),
		cmocka_unit_test(addresses_of_no_family_are_refused),
		cmocka_unit_test(keys_come_back),
		cmocka_unit_test(one_question_one_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
