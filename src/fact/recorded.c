/* Reading facts back: the domain's own blob, the shared rows, the blobs of names above. */
#include "fact/recorded.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "fact/archive.h"
#include "fact/codec.h"
#include "fact/night.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_BYTES_MAX = 32 << 20 }; /* encoded shared facts that are kept for the next rows */

struct slice {
	const void *bytes;
	size_t length;
};

/* A session is kept decoded as well: thousands of rows share it. */
struct seen_session {
	struct arena arena;
	struct smtp_observation seen;
};

struct cached {
	size_t key_length, length; /* length is SIZE_MAX for what the file does not hold */
	struct seen_session *session;
	unsigned char bytes[]; /* key, then value */
};

struct recorded {
	struct facts facts; /* first member */
	struct night *night;
	struct arena *arena; /* of the row */
	struct strbuf own;   /* the domain's blob */
	struct map cache;
	size_t cache_bytes;
	struct strbuf key, value;
	struct dns_answer missing;
};

static const struct dns_answer unconfirmed = { .status = DNS_UNCONFIRMED };
static const struct dns_answer rewritten = { .status = DNS_REWRITTEN };

static void
empty_cache(struct recorded *recorded)
{
	struct cached *cached;
	size_t cursor = 0;

	while ((cached = map_next(&recorded->cache, &cursor)) != NULL) {
		if (cached->session != NULL)
			arena_free(&cached->session->arena);
		free(cached->session);
		free(cached);
	}
	map_free(&recorded->cache);
	map_init(&recorded->cache);
	recorded->cache_bytes = 0;
}

static struct cached *
read_shared(struct recorded *recorded, struct slice key)
{
	struct cached *cached;
	bool found;

	strbuf_reset(&recorded->value);
	found = archive_read(NULL, recorded->night, key.bytes, key.length, &recorded->value);
	if (recorded->cache_bytes > CACHE_BYTES_MAX)
		empty_cache(recorded);
	cached = alloc_bytes(sizeof *cached + key.length + recorded->value.length);
	cached->key_length = key.length;
	cached->session = NULL;
	cached->length = found ? recorded->value.length : SIZE_MAX;
	memcpy(cached->bytes, key.bytes, key.length);
	if (found)
		memcpy(cached->bytes + key.length, recorded->value.at, recorded->value.length);
	map_put(&recorded->cache, cached->bytes, key.length, cached);
	recorded->cache_bytes += sizeof *cached + key.length + recorded->value.length;
	return cached;
}

static struct slice
key_slice(const struct recorded *recorded)
{
	return (struct slice){ recorded->key.at, recorded->key.length };
}

static struct cached *
find_shared(struct recorded *recorded)
{
	struct slice key = key_slice(recorded);
	struct cached *cached = map_get(&recorded->cache, key.bytes, key.length);

	return cached != NULL ? cached : read_shared(recorded, key);
}

static struct slice
find(struct recorded *recorded)
{
	struct slice key = key_slice(recorded);
	struct cached *cached;

	strbuf_reset(&recorded->value);
	if (archive_read_blob(&recorded->own, key.bytes, key.length, &recorded->value))
		return (struct slice){ recorded->value.at, recorded->value.length };
	cached = find_shared(recorded);
	if (cached->length == SIZE_MAX)
		return (struct slice){ NULL, 0 };
	return (struct slice){ cached->bytes + cached->key_length, cached->length };
}

/* As it is stored; NULL when it is not. */
static const struct dns_answer *
read_dns(struct recorded *recorded, const char *name, enum dns_type type)
{
	struct dns_answer *answer = arena_bytes(recorded->arena, sizeof *answer);
	struct slice found;

	strbuf_reset(&recorded->key);
	fact_key_dns(&recorded->key, name, type);
	found = find(recorded);
	if (found.bytes == NULL ||
	    !fact_decode_dns(found.bytes, found.length, type, recorded->arena, answer))
		return NULL;
	return answer;
}

static bool
is_believed(const struct facts *facts, const struct dns_answer *answer)
{
	return !dns_is_negative(answer) || (answer->resolvers & facts->run->honest_resolvers) != 0;
}

static const struct dns_answer *
recorded_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	struct recorded *recorded = (struct recorded *)facts;
	const struct dns_answer *answer = read_dns(recorded, name, type);

	if (answer == NULL)
		return &recorded->missing;
	if (confirmed && answer->confirmation == DNS_CONTRADICTED)
		return &unconfirmed;
	return is_believed(facts, answer) ? answer : &rewritten;
}

/* What was believed on an earlier night is; and a resolver that is for lists alone was tested by
 * them: they say what does not exist. */
