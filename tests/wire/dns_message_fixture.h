#ifndef MXSWEEP_TESTS_WIRE_DNS_MESSAGE_FIXTURE_H
#define MXSWEEP_TESTS_WIRE_DNS_MESSAGE_FIXTURE_H

/* DNS messages, record by record. */
#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "wire/dns_message.h"
#include "wire/dns_name.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { RESPONSE = 0x8180, TRUNCATED = 0x0200, AUTHENTIC = 0x0020, NXDOMAIN = 3 };

static inline void
put_u16(struct strbuf *out, size_t at, size_t value)
{
	out->at[at] = (char)(value >> 8);
	out->at[at + 1] = (char)value;
}

static inline void
add_name(struct strbuf *out, const char *name)
{
	assert_true(dns_name_write(out, name));
}

static inline void
begin(struct strbuf *out, unsigned flags, const char *name, enum dns_type type)
{
	strbuf_reset(out);
	strbuf_add_u16(out, 4711);
	strbuf_add_u16(out, (uint16_t)flags);
	strbuf_add_u16(out, 1);
	strbuf_add_u16(out, 0);
	strbuf_add_u16(out, 0);
	strbuf_add_u16(out, 0);
	add_name(out, name);
	strbuf_add_u16(out, (uint16_t)type);
	strbuf_add_u16(out, 1);
}

enum section { ANSWER = 6, AUTHORITY = 8 };

/* Begins a record; the data are added behind it. Gives the place of its length. */
static inline size_t
record(struct strbuf *out, enum section section, const char *owner, unsigned type, uint32_t ttl)
{
	size_t count = (size_t)(uint8_t)out->at[section] << 8 | (uint8_t)out->at[section + 1];

	put_u16(out, section, count + 1);
	add_name(out, owner);
	strbuf_add_u16(out, (uint16_t)type);
	strbuf_add_u16(out, 1);
	strbuf_add_u32(out, ttl);
	strbuf_add_u16(out, 0);
	return out->length - 2;
}

static inline void
end(struct strbuf *out, size_t place)
{
	put_u16(out, place, out->length - place - 2);
}

static inline void
add_named(struct strbuf *out, enum section section, const char *owner, enum dns_type type,
    uint32_t ttl, const char *target)
{
	size_t place = record(out, section, owner, type, ttl);

	if (type == DNS_MX)
		strbuf_add_u16(out, 10);
	add_name(out, target);
	end(out, place);
}

static inline void
add_octets(struct strbuf *out, const char *owner, unsigned type, uint32_t ttl, const void *octets,
    size_t length)
{
	size_t place = record(out, ANSWER, owner, type, ttl);

	strbuf_add(out, octets, length);
	end(out, place);
}

static inline void
add_soa(struct strbuf *out, enum section section, const char *owner, uint32_t ttl, uint32_t minimum)
{
	size_t place = record(out, section, owner, DNS_SOA, ttl);

	add_name(out, "ns.a.com");
	add_name(out, "hostmaster.a.com");
	for (uint32_t number = 1; number <= 4; number++)
		strbuf_add_u32(out, number);
	strbuf_add_u32(out, minimum);
	end(out, place);
}

static inline enum dns_status
parse_as(const struct strbuf *message, const char *name, enum dns_type type, struct arena *arena,
    struct dns_answer *answer)
{
	/* on the heap and of just this size, so that a read beyond its end is seen */
	char *bytes = malloc(message->length + 1);

	memcpy(bytes + 1, message->at, message->length);
	arena_free(arena);
	dns_message_parse(bytes + 1, message->length, name, type, arena, answer);
	free(bytes);
	return answer->status;
}

#endif
