/*
 * A year in a history: so many nights of so many domains, of which a share changes each night.
 *
 *     bench_history FILE NIGHTS DOMAINS PERCENT
 *
 * prints one JSON object: what the nights took, and what the file has come to.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "report/history_db.h"
#include "report/tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum { DAY = 86400 };

struct year {
	struct history_db *db;
	struct scorecard *card;
	struct run_facts run;
	unsigned *turns; /* how often each domain has changed */
	uint32_t lot;
};

static void
must(int result, const struct error *error)
{
	if (result == 0)
		return;
	fprintf(stderr, "%s\n", error->text);
	exit(1);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Every check of the program, as a row of depth deep has it. */
static void
fill_card(struct scorecard *card)
{
	for (size_t i = 0; check_areas[i] != NULL; i++)
		for (size_t k = 0; k < check_areas[i]->count; k++)
			card->results[card->count++] = (struct check_result){
				.check = &check_areas[i]->checks[k],
				.in_set = true,
			};
}

static unsigned
draw(struct year *year, unsigned sides)
{
	year->lot = year->lot * 1664525u + 1013904223u;
	return (unsigned)((uint64_t)year->lot * sides >> 32);
}

/* What a domain shows after so many changes: three outcomes, and one of its records. */
static void
put_domain(struct year *year, unsigned domain, struct error *error)
{
	unsigned turns = year->turns[domain], spot = (domain * 7 + turns) % 60;
	char name[64], mx[128], spf[160], dkim[160], dmarc[160];
	struct observation seen = {
		.domain = name,
		.verdict = turns % 2 ? "fail" : "pass",
		.grade = turns % 2 ? "C" : "A",
		.score = turns % 2 ? 79 : 96,
		.confidence = 100,
		.role = "mail",
		.listed = "",
		.values = { .at = { [KEY_MX] = mx,
				[KEY_SPF] = spf,
				[KEY_DKIM] = dkim,
				[KEY_DMARC] = dmarc,
				[KEY_MTA_STS] = "" } },
	};

	snprintf(name, sizeof name, "customer-%06u.example", domain * 2654435761u % 1000000007u);
	snprintf(mx, sizeof mx, "10 mx1.pool%u.example, 20 mx2.pool%u.example", domain % 64,
	    domain % 64);
	snprintf(spf, sizeof spf, "v=spf1 mx include:_spf%u.pool%u.example ip4:192.0.2.%u -all",
	    turns % 9, domain % 64, domain % 250);
	snprintf(dkim, sizeof dkim, "s1:%08x%08x%08x%08x s2:%08x%08x%08x%08x", domain, turns / 9,
	    domain, 1u, domain, 2u, domain, 3u);
	snprintf(dmarc, sizeof dmarc, "v=DMARC1; p=quarantine; rua=mailto:reports@%s", name);
	for (size_t i = 0; i < 3; i++)
		year->card->results[spot + i].finding.outcome =
		    turns % 2 ? OUTCOME_FAIL : OUTCOME_PASS;
	must(history_db_put(year->db, year->card, &seen, error), error);
	for (size_t i = 0; i < 3; i++)
		year->card->results[spot + i].finding.outcome = OUTCOME_PASS;
}

static void
put_night(struct year *year, unsigned domains, unsigned percent)
{
	struct error error;
	const struct tally tally = { .rows = domains, .verdicts = { [VERDICT_PASS] = domains } };

	year->run.now += DAY;
	must(history_db_begin(year->db, &year->run, &error), &error);
	for (unsigned i = 0; i < domains; i++) {
		if (draw(year, 100) < percent)
			year->turns[i]++;
		put_domain(year, i, &error);
	}
	must(history_db_end(year->db, &tally, &error), &error);
}

int
main(int argc, char *argv[])
{
	struct year year = { .run = { .now = 1700000000 }, .lot = 1 };
	double start, first, last = 0;
	struct stat is = { 0 };
	struct error error;
	unsigned nights, domains;

	if (argc != 5) {
		fprintf(stderr, "usage: bench_history FILE NIGHTS DOMAINS PERCENT\n");
		return 64;
	}
	nights = (unsigned)strtoul(argv[2], NULL, 10);
	domains = (unsigned)strtoul(argv[3], NULL, 10);
	year.card = alloc_zeroed(1, sizeof *year.card);
	year.turns = alloc_zeroed(domains, sizeof *year.turns);
	fill_card(year.card);
	must(history_db_create(argv[1], &year.db, &error), &error);
	start = seconds();
	put_night(&year, domains, 0);
	first = seconds();
	for (unsigned i = 1; i < nights; i++) {
		last = seconds();
		put_night(&year, domains, (unsigned)strtoul(argv[4], NULL, 10));
	}
	last = seconds() - last;
	stat(argv[1], &is);
	printf("{\"nights\":%u,\"domains\":%u,\"bytes\":%jd,\"first_night_s\":%.3f,"
	       "\"last_night_s\":%.3f,\"all_s\":%.3f}\n",
	    nights, domains, (intmax_t)is.st_size, first - start, last, seconds() - start);
	history_db_close(year.db);
	free(year.card);
	free(year.turns);
	return 0;
}