static bool
is_list_believed(const struct facts *facts, const struct dns_answer *answer)
{
	const struct run_facts *run = facts->run;

	return run->list_resolver || (answer->seen_at > 0 && answer->seen_at < run->now) ||
	    is_believed(facts, answer);
}

static const struct dns_answer *
recorded_listed(struct facts *facts, const struct list_question *question, enum dns_type type)
{
	struct recorded *recorded = (struct recorded *)facts;
	const struct dns_answer *answer;
	char name[LIST_NAME_SIZE];

	list_question_name(question, name);
	answer = read_dns(recorded, name, type);
	if (answer == NULL)
		return &recorded->missing;
	return is_list_believed(facts, answer) ? answer : &rewritten;
}

/* NULL when the bytes are damaged. */
static struct seen_session *
decode_session(const struct cached *cached)
{
	struct seen_session *session = alloc_zeroed(1, sizeof *session);

	if (!fact_decode_session(cached->bytes + cached->key_length, cached->length,
		&session->arena, &session->seen)) {
		arena_free(&session->arena);
		free(session);
		return NULL;
	}
	return session;
}

static const struct smtp_observation *
recorded_session(
    struct facts *facts, enum session_look look, const struct ip *ip, const char *mx_name)
{
	struct recorded *recorded = (struct recorded *)facts;
	struct cached *cached;

	strbuf_reset(&recorded->key);
	fact_key_session(&recorded->key, look, ip, mx_name);
	cached = find_shared(recorded);
	if (cached->length == SIZE_MAX)
		return NULL;
	if (cached->session == NULL)
		cached->session = decode_session(cached);
	return cached->session == NULL ? NULL : &cached->session->seen;
}

/* Read anew each time: what is judged of it is remembered elsewhere. */
static bool
recorded_certificate(struct facts *facts, struct cert_served *served)
{
	struct recorded *recorded = (struct recorded *)facts;
	struct slice key;

	strbuf_reset(&recorded->key);
	fact_key_certificate(&recorded->key, served->digest);
	key = key_slice(recorded);
	strbuf_reset(&recorded->value);
	if (!archive_read(NULL, recorded->night, key.bytes, key.length, &recorded->value))
		return false;
	served->size = recorded->value.length;
	served->der = arena_copy(recorded->arena, recorded->value.at, served->size);
	return true;
}

/* Read anew, for one domain alone has it. */
static const struct policy_fact *
recorded_policy(struct facts *facts, const char *host)
{
	struct recorded *recorded = (struct recorded *)facts;
	struct policy_fact *policy = arena_bytes(recorded->arena, sizeof *policy);
	struct slice key;

	strbuf_reset(&recorded->key);
	fact_key_policy(&recorded->key, host);
	key = key_slice(recorded);
	strbuf_reset(&recorded->value);
	if (!archive_read(NULL, recorded->night, key.bytes, key.length, &recorded->value) ||
	    !fact_decode_policy(
		recorded->value.at, recorded->value.length, recorded->arena, policy))
		return NULL;
	return policy;
}

static void
share_no_address(struct facts *facts, const struct ip *ip)
{
	(void)facts;
	(void)ip;
}

static void
share_no_session(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	(void)facts;
	(void)ip;
	(void)mx_name;
}

static void
share_no_name(struct facts *facts, const char *name)
{
	(void)facts;
	(void)name;
}

static const struct facts_source recorded_source = {
	.dns = recorded_dns,
	.listed = recorded_listed,
	.session = recorded_session,
	.share_address = share_no_address,
	.share_session = share_no_session,
	.share_name = share_no_name,
	.certificate = recorded_certificate,
	.policy = recorded_policy,
};

struct recorded *
recorded_new(struct night *night, const struct run_facts *run)
{
	struct recorded *recorded = alloc_zeroed(1, sizeof *recorded);

	recorded->facts = (struct facts){ &recorded_source, run, 0 };
	recorded->night = night;
	recorded->missing.status = run->interrupted ? DNS_CANCELLED
	    : run->late                             ? DNS_RATE_LIMITED
						    : DNS_NOT_RECORDED;
	map_init(&recorded->cache);
	return recorded;
}

void
recorded_free(struct recorded *recorded)
{
	if (recorded == NULL)
		return;
	empty_cache(recorded);
	map_free(&recorded->cache);
	strbuf_free(&recorded->own);
	strbuf_free(&recorded->key);
	strbuf_free(&recorded->value);
	free(recorded);
}

struct facts *
recorded_facts(struct recorded *recorded, const char *domain, struct arena *arena,
    struct night_domain *times_out)
{
	*times_out = (struct night_domain){ 0 };
	recorded->arena = arena;
	strbuf_reset(&recorded->own);
	if (domain != NULL)
		night_domain(recorded->night, domain, &recorded->own, times_out);
	return &recorded->facts;
}
