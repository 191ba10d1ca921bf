/*
 * The concurrency core alone: distinct questions through the layer that coalesces and remembers,
 * the client, the wire and back, each answer decoded as a rule would have it. No domain, no rule,
 * no night file.
 *
 *   core [--questions N] [--in-flight N] [--timeout MS] [--dead PERCENT] [--hold] ADDR:PORT...
 *
 * Prints one line of KEY=VALUE. --hold asks as many as may be in flight of a server that says
 * nothing, and tells what each costs in memory.
 */
#include "base/arena.h"
#include "base/error.h"
#include "dns/client.h"
#include "fact/questions.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NAME_SPACE = 48, CACHE_BYTES = 1 << 20 };

struct core;

struct asked {
	struct core *core;
	size_t number;
};

struct core {
	struct dns_client_options dns_options;
	struct loop *loop;
	struct dns_client *dns;
	struct questions *questions;
	struct arena scratch;
	struct asked *asked;
	size_t total, next, done, in_flight;
	unsigned dead_percent;
	bool hold;
	size_t answered, failed_dead, failed_live, late;
	size_t held_resident;
};

/* Written by hand, so that the bench measures the core and not printf. */
static void
name_of(size_t number, char name[NAME_SPACE])
{
	static const char pattern[] = "d0000000.mail-bench.test";

	memcpy(name, pattern, sizeof pattern);
	for (int digit = 7; digit > 0; digit--, number /= 10)
		name[digit] = (char)('0' + number % 10);
}

/* The responder's own rule: FNV-1a over the name as it stands in the packet. */
static bool
is_dead(const struct core *core, const char *name)
{
	uint32_t hash = 2166136261u;
	const char *label = name;

	while (*label != '\0') {
		size_t length = strcspn(label, ".");

		hash = (hash ^ (uint8_t)(length | 0x20)) * 16777619u;
		for (size_t i = 0; i < length; i++)
			hash = (hash ^ (uint8_t)(label[i] | 0x20)) * 16777619u;
		label += length + (label[length] == '.');
	}
	return hash % 100 < core->dead_percent;
}

