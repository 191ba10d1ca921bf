#ifndef MXSWEEP_RULE_DANE_H
#define MXSWEEP_RULE_DANE_H

#include "cert/dane.h"
#include "fact/facts.h"
#include "rule/mx.h"

struct arena;

/* The TLSA records of an MX host (RFC 7672 2.2). */
struct dane_host {
	enum answer_security addresses; /* of the RRsets that hold its addresses */
	const char *base;               /* the name asked about, the host's own or where its alias
					 * leads; NULL when nothing was asked */
	const struct dns_answer *tlsa;  /* NULL when nothing was asked: senders do not ask either */
	enum answer_security security;  /* of that answer, and of what led to it */
	const struct tlsa *records;
	size_t record_count, usable; /* the usable ones are among them */
};

struct dane_result {
	enum answer_security mx;       /* of the MX RRset, or of its absence */
	const struct dane_host *hosts; /* one for each host of the MX result, in its order */
	size_t host_count;
};

/*
 * Asks what a sender would ask, and no more (RFC 7672 2.2.2, 2.2.3): nothing about a host whose
 * addresses are not signed. Where nobody has checked the signatures, it is asked all the same.
 */
void dane_evaluate(
    struct facts *facts, const struct mx_result *mx, struct arena *arena, struct dane_result *out);

/* Signed records, usable or not: senders insist on TLS. */
bool dane_host_binds(const struct dane_host *host);
/* Some signed record that can be used. */
bool dane_host_protects(const struct dane_host *host);
/* Must the server be asked for its certificate under the base domain besides (RFC 7672 8.1)? */
bool dane_host_wants_session(const struct dane_host *host, const struct mx_host *mx_host);

/* What an address of the host shows under the base domain, held against the records. */
struct dane_match {
	const struct smtp_observation *session; /* NULL when none was had */
	const struct cert_dane_verdict
	    *verdict;      /* NULL when nothing was asked, or no certificate shown */
	bool not_recorded; /* there was a certificate */
};
void dane_match_evaluate(struct facts *facts, const struct dane_result *dane,
    const struct dane_host *host, const char *domain, const struct ip *ip, struct arena *arena,
    struct dane_match *out);

#endif
