/* DNS messages (RFC 1035 4): writing a question, reading the RRset that answers it. */
#include "wire/dns_message.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/strbuf.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

enum {
	CLASS_IN = 1,
	TYPE_OPT = 41,
	FLAG_RESPONSE = 0x8000,
	FLAG_TRUNCATED = 0x0200,
	FLAG_RECURSE = 0x0100,
	FLAG_AUTHENTIC = 0x0020,
	RCODE_MASK = 0x000f,
	ALIAS_RECORDS_MAX = 64, /* CNAMEs looked at in one message */
};

struct header {
	uint16_t flags, questions, answers, authorities;
};

struct record {
	const char *owner; /* `text`, or the name of the question */
	char text[DNS_NAME_TEXT_MAX];
	uint16_t type, class;
	uint32_t ttl;
	size_t data; /* where the data begins in the message */
	uint16_t size;
};

struct parse {
	struct buf buf;
	const char *name; /* of the question */
	enum dns_type type;
	const char *current; /* the name asked, then where its aliases lead */
	bool any_ttl;        /* of the answer: one has been noted */
	struct arena *arena;
	struct dns_answer *answer;
	char asked[DNS_NAME_TEXT_MAX], alias[DNS_NAME_TEXT_MAX];
};

bool
dns_query_write(struct strbuf *out, uint16_t id, const char *name, enum dns_type type)
{
	strbuf_add_u16(out, id);
	strbuf_add_u16(out, FLAG_RECURSE | FLAG_AUTHENTIC);
	strbuf_add_u16(out, 1);
	strbuf_add_u32(out, 0);
	strbuf_add_u16(out, 1);
	if (!dns_name_write(out, name))
		return false;
	strbuf_add_u16(out, (uint16_t)type);
	strbuf_add_u16(out, CLASS_IN);
	/* OPT (RFC 6891 6.1.2): root, type, payload size, extended code and version, flags, no data
	 */
	strbuf_add_u8(out, 0);
	strbuf_add_u16(out, TYPE_OPT);
	strbuf_add_u16(out, DNS_UDP_PAYLOAD);
	strbuf_add_u32(out, 0);
	strbuf_add_u16(out, 0);
	return true;
}

bool
dns_message_is_cut(const void *bytes, size_t length)
{
	return length >= DNS_HEADER_SIZE &&
	    (((const uint8_t *)bytes)[2] & FLAG_TRUNCATED >> 8) != 0;
}

void
dns_message_set_cut(void *bytes)
{
	((uint8_t *)bytes)[2] |= FLAG_TRUNCATED >> 8;
}

static struct header
read_header(struct buf *buf)
{
	struct header header;

	buf_u16(buf); /* the id, checked by whoever sent the question */
	header.flags = buf_u16(buf);
	header.questions = buf_u16(buf);
	header.answers = buf_u16(buf);
	header.authorities = buf_u16(buf);
	buf_u16(buf);
	return header;
}

/* As dns_name_read would write it, so that names can be compared as text. */
static bool
canonical_name(const char *name, char text_out[DNS_NAME_TEXT_MAX])
{
	struct strbuf wire = { 0 };
	struct buf buf;
	bool legal = dns_name_write(&wire, name);

	buf = buf_over(wire.at, wire.length);
	legal = legal && dns_name_read(&buf, text_out);
	strbuf_free(&wire);
	return legal;
}

/* Nearly all names are asked as they are written, so that they need no work. */
static bool
is_name_asked(const char *read, const char *name)
{
	char canonical[DNS_NAME_TEXT_MAX];

	return strcmp(read, name) == 0 ||
	    (canonical_name(name, canonical) && strcmp(read, canonical) == 0);
}

static bool
question_matches(struct parse *p)
{
	p->current = p->asked;
	return dns_name_read(&p->buf, p->asked) && is_name_asked(p->asked, p->name) &&
	    buf_u16(&p->buf) == p->type && buf_u16(&p->buf) == CLASS_IN;
}

/* Is the owner of the next record nothing but a pointer to the question, as it mostly is? */
static bool
points_to_question(const struct buf *buf)
{
	const uint8_t *at = buf->start + buf->position;

	return buf_left(buf) >= 2 && at[0] == 0xc0 && at[1] == DNS_HEADER_SIZE;
}

static bool
read_owner(struct parse *p, struct record *record)
{
	record->owner = record->text;
	if (!points_to_question(&p->buf))
		return dns_name_read(&p->buf, record->text);
	record->owner = p->asked;
	buf_u16(&p->buf);
	return true;
}

