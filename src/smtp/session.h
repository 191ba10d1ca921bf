#ifndef MXSWEEP_SMTP_SESSION_H
#define MXSWEEP_SMTP_SESSION_H

#include "base/ip.h"
#include "smtp/observation.h"
#include "smtp/visit.h"

struct loop;
struct smtp_session;
struct tls_context;

/*
 * One visit to port 25: greeting, EHLO (HELO after a 5xx), STARTTLS where offered, a handshake that
 * verifies nothing, EHLO again, QUIT. Nothing is sent before the greeting is complete. The server
 * name indicated in TLS is the MX name. Before QUIT come the forms of the visit, if it has some: in
 * clear where STARTTLS is not offered or was refused; 421 to one of them is the end.
 */
struct smtp_limits { /* milliseconds */
	unsigned connect, greeting, ehlo, starttls, tls, quit, total;
};

struct smtp_session_options {
	struct ip ip;
	struct ip source; /* our address for it; family 0: of the system's choice */
	uint16_t port;
	const char *mx_name;   /* borrowed until the session ends */
	const char *ehlo_name; /* what we call ourselves (RFC 5321 4.1.1.1); borrowed likewise */
	struct smtp_limits limits;
	struct tls_context *tls;
	struct smtp_visit visit;
};

/* The observation is borrowed until the callback returns. Never from inside smtp_session_start. */
typedef void (*smtp_done_fn)(void *user, const struct smtp_observation *observation);

struct smtp_session *smtp_session_start(
    struct loop *loop, const struct smtp_session_options *options, smtp_done_fn done, void *user);

/* Ends a session without its callback; takes the address and sets it to NULL. */
void smtp_session_cancel(struct smtp_session **session);

#endif
