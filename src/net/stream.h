#ifndef MXSWEEP_NET_STREAM_H
#define MXSWEEP_NET_STREAM_H

#include "base/ip.h"
#include "net/tls_versions.h"
#include "cert/served.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct arena;
struct stream;
struct tls_context;

/*
 * A TCP connection that can become a TLS connection. Seven events tell all; the callback never
 * comes from inside a function of this header, and not after stream_close.
 */
enum stream_event {
	STREAM_CONNECTED,
	STREAM_READABLE,   /* more bytes are at hand: see stream_bytes */
	STREAM_SECURE,     /* the handshake is complete */
	STREAM_TLS_FAILED, /* it is not: see stream_error_text */
	STREAM_CLOSED,     /* the peer closed or reset the connection */
	STREAM_FAILED,     /* connecting failed: see stream_failure */
};

/* Why connecting failed. The last three are ours, not the peer's. */
enum stream_failure {
	STREAM_REFUSED,
	STREAM_UNREACHABLE, /* some router on the way says so */
	STREAM_SILENT,      /* the kernel gave up waiting */
	STREAM_NO_ROUTE,    /* our own stack has no way to send it */
	STREAM_SHORTAGE,    /* descriptors, buffers or ports have run out here: try again later */
	STREAM_FORBIDDEN,   /* our own machine does not let it out: EPERM, EACCES */
};

typedef void (*stream_event_fn)(void *user, enum stream_event event);

struct stream *stream_connect(
    struct loop *loop, const struct ip *ip, uint16_t port, stream_event_fn fn, void *user);
/* The same from this address of the machine; of family 0: from that of the system's choice. */
struct stream *stream_connect_from(struct loop *loop, const struct ip *source, const struct ip *ip,
    uint16_t port, stream_event_fn fn, void *user);
void stream_write(struct stream *stream, const char *bytes, size_t length); /* copies */

bool stream_local_ip(const struct stream *stream, struct ip *ip_out); /* of a connected stream */

/* What arrived and was not consumed yet; borrowed until the next call. */
const char *stream_bytes(const struct stream *stream, size_t *length_out);
void stream_consume(struct stream *stream, size_t length);

void stream_start_tls(struct stream *stream, struct tls_context *context,
    enum tls_versions versions, const char *server_name);
enum stream_failure stream_failure(const struct stream *stream);
const char *stream_error_text(const struct stream *stream); /* of TLS; "" when there is none */

struct stream_tls {
	const char *version; /* "TLSv1.3" */
	const char *cipher;
	const char *group;      /* of the key exchange, "x25519"; "" when it has no name */
	unsigned exchange_bits; /* of the server's key for this session alone; 0: it has none */
	bool compressed;
	bool secure_renegotiation;   /* RFC 5746; TLS 1.3 has none */
	bool extended_master_secret; /* RFC 7627; TLS 1.3 needs none */
	const struct cert_served *chain;
	size_t chain_length; /* at most CERT_CHAIN_MAX; 0 when the server showed none */
};

/* Of a stream that is secure; what it points to is copied into the arena. */
void stream_tls_describe(const struct stream *stream, struct arena *arena, struct stream_tls *out);

/*
 * Nothing more is said: ends our side, in TLS and in TCP. What still arrives is dropped, and
 * STREAM_CLOSED comes when the peer has closed the connection itself: only then has it one less.
 */
void stream_part(struct stream *stream);

void stream_close(struct stream *stream);

/*
 * One context for all: it verifies nothing (verdicts come afterwards), speaks TLS 1.0 and later,
 * and offers every suite the library has, anonymous and null ones last (a server may choose them).
 */
struct tls_context *tls_context_new(void);
void tls_context_free(struct tls_context *context);

#endif
