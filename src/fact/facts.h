#ifndef MXSWEEP_FACT_FACTS_H
#define MXSWEEP_FACT_FACTS_H

#include "base/ip.h"
#include "fact/history_fact.h"
#include "fact/policy_fact.h"
#include "smtp/observation.h"
#include "wire/dns_message.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * What rules see. A rule is a pure function from facts to its result struct. It asks this table;
 * NULL means "not known yet": it asks whatever else it needs independently of that answer, then
 * returns, and is called again from the top when the answers are there. Only the pass in which
 * nothing was NULL counts; the driver throws the results of the others away.
 *
 * The same rules run over the graph (gathering), over the night file (finishing, where nothing is
 * ever NULL: what is not recorded is DNS_NOT_RECORDED) and over a table (tests).
 */

struct cert_verifier;
struct digest_map;
struct suffix_list;
struct providers;
struct pressure_words;
struct refusals;
struct selectors;

/* What is wrong with a block list: why its cells are not tested. The words are those of the night
 * file, and of people. */
#define LIST_FAULT_MAP(X)                                                                          \
	X(LIST_WELL, "alive")                                                                      \
	X(LIST_DEAD, "dead")             /* nobody answers, or its zone is gone */                 \
	X(LIST_NOTHING, "lists-nothing") /* not even its test point */                             \
	X(LIST_WORLD, "lists-the-world")                                                           \
	X(LIST_REFUSES, "refuses")         /* whoever asks like us */                              \
	X(LIST_OUTSIDE, "answers-outside") /* of 127/8: somebody else answers in its place */      \
	X(LIST_SPENT, "ceiling-reached")   /* our own ceiling leaves no question for its test */   \
	X(LIST_NO_KEY, "no-key")           /* that it needs */

enum list_fault {
#define X(name, text) name,
	LIST_FAULT_MAP(X)
#undef X
	    LIST_FAULT_COUNT
};

const char *list_fault_text(enum list_fault fault);

/* One test of a block list while it is asked. */
struct list_test {
	int64_t at; /* Unix seconds; what was answered before has an earlier time, or the same */
	unsigned passed; /* a set of enum block_list_kind */
};

/* Which tests of RFC 5782 5 a block list has passed: sets of enum block_list_kind. */
struct list_health {
	const char *zone; /* with {key} where it has a key */
	unsigned tested;  /* what it was tested for, and is asked about if it passed */
	unsigned passed_start, passed_end;
	enum list_fault fault;         /* the first that was found */
	const struct list_test *tests; /* between start and end, in the order of time */
	size_t test_count;
};

/* What a list is asked: `label` before its zone (RFC 5782 2.1, 2.4, 3). */
struct list_question {
	const struct list_health *list; /* of the run */
	unsigned kind;                  /* enum block_list_kind */
	const char *label;
};

/*
 * Does an answer of that time count? It does when the list passed the next test behind it, and when
 * it is older than the run: then it counted on an earlier night.
 */
bool
list_answer_counts(const struct list_question *question, int64_t seen_at, int64_t run_began_at);

/* Which of the sessions at an address; looks.h says more of each. The first two are the ordinary
 * ones, at (address, MX name); the others are visits for a purpose. */
enum session_look {
	LOOK_FIRST,
	LOOK_SECOND,  /* of a negative that we could have caused ourselves */
	LOOK_WITNESS, /* the greeting alone, of a host that shows whether port 25 leaves this
			 network */
	LOOK_RELAY,   /* does it take mail for strangers? at the address */
	LOOK_RELAY_AGAIN,
	LOOK_NULL_SENDER, /* does it take bounces? at the address */
	LOOK_NULL_SENDER_AGAIN,
	LOOK_RECIPIENTS, /* does it know the domain and its mailboxes? at (address, domain) */
	LOOK_TLS_1_0,    /* does it speak TLS 1.0? at the address, as all that follow */
	LOOK_TLS_1_1,
	LOOK_INJECTION, /* does it obey within TLS what came in clear? */
	LOOK_PORT_465,  /* how does it answer there, with TLS at once? */
	LOOK_PORT_587,
	LOOK_COUNT,
};

/* When a session is to be had once more. */
enum session_again {
	AGAIN_NEVER,
	AGAIN_LATER,             /* after the wait of --second-look */
	AGAIN_LATER_WITH_OTHERS, /* likewise, while other providers are known to let us in */
	AGAIN_LATER_PATIENTLY,   /* likewise, with more time for the greeting */
	AGAIN_SOON,              /* after a minute, or that wait where it is shorter */
	AGAIN_RESTED,            /* after ten seconds, whatever that wait is */
};

