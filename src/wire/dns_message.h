#ifndef MXSWEEP_WIRE_DNS_MESSAGE_H
#define MXSWEEP_WIRE_DNS_MESSAGE_H

#include "base/ip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct strbuf;

enum dns_type {
	DNS_A = 1,
	DNS_NS = 2,
	DNS_CNAME = 5,
	DNS_SOA = 6,
	DNS_PTR = 12,
	DNS_MX = 15,
	DNS_TXT = 16,
	DNS_AAAA = 28,
	DNS_DS = 43,
	DNS_RRSIG = 46,
	DNS_DNSKEY = 48,
	DNS_TLSA = 52,
	DNS_SPF = 99, /* obsolete, as TXT (RFC 7208 3.1) */
	DNS_CAA = 257,
};

/*
 * What became of a question. The first three are answers; the others say why there is none. Only
 * the first four and DNS_REFUSED and DNS_MALFORMED come from a message, the rest from what carries
 * it.
 */
#define DNS_STATUS_MAP(X)                                                                          \
	X(DNS_DATA, "data")                                                                        \
	X(DNS_NODATA, "nodata")     /* the name exists, without this type (RFC 2308 2.2) */        \
	X(DNS_NXDOMAIN, "nxdomain") /* nor does anything below it (RFC 8020) */                    \
	X(DNS_SERVFAIL, "servfail")                                                                \
	X(DNS_REFUSED, "refused")         /* REFUSED or NOTIMP */                                  \
	X(DNS_TIMEOUT, "timeout")         /* no resolver answered */                               \
	X(DNS_MALFORMED, "malformed")     /* what came does not parse, or is still cut over TCP */ \
	X(DNS_UNCONFIRMED, "unconfirmed") /* two resolvers disagree about a negative */            \
	X(DNS_REWRITTEN, "rewritten")     /* not to be believed: its resolver failed its test */   \
	X(DNS_CANCELLED, "cancelled")                                                              \
	X(DNS_NOT_RECORDED, "not_recorded") /* the night file does not hold the question */        \
	X(DNS_SHORTAGE, "shortage")         /* this machine had no socket to ask with */           \
	X(DNS_QUOTA, "quota")               /* a ceiling of ours left no question */               \
	X(DNS_HELD, "held")                 /* who is asked had failed its test */                 \
	X(DNS_RATE_LIMITED, "rate_limited") /* the run's deadline came before its turn */

enum dns_status {
#define X(name, text) name,
	DNS_STATUS_MAP(X)
#undef X
	    DNS_STATUS_COUNT
};

/* How a negative answer stands that was asked to be confirmed. */
enum dns_confirmation {
	DNS_NOT_CONFIRMED,   /* asked plainly, or no negative */
	DNS_CONFIRMED_ALONE, /* there is one resolver only: its honesty test stands for it */
	DNS_CONFIRMED,
	DNS_CONTRADICTED,
	DNS_CONFIRMATION_GIVEN_UP, /* the second resolver had no answer */
};

struct dns_soa {
	const char *mname, *rname;
	uint32_t serial, refresh, retry, expire, minimum;
};

/* The member that is set follows from the type asked. */
struct dns_record {
	union {
		struct ip ip; /* A, AAAA */
		struct {
			const char *name;    /* CNAME, NS, PTR, MX */
			uint16_t preference; /* MX */
		};
		struct {
			union {
				/* TXT, SPF: its strings joined without a blank (RFC 7208 3.3); may
				 * hold NUL */
				const char *text;
				const uint8_t *octets; /* opaque: the data as it stands */
			};
			size_t length;
			uint16_t strings; /* TXT, SPF */
		};
		struct dns_soa *soa;
	};
};

enum {
	DNS_RECORDS_MAX = 1024, /* of one RRset; a 64 KiB message could hold four times as many */
	DNS_ALIASES_MAX = 16,   /* resolvers give up at 8 to 16 */
};

struct dns_answer {
	enum dns_status status;
	enum dns_confirmation confirmation;
	bool authentic;        /* the AD bit (RFC 4035 3.2.3); worth as much as the resolver */
	bool cut;              /* more than DNS_RECORDS_MAX records: the rest is not here */
	uint8_t aliases;       /* CNAMEs followed from the name asked */
	uint8_t resolvers;     /* bit n: resolver n said so */
	uint32_t ttl;          /* seconds: least of the records, of a negative by RFC 2308 5 */
	uint32_t elapsed_ms;   /* from asking to answer, waiting included */
	int64_t seen_at;       /* Unix seconds */
	const char *canonical; /* the last alias target; NULL when aliases is 0 */
	const char *soa_owner; /* of a negative: whose word it is; NULL when no SOA came */
	size_t count;
	const struct dns_record *records;
};

const char *dns_status_text(enum dns_status status);
const char *dns_type_text(enum dns_type type);
/* Are records of the type kept as octets, for whoever understands them (RFC 3597)? */
bool dns_type_is_opaque(enum dns_type type);
bool dns_is_negative(const struct dns_answer *answer); /* NODATA or NXDOMAIN */
bool dns_is_answer(const struct dns_answer *answer);   /* data or a negative */
/* Did the run end before the question was asked? */
bool dns_is_left_out(const struct dns_answer *answer);

enum {
	DNS_HEADER_SIZE = 12,
	DNS_UDP_PAYLOAD = 1232,
};

/*
 * Appends a question with RD, AD (RFC 6840 5.7) and an OPT of `DNS_UDP_PAYLOAD` octets at its end.
 * False when the name is no legal name.
 */
bool dns_query_write(struct strbuf *out, uint16_t id, const char *name, enum dns_type type);

/* Was the message cut to fit into a datagram (TC)? False for what is no message. */
bool dns_message_is_cut(const void *bytes, size_t length);
void dns_message_set_cut(void *bytes); /* of at least DNS_HEADER_SIZE octets */

/*
 * Decodes the response to (name, type) into the arena. Whatever the bytes are, *answer_out is
 * valid: a message that does not parse, is truncated, or answers another question is DNS_MALFORMED.
 * Texts and opaque records come sorted by their octets, other records as they stand.
 * The fields that tell of the carrying (resolvers, elapsed_ms, seen_at) are left 0.
 */
void dns_message_parse(const void *bytes, size_t length, const char *name, enum dns_type type,
    struct arena *arena, struct dns_answer *answer_out);

#endif
