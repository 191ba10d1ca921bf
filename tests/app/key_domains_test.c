/* How many domains publish one DKIM key: counted over the facts of all of them. */
#include "unit.h"

#include "app/key_domains.h"
#include "base/digest_map.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "net/loop.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* A TXT record as recorded. */
struct published {
	const char *domain, *name, *text;
};

static const struct published all[] = {
	{ "a.com", "s1._domainkey.a.com", "v=DKIM1; p=AAAA" },
	{ "a.com", "s2._domainkey.a.com", "p=AA AA;" },
	{ "b.com", "s1._domainkey.b.com", "v=DKIM1; k=rsa; p=AAAA" },
	{ "b.com", "s2._domainkey.b.com", "v=DKIM1; k=ed25519; p=AAAB" },
	{ "b.com", "_dmarc.b.com", "v=DKIM1; p=AAAA" },
	{ "c.com", "s1._domainkey.c.com", "v=DKIM1; p=" },
	{ "c.com", "s2._domainkey.c.com", "v=DKIM1; p=!" },
	{ "c.com", "s3._domainkey.c.com", "x" },
};

static void
no_failure(void *user, const struct error *error)
{
	(void)user;
	fail_msg("%s", error->text);
}

static void
add_row(struct night *night, int64_t id, const char *domain, bool again)
{
	struct night_row row = { .id = id,
		.line = 1,
		.domain = domain,
		.input = "x",
		.problem = "none",
		.again = again };
	struct error error;

	if (night_row_add(night, &row, &error) != 0)
		fail_msg("%s", error.text);
}

static void
add_fact(struct strbuf *blob, const struct published *published)
{
	const struct dns_record record = {
		.text = published->text, .length = strlen(published->text), .strings = 1
	};
	const struct dns_answer answer = { .status = DNS_DATA, .count = 1, .records = &record };
	struct strbuf key = { 0 }, value = { 0 };

	fact_key_dns(&key, published->name, DNS_TXT);
	fact_encode_dns(&value, &answer, DNS_TXT);
	night_blob_add(blob, key.at, key.length, value.at, value.length);
	strbuf_free(&key);
	strbuf_free(&value);
}

static void
put_domain(struct night *night, const char *domain)
{
	struct strbuf blob = { 0 };

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (strcmp(all[i].domain, domain) == 0)
			add_fact(&blob, &all[i]);
	night_put_domain(night, domain, blob.at, blob.length, 1, 1);
	strbuf_free(&blob);
}

/* A night of three domains, one of them on two rows, and a row without any. */
static struct night *
make_night(struct loop *loop)
{
	struct night *night = NULL;
	struct error error;

	assert_int_equal(night_create(NULL, &night, &error), 0);
	assert_int_equal(night_rows_begin(night, &error), 0);
	add_row(night, 1, "a.com", false);
	add_row(night, 2, NULL, false);
	add_row(night, 3, "b.com", false);
	add_row(night, 4, "a.com", true);
	add_row(night, 5, "c.com", false);
	assert_int_equal(night_rows_end(night, &error), 0);
	night_gather_begin(night, loop, no_failure, NULL);
	put_domain(night, "a.com");
	put_domain(night, "b.com");
	put_domain(night, "c.com");
	assert_int_equal(night_gather_end(night, &error), 0);
	return night;
}

static uint64_t
domains_of(const struct digest_map *map, const char *octets)
{
	uint64_t count = 0;

	digest_map_get(map, octets, 3, &count);
	return count;
}

static void
each_domain_counts_once(void **state)
{
	struct loop *loop = loop_new();
	struct night *night = make_night(loop);
	struct digest_map map;

	(void)state;
	digest_map_init(&map);
	key_domains_count(night, &map);
	assert_int_equal(domains_of(&map, "\0\0\0"), 2);
	assert_int_equal(domains_of(&map, "\0\0\1"), 1);
	assert_int_equal(map.count, 2);
	digest_map_free(&map);
	night_close(night);
	loop_free(loop);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_domain_counts_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
