#ifndef MXSWEEP_DNS_CLIENT_H
#define MXSWEEP_DNS_CLIENT_H

#include "base/ip.h"
#include "dns/resolvers.h"
#include "wire/dns_message.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct error;
struct dns_client;

/*
 * Asks recursive resolvers, many questions at once. It asks what it is told and remembers nothing:
 * the graph above coalesces. Each question gets two tries at its first resolver within
 * `timeout_ms`; with SERVFAIL, REFUSED, silence or bytes that do not parse, the next resolver is
 * asked, each once.
 */
struct dns_client_options {
	struct dns_resolvers resolvers;
	unsigned
	    inflight; /* questions in flight at each resolver; 0 = 10,000 here, 500 elsewhere */
	unsigned
	    per_second; /* new questions a second at each; 0 = no limit here, 1,000 elsewhere */
	unsigned timeout_ms; /* patience with one resolver */
};

struct dns_client_counts {
	uint64_t questions; /* handed in */
	uint64_t sent;      /* asked of a resolver, the engine's own second tries not counted */
	uint64_t received;  /* messages that came back */
	size_t in_flight;
};

/*
 * The answer and all that it points to are borrowed until the callback returns. The callback comes
 * once for each question, never from inside dns_client_ask, with DNS_CANCELLED after
 * dns_client_cancel.
 */
typedef void (*dns_done_fn)(void *user, const struct dns_answer *answer);

int dns_client_new(struct loop *loop, const struct dns_client_options *options,
    struct dns_client **client_out, struct error *error);
void dns_client_free(struct dns_client *client); /* callbacks that are still owed do not come */

/* Names as dns_name.h writes them. Starts at resolver `first` and goes round to all others. */
void dns_client_ask(struct dns_client *client, const char *name, enum dns_type type, unsigned first,
    dns_done_fn done, void *user);
/* Asks that one resolver and no other. */
void dns_client_ask_only(struct dns_client *client, const char *name, enum dns_type type,
    unsigned resolver, dns_done_fn done, void *user);

/*
 * From now on dns_client_ask asks the resolvers of this set alone (bits; it must not be empty), and
 * addresses that one of them has invented for names that do not exist are no answer of any: a
 * question that gets nothing else is DNS_REWRITTEN.
 */
void dns_client_trust(struct dns_client *client, unsigned resolvers);
void dns_client_note_invented(struct dns_client *client, const struct ip *address);

/* A trusted resolver that is not among these (bits); -1 when there is none. */
int dns_client_other(const struct dns_client *client, unsigned asked);

void dns_client_cancel(struct dns_client *client); /* ends all that is open as DNS_CANCELLED */
size_t dns_client_resolvers(const struct dns_client *client);
struct dns_client_counts dns_client_counts(const struct dns_client *client);

#endif