static size_t
resident_bytes(void)
{
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (file == NULL || fscanf(file, "%*u %lu", &pages) != 1)
		abort();
	fclose(file);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void ask_next(struct core *core);

/* As the graph does it: the question is looked up again, and its answer decoded. */
static void
on_ready(void *user)
{
	struct asked *asked = user;
	struct core *core = asked->core;
	const struct dns_answer *answer;
	struct question *question;
	char name[NAME_SPACE];

	name_of(asked->number, name);
	arena_reset(&core->scratch);
	question = questions_find(core->questions, name, DNS_A, false);
	answer = question_answer(question, false, &core->scratch);
	if (answer->status == DNS_DATA && answer->count == 1)
		core->answered++;
	else if (is_dead(core, name))
		core->failed_dead++;
	else
		core->failed_live++;
	/* two tries at each resolver; the tick may be late on a busy machine */
	if (answer->elapsed_ms >
	    (core->dns_options.timeout_ms + 100) * core->dns_options.resolvers.count)
		core->late++;
	core->done++;
	if (core->next < core->total)
		ask_next(core);
	else if (core->done == core->total)
		loop_stop(core->loop);
}

static void
ask_next(struct core *core)
{
	struct asked *asked = &core->asked[core->next];
	struct question *question;
	char name[NAME_SPACE];

	*asked = (struct asked){ core, core->next++ };
	name_of(asked->number, name);
	question = questions_find(core->questions, name, DNS_A, false);
	question_wait(question, false, on_ready, asked);
}

static void
on_held(void *user)
{
	struct core *core = user;

	if (dns_client_counts(core->dns).in_flight < core->in_flight)
		return;
	core->held_resident = resident_bytes();
	loop_stop(core->loop);
}

static bool
read_resolver(struct core *core, const char *text)
{
	struct dns_resolvers *resolvers = &core->dns_options.resolvers;
	struct dns_resolver *resolver = &resolvers->at[resolvers->count];
	char host[IP_TEXT_MAX];
	unsigned port;

	if (resolvers->count == DNS_RESOLVERS_MAX ||
	    sscanf(text, "%45[0-9.]:%u", host, &port) != 2 || !ip_parse(host, &resolver->ip))
		return false;
	resolver->port = (uint16_t)port;
	resolvers->count++;
	return true;
}

static bool
read_options(struct core *core, int argc, char *argv[])
{
	for (int i = 1; i < argc; i++) {
		unsigned long number = i + 1 < argc ? strtoul(argv[i + 1], NULL, 10) : 0;

		if (strcmp(argv[i], "--hold") == 0)
			core->hold = true;
		else if (strcmp(argv[i], "--questions") == 0 && ++i)
			core->total = number;
		else if (strcmp(argv[i], "--in-flight") == 0 && ++i)
			core->in_flight = number;
		else if (strcmp(argv[i], "--timeout") == 0 && ++i)
			core->dns_options.timeout_ms = (unsigned)number;
		else if (strcmp(argv[i], "--dead") == 0 && ++i)
			core->dead_percent = (unsigned)number;
		else if (!read_resolver(core, argv[i]))
			return false;
	}
	core->dns_options.inflight = (unsigned)core->in_flight;
	return core->dns_options.resolvers.count > 0 && core->in_flight > 0 &&
	    core->total >= core->in_flight;
}

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void
print_figures(const struct core *core, size_t before, uint64_t began)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	if (core->hold) {
		printf("in_flight=%zu resident=%zu each=%.0f\n", core->in_flight,
		    core->held_resident,
		    (double)(core->held_resident - before) / (double)core->in_flight);
		return;
	}
	printf("questions=%zu answered=%zu dead=%zu given_up=%zu late=%zu seconds=%.2f "
	       "user=%.6f system=%.6f us_each=%.3f resident=%ld\n",
	    core->total, core->answered, core->failed_dead, core->failed_live, core->late,
	    (double)(loop_clock() - began) / 1000, seconds(used.ru_utime), seconds(used.ru_stime),
	    (seconds(used.ru_utime) + seconds(used.ru_stime)) / (double)core->total * 1e6,
	    used.ru_maxrss * 1024);
}

static void
run(struct core *core)
{
	struct loop_timer *timer = loop_timer_new(core->loop, on_held, core);

	if (core->hold)
		loop_timer_start(timer, 10, 10);
	while (core->next < core->in_flight)
		ask_next(core);
	loop_run(core->loop);
	loop_timer_free(timer);
}

int
main(int argc, char *argv[])
{
	struct core core = { .total = 100000, .in_flight = 10000 };
	struct error error = { 0 };
	uint64_t began = loop_clock();
	size_t before;

	core.dns_options.timeout_ms = 5000;
	if (!read_options(&core, argc, argv)) {
		fprintf(stderr,
		    "usage: core [--questions N] [--in-flight N] [--timeout MS] "
		    "[--dead PERCENT] [--hold] ADDR:PORT...\n");
		return 64;
	}
	core.loop = loop_new();
	if (dns_client_new(core.loop, &core.dns_options, &core.dns, &error) != 0) {
		fprintf(stderr, "core: %s\n", error.text);
		return 71;
	}
	core.questions = questions_new(core.dns, NULL, CACHE_BYTES);
	core.asked = calloc(core.total, sizeof *core.asked);
	if (core.asked == NULL)
		return 71;
	memset(core.asked, 1, core.total * sizeof *core.asked); /* resident before it is counted */
	before = resident_bytes();
	run(&core);
	print_figures(&core, before, began);
	dns_client_cancel(core.dns);
	questions_free(core.questions);
	dns_client_free(core.dns);
	loop_free(core.loop);
	arena_free(&core.scratch);
	free(core.asked);
	return 0;
}
