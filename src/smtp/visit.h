#ifndef MXSWEEP_SMTP_VISIT_H
#define MXSWEEP_SMTP_VISIT_H

#include "net/tls_versions.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a session does besides saying hello. A zeroed struct is the ordinary session.
 *
 *   form  the beginning of a mail transaction: MAIL FROM, RCPT TO where it names a recipient, RSET.
 *         No form is ever followed by DATA, so nothing is ever delivered
 */
enum {
	SMTP_FORMS_MAX = 20, /* the relay test has 17 */
	SMTP_PATH_MAX = 480, /* octets of a path: the line holds 512 (RFC 5321 4.5.3.1.4) */
};

struct smtp_form {
	const char *name; /* what is tried, a word */
	const char *from; /* reverse-path without its brackets; "" is the null sender */
	const char *to;   /* forward-path, likewise; NULL: no recipient is named */
};

struct smtp_visit {
	bool greeting_alone; /* QUIT follows it: the port is asked about, not the server */
	uint16_t port;       /* 0: the usual one */
	bool tls_at_once;    /* before the greeting, and no STARTTLS (RFC 8314 3) */
	enum tls_versions versions;
	/* 0: not at all. NOOP goes out in one packet with STARTTLS, and after the handshake nothing
	   is said for so long: who answers now takes commands that came in clear for some that came
	   within TLS (RFC 3207 6). */
	unsigned listen_ms;
	const struct smtp_form *forms; /* copied when the session starts */
	size_t form_count;             /* at most SMTP_FORMS_MAX */
};

struct arena;
struct smtp_form_seen;

/* A copy of the forms, with nothing answered yet; NULL when there are none. */
struct smtp_form_seen *smtp_forms_unanswered(const struct smtp_visit *visit, struct arena *arena);

#endif
