/*
 * Sessions on port 25, as a sweep holds them: connect, greeting, EHLO, STARTTLS where it is
 * offered, EHLO again, QUIT. Each observation is looked at; no domain, no rule, no night file.
 *
 *   smtp [--sessions N] [--at-once N] [--per-second N] [--tls] PORT
 *
 * Sessions go round 127.0.1.1 to 127.0.1.64. Prints one line of KEY=VALUE.
 */
#include "net/loop.h"
#include "net/stream.h"
#include "smtp/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum {
	HOSTS = 64,
	PATIENCE_MS = 60000,
	STEP_MS = 20, /* between two groups of beginnings, where they have a pace */
};

struct bench {
	struct loop *loop;
	struct tls_context *tls;
	size_t total, at_once, per_second, begun, done, complete, secure;
	bool want_tls;
	uint16_t port;
};

static void begin(struct bench *bench);

static void
on_done(void *user, const struct smtp_observation *seen)
{
	struct bench *bench = user;

	bool complete = seen->end == SMTP_END_COMPLETE;

	if (!complete && bench->complete == bench->done)
		fprintf(stderr, "smtp: the first that fails: %s at %s %s\n",
		    smtp_end_text(seen->end), smtp_stage_text(seen->stage), seen->tls_error);
	bench->done++;
	bench->complete += complete;
	bench->secure += seen->secure;
	if (bench->begun < bench->total && bench->per_second == 0)
		begin(bench);
	else if (bench->done == bench->total)
		loop_stop(bench->loop);
}

static void
begin(struct bench *bench)
{
	const uint8_t octets[] = { 127, 0, 1, (uint8_t)(1 + bench->begun++ % HOSTS) };
	struct smtp_session_options options = {
		.ip = ip_from_octets(octets, sizeof octets),
		.port = bench->port,
		.mx_name = "mx.mail-bench.test",
		.ehlo_name = "scanner.mail-bench.test",
		.limits = { PATIENCE_MS, PATIENCE_MS, PATIENCE_MS, PATIENCE_MS, PATIENCE_MS,
		    PATIENCE_MS, PATIENCE_MS },
		.tls = bench->tls,
	};

	smtp_session_start(bench->loop, &options, on_done, bench);
}

static bool
read_options(struct bench *bench, int argc, char *argv[])
{
	for (int i = 1; i < argc; i++) {
		unsigned long number = i + 1 < argc ? strtoul(argv[i + 1], NULL, 10) : 0;

		if (strcmp(argv[i], "--tls") == 0)
			bench->want_tls = true;
		else if (strcmp(argv[i], "--sessions") == 0 && ++i)
			bench->total = number;
		else if (strcmp(argv[i], "--at-once") == 0 && ++i)
			bench->at_once = number;
		else if (strcmp(argv[i], "--per-second") == 0 && ++i)
			bench->per_second = number;
		else
			bench->port = (uint16_t)strtoul(argv[i], NULL, 10);
	}
	return bench->port != 0 && bench->at_once > 0 && bench->total >= bench->at_once;
}

/* Where they have no pace, all that may be open at once begin at once. */
static void
on_step(void *user)
{
	struct bench *bench = user;
	size_t open = bench->begun - bench->done;
	size_t more = bench->per_second == 0 ? bench->at_once : bench->per_second * STEP_MS / 1000;

	for (; more > 0 && open < bench->at_once && bench->begun < bench->total; more--, open++)
		begin(bench);
}

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void
print_figures(const struct bench *bench, uint64_t began)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	printf("sessions=%zu complete=%zu secure=%zu seconds=%.2f user=%.6f system=%.6f "
	       "us_each=%.3f resident=%ld\n",
	    bench->total, bench->complete, bench->secure, (double)(loop_clock() - began) / 1000,
	    seconds(used.ru_utime), seconds(used.ru_stime),
	    (seconds(used.ru_utime) + seconds(used.ru_stime)) / (double)bench->total * 1e6,
	    used.ru_maxrss * 1024);
}

int
main(int argc, char *argv[])
{
	struct bench bench = { .total = 1000, .at_once = 100 };
	uint64_t began = loop_clock();
	struct loop_timer *step;

	if (!read_options(&bench, argc, argv)) {
		fprintf(stderr,
		    "usage: smtp [--sessions N] [--at-once N] [--per-second N] [--tls] PORT\n");
		return 64;
	}
	bench.loop = loop_new();
	bench.tls = tls_context_new();
	step = loop_timer_new(bench.loop, on_step, &bench);
	loop_timer_start(step, 0, bench.per_second == 0 ? 0 : STEP_MS);
	loop_run(bench.loop);
	loop_timer_free(step);
	print_figures(&bench, began);
	tls_context_free(bench.tls);
	loop_free(bench.loop);
	return bench.complete == bench.total && bench.secure == (bench.want_tls ? bench.total : 0)
	    ? 0
	    : 1;
}
