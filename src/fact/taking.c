/* Facts from one night file to another, as bytes: what is still good of them. */
#include "fact/taking.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/error.h"
#include "cert/leaf.h"
#include "fact/archive.h"
#include "fact/codec.h"
#include "fact/list_memory.h"
#include "fact/looks.h"
#include "fact/night.h"
#include "fact/policy_fact.h"

#include <stdlib.h>
#include <string.h>

enum { SECONDS_A_DAY = 86400 };

struct taking {
	struct taking_options options;
	struct digest_map taken; /* keys */
	struct strbuf old, blob, value, key;
	struct arena arena; /* of one fact */
	struct error error; /* its code is 0 while nothing went wrong */
};

/* A fact as it was found. */
struct found {
	const void *key;
	size_t key_length;
	const void *value;
	size_t length;
};

/* ---- what is good */

/* Ours are the others: what was not asked, or could not be. */
static bool
says_something(enum dns_status status)
{
	static const bool said[] = {
		[DNS_DATA] = true,
		[DNS_NODATA] = true,
		[DNS_NXDOMAIN] = true,
		[DNS_SERVFAIL] = true,
		[DNS_REFUSED] = true,
		[DNS_TIMEOUT] = true,
		[DNS_MALFORMED] = true,
	};

	return status < sizeof said / sizeof said[0] && said[status];
}

static bool
is_young(const struct taking *taking, int64_t seen_at)
{
	return seen_at >= taking->options.since;
}

/* A list's answer stands where it stood then, as long as the state of runs would keep it. */
static bool
list_answer_is_good(const struct taking *taking, const struct list_question *question,
    const struct dns_answer *answer)
{
	const struct run_facts *then = taking->options.from_run;

	return list_answer_counts(question, answer->seen_at, then->now) &&
	    answer->seen_at + LIST_MEMORY_DAYS * SECONDS_A_DAY >= taking->options.now;
}

/* A resolver that is for lists alone was tested by them. */
static bool
was_believed(const struct taking *taking, const struct list_question *question,
    const struct dns_answer *answer)
{
	const struct run_facts *then = taking->options.from_run;

	return !dns_is_negative(answer) || (answer->resolvers & then->honest_resolvers) != 0 ||
	    (question != NULL && (then->list_resolver || answer->seen_at < then->now));
}

static bool
dns_is_good(
    const struct taking *taking, const struct list_question *question, const struct found *found)
{
	struct dns_answer answer;

	return !taking->options.without_dns &&
	    fact_peek_dns_times(found->value, found->length, &answer) &&
	    says_something(answer.status) && is_young(taking, answer.seen_at) &&
	    was_believed(taking, question, &answer) &&
	    (question == NULL || list_answer_is_good(taking, question, &answer));
}

/* That it came to no session is said of the host, or of us and our way out. */
static bool
session_tells(const struct taking *taking, const struct smtp_observation *seen)
{
	switch (seen->end) {
	case SMTP_END_NO_ROUTE:
	case SMTP_END_SHORTAGE:
	case SMTP_END_FORBIDDEN:
	case SMTP_END_RATE_LIMITED:
		return false;
	default:
		return seen->stage != SMTP_CONNECT ||
		    taking->options.from_run->egress != EGRESS_BLOCKED;
	}
}

/* How near its end is, as checks of certificates count: a step nearer, and it may be renewed. */
static unsigned
nearness(const struct cert_leaf *leaf, int64_t now)
{
	static const int64_t days[] = { 30, 14, 0 };
	unsigned steps = 0;

	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		steps += leaf->not_after - now <= days[i] * SECONDS_A_DAY;
	return steps;
}

static bool
may_be_renewed(struct taking *taking, const struct smtp_observation *seen)
{
	struct strbuf der = { 0 };
	struct cert_leaf leaf;
	bool renewed;

	if (seen->chain_length == 0)
		return false;
	strbuf_reset(&taking->key);
	fact_key_certificate(&taking->key, seen->chain[0].digest);
	renewed = night_fact(taking->options.from, taking->key.at, taking->key.length, &der) &&
	    cert_leaf_decode(der.at, der.length, &leaf) &&
	    nearness(&leaf, seen->seen_at) != nearness(&leaf, taking->options.now);
	strbuf_free(&der);
	return renewed;
}

/* It may have another certificate by now, of which its records of today tell. */
static bool
has_tlsa(struct taking *taking, const char *mx_name, size_t length)
{
	struct strbuf name = { 0 };
	struct dns_answer answer = { .status = DNS_NODATA };

	strbuf_printf(&name, "_25._tcp.%.*s", (int)length, mx_name);
	strbuf_reset(&taking->key);
	fact_key_dns(&taking->key, name.at, DNS_TLSA);
	strbuf_reset(&name);
	if (archive_read(NULL, taking->options.from, taking->key.at, taking->key.length, &name))
		fact_peek_dns(name.at, name.length, &answer);
	strbuf_free(&name);
	return answer.status == DNS_DATA;
}

static bool
policy_is_good(struct taking *taking, const struct found *found)
{
	const struct https_observation *last;
	struct policy_fact policy;

	if (taking->options.without_dns ||
	    !fact_decode_policy(found->value, found->length, &taking->arena, &policy))
		return false;
	last = &policy.looks[policy.look_count - 1];
	return is_young(taking, last->seen_at) && last->end != HTTPS_NO_ROUTE &&
	    last->end != HTTPS_NO_ROOTS && last->end != HTTPS_SHORTAGE;
}

