/* Finding facts in the night file. */
#include "fact/archive.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

struct archive {
	struct digest_map facts, domains;
	bool recalled;
	int64_t last_answer; /* when a resolver last said something, as far as was recalled */
};

struct archive *
archive_new(void)
{
	struct archive *archive = alloc_zeroed(1, sizeof *archive);

	digest_map_init(&archive->facts);
	digest_map_init(&archive->domains);
	return archive;
}

void
archive_free(struct archive *archive)
{
	digest_map_free(&archive->facts);
	digest_map_free(&archive->domains);
	free(archive);
}

void
archive_note_fact(struct archive *archive, const void *key, size_t length)
{
	digest_map_put(&archive->facts, key, length, 0);
}

void
archive_note_domain(struct archive *archive, const char *domain)
{
	digest_map_put(&archive->domains, domain, strlen(domain), 0);
}

/* ---- what an earlier part of the run has left */

static void
note_answer(struct archive *archive, const void *value, size_t length)
{
	struct dns_answer answer;

	if (fact_peek_dns_times(value, length, &answer) && answer.status != DNS_TIMEOUT &&
	    answer.status != DNS_SHORTAGE && answer.seen_at > archive->last_answer)
		archive->last_answer = answer.seen_at;
}

static void
recall_row(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	archive_note_fact(user, key, key_length);
	note_answer(user, value, length);
}

static void
recall_entry(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	(void)key;
	(void)key_length;
	note_answer(user, value, length);
}

static void
recall_domain(void *user, const char *name, const void *facts, size_t length)
{
	archive_note_domain(user, name);
	night_blob_each(facts, length, recall_entry, user);
}

void
archive_recall(struct archive *archive, struct night *night)
{
	archive->recalled = true;
	night_each_row(night, FACT_KEY_DNS, recall_row, archive);
	night_each_domain(night, recall_domain, archive);
}

bool
archive_has_fact(const struct archive *archive, const void *key, size_t length)
{
	return digest_map_get(&archive->facts, key, length, NULL);
}

bool
archive_has_domain(const struct archive *archive, const char *domain)
{
	return digest_map_get(&archive->domains, domain, strlen(domain), NULL);
}

/* Times are whole seconds: a silence may have begun in that of the last answer. */
static bool
says_something(const struct archive *archive, const struct dns_answer *answer)
{
	return answer->status != DNS_SHORTAGE &&
	    (answer->status != DNS_TIMEOUT || answer->seen_at < archive->last_answer);
}

bool
archive_counts(const struct archive *archive, const void *key, size_t key_length, const void *value,
    size_t length)
{
	struct arena arena = { 0 };
	struct dns_answer answer;
	enum dns_type type;
	const char *name;
	size_t name_length;
	bool counts;

	if (!archive->recalled)
		return true;
	counts = fact_key_read_dns(key, key_length, &name, &name_length, &type) &&
	    fact_decode_dns(value, length, type, &arena, &answer) &&
	    says_something(archive, &answer);
	arena_free(&arena);
	return counts;
}

/* ---- finding it */

struct search {
	const void *key;
	size_t length;
	struct strbuf *out;
	bool found;
};

static void
compare_key(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct search *search = user;

	if (search->found || key_length != search->length ||
	    memcmp(key, search->key, key_length) != 0)
		return;
	search->found = true;
	strbuf_add(search->out, value, length);
}

bool
archive_read_blob(const struct strbuf *blob, const void *key, size_t length, struct strbuf *out)
{
	struct search search = { key, length, out, false };

	night_blob_each(blob->at, blob->length, compare_key, &search);
	return search.found;
}

static bool
may_be_domain(const struct archive *archive, const char *name)
{
	return archive == NULL || archive_has_domain(archive, name);
}

/* From the name itself upwards: each of them may be a domain that was gathered. */
static bool
read_above(const struct archive *archive, struct night *night, const void *key, size_t length,
    struct strbuf *out)
{
	struct strbuf blob = { 0 };
	struct night_domain times;
	enum dns_type type;
	const char *name;
	size_t name_length;
	bool found = false;

	if (!fact_key_read_dns(key, length, &name, &name_length, &type))
		return false;
	for (; name != NULL && !found; name = dns_name_parent(name)) {
		strbuf_reset(&blob);
		found = may_be_domain(archive, name) && night_domain(night, name, &blob, &times) &&
		    archive_read_blob(&blob, key, length, out);
	}
	strbuf_free(&blob);
	return found;
}

bool
archive_read(const struct archive *archive, struct night *night, const void *key, size_t length,
    struct strbuf *out)
{
	size_t before = out->length;

	if (((archive == NULL || archive_has_fact(archive, key, length)) &&
		night_fact(night, key, length, out)) ||
	    read_above(archive, night, key, length, out))
		return archive == NULL ||
		    archive_counts(archive, key, length, out->at + before, out->length - before);
	return false;
}

/* ---- a domain that is gathered again */

void
archive_each_of_domain(const struct archive *archive, struct night *night, const char *domain,
    night_fact_fn fn, void *user)
{
	struct strbuf blob = { 0 };
	struct night_domain times;

	if (archive_has_domain(archive, domain) && night_domain(night, domain, &blob, &times))
		night_blob_each(blob.at, blob.length, fn, user);
	strbuf_free(&blob);
}

bool
archive_offers(const struct archive *archive, const void *key, size_t key_length, const void *value,
    size_t length, enum dns_type *type_out)
{
	const char *name;
	size_t name_length;

	return key_length <= FACT_KEY_MAX &&
	    fact_key_read_dns(key, key_length, &name, &name_length, type_out) &&
	    !archive_has_fact(archive, key, key_length) &&
	    archive_counts(archive, key, key_length, value, length);
}

struct blending {
	const struct archive *archive;
	const struct strbuf *fresh;
	struct strbuf kept;
	bool stale; /* it holds what does not count */
};

static void
blend_fact(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct blending *blending = user;
	struct strbuf found = { 0 };

	if (!archive_counts(blending->archive, key, key_length, value, length))
		blending->stale = true;
	else if (!archive_read_blob(blending->fresh, key, key_length, &found))
		night_blob_add(&blending->kept, key, key_length, value, length);
	strbuf_free(&found);
}

bool
archive_blend(const struct archive *archive, struct night *night, const char *domain,
    struct strbuf *blob, int64_t *scanned_at_out)
{
	struct blending blending = { .archive = archive, .fresh = blob };
	struct strbuf old = { 0 };
	struct night_domain times;
	bool changed;

	if (!archive_has_domain(archive, domain) || !night_domain(night, domain, &old, &times))
		return true;
	*scanned_at_out = times.scanned_at;
	if (!night_blob_each(old.at, old.length, blend_fact, &blending))
		blending.stale = true; /* cut: what follows was asked anew */
	changed = blob->length > 0 || blending.stale;
	strbuf_add(blob, blending.kept.at, blending.kept.length);
	strbuf_free(&blending.kept);
	strbuf_free(&old);
	return changed;
}
