#ifndef MXSWEEP_SCORE_CHECK_H
#define MXSWEEP_SCORE_CHECK_H

#include "rule/evaluation.h"
#include "score/outcome.h"

struct arena;
struct block_lists;
struct providers;
struct suffix_list;

/*
 * The table of checks: the one source of ids, titles, rules, advice, weights and references, for
 * the scorecard, the `checks` command and samples/checks.md. One file an area holds its rows and
 * judges.
 */

enum check_class {
	CLASS_NONE,
	CLASS_MINOR,
	CLASS_MAJOR,
	CLASS_CRITICAL,
};

/* Core checks make the score; deep ones are finer, and cost more questions; those to opt in look
 * like abuse or need consent, and are made where the operator names them. */
enum check_stage {
	STAGE_CORE,
	STAGE_DEEP,
	STAGE_OPT_IN,
};

/* What a check is asked about; a check is judged once for each of its subjects. */
enum check_subject {
	OF_DOMAIN,
	OF_HOST,           /* each MX host */
	OF_ADDRESS,        /* each address of each MX host */
	OF_ANY_ADDRESS,    /* these and the row's outbound addresses */
	OF_RUN,            /* the scanner itself: known before any row, judged by no row */
	OF_LISTED_ADDRESS, /* each block list, crossed with the addresses */
	OF_LISTED_NAME,    /* each block list about names */
	OF_LISTED_HOST,    /* likewise, crossed with the domains of MX hosts */
	OF_SELECTOR,       /* each DKIM selector of the row */
	CHECK_SUBJECT_COUNT,
};

/* The ten points that a postmaster asks about; 8 has three parts. */
#define POINT_MAP(X)                                                                               \
	X(POINT_MX, "mx")                                                                          \
	X(POINT_PTR, "ptr")                                                                        \
	X(POINT_FCRDNS, "fcrdns")                                                                  \
	X(POINT_SPF, "spf")                                                                        \
	X(POINT_DKIM, "dkim")                                                                      \
	X(POINT_DMARC, "dmarc")                                                                    \
	X(POINT_HELO, "helo")                                                                      \
	X(POINT_SMTP, "smtp")                                                                      \
	X(POINT_STARTTLS, "starttls")                                                              \
	X(POINT_RELAY, "relay")                                                                    \
	X(POINT_DNSBL, "dnsbl")

enum point {
#define X(name, text) name,
	POINT_MAP(X)
#undef X
	    POINT_COUNT,
	POINT_OTHER = POINT_COUNT, /* the check belongs to none */
};

const char *point_text(enum point point);

/* Tables that judges may consult. */
struct judge_tables {
	const struct suffix_list *suffixes;
	const struct providers *providers;
	const struct block_lists *lists;
};

/* What a judge sees: the row, the subject in question, and an arena for its words. */
struct judged {
	const struct evaluation *e;
	const struct check *check; /* that is judged, for the gate of its area */
	const struct judge_tables *tables;
	const struct mx_host *host;
	const struct address_result *address;
	const struct dkim_key *key;
	const struct list_word *word;
	struct arena *arena;
};

struct check {
	const char *id;
	enum check_class class;
	enum check_stage stage;
	enum check_subject subject;
	enum point point;
	bool redundant;  /* one good subject turns failures of the others into warnings */
	bool always;     /* judged for rows without a domain, and for missing domains, too */
	bool fatal;      /* a failure caps the score at its lowest ceiling */
	bool own_option; /* to opt in, by an option of its own; for the score like a core check
			    where it ran */
	struct finding (*judge)(const struct judged *judged);
	const char *title;
	const char *rule;   /* which outcome when */
	const char *advice; /* what to do; {d} {host} {ip} {value} {subject} are filled in */
	const char *ref;    /* the standard behind it */
};

struct check_area {
	const char *name;
	const struct check *checks;
	size_t count;
	/* Standing rules of the area: true when they settle the matter before any judge is asked.
	 */
	bool (*gate)(const struct judged *judged, struct finding *out);
};

extern const struct check_area area_domain, area_dnssec, area_mx, area_host, area_ptr, area_spf,
    area_dkim, area_dmarc, area_mta_sts, area_tls_rpt, area_bimi, area_dane, area_smtp, area_tls,
    area_relay, area_dnsbl, area_policy, area_run;

/* All areas, in the order of the catalogue; ends with NULL. */
extern const struct check_area *const check_areas[];
enum { CHECKS_MAX = 256 }; /* rows in all areas together; asserted when the table is walked */

/* The same registrable domain, or hosts of one provider. */
bool judged_names_related(const struct judge_tables *tables, const char *a, const char *b);

/* The name as the value of a row that asks for this: marked when there is no suffix list, for then
 * the last two labels decide. */
const char *judged_relation_value(const struct judged *j, const char *name);

/* Can somebody else register what a name lies in? Fails, with the value, when anybody can. */
struct finding judged_registration(const struct registration *registration, const char *value);

/* Why nothing can be said of a host that has no address, in whose place mx.target-resolves is
 * judged; false when it has one. */
bool judged_without_address(const struct judged *judged, struct finding *out);

/* What hangs on the MX name cannot be told by the session of another. */
bool judged_is_stood_for(const struct judged *judged, struct finding *out);

const struct check *check_find(const char *id);
const struct check_area *check_area_find(const char *name); /* NULL when there is none */
const char *check_stage_text(enum check_stage stage);
const char *check_class_text(enum check_class class);
unsigned check_weight(enum check_class class); /* 40, 15, 5, 0 */
const char *check_subject_text(enum check_subject subject);

#endif
