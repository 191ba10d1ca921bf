#ifndef MXSWEEP_SMTP_SESSION_H
#define MXSWEEP_SMTP_SESSION_H

#include "base/ip.h"
#include "net/stream.h"
#include "smtp/observation.h"

#include <stdbool.h>

struct loop;
struct smtp_session;

/*
 * One visit to port 25: greeting, EHLO (HELO after a 5xx), STARTTLS where offered, a handshake that
 * verifies nothing, EHLO again, QUIT. Nothing is sent before the greeting is complete; no mail is
 * ever begun. The server name indicated in TLS is the MX name.
 */
struct smtp_limits { /* milliseconds */
	unsigned connect, greeting, ehlo, starttls, tls, quit, total;
};

struct smtp_session_options {
	struct ip ip;
	uint16_t port;
	const char *mx_name;   /* borrowed until the session ends */
	const char *ehlo_name; /* what we call ourselves (RFC 5321 4.1.1.1); borrowed likewise */
	struct smtp_limits limits;
	struct tls_context *tls;
	enum tls_versions versions;
	bool greeting_alone; /* QUIT follows it: the port is asked about, not the server */
	bool tls_at_once;    /* before the greeting, and no STARTTLS (RFC 8314 3) */
	/* Milliseconds; 0: not at all. NOOP goes out in one packet with STARTTLS, and after the
	   handshake nothing is said for so long: who answers now takes commands that came in clear
	   for some that came within TLS (RFC 3207 6). */
	unsigned listen;
};

/* The observation is borrowed until the callback returns. Never from inside smtp_session_start. */
typedef void (*smtp_done_fn)(void *user, const struct smtp_observation *observation);

struct smtp_session *smtp_session_start(
    struct loop *loop, const struct smtp_session_options *options, smtp_done_fn done, void *user);

/* Ends a session without its callback; takes the address and sets it to NULL. */
void smtp_session_cancel(struct smtp_session **session);

#endif