enum { WITNESSES_NEEDED = 3 }; /* other providers that let us in, for one that does not to count */

/* Does port 25 leave this network? (run.egress-25) */
enum egress_state {
	EGRESS_UNKNOWN,
	EGRESS_OPEN,    /* some host let us in */
	EGRESS_BLOCKED, /* many of several providers were tried, or our own machine forbids it */
};

/* Which hosts the relay test may be made at (--relay-test). */
enum relay_mode {
	RELAY_OFF,
	RELAY_OWN, /* at those of the operator */
	RELAY_ALL, /* at all that are contacted */
};

/* Lists of names; a name holds no blank. */
struct name_list {
	const char *const *at;
	size_t count;
};

/* Who is never contacted, at port 25 or by HTTPS (--no-touch). */
struct no_touch {
	struct name_list names; /* ".x.org": that name and all below; "x.org": that name alone */
	const struct ip_network *networks;
	size_t network_count;
};

/* What the operator allows, or asks for, besides the ordinary sessions. */
struct run_visits {
	enum relay_mode relay;
	const char *relay_from, *relay_to; /* addresses of the operator; NULL: not given */
	struct name_list own;    /* host names; whoever is at or below is the operator's */
	struct name_list opt_in; /* ids of checks that were asked for by name */
};

/* Where the name that the scanner gives itself leads (run.own-name, RFC 5321 4.1.4). */
enum own_name_state {
	OWN_NAME_UNKNOWN,    /* not asked, or nobody answered */
	OWN_NAME_GOOD,       /* to this address, and from it back */
	OWN_NAME_BEHIND_NAT, /* the address is private; the name leads to a public one and back */
	OWN_NAME_NOT_FULL,   /* it is no full host name */
	OWN_NAME_NOWHERE,    /* to no address of the family */
	OWN_NAME_ELSEWHERE,  /* to other addresses, or, behind NAT, to none that is public */
	OWN_NAME_NO_PTR,     /* the address has no reverse name */
	OWN_NAME_OTHER_PTR,  /* the reverse name is another */
	OWN_NAME_STATE_COUNT,
};

/* An address from which the scanner speaks. */
struct own_address {
	struct ip ip;
	struct ip seen_as; /* `ip`, or what the name leads to behind NAT; family 0: not known */
	enum own_name_state name;
	const char *ptr; /* its reverse name; NULL: none is known */
	const char
	    *listed_on; /* block lists that list `seen_as`, blanks between; NULL: not asked */
};
enum { OWN_ADDRESSES_MAX = 32 };

/* How many sessions there were at once at most, of those that are counted together. */
struct session_peak {
	const char *whose; /* "provider NAME", "site NAME", "domain", "address", … or "all" */
	unsigned peak, limit;
};

/*
 * The hosts that stand for others, which had no session: some of a provider, or some of the names
 * of one address. They are the first in the order of a keyed hash of (host, seed) over all hosts of
 * the run.
 */
struct sampled_host {
	const char *name;
	struct ip ip;
};
struct session_sample {
	const char *key; /* "provider NAME" or "address IP" */
	const struct sampled_host *at;
	size_t count;
};

/* What is true of the whole run: rules read no clock and draw no lots. */
struct run_facts {
	int64_t now;                   /* Unix seconds, the start of the run */
	uint64_t seed[2];              /* of random labels and samples */
	uint8_t resolvers;             /* how many were asked */
	uint8_t honest_resolvers;      /* bit n: resolver n passed run.resolver-honest */
	uint8_t lying_resolvers;       /* bit n: resolver n gave data for a name that nobody has */
	uint8_t validating_resolvers;  /* bit n: resolver n passed run.resolver-validates */
	bool interrupted;              /* gathering was stopped: what is missing is `cancelled` */
	bool late;                     /* so was it by --deadline: `rate_limited` */
	bool sessions;                 /* port 25 was asked for */
	bool policies;                 /* so were policy files; not recorded */
	bool history;                  /* earlier nights are known: history_fact.h */
	const char *ehlo_name;         /* what the scanner called itself */
	bool ehlo_unchecked;           /* port 25 is tried although that name does not lead to us */
	const struct own_address *own; /* from which it speaks, each family's */
	size_t own_count;
	enum egress_state egress;
	unsigned without_route; /* bit n: no route for addresses of family n (4, 6) */
	bool keywords_masked;   /* by something on the path: hosts of several providers had it */
	const char *shared_greeting;      /* smtp_greeting_form of the one that hosts of several
					     unrelated providers show; NULL: there is none */
	const struct ip_network *allowed; /* count as public although they are not (--allow-net) */
	size_t allowed_count;
	const struct list_health *lists; /* the block lists of the run */
	size_t list_count;
	bool list_resolver; /* they have a resolver of their own, whose test they are */
	struct run_visits visits;
	struct no_touch no_touch;
	const struct session_sample *samples; /* by key */
	size_t sample_count;
	const struct session_peak *peaks; /* what was measured at port 25 */
	size_t peak_count;
	/* At the finish: how many domains publish the DKIM key of these octets; NULL: not counted.
	 */
	const struct digest_map *key_domains;

