/* Policy files as bytes: every field comes back, and damaged bytes do no harm. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/policy_fact.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const struct https_observation good = {
	.end = HTTPS_ANSWERED,
	.connected = true,
	.status = 200,
	.media_type = "text/plain; charset=utf-8",
	.location = "",
	.problem = "",
	.ip = { 4, { 192, 0, 2, 1 } },
	.seen_at = 1796000000,
	.elapsed_ms = 81,
	.body = "version: STSv1\r\n\0mode",
	.length = 21,
};

static const struct https_observation bad = {
	.end = HTTPS_TIMEOUT,
	.status = 0,
	.media_type = "",
	.location = "",
	.problem = "Operation timed out after 60000 milliseconds",
	.seen_at = -1,
	.elapsed_ms = UINT32_MAX,
	.body = "",
};

static const struct https_observation moved = {
	.end = HTTPS_ANSWERED,
	.connected = true,
	.status = 302,
	.media_type = "",
	.location = "https://b.com/\xff",
	.problem = "",
	.ip = { 6, { 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } },
	.seen_at = INT64_MAX,
	.body = "",
};

static const struct fact_case {
	const struct https_observation *looks[POLICY_LOOKS_MAX];
	size_t look_count;
	bool path_open;
} facts[] = {
	{ { &good }, 1, true },
	{ { &bad }, 1, false },
	{ { &bad, &good }, 2, true },
	{ { &moved, &bad }, 2, false },
};

static void
encode(const struct fact_case *c, struct strbuf *out)
{
	strbuf_reset(out);
	fact_encode_policy(out);
	for (size_t i = 0; i < c->look_count; i++)
		fact_encode_policy_look(out, c->looks[i]);
	if (c->path_open)
		fact_policy_set_path_open(out);
}

static void
assert_same_look(const struct https_observation *a, const struct https_observation *b)
{
	assert_int_equal(a->end, b->end);
	assert_int_equal(a->connected, b->connected);
	assert_int_equal(a->status, b->status);
	assert_string_equal(a->media_type, b->media_type);
	assert_string_equal(a->location, b->location);
	assert_string_equal(a->problem, b->problem);
	assert_true(ip_equal(&a->ip, &b->ip));
	assert_int_equal(a->seen_at, b->seen_at);
	assert_int_equal(a->elapsed_ms, b->elapsed_ms);
	assert_int_equal(a->length, b->length);
	assert_memory_equal(a->body, b->body, a->length);
}

static void
facts_come_back(void **state)
{
	struct strbuf bytes = { 0 };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(facts); i++) {
		struct policy_fact fact;

		encode(&facts[i], &bytes);
		assert_true(fact_decode_policy(bytes.at, bytes.length, &arena, &fact));
		assert_int_equal(fact.look_count, facts[i].look_count);
		assert_int_equal(fact.path_open, facts[i].path_open);
		for (size_t k = 0; k < fact.look_count; k++)
			assert_same_look(&fact.looks[k], facts[i].looks[k]);
	}
	strbuf_free(&bytes);
	arena_free(&arena);
}

/* In memory of their own, so that the sanitizer sees a step beyond. */
static bool
decodes(const void *bytes, size_t length)
{
	struct arena arena = { 0 };
	struct policy_fact fact;
	void *copy = malloc(length + (length == 0));
	bool result;

	memcpy(copy, bytes, length);
	result = fact_decode_policy(copy, length, &arena, &fact);
	if (result) {
		assert_in_range(fact.look_count, 1, POLICY_LOOKS_MAX);
		for (size_t i = 0; i < fact.look_count; i++)
			assert_true(fact.looks[i].end < HTTPS_END_COUNT);
	}
	free(copy);
	arena_free(&arena);
	return result;
}

static void
damaged_facts_do_no_harm(void **state)
{
	struct strbuf bytes = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(facts); i++) {
		encode(&facts[i], &bytes);
		for (size_t length = 0; length < bytes.length; length++)
			assert_false(decodes(bytes.at, length));
		for (size_t at = 0; at < bytes.length; at++)
			for (int bit = 0; bit < 8; bit++) {
				bytes.at[at] = (char)(bytes.at[at] ^ 1 << bit);
				decodes(bytes.at, bytes.length);
				bytes.at[at] = (char)(bytes.at[at] ^ 1 << bit);
			}
	}
	strbuf_free(&bytes);
}

/* Octets of the head: version, path, looks; then of the first look its end. */
static void
what_no_version_wrote_is_refused(void **state)
{
	static const struct {
		size_t at;
		char octet;
	} changes[] = { { 0, 0 }, { 0, 2 }, { 2, 0 }, { 2, 2 }, { 2, 3 }, { 3, HTTPS_END_COUNT } };
	struct strbuf bytes = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		encode(&facts[0], &bytes);
		assert_true(decodes(bytes.at, bytes.length));
		bytes.at[changes[i].at] = changes[i].octet;
		assert_false(decodes(bytes.at, bytes.length));
	}
	strbuf_free(&bytes);
}

static void
keys_come_back_and_are_of_their_kind(void **state)
{
	struct strbuf key = { 0 };
	const char *host;
	size_t length;
	struct ip ip;
	enum dns_type type;

	(void)state;
	fact_key_policy(&key, "mta-sts.a.com");
	assert_true(fact_key_read_policy(key.at, key.length, &host, &length));
	assert_int_equal(length, strlen("mta-sts.a.com"));
	assert_memory_equal(host, "mta-sts.a.com", length);
	assert_false(fact_key_read_dns(key.at, key.length, &host, &length, &type));
	assert_false(fact_key_read_session(key.at, key.length, &ip, &host, &length));
	assert_false(fact_key_read_policy(key.at, 0, &host, &length));
	strbuf_reset(&key);
	fact_key_dns(&key, "mta-sts.a.com", DNS_A);
	assert_false(fact_key_read_policy(key.at, key.length, &host, &length));
	strbuf_free(&key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_come_back),
		cmocka_unit_test(damaged_facts_do_no_harm),
		cmocka_unit_test(what_no_version_wrote_is_refused),
		cmocka_unit_test(keys_come_back_and_are_of_their_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
