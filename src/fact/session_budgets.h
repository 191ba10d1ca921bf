#ifndef MXSWEEP_FACT_SESSION_BUDGETS_H
#define MXSWEEP_FACT_SESSION_BUDGETS_H

#include "base/ip.h"

#include <stddef.h>
#include <stdint.h>

struct limiter;
struct limiter_ticket;
struct provider;
struct providers;
struct session_budgets;
struct suffix_list;

/* Which of the budgets of a ticket is which. */
enum session_budget {
	SESSION_BUDGET_HOST,
	SESSION_BUDGET_GROUP, /* of the provider, its site, or the registrable domain */
	SESSION_BUDGET_ADDRESS,
	SESSION_BUDGET_ALL,
};

/*
 * Which budgets a session draws on. They are found by host and address, never by the domain: the MX
 * suffix in the provider table; else the provider whose hosts resolve to this address; else the
 * registrable domain of the MX; and always the address, the host, and the cap on all sessions.
 */
struct session_budgets *session_budgets_new(struct limiter *limiter,
    const struct providers *providers, const struct suffix_list *suffixes, unsigned sessions_max);

/*
 * From which addresses of this machine sessions are had; none of a family: the system chooses.
 * Providers and hosts count the connections of each client address, so where a family has several,
 * each draws on budgets of its own of provider and address. Borrowed.
 */
void session_budgets_speak_from(struct session_budgets *budgets, const struct ip *sources,
    size_t count, const uint64_t seed[2]);
/* Of which of them a session is had, by a keyed hash of address and name; family 0: of none. */
struct ip session_budgets_source(
    const struct session_budgets *budgets, const struct ip *ip, const char *mx_name);

void session_budgets_free(struct session_budgets *budgets);

/* Whose host it is, as a digest: two of one provider have the same. By its name alone where there
 * is no address. */
uint64_t
session_budgets_provider(struct session_budgets *budgets, const struct ip *ip, const char *mx_name);
uint64_t session_budgets_provider_of(const struct session_budgets *budgets, const char *mx_name);

/* The row of the table for it: by its name, else by whose host is at the address; NULL for none. */
const struct provider *
session_budgets_row(struct session_budgets *budgets, const struct ip *ip, const char *mx_name);

/* The host of that name is at the address, whatever MX names lead there. */
void session_budgets_learn(struct session_budgets *budgets, const struct ip *ip, const char *host);
/* The same in words: the provider of the table, else the registrable domain of the MX. */
enum { SESSION_BUDGETS_NAME_SIZE = 256 };
void session_budgets_name(struct session_budgets *budgets, const struct ip *ip, const char *mx_name,
    char out[SESSION_BUDGETS_NAME_SIZE]);

/* Names the ticket's budgets. Also learns that this provider's hosts live at the address. */
void session_budgets_fill(struct session_budgets *budgets, const struct ip *ip, const char *mx_name,
    struct limiter_ticket *ticket);

#endif
