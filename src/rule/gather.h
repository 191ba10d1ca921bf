#ifndef MXSWEEP_RULE_GATHER_H
#define MXSWEEP_RULE_GATHER_H

#include "fact/facts.h"

struct address_result;
struct evaluation;
struct names_result;
struct spf_check;

enum { OUTBOUND_MAX = 64 }; /* addresses of one row: a domain with more is a typing error */

/* Parts of the gather rules, which stand in the table of evaluation.c. */

/* A missing domain has nothing below it (RFC 8020 2): one question tells, and the others are
 * spared. But not on the word of a resolver that invents answers: at the finish it counts for
 * nothing, and the others are asked. */
bool gather_may_exist(struct facts *facts, const char *domain);

/* Is the row not declared to be of a domain without mail servers? */
bool gather_takes_mail_declared(const struct subject *subject);

/* The addresses of the column outbound_ips. */
size_t gather_outbound(const char *text, struct ip ips[OUTBOUND_MAX]);

/* What the row expects, and what is asked for that alone; then the same at the finish, when the
 * addresses are known. */
void gather_expected(struct facts *facts, const struct subject *subject, struct arena *scratch);
void expected_evaluate(struct facts *facts, struct arena *arena, struct evaluation *e);

void gather_dane(struct facts *facts, const struct subject *subject, struct arena *scratch);
void gather_caa(struct facts *facts, const struct subject *subject, struct arena *scratch);
void gather_dnssec(struct facts *facts, const struct subject *subject, struct arena *scratch);

void
gather_lists_of_address(struct facts *facts, const struct subject *subject, struct arena *scratch);
void
gather_lists_of_name(struct facts *facts, const struct subject *subject, struct arena *scratch);
void
gather_lists_of_hosts(struct facts *facts, const struct subject *subject, struct arena *scratch);

/* SPF of the name that a server gives itself (RFC 7208 2.3). */
void gather_check_helo(struct facts *facts, const struct names_result *names, const struct ip *ip,
    struct arena *arena, struct spf_check *out);

/* Sets what the session of the address tells. */
void evaluation_add_session(struct facts *facts, const struct evaluation *e,
    struct address_result *address, struct arena *arena);

#endif