static bool
read_record(struct parse *p, struct record *record)
{
	struct buf *buf = &p->buf;

	if (!read_owner(p, record))
		return false;
	record->type = buf_u16(buf);
	record->class = buf_u16(buf);
	record->ttl = buf_u32(buf);
	record->size = buf_u16(buf);
	record->data = buf->position;
	buf_bytes(buf, record->size);
	return !buf->failed;
}

/* A reader placed at the record's data; names in it may still point before it. */
static struct buf
data_reader(const struct parse *p, const struct record *record)
{
	struct buf buf = p->buf;

	buf.length = record->data + record->size;
	buf_seek(&buf, record->data);
	return buf;
}

static const char *
read_name(struct parse *p, struct buf *buf)
{
	char text[DNS_NAME_TEXT_MAX];

	return dns_name_read(buf, text) ? arena_string(p->arena, text) : NULL;
}

static void
decode_text(struct parse *p, struct buf *buf, struct dns_record *out)
{
	size_t left = buf_left(buf);
	char *text = arena_bytes(p->arena, left + 1);
	size_t length = 0;

	out->strings = 0;
	while (buf_left(buf) > 0 && !buf->failed) {
		uint8_t size = buf_u8(buf);
		const uint8_t *bytes = buf_bytes(buf, size);

		if (bytes == NULL)
			break;
		memcpy(text + length, bytes, size);
		length += size;
		out->strings++;
	}
	text[length] = '\0';
	out->text = text;
	out->length = length;
}

static void
decode_opaque(struct parse *p, struct buf *buf, struct dns_record *out)
{
	out->length = buf_left(buf);
	out->octets = arena_copy(p->arena, buf_bytes(buf, out->length), out->length);
}

static void
decode_soa(struct parse *p, struct buf *buf, struct dns_record *out)
{
	struct dns_soa *soa = arena_zeroed(p->arena, 1, sizeof *soa);

	soa->mname = read_name(p, buf);
	soa->rname = read_name(p, buf);
	soa->serial = buf_u32(buf);
	soa->refresh = buf_u32(buf);
	soa->retry = buf_u32(buf);
	soa->expire = buf_u32(buf);
	soa->minimum = buf_u32(buf);
	out->soa = soa;
}

static bool
decode(struct parse *p, const struct record *record, struct dns_record *out)
{
	struct buf buf = data_reader(p, record);
	const uint8_t *octets;

	memset(out, 0, sizeof *out);
	switch (record->type) {
	case DNS_A:
	case DNS_AAAA:
		octets = buf_bytes(&buf, record->type == DNS_A ? 4 : 16);
		if (octets != NULL)
			out->ip = ip_from_octets(octets, record->type == DNS_A ? 4 : 16);
		break;
	case DNS_MX: {
		uint16_t preference = buf_u16(&buf);

		out->name = read_name(p, &buf);
		out->preference = preference;
		break;
	}
	case DNS_TXT:
	case DNS_SPF:
		decode_text(p, &buf, out);
		break;
	case DNS_SOA:
		decode_soa(p, &buf, out);
		break;
	case DNS_DS:
	case DNS_RRSIG:
	case DNS_DNSKEY:
	case DNS_TLSA:
	case DNS_CAA:
		decode_opaque(p, &buf, out);
		break;
	default:
		out->name = read_name(p, &buf);
		break;
	}
	return !buf.failed && buf_left(&buf) == 0;
}

static void
note_ttl(struct parse *p, uint32_t ttl)
{
	if (ttl > INT32_MAX) /* RFC 2181 8: the top bit makes it 0 */
		ttl = 0;
	if (!p->any_ttl || ttl < p->answer->ttl)
		p->answer->ttl = ttl;
	p->any_ttl = true;
}

/* Follows one CNAME out of the current name, wherever in the section it stands. */
static bool
follow_alias(struct parse *p, const struct header *header)
{
	struct buf start = p->buf;
	struct record record;
	bool found = false;

	for (unsigned i = 0; i < header->answers && i < ALIAS_RECORDS_MAX && !found; i++) {
		struct buf data;

		if (!read_record(p, &record))
			return false;
		if (record.type != DNS_CNAME || record.class != CLASS_IN ||
		    strcmp(record.owner, p->current) != 0)
			continue;
		data = data_reader(p, &record);
		found = dns_name_read(&data, p->alias) && buf_left(&data) == 0;
		p->current = p->alias;
		if (!found) {
			p->buf.failed = true;
			return false;
		}
	}
	p->buf = start;
	if (found)
		note_ttl(p, record.ttl);
	return found;
}

