/* Finding facts in the night file. */
#include "fact/archive.h"

#include "base/alloc.h"
#include "base/digest_map.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

struct archive {
	struct digest_map facts, domains;
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
	return archive == NULL || digest_map_get(&archive->domains, name, strlen(name), NULL);
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
	if ((archive == NULL || digest_map_get(&archive->facts, key, length, NULL)) &&
	    night_fact(night, key, length, out))
		return true;
	return read_above(archive, night, key, length, out);
}
