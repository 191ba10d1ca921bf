#ifndef MXSWEEP_RULE_EVALUATION_H
#define MXSWEEP_RULE_EVALUATION_H

#include "rule/bimi.h"
#include "rule/caa.h"
#include "rule/dane.h"
#include "rule/dkim.h"
#include "rule/dmarc.h"
#include "rule/dnssec.h"
#include "rule/expected.h"
#include "rule/lists.h"
#include "rule/mta_sts.h"
#include "rule/mx.h"
#include "rule/names.h"
#include "rule/ptr.h"
#include "rule/recipients.h"
#include "rule/relay.h"
#include "rule/second_look.h"
#include "rule/spf.h"
#include "rule/spf_check.h"
#include "rule/stand_in.h"
#include "rule/tls.h"
#include "rule/tls_rpt.h"
#include "rule/tls_visits.h"
#include "rule/wildcard.h"

struct arena;
struct history_fact;

/* What a domain is for: the row's word, else what its records say outright (never mere absence). */
enum domain_role {
	ROLE_MAIL,
	ROLE_RECEIVE_ONLY,
	ROLE_SEND_ONLY,
	ROLE_PARKED,
	ROLE_COUNT,
	ROLE_PUBLIC_SUFFIX = ROLE_COUNT, /* no row can say so: names below it are others' */
};

/* What an address is used for, once for each (domain, address). */
enum address_use {
	USE_NAMED, /* a single host of the domain's SPF record, or its own address; of no MX host */
	USE_RECEIVING,
	USE_ASSUMED, /* an MX address of a sending domain whose outbound addresses are not known */
	USE_SENDING, /* named in the row's outbound_ips */
};

/* One address of a host, or one of the row's outbound addresses. */
struct address_result {
	struct ip ip;
	char text[IP_TEXT_MAX];
	const struct mx_host *host; /* NULL for an outbound or named address that no MX host has */
	enum address_use use;
	const char
	    *special; /* the special-purpose network it lies in; NULL when it counts as public */
	bool allowed; /* it counts as public by --allow-net only */
	struct ptr_result ptr;
	bool no_touch;              /* by the operator's word it is never contacted */
	struct session_looks looks; /* at the MX name; where others stand for it, theirs */
	struct stand_in stand_in;
	const char *session_name;             /* the MX name of that session */
	const struct ptr_result *session_ptr; /* of its address */
	struct names_result names;
	struct tls_result tls;
	struct dane_match dane;
	struct relay_result relay;
	struct recipients_result recipients;
	struct tls_visits visits;
	struct list_words lists;    /* none for an address that is not public */
	struct spf_check helo_spf;  /* may it call itself as it does? Without a domain: not asked */
	enum name_leads helo_leads; /* the row's helo, of an outbound address; UNKNOWN without */
	const struct dns_answer *helo_answer; /* behind it; NULL: it was not asked for */
	struct spf_check
	    spf; /* may it send for the domain? With one SPF record; not of named ones */
};

/* All that the rules say of one row. */
struct evaluation {
	const struct run_facts *run;
	const char *domain; /* NULL for a row without a valid one; then only `problem` is set */
	const char *problem;
	const char *input;                  /* the cell as it stood */
	bool changed;                       /* the cell was not the plain domain */
	bool again;                         /* another row has the same domain */
	const char *const *known;           /* KNOWN_COUNT columns of the row */
	const struct history_fact *history; /* what earlier nights showed; NULL: nothing is known */
	bool missing;                       /* NXDOMAIN */
	const struct dns_answer
	    *existence_unknown; /* no question at its own name was answered: one of them */
	enum domain_role role;
	const struct dns_answer *sends_unknown;    /* the role hangs on this, which had no answer */
	const struct dns_answer *receives_unknown; /* so does whether it receives */
	bool role_declared;
	bool public_suffix;       /* by the public suffix list */
	const char *role_unknown; /* what the role column says, when that is no role */
	struct mx_result mx;
	struct address_result *addresses; /* in order of hosts, then outbound, then named ones */
	size_t address_count;
	struct spf_result spf;
	struct spf_obsolete spf_obsolete; /* asked for at depth deep */
	struct dkim_result dkim;
	struct wildcard_others wildcard;
	struct dmarc_result dmarc;
	struct dmarc_misplaced dmarc_misplaced; /* asked for at depth deep */
	struct mta_sts_result mta_sts;
	struct tls_rpt_result tls_rpt;
	struct bimi_result bimi;
	struct dane_result dane;      /* of the MX hosts */
	const struct caa_result *caa; /* of each MX host; asked for at depth deep */
	struct dnssec_result dnssec;  /* asked for at depth deep */
	struct expected_ns ns;        /* asked for where the row expects some */
	const char *listed_name;      /* the name that lists were asked about */
	struct list_words lists;
	struct listed_hosts listed_hosts; /* asked for at depth deep */
};

/* Runs every rule of a domain, over recorded facts or, pass by pass, over those that come in. The
 * fields up to `known` are set by the caller, the others are zero. */
void evaluation_run(struct facts *facts, struct arena *arena, struct evaluation *evaluation);

bool role_receives(enum domain_role role);
bool role_sends(enum domain_role role);
const char *role_text(enum domain_role role);
bool role_parse(const char *text, enum domain_role *role_out);

/* Sets the fields of the role, from the row and from what `mx` and `spf` hold. */
void evaluation_set_role(struct evaluation *evaluation);

/* The rules as the graph runs them. */
extern const struct gather_rule gather_rules[];
extern const size_t gather_rule_count;

#endif