	/* no facts, but tables that rules may need; each may be NULL */
	const struct suffix_list *suffixes;
	const struct providers *providers;
	const struct pressure_words *pressure;
	const struct selectors *selectors;
	const struct refusals *refusals;
	struct cert_verifier *certificates; /* remembers what it has judged */
};

/* Is the name wrong for an address of that family, so that port 25 is not tried by it? */
bool run_own_name_forbids(const struct run_facts *run, unsigned family);
bool own_name_is_wrong(enum own_name_state state);

/* A label that nobody has: 16 letters and digits drawn from the seed and the number. */
enum { RANDOM_LABEL_SIZE = 17 };
void run_random_label(const struct run_facts *run, uint64_t number, char label[RANDOM_LABEL_SIZE]);

bool run_opted_in(const struct run_facts *run, const char *id); /* was the check asked for? */

struct facts;

/* A visit to be had behind the session at (address, MX name), once, whoever asks for it. */
struct facts_visit {
	enum session_look look;
	const struct ip *ip;
	const char *mx_name;
	const char *domain; /* that it is about; NULL: none */
};

struct facts_source {
	const struct dns_answer *(*dns)(
	    struct facts *facts, const char *name, enum dns_type type, bool confirmed);
	const struct dns_answer *(*listed)(struct facts *facts,
	    const struct list_question *question, enum dns_type type); /* NULL: as `dns` */
	const struct smtp_observation *(*session)(struct facts *facts, enum session_look look,
	    const struct ip *ip, const char *name); /* NULL: has none */
	void (*share_address)(struct facts *facts, const struct ip *ip);
	void (*share_session)(struct facts *facts, const struct ip *ip, const char *mx_name);
	void (*share_visit)(struct facts *facts, const struct facts_visit *visit);
	void (*share_name)(struct facts *facts, const char *name);
	void (*share_tenant)(struct facts *facts, const struct ip *ip,
	    const char *host); /* NULL: nothing is gathered */
	bool (*certificate)(struct facts *facts, struct cert_served *served); /* NULL: has none */
	const struct policy_fact *(*policy)(struct facts *facts, const char *host); /* the same */
	void (*share_policy)(struct facts *facts, const char *host, const struct ip *ips,
	    size_t count); /* NULL: nothing is gathered */
};

extern const struct facts_source facts_nothing; /* whatever is asked, it was not recorded */

struct facts {
	const struct facts_source *source;
	const struct run_facts *run;
	unsigned unknown; /* asks of this pass whose answer is not there yet */
};

/*
 * The answer to (name, type), or NULL. Strength is part of the question: a negative that was asked
 * to be confirmed comes only when a second resolver was asked as well, and as DNS_UNCONFIRMED when
 * that one disagrees. What is returned lives until the pass is over.
 */
const struct dns_answer *facts_dns(struct facts *facts, const char *name, enum dns_type type);
const struct dns_answer *
facts_dns_confirmed(struct facts *facts, const char *name, enum dns_type type);

/* What a block list says, at the pace of its ceilings; DNS_QUOTA and DNS_HELD when it was not
 * asked.
 */
const struct dns_answer *
facts_listed(struct facts *facts, const struct list_question *question, enum dns_type type);
enum { LIST_NAME_SIZE = 768 };
/* The name that is asked, with {key} in the place of the key; false when it is too long. */
bool list_question_name(const struct list_question *question, char name[LIST_NAME_SIZE]);

