#ifndef MXSWEEP_NET_TLS_H
#define MXSWEEP_NET_TLS_H

#include "net/stream.h"

/* What stream.c needs of TLS: a client over memory BIOs, and words for what was agreed on. */
struct ssl_st;

/* NULL where the library does not speak these versions. To be freed with SSL_free. */
struct ssl_st *
tls_client_new(struct tls_context *context, enum tls_versions versions, const char *server_name);

/* Of one whose handshake is complete; what it points to is copied into the arena. */
void tls_describe(struct ssl_st *ssl, struct arena *arena, struct stream_tls *out);

#endif
