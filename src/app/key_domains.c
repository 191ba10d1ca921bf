/* A key that many domains share shows only when all are known: one pass before the finish. */
#include "app/key_domains.h"

#include "base/arena.h"
#include "base/digest_map.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "rule/dkim_record.h"

#include <string.h>

/* A key of the domain that is read; under several selectors or a wildcard it counts once. */
struct key {
	const struct key *next;
	const uint8_t *octets;
	size_t length;
};

struct key_count {
	struct digest_map *map;
	struct arena arena; /* of the domain */
	const struct key *keys;
};

static bool
was_counted(const struct key_count *count, const struct dkim_record *record)
{
	const struct key *key = count->keys;

	while (key != NULL &&
	    (key->length != record->octet_count ||
		memcmp(key->octets, record->octets, key->length) != 0))
		key = key->next;
	return key != NULL;
}

static void
count_key(struct key_count *count, const struct dkim_record *record)
{
	struct key *key;
	uint64_t domains = 0;

	if (record->octets == NULL || was_counted(count, record))
		return;
	key = arena_zeroed(&count->arena, 1, sizeof *key);
	*key = (struct key){ count->keys, record->octets, record->octet_count };
	count->keys = key;
	digest_map_get(count->map, key->octets, key->length, &domains);
	digest_map_put(count->map, key->octets, key->length, domains + 1);
}

/* SELECTOR._domainkey.DOMAIN (RFC 6376 3.6.2.1), TXT */
static bool
is_of_selector(const void *key, size_t length)
{
	static const char node[] = "._domainkey.";
	const char *name;
	size_t name_length;
	enum dns_type type;

	return fact_key_read_dns(key, length, &name, &name_length, &type) && type == DNS_TXT &&
	    memmem(name, name_length, node, sizeof node - 1) != NULL;
}

static void
on_fact(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct key_count *count = user;
	struct dns_answer answer;

	if (!is_of_selector(key, key_length) ||
	    !fact_decode_dns(value, length, DNS_TXT, &count->arena, &answer))
		return;
	for (size_t i = 0; i < answer.count; i++) {
		struct dkim_record record;

		dkim_record_parse(
		    &count->arena, answer.records[i].text, answer.records[i].length, &record);
		count_key(count, &record);
	}
}

void
key_domains_count(struct night *night, struct digest_map *map)
{
	struct key_count count = { .map = map };
	struct night_row row = { .id = 0 };

	while (night_next_row(night, row.id, &count.arena, &row)) {
		if (row.domain != NULL && !row.again)
			night_each_fact(night, row.domain, on_fact, &count);
		arena_reset(&count.arena);
		count.keys = NULL;
	}
	arena_free(&count.arena);
}
