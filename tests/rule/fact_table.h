#ifndef MXSWEEP_TESTS_RULE_FACT_TABLE_H
#define MXSWEEP_TESTS_RULE_FACT_TABLE_H

#include "base/arena.h"
#include "fact/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FACT_TABLE_NOW = 1796000000,       /* 2026-11-30 */
	FACT_TABLE_LEAF_FROM = 1795000000, /* dates of the certificate that sessions show */
	FACT_TABLE_LEAF_UNTIL = 1812000000,
};

/*
 * Facts as a table, written like a zone, one record a line:
 *
 *   a.com MX 10 mx.a.com          A, AAAA, MX, TXT, PTR, CNAME, NS, SOA
 *   a.com TXT  v=spf1             what follows the one blank behind TXT is the text; \DDD in it
 *                                 is an octet
 *   192.0.2.1 PTR mx.a.com        an address in place of a name is its reverse name
 *   a.com TXT SERVFAIL            NXDOMAIN, NODATA, SERVFAIL, REFUSED, TIMEOUT, MALFORMED,
 *                                 CANCELLED, NOT_RECORDED, UNCONFIRMED (two resolvers disagree),
 *                                 or OTHER (no record at all, but the name exists)
 *   a.com ? TIMEOUT               ... whatever the type asked
 *   192.0.2.1 SMTP mx.a.com |ehlo=250 b.com|ms=1 2 3
 *                                 a good session, but for what is written; see fact_session.h
 *   192.0.2.1 SMTP2 mx.a.com      the second look there, likewise
 *   192.0.2.1 RELAY mx.a.com |form=stranger 250 550 no
 *                                 visits: RELAY, RELAY2, SENDER, SENDER2, TLS10, TLS11, INJECTION,
 *                                 PORT465, PORT587 (whatever the name), and RECIPIENTS a.com, of a
 *                                 domain
 *   mta-sts.a.com POLICY |look=200 text/plain|body=version: STSv1~mode: none~max_age: 0~
 *                                 what became of its policy file; see fact_policy.h
 *   _25._tcp.mx.a.com TLSA 3 1 1 good
 *                                 of the certificate that cert=good shows; good/1 is the next of
 *                                 the chain; a word that begins with 0x is the data
 *   a.com CAA 0 issue ca.org      flags, tag and value
 *   a.com DS 1                    there is one, whatever it says
 *   a.com SIGNED                  what lies at or below it is (the longest name counts), else it
 *   b.a.com UNSIGNED              is not; an alias must be signed all along
 *   . UNCHECKED 1                 only resolver 1 checks signatures; without a number, none does
 *   a.com BY 3                    resolvers 1 and 2 (bits) have said what is asked of this name,
 *                                 not the first alone
 *   bl.org LIST 1 1 1             a block list of the run: what it was tested for, what it
 *                                 passed at the start and at the end
 *
 * A SOA record (whatever its data) begins a zone, whose word the negative answers below it are.
 * A name that is not in the table is NXDOMAIN, one that is there or has names below it is NODATA
 * for all other types; CNAMEs are followed, and a name that begins with *. is a wildcard. A table
 * is in one of three states:
 *
 *   shown     every fact is known
 *   hidden    what was not revealed gives NULL
 *   recorded  what was not asked until then is DNS_NOT_RECORDED, and counted
 */
struct fact_table {
	struct facts facts; /* first member; for the rule */
	struct run_facts run;
	struct list_health lists[8];
	struct arena arena;
	struct fact_entry *entries;
	struct fact_session *sessions;
	struct fact_zone *zones;
	struct fact_speakers *speakers;
	struct fact_policy *policies;
	struct fact_question *questions; /* asked so far, each once */
	size_t question_count;
	struct fact_share *shares; /* addresses and sessions that were to be gathered */
	size_t share_count;
	unsigned visits;           /* that were to be made: bit n is that of look n */
	const char *policy_shared; /* the last policy host that was to be asked, or NULL */
	size_t policy_addresses;   /* of it */
	enum { FACTS_SHOWN, FACTS_HIDDEN, FACTS_RECORDED } state;
	size_t not_recorded;
	uint64_t random;
};

void fact_table_init(struct fact_table *table, const char *text); /* shown; copies the text */
void fact_table_free(struct fact_table *table);

/* Nothing was asked, and nothing is known; the seed says in which order facts come. */
void fact_table_hide(struct fact_table *table, uint64_t seed);
void fact_table_record(struct fact_table *table);
const char *
fact_table_unused(const struct fact_table *table); /* a name recorded in vain, or NULL */

/* Was the name asked for, whatever the type, to be confirmed? */
bool fact_table_confirmed(const struct fact_table *table, const char *name);

struct facts *fact_table_pass(struct fact_table *table); /* for one pass of a rule */
bool fact_table_reveal(struct fact_table *table); /* one that was asked; false: none is open */

/* What was to be gathered elsewhere: an address, a session, a name; false at the end. */
bool fact_table_share(const struct fact_table *table, size_t index, struct subject *subject_out);

uint64_t fact_table_random(uint64_t *state);

#endif
