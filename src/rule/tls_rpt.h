#ifndef MXSWEEP_RULE_TLS_RPT_H
#define MXSWEEP_RULE_TLS_RPT_H

#include "fact/facts.h"
#include "rule/takes_mail.h"
#include "rule/uri.h"

struct arena;

enum {
	TLS_RPT_URIS_MAX = 16,   /* places of reports that are read; people name one or two */
	TLS_RPT_DOMAINS_MAX = 4, /* mail domains among them that are looked at */
};

/* A place that reports on TLS failures are sent to. */
struct tls_rpt_uri {
	const char *text;
	enum uri_kind kind; /* only mailto and https are usable */
};

/* A domain that such mail goes to. */
struct tls_rpt_domain {
	const char *name;
	enum takes_mail takes;
	const struct dns_answer *answer; /* that decided */
};

/* The TLS-RPT record of a domain (RFC 8460 3). */
struct tls_rpt_result {
	const struct dns_answer *txt; /* at _smtp._tls. of the domain */
	size_t records;
	const char *text; /* the first; NULL when there is none */
	size_t length;
	const char *problem; /* why the text is no record, or NULL */
	size_t extensions;   /* fields other than rua */
	struct tls_rpt_uri uris[TLS_RPT_URIS_MAX];
	size_t uri_count;
	size_t usable; /* of them, mailto and https */
	bool more_uris;
	struct tls_rpt_domain domains[TLS_RPT_DOMAINS_MAX]; /* each once */
	size_t domain_count;
};

void tls_rpt_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct tls_rpt_result *out);

/* Does the text begin v=TLSRPTv1, and not another version that only begins like it? */
bool tls_rpt_record_is(const char *text, size_t length);

/* Reads one such text: problem, extensions, places and the mail domains among them. */
void tls_rpt_record_parse(
    const char *text, size_t length, struct arena *arena, struct tls_rpt_result *out);

/* Exactly one record, well-formed, with a place that reports can be sent to. */
bool tls_rpt_record_valid(const struct tls_rpt_result *tls_rpt);

#endif
