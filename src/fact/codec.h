#ifndef MXSWEEP_FACT_CODEC_H
#define MXSWEEP_FACT_CODEC_H

#include "base/ip.h"
#include "cert/served.h"
#include "fact/facts.h"
#include "wire/dns_message.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct smtp_observation;
struct strbuf;

/*
 * Facts as bytes, in the night file and in memory. The format begins with a version octet of its
 * own kind, and another version than this one's is not decoded; decoding goes through the
 * bounds-checked reader, so a damaged file gives false and no harm.
 */
enum {
	FACT_KEY_MAX = 1200,
	FACT_KEY_DNS = 'D', /* the first octet of the key of an answer */
};

/* Appends the key of a fact: one question, one fact. */
void fact_key_dns(struct strbuf *out, const char *name, enum dns_type type);
/* The name is the MX name; of a visit about a domain, that domain; one about an address has none.
 */
void
fact_key_session(struct strbuf *out, enum session_look look, const struct ip *ip, const char *name);
/* A certificate is its DER, as it was served. */
void fact_key_certificate(struct strbuf *out, const uint8_t digest[CERT_DIGEST_SIZE]);

/* The parts of a key; false when it is of the other kind or damaged. The name is borrowed. */
bool fact_key_read_dns(const void *key, size_t length, const char **name_out,
    size_t *name_length_out, enum dns_type *type_out);
bool fact_key_read_session(const void *key, size_t length, enum session_look *look_out,
    struct ip *ip_out, const char **name_out, size_t *name_length_out);

bool
fact_key_read_certificate(const void *key, size_t length, uint8_t digest_out[CERT_DIGEST_SIZE]);

void fact_encode_dns(struct strbuf *out, const struct dns_answer *answer, enum dns_type type);
/* What it gives has records when it is DNS_DATA, and only then, and the name behind aliases, as
 * what came from the wire. */
bool fact_decode_dns(const void *bytes, size_t length, enum dns_type type, struct arena *arena,
    struct dns_answer *answer_out);

/* What of an encoded answer is needed most often; the pointers of the answer are not set. */
bool fact_peek_dns(const void *bytes, size_t length, struct dns_answer *answer_out);

/* Besides, how long it took and when it was seen. */
bool fact_peek_dns_times(const void *bytes, size_t length, struct dns_answer *answer_out);

/* Adds the second observation to an encoded negative, in place. */
void fact_confirm_dns(void *bytes, enum dns_confirmation confirmation, uint8_t resolvers);

/* Of the chain only the digests are encoded, and come back. Without forms the bytes are those of
 * the ordinary session. */
void fact_encode_session(struct strbuf *out, const struct smtp_observation *seen);
bool fact_decode_session(
    const void *bytes, size_t length, struct arena *arena, struct smtp_observation *seen_out);

#endif
