#ifndef MXSWEEP_RULE_DMARC_REPORTS_H
#define MXSWEEP_RULE_DMARC_REPORTS_H

#include "rule/dmarc_record.h"
#include "rule/dmarc_walk.h"
#include "rule/registration.h"
#include "rule/takes_mail.h"

enum { DMARC_REPORT_HOSTS_MAX = 8 }; /* that questions are asked about; people name one to three */

/* May reports about a domain be sent to a host (RFC 9990, RFC 9991)? */
enum dmarc_authority {
	DMARC_AUTHORITY_UNKNOWN, /* a question has no answer, or none yet */
	DMARC_INSIDE,            /* the same organizational domain: nobody is asked */
	DMARC_AUTHORISED,
	DMARC_NOT_AUTHORISED,
	DMARC_REDIRECTED, /* the host's own rua= leads to yet another host: nothing is sent */
	DMARC_UNASKABLE,  /* the name that would have to be asked for is too long */
};

/* A host of mail addresses in rua= and ruf=. */
struct dmarc_report_host {
	const char *name;
	enum dmarc_authority authority;
	const struct dns_answer *unanswered; /* of UNKNOWN, once all is known */
	enum takes_mail takes;
	const struct dns_answer *takes_answer; /* that decided */
	struct registration registration;      /* of one that takes no mail */
};

struct dmarc_reports {
	struct dmarc_report_host hosts[DMARC_REPORT_HOSTS_MAX]; /* each once, rua= first */
	size_t count;
	size_t left; /* hosts that nothing was asked about */
};

/*
 * Looks at each host of a record found at `location`, whose organizational domain is
 * `organizational`; when that is NULL, the question `unfinished` had no answer.
 */
struct dmarc_origin {
	const char *location;
	const char *organizational;
	const struct dns_answer *unfinished;
};
void dmarc_reports_evaluate(struct facts *facts, const struct dmarc_origin *origin,
    const struct dmarc_record *record, struct arena *arena, struct dmarc_reports *out);

#endif