/* False for a circle, and for a chain that is as good as one. */
static bool
follow_aliases(struct parse *p, const struct header *header)
{
	if (p->type == DNS_CNAME)
		return true;
	while (follow_alias(p, header))
		if (p->answer->aliases++ == DNS_ALIASES_MAX)
			return false;
	if (p->answer->aliases > 0)
		p->answer->canonical = arena_string(p->arena, p->current);
	return true;
}

/* Resolvers turn the order of records; what is said of texts and octets must not turn with it. */
static int
compare_octets(const void *a, const void *b)
{
	const struct dns_record *left = a, *right = b;
	size_t least = left->length < right->length ? left->length : right->length;
	int order = least == 0 ? 0 : memcmp(left->text, right->text, least);

	return order != 0 ? order : (left->length > right->length) - (left->length < right->length);
}

static bool
collect_records(struct parse *p, const struct header *header)
{
	size_t room = header->answers < DNS_RECORDS_MAX ? header->answers : DNS_RECORDS_MAX;
	struct dns_record *records = arena_bytes(p->arena, room * sizeof *records);
	struct record record;
	size_t count = 0;

	for (unsigned i = 0; i < header->answers; i++) {
		if (!read_record(p, &record))
			return false;
		if (record.type != p->type || record.class != CLASS_IN ||
		    strcmp(record.owner, p->current) != 0)
			continue;
		if (count == room) {
			p->answer->cut = true;
			continue;
		}
		if (!decode(p, &record, &records[count++]))
			return false;
		note_ttl(p, record.ttl);
	}
	if (p->type == DNS_TXT || p->type == DNS_SPF || dns_type_is_opaque(p->type))
		qsort(records, count, sizeof *records, compare_octets);
	p->answer->records = records;
	p->answer->count = count;
	return true;
}

/* RFC 2308 3: a negative answer carries the SOA of the zone that gives it. */
static bool
note_authority(struct parse *p, const struct header *header)
{
	struct record record;
	struct dns_record soa;

	for (unsigned i = 0; i < header->authorities; i++) {
		if (!read_record(p, &record))
			return false;
		if (record.type != DNS_SOA || p->answer->soa_owner != NULL)
			continue;
		if (!decode(p, &record, &soa))
			return false;
		p->answer->soa_owner = arena_string(p->arena, record.owner);
		note_ttl(p, record.ttl < soa.soa->minimum ? record.ttl : soa.soa->minimum);
	}
	return true;
}

static enum dns_status
status_of(unsigned rcode, size_t records)
{
	switch (rcode) {
	case 0:
		return records > 0 ? DNS_DATA : DNS_NODATA;
	case 2:
		return DNS_SERVFAIL;
	case 3:
		return DNS_NXDOMAIN;
	case 4:
	case 5:
		return DNS_REFUSED;
	default:
		return DNS_MALFORMED;
	}
}

static enum dns_status
parse_message(struct parse *p)
{
	struct header header = read_header(&p->buf);
	unsigned rcode = header.flags & RCODE_MASK;

	if (p->buf.failed || (header.flags & FLAG_RESPONSE) == 0)
		return DNS_MALFORMED;
	if (header.questions == 0 && rcode != 0 && rcode != 3) /* some servers refuse that curtly */
		return status_of(rcode, 0);
	if ((header.flags & FLAG_TRUNCATED) != 0 || header.questions != 1 || !question_matches(p))
		return DNS_MALFORMED;
	p->answer->authentic = (header.flags & FLAG_AUTHENTIC) != 0;
	if (rcode != 0 && rcode != 3)
		return status_of(rcode, 0);
	if (!follow_aliases(p, &header) || !collect_records(p, &header))
		return DNS_MALFORMED;
	if (p->answer->count > 0 && rcode == 3) /* data of a name that does not exist */
		return DNS_MALFORMED;
	if (p->answer->count == 0 && !note_authority(p, &header))
		return DNS_MALFORMED;
	return status_of(rcode, p->answer->count);
}

void
dns_message_parse(const void *bytes, size_t length, const char *name, enum dns_type type,
    struct arena *arena, struct dns_answer *answer_out)
{
	enum dns_status status;
	struct parse p; /* two kilobytes that need not be cleared */

	p.buf = buf_over(bytes, length);
	p.name = name;
	p.type = type;
	p.any_ttl = false;
	p.arena = arena;
	p.answer = answer_out;
	memset(answer_out, 0, sizeof *answer_out);
	status = parse_message(&p);
	if (status == DNS_MALFORMED)
		memset(answer_out, 0, sizeof *answer_out);
	answer_out->status = status;
}
