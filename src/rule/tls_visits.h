#ifndef MXSWEEP_RULE_TLS_VISITS_H
#define MXSWEEP_RULE_TLS_VISITS_H

#include "fact/facts.h"

struct mx_host;

/*
 * Visits that each ask an address for one thing: whether it speaks versions of TLS that are no
 * longer safe (RFC 8996), whether it obeys within TLS what was said in clear (RFC 3207 6), and how
 * it answers at the ports of submission (RFC 8314 3, RFC 6409 3.1). For opt-in checks, by these
 * ids; at any host, for nothing is asked there that a sender would not say.
 */
#define OLD_VERSIONS_CHECK "tls.old-versions"
#define INJECTION_CHECK "tls.injection"
#define SUBMISSION_CHECK "smtp.submission-ports"

/* What was seen; NULL: not had. */
struct tls_visits {
	const struct smtp_observation *only_1_0, *only_1_1, *injection;
	const struct smtp_observation *port_465, *port_587;
};
void tls_visits_evaluate(struct facts *facts, const struct ip *ip, struct tls_visits *out);

/* Asks for those that the run wants at (address, MX name), which may be contacted. */
void tls_visits_share(struct facts *facts, const struct ip *ip, const char *mx_name);

/* And at the ports of submission, at the first address where the host may be contacted. */
void tls_visits_share_submission(struct facts *facts, const struct mx_host *host);

/* What a session of that kind does besides saying hello. */
void tls_visits_plan(enum session_look look, struct smtp_visit *visit_out);

/* The visit at TLS 1.1 comes behind one at 1.0 that came to a handshake, whatever became of it. */
enum session_again tls_visits_again(const struct smtp_observation *only_1_0);

#endif
