/* From options to a DNS client, and whether anybody answers it. */
#include "app/resolvers.h"

#include "base/alloc.h"
#include "base/log.h"
#include "dns/client.h"
#include "net/loop.h"

#include <stdlib.h>
#include <sysexits.h>

enum {
	WATCH_MS = 500,
	SILENCE_MS = 3000,     /* with no answer at all ... */
	SILENT_QUESTIONS = 20, /* ... to this many questions: no slow domain explains that */
};

static int
choose_of(const struct option_resolvers *given, const char *option, struct dns_resolvers *out,
    struct error *error)
{
	if (given->count > DNS_RESOLVERS_MAX)
		return error_set(error, EX_USAGE, "--%s: at most %d resolvers can be asked", option,
		    DNS_RESOLVERS_MAX);
	for (size_t i = 0; i < given->count; i++)
		out->at[out->count++] = (struct dns_resolver){ given->at[i].ip, given->at[i].port };
	return 0;
}

static int
choose(const struct options *options, struct dns_resolvers *out, struct error *error)
{
	if (choose_of(&options->resolvers, "resolver", out, error) != 0)
		return -1;
	return out->count == 0 ? dns_resolvers_of_system("/etc/resolv.conf", out, error) : 0;
}

static struct dns_client_options
client_options(const struct options *options)
{
	return (struct dns_client_options){
		.inflight = (unsigned)options->dns_inflight,
		.per_second = (unsigned)options->dns_qps,
		.timeout_ms = (unsigned)options->dns_timeout,
	};
}

int
resolvers_open(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error)
{
	struct dns_client_options dns = client_options(options);

	if (choose(options, &dns.resolvers, error) != 0)
		return -1;
	return dns_client_new(loop, &dns, out, error);
}

int
resolvers_open_lists(
    const struct options *options, struct loop *loop, struct dns_client **out, struct error *error)
{
	struct dns_client_options dns = client_options(options);

	*out = NULL;
	if (options->list_resolvers.count == 0)
		return 0;
	if (choose_of(&options->list_resolvers, "list-resolver", &dns.resolvers, error) != 0)
		return -1;
	return dns_client_new(loop, &dns, out, error);
}

static bool
is_trusted(const struct options *options, const struct ip *ip)
{
	static const struct ip_network loopback = { .ip = { 4, { 127 } }, .length = 8 };
	static const struct ip_network loopback6 = {
		.ip = { 6, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } }, .length = 128
	};

	for (size_t i = 0; i < options->trust_ad.count; i++)
		if (ip_in_network(ip, &options->trust_ad.at[i]))
			return true;
	return ip_in_network(ip, &loopback) || ip_in_network(ip, &loopback6);
}

unsigned
resolvers_trusted(const struct options *options)
{
	struct dns_resolvers resolvers = { .count = 0 };
	struct error error;
	unsigned trusted = 0;

	if (choose(options, &resolvers, &error) != 0)
		return 0;
	for (unsigned i = 0; i < resolvers.count; i++)
		if (is_trusted(options, &resolvers.at[i].ip))
			trusted |= 1u << i;
	return trusted;
}

struct resolvers_watch {
	struct loop *loop;
	struct loop_timer *timer;
	const struct dns_client *dns;
	uint64_t received, sent, at; /* when something was last heard */
	bool silent;                 /* when it was looked last */
	bool told;
};

static void
on_watch(void *user)
{
	struct resolvers_watch *watch = user;
	struct dns_client_counts counts = dns_client_counts(watch->dns);
	uint64_t now = loop_now(watch->loop);

	if (counts.received != watch->received || counts.in_flight == 0) {
		watch->silent = watch->silent && counts.received == watch->received;
		watch->received = counts.received;
		watch->sent = counts.sent;
		watch->at = now;
		return;
	}
	if (now - watch->at < SILENCE_MS || counts.sent - watch->sent < SILENT_QUESTIONS)
		return;
	watch->silent = true;
	if (watch->told)
		return;
	watch->told = true;
	log_warn("no resolver answers any more: what is asked meanwhile counts as not tested");
}

struct resolvers_watch *
resolvers_watch_new(struct loop *loop, const struct dns_client *dns)
{
	struct resolvers_watch *watch = alloc_zeroed(1, sizeof *watch);

	watch->loop = loop;
	watch->dns = dns;
	watch->timer = loop_timer_new(loop, on_watch, watch);
	loop_timer_start(watch->timer, WATCH_MS, WATCH_MS);
	return watch;
}

bool
resolvers_watch_silent(const struct resolvers_watch *watch)
{
	return watch->silent && dns_client_counts(watch->dns).received == watch->received;
}

void
resolvers_watch_free(struct resolvers_watch *watch)
{
	if (watch == NULL)
		return;
	loop_timer_free(watch->timer);
	free(watch);
}
