#ifndef MXSWEEP_SMTP_OBSERVATION_H
#define MXSWEEP_SMTP_OBSERVATION_H

#include "base/ip.h"
#include "cert/served.h"
#include "smtp/visit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The stages of a session, in order. */
#define SMTP_STAGE_MAP(X)                                                                          \
	X(SMTP_CONNECT, "connect")                                                                 \
	X(SMTP_GREETING, "greeting")                                                               \
	X(SMTP_EHLO, "ehlo")                                                                       \
	X(SMTP_HELO, "helo") /* only after a 5xx to EHLO (RFC 5321 3.2) */                         \
	X(SMTP_STARTTLS, "starttls")                                                               \
	X(SMTP_TLS, "tls")                                                                         \
	X(SMTP_EHLO_AGAIN,                                                                         \
	    "ehlo_tls")      /* all that was said before TLS is forgotten (RFC 3207 4.2) */        \
	X(SMTP_MAIL, "mail") /* of visits with forms, as the two that follow */                    \
	X(SMTP_RCPT, "rcpt")                                                                       \
	X(SMTP_RSET, "rset")                                                                       \
	X(SMTP_QUIT, "quit")                                                                       \
	X(SMTP_LISTEN, "listen") /* behind the handshake, for what comes unasked */

enum smtp_stage {
#define X(name, text) name,
	SMTP_STAGE_MAP(X)
#undef X
	    SMTP_STAGE_COUNT
};

/* How a session ended. `stage` of the observation says where. */
#define SMTP_END_MAP(X)                                                                            \
	X(SMTP_END_COMPLETE, "complete")                                                           \
	X(SMTP_END_REPLY, "reply")             /* a reply that allows no next step */              \
	X(SMTP_END_REFUSED, "refused")         /* at connect: the address said no */               \
	X(SMTP_END_UNREACHABLE, "unreachable") /* at connect: a router said no */                  \
	X(SMTP_END_TIMEOUT, "timeout")         /* the limit of the stage was reached */            \
	X(SMTP_END_TOTAL, "total")             /* the limit of the whole session was reached */    \
	X(SMTP_END_CLOSED, "closed")           /* the peer closed without a reply */               \
	X(SMTP_END_GARBAGE, "garbage")         /* what came is no SMTP, or came unasked */         \
	X(SMTP_END_TLS, "tls")                 /* the handshake failed */                          \
	X(SMTP_END_NO_ROUTE, "no_route")       /* our own stack has no way there */                \
	X(SMTP_END_SHORTAGE, "shortage")   /* descriptors or ports ran out: to be tried again */   \
	X(SMTP_END_FORBIDDEN, "forbidden") /* our own machine does not let it out */               \
	X(SMTP_END_RATE_LIMITED,                                                                   \
	    "rate_limited") /* never begun: the provider turned others away too often */

enum smtp_end {
#define X(name, text) name,
	SMTP_END_MAP(X)
#undef X
	    SMTP_END_COUNT
};

/* A reply as it came: lines without codes, joined by '\n', cut at SMTP_TEXT_MAX octets. */
enum { SMTP_TEXT_MAX = 4096 };
struct smtp_heard {
	int code;         /* 0 = none came */
	const char *text; /* "" when none came; may hold octets above 127 */
	bool bare_lf, mixed_codes, long_line, uncoded_line;
};

/* What was answered to a form; code 0 where nothing was, or nothing was asked. */
struct smtp_form_seen {
	struct smtp_form form;
	struct smtp_heard mail, rcpt;
};

/* What one session at (address, MX name) saw. Times are in milliseconds. */
struct smtp_observation {
	enum smtp_end end;
	enum smtp_stage stage;
	struct ip local;      /* our address; family 0 when it never connected */
	int64_t seen_at;      /* Unix seconds, when connecting began */
	uint32_t connect_ms;  /* until the connection stood, or failed */
	bool scanner_busy;    /* so long were we away meanwhile that connect_ms may be ours */
	uint32_t greeting_ms; /* from then to the end of the greeting; 0 when none came */
	uint32_t total_ms;
	struct smtp_heard greeting;
	struct smtp_heard ehlo; /* the reply to EHLO, or to HELO where only that works */
	struct smtp_heard starttls;
	struct smtp_heard ehlo_again; /* where `injected`, to the command that was */
	bool only_helo;
	bool offers_starttls;
	bool early_octets; /* something stood in the buffer behind the go-ahead to TLS */
	bool injected;     /* a command that went out in clear was answered within TLS */
	bool secure;       /* the handshake completed */
	const char *tls_error, *tls_version, *tls_cipher; /* "" when not known */
	const char *tls_group;      /* of the key exchange; "" when not known */
	unsigned tls_exchange_bits; /* of the server's key for this session; 0: it has none */
	bool tls_compressed, tls_secure_renegotiation, tls_extended_master_secret;
	const struct cert_served *chain; /* as served; what is recorded has the digests alone */
	size_t chain_length;             /* at most CERT_CHAIN_MAX; 0: no certificate was shown */
	unsigned witnesses; /* other providers that let us in within the minute before its end */
	const struct smtp_form_seen *forms; /* of a visit with forms, all of them in their order */
	size_t form_count;
};

const char *smtp_stage_text(enum smtp_stage stage);
const char *smtp_end_text(enum smtp_end end);

/* The reply at which it ended; that of the greeting where no later one was due. */
const struct smtp_heard *smtp_last_heard(const struct smtp_observation *seen);

/* Did the handshake fail since this machine's TLS library does not speak the version asked for? */
bool smtp_tls_is_not_spoken_here(const struct smtp_observation *seen);

/* Was the greeting 220, and complete? */
bool smtp_greeted(const struct smtp_observation *seen);

/*
 * What two greetings have in common when one server, or one thing on the path, said both: the first
 * word, and behind it all but digits, for there are dates and numbers. Cut at its size.
 */
enum { SMTP_GREETING_FORM_SIZE = 256 };
void smtp_greeting_form(const char *greeting, char form_out[SMTP_GREETING_FORM_SIZE]);

/* Does something on the path keep us from reading it: asterisks or X in place of words? */
bool smtp_greeting_is_masked(const char *greeting);

/* Has something on the path masked a keyword of the EHLO reply, as in XXXXXXXA or ********? */
bool smtp_ehlo_is_masked(const char *ehlo_text);

/* The keyword line of an EHLO reply that begins with `keyword`, in any case; NULL when absent. */
const char *smtp_ehlo_keyword(const char *ehlo_text, const char *keyword);

#endif