/* ---- taking it */

static void
note_failure(struct taking *taking, int result, const struct error *error)
{
	if (result != 0 && taking->error.code == 0)
		taking->error = *error;
}

static bool
is_taken(const struct taking *taking, const void *key, size_t length)
{
	return digest_map_get(&taking->taken, key, length, NULL);
}

static void
put(struct taking *taking, const struct found *found)
{
	struct error error;

	digest_map_put(&taking->taken, found->key, found->key_length, 0);
	note_failure(taking,
	    night_taken_fact(taking->options.to, found->key, found->key_length, found->value,
		found->length, &error),
	    &error);
}

static void
take_certificate(struct taking *taking, const uint8_t digest[CERT_DIGEST_SIZE])
{
	struct strbuf key = { 0 }, der = { 0 };

	fact_key_certificate(&key, digest);
	if (!is_taken(taking, key.at, key.length) &&
	    night_fact(taking->options.from, key.at, key.length, &der))
		put(taking, &(struct found){ key.at, key.length, der.at, der.length });
	strbuf_free(&key);
	strbuf_free(&der);
}

/* Keys of one session differ in their first octet. */
static bool
has_its_first(struct taking *taking, enum session_look look, const struct found *found)
{
	enum session_look first = look_row(look)->first;

	if (first == look)
		return true;
	strbuf_reset(&taking->key);
	strbuf_add(&taking->key, found->key, found->key_length);
	taking->key.at[0] = look_row(first)->key;
	return is_taken(taking, taking->key.at, taking->key.length);
}

static void
take_session(struct taking *taking, enum session_look look, const struct found *found,
    const char *name, size_t name_length)
{
	struct smtp_observation seen;

	if ((taking->options.without_dns && has_tlsa(taking, name, name_length)) ||
	    !has_its_first(taking, look, found) ||
	    !fact_decode_session(found->value, found->length, &taking->arena, &seen) ||
	    !is_young(taking, seen.seen_at) || !session_tells(taking, &seen) ||
	    may_be_renewed(taking, &seen))
		return;
	put(taking, found);
	for (size_t i = 0; i < seen.chain_length; i++)
		take_certificate(taking, seen.chain[i].digest);
}

static void
take(struct taking *taking, const struct list_question *listed, const struct found *found)
{
	enum session_look look;
	enum dns_type type;
	const char *name;
	size_t length;
	struct ip ip;

	if (fact_key_read_dns(found->key, found->key_length, &name, &length, &type)) {
		if (dns_is_good(taking, listed, found))
			put(taking, found);
	} else if (fact_key_read_policy(found->key, found->key_length, &name, &length)) {
		if (policy_is_good(taking, found))
			put(taking, found);
	} else if (fact_key_read_session(
		       found->key, found->key_length, &look, &ip, &name, &length)) {
		take_session(taking, look, found, name, length);
	}
	arena_reset(&taking->arena);
}

static bool
is_anew(const struct taking *taking, const void *key, size_t length)
{
	return digest_map_get(taking->options.anew, key, length, NULL);
}

void
taking_fact(struct taking *taking, const struct noted_fact *fact)
{
	if (is_anew(taking, fact->key, fact->length) || is_taken(taking, fact->key, fact->length))
		return;
	strbuf_reset(&taking->value);
	if (archive_read(NULL, taking->options.from, fact->key, fact->length, &taking->value))
		take(taking, fact->listed,
		    &(struct found){
			fact->key, fact->length, taking->value.at, taking->value.length });
}

/* ---- domains */

static void
take_into_blob(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct taking *taking = user;

	if (is_anew(taking, key, key_length) || is_taken(taking, key, key_length) ||
	    !dns_is_good(taking, NULL, &(struct found){ key, key_length, value, length }))
		return;
	digest_map_put(&taking->taken, key, key_length, 0);
	night_blob_add(&taking->blob, key, key_length, value, length);
}

static void
put_domain(struct taking *taking, const char *domain, const struct night_domain *times)
{
	struct error error;

	strbuf_reset(&taking->blob);
	night_blob_each(taking->old.at, taking->old.length, take_into_blob, taking);
	note_failure(taking,
	    night_taken_domain(
		taking->options.to, domain, taking->blob.at, taking->blob.length, times, &error),
	    &error);
}

bool
taking_domain(struct taking *taking, const char *domain)
{
	struct night_domain times;

	strbuf_reset(&taking->old);
	if (!night_domain(taking->options.from, domain, &taking->old, &times))
		return false;
	if (!taking->options.without_dns)
		put_domain(taking, domain, &times);
	return true;
}

int
taking_check(const struct taking *taking, struct error *error)
{
	if (taking->error.code == 0)
		return night_reads_check(taking->options.from, error);
	*error = taking->error;
	return -1;
}

struct taking *
taking_new(const struct taking_options *options)
{
	struct taking *taking = alloc_zeroed(1, sizeof *taking);

	taking->options = *options;
	digest_map_init(&taking->taken);
	return taking;
}

void
taking_free(struct taking *taking)
{
	if (taking == NULL)
		return;
	digest_map_free(&taking->taken);
	strbuf_free(&taking->old);
	strbuf_free(&taking->blob);
	strbuf_free(&taking->value);
	strbuf_free(&taking->key);
	arena_free(&taking->arena);
	free(taking);
}
