/* The figures of the shipped providers' table, held against what the limiter grants on a clock of
 * the test's own. */
#include "unit.h"

#include "base/error.h"
#include "fact/session_budgets.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "net/limiter.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
	CLIENTS = 48,
	HOSTS = 6,
	ADDRESSES = 4, /* two in each of two networks */
	MINUTE_MS = 60000,
	LONGEST_MS = 20000, /* of a session */
};

struct client {
	struct limiter_ticket ticket;
	struct ip ip;
	char host[300];
	uint64_t from, until; /* 0 while it waits */
};

struct world {
	struct limiter *limiter;
	struct client clients[CLIENTS];
	uint64_t now;
	size_t left;
	uint32_t random;
};

static struct world world;

static void
on_granted(void *user)
{
	struct client *client = user;

	world.random = world.random * 1664525 + 1013904223;
	client->from = world.now;
	client->until = world.now + 1 + (world.random >> 8) % LONGEST_MS;
}

static void
make_client(size_t number, const struct provider *row, struct session_budgets *budgets)
{
	struct client *client = &world.clients[number];
	const char *suffix = strcmp(row->suffix, "*") == 0 ? ".nobody-knows.example" : row->suffix;
	uint8_t place = (uint8_t)(number / HOSTS % ADDRESSES);

	memset(client, 0, sizeof *client);
	snprintf(client->host, sizeof client->host, "h%zu%s", number % HOSTS, suffix);
	client->ip = (struct ip){ 4, { 198, 18, place / 2, place % 2 } };
	client->ticket.granted = on_granted;
	client->ticket.user = client;
	session_budgets_fill(budgets, &client->ip, client->host, &client->ticket);
	limiter_enter(world.limiter, &client->ticket);
}

static uint64_t
next_end(void)
{
	uint64_t next = UINT64_MAX;

	for (size_t i = 0; i < CLIENTS; i++)
		if (world.clients[i].ticket.holds && world.clients[i].until < next)
			next = world.clients[i].until;
	return next;
}

static void
run_world(void)
{
	while (world.left > 0) {
		uint64_t due = limiter_turn(world.limiter, world.now), end = next_end();

		world.now = due < end ? due : end;
		assert_true(world.now != UINT64_MAX);
		for (size_t i = 0; i < CLIENTS; i++) {
			struct client *client = &world.clients[i];

			if (!client->ticket.holds || client->until > world.now)
				continue;
			limiter_leave(world.limiter, &client->ticket);
			world.left--;
		}
	}
}

/* Are both counted together, as the table says it? */
static bool
share_group(const struct provider *row, const struct client *a, const struct client *b)
{
	switch (row->group) {
	case PROVIDER_GROUP_PROVIDER:
		return true;
	case PROVIDER_GROUP_SITE:
		return a->ip.octets[2] == b->ip.octets[2];
	case PROVIDER_GROUP_HOST:
		return strcmp(a->host, b->host) == 0;
	case PROVIDER_GROUP_IP:
		break;
	}
	return ip_equal(&a->ip, &b->ip);
}

static void
check_row(const struct provider *row)
{
	for (size_t i = 0; i < CLIENTS; i++) {
		const struct client *one = &world.clients[i];
		size_t at_once = 0, in_minute = 0;

		for (size_t k = 0; k < CLIENTS; k++) {
			const struct client *other = &world.clients[k];
			bool in_rate =
			    row->group == PROVIDER_GROUP_IP || share_group(row, one, other);

			if (share_group(row, one, other))
				at_once += other->from <= one->from && other->until > one->from;
			if (!in_rate)
				continue;
			in_minute +=
			    other->from >= one->from && other->from < one->from + MINUTE_MS;
			if (other != one && other->from >= one->from)
				assert_in_range(
				    other->from - one->from, row->min_gap_ms * 8 / 10, UINT64_MAX);
		}
		if (at_once > row->max_conn || in_minute > row->per_min)
			fail_msg(
			    "%s: %zu at once, %zu in a minute", row->suffix, at_once, in_minute);
	}
}

static void
shipped_figures_are_obeyed(void **state)
{
	const struct provider *row;
	struct providers *providers;
	struct suffix_list *suffixes;
	struct error error;
	size_t cursor = 0, rows = 0;

	(void)state;
	if (providers_load(SOURCE_DIR "/data/providers.tsv", &providers, &error) != 0 ||
	    suffix_list_open(NULL, &suffixes, &error) != 0)
		fail_msg("%s", error.text);
	while ((row = providers_next(providers, &cursor)) != NULL) {
		struct limiter *limiter = limiter_new(NULL, ++rows);
		struct session_budgets *budgets =
		    session_budgets_new(limiter, providers, suffixes, 1000);

		world.limiter = limiter;
		world.now = MINUTE_MS;
		world.left = CLIENTS;
		world.random = (uint32_t)rows;
		for (size_t i = 0; i < CLIENTS; i++)
			make_client(i, row, budgets);
		run_world();
		check_row(row);
		session_budgets_free(budgets);
		limiter_free(limiter);
	}
	assert_in_range(rows, 150, 1000);
	providers_free(providers);
	suffix_list_close(suffixes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(shipped_figures_are_obeyed) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