/* What is known of the signatures of an answer, data or negative (RFC 4035 4.3). */
enum answer_security {
	ANSWER_INSECURE,
	ANSWER_SECURE,
	ANSWER_UNCHECKED, /* somebody said so who does not check, or it is no answer */
};
enum answer_security
answer_security_of(const struct run_facts *run, const struct dns_answer *answer);

/* What the server at (address, MX name) said; NULL when no such session was had. Nobody waits for
 * it. Of a visit that is about a domain, the name is that domain; one about the address has none.
 */
const struct smtp_observation *
facts_session(struct facts *facts, enum session_look look, const struct ip *ip, const char *name);

/* Sets the DER of a certificate whose digest is set; false when it is not recorded. It lives until
 * the pass is over. */
bool facts_certificate(struct facts *facts, struct cert_served *served);

/* What became of the policy file of a policy host; NULL when it is not recorded. Nobody waits. */
const struct policy_fact *facts_policy(struct facts *facts, const char *host);

/* Asks that what many domains share be gathered; nobody waits. Counts only in the pass that counts.
 */
void facts_share_address(struct facts *facts, const struct ip *ip);
void facts_share_session(struct facts *facts, const struct ip *ip, const char *mx_name);
/* Behind the session at its address and MX name, which must have been asked for. */
void facts_share_visit(struct facts *facts, const struct facts_visit *visit);
void facts_share_name(struct facts *facts, const char *name); /* what block lists say of it */
/* At the address is the host of that name, whatever MX names lead there: it is pressed as that one.
 */
void facts_share_tenant(struct facts *facts, const struct ip *ip, const char *host);
/* The policy file at these addresses of the host, all of which may be connected to. */
void facts_share_policy(struct facts *facts, const char *host, const struct ip *ips, size_t count);

/* Is the host or the address one that is never contacted? Either may be NULL. */
bool run_no_touch(const struct run_facts *run, const char *name, const struct ip *ip);
/* Is the host the operator's, by --own-mx? */
bool run_is_own(const struct run_facts *run, const char *mx_name);
/* NULL: there is none of that key. */
const struct session_sample *run_sample(const struct run_facts *run, const char *key);

/* The special-purpose network it lies in (RFC 6890), or NULL: then it may be connected to. */
const char *facts_not_public(const struct facts *facts, const struct ip *ip);
bool facts_is_allowed(const struct facts *facts, const struct ip *ip); /* by --allow-net */

/* What a rule is run at. */
enum subject_kind {
	SUBJECT_DOMAIN,
	SUBJECT_ADDRESS,
	SUBJECT_SESSION,
	SUBJECT_NAME,    /* a name that block lists are asked about */
	SUBJECT_WITNESS, /* a host that may be greeted; its sessions are LOOK_WITNESS */
};

/* The columns of the input that steer a row; NULL where the row has none. */
enum known_column {
	KNOWN_SELECTORS,
	KNOWN_OUTBOUND_IPS,
	KNOWN_EXPECTED_MX,
	KNOWN_EXPECTED_NS,
	KNOWN_HELO,
	KNOWN_ROLE,
	KNOWN_EXPECTED_MX_COUNT,
	KNOWN_EXPECTED_SPF_INCLUDE,
	KNOWN_EXPECTED_DKIM_KEY,
	KNOWN_EXPECTED_RUA,
	KNOWN_WAIVERS,
	KNOWN_COUNT,
};

struct subject {
	enum subject_kind kind;
	const char *domain; /* of a domain, as A-labels; of a name; of a witness; of a session
			       about a domain */
	const char *known[KNOWN_COUNT]; /* of a domain */
	bool again;          /* the domain is or was gathered for another row, with other columns */
	struct ip ip;        /* of an address or session */
	const char *mx_name; /* of a session */
	enum session_look look; /* of a session */
};

/* Is a session worth having again? Pure; asked of the first of its kind. */
typedef enum session_again (*session_again_fn)(
    enum session_look look, const struct smtp_observation *seen, const struct run_facts *run);

/* What a session does besides saying hello. Pure; asked of visits. `visit` is zero before. */
typedef void (*session_plan_fn)(const struct subject *session, const struct run_facts *run,
    struct arena *arena, struct smtp_visit *visit_out);

/* A rule as the graph runs it: it only asks; `scratch` is emptied before each pass. */
struct gather_rule {
	const char *name;
	enum subject_kind kind;
	void (*gather)(struct facts *facts, const struct subject *subject, struct arena *scratch);
	const char *deep_area; /* only where the deep checks of this area are made; NULL: always */
	bool reaches;          /* it says which servers are visited */
};

#endif
