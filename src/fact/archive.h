#ifndef MXSWEEP_FACT_ARCHIVE_H
#define MXSWEEP_FACT_ARCHIVE_H

#include "fact/night.h"
#include "wire/dns_message.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct archive;
struct night;
struct strbuf;

/*
 * Where in the night file a DNS fact is: in a row of its own, or in the blob of a domain at or
 * above its name. Names of what was stored are remembered as digests, so that most questions that
 * are new are known to be new without a look into the file.
 */
struct archive *archive_new(void);
void archive_free(struct archive *archive);
void archive_note_fact(struct archive *archive, const void *key, size_t length);
void archive_note_domain(struct archive *archive, const char *domain);

/*
 * Notes all that an earlier part of the run has left. From here on values count only when they can
 * be decoded, and when they say something: a question that timed out when nothing was answered any
 * more, or for which this machine had no socket, is as good as not asked.
 */
void archive_recall(struct archive *archive, struct night *night);
bool archive_has_fact(const struct archive *archive, const void *key, size_t length);
bool archive_has_domain(const struct archive *archive, const char *domain);
bool archive_counts(const struct archive *archive, const void *key, size_t key_length,
    const void *value, size_t length);

/* Every fact in the blob of a domain, if it is noted. */
void archive_each_of_domain(const struct archive *archive, struct night *night, const char *domain,
    night_fact_fn fn, void *user);
/* Of a fact in a domain's blob: does it count, and has it no row of its own, which would be newer?
 */
bool archive_offers(const struct archive *archive, const void *key, size_t key_length,
    const void *value, size_t length, enum dns_type *type_out);
/*
 * To the new facts of a domain, those that its blob in the night file holds already;
 * *scanned_at_out is set to when it was scanned, where it is there. False when the blob can stay as
 * it is: there are no new ones, and what it holds counts.
 */
bool archive_blend(const struct archive *archive, struct night *night, const char *domain,
    struct strbuf *blob, int64_t *scanned_at_out);

/* Appends the stored value. With archive NULL nothing is known beforehand, and the file is asked.
 */
bool archive_read(const struct archive *archive, struct night *night, const void *key,
    size_t length, struct strbuf *out);

/* Appends the value of a key in a domain's blob. */
bool
archive_read_blob(const struct strbuf *blob, const void *key, size_t length, struct strbuf *out);

#endif
