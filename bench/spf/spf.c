/*
 * check_host of a record with ten includes, from facts in memory: no network, no waiting. The
 * sender matches the last network of the last include, so that every record is read to its end.
 *
 *   bench_spf [EVALUATIONS]        100,000 when no number is given
 */
#include "base/arena.h"
#include "base/map.h"
#include "rule/spf_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { INCLUDES = 10, NETWORKS = 4 };

struct memory {
	struct facts facts; /* first member */
	struct run_facts run;
	struct map answers;
	struct arena arena;
	size_t asked;
};

static const struct dns_answer *
memory_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	static const struct dns_answer missing = { .status = DNS_NXDOMAIN };
	struct memory *memory = (struct memory *)facts;
	const struct dns_answer *answer =
	    type == DNS_TXT ? map_get(&memory->answers, name, strlen(name)) : NULL;

	(void)confirmed;
	memory->asked++;
	return answer != NULL ? answer : &missing;
}

static const struct facts_source memory_source = { .dns = memory_dns };

static void
add_text(struct memory *memory, const char *name, const char *text)
{
	struct dns_record *record = arena_zeroed(&memory->arena, 1, sizeof *record);
	struct dns_answer *answer = arena_zeroed(&memory->arena, 1, sizeof *answer);

	record->text = text;
	record->length = strlen(text);
	record->strings = 1;
	answer->status = DNS_DATA;
	answer->count = 1;
	answer->records = record;
	map_put(&memory->answers, name, strlen(name), answer);
}

static void
add_records(struct memory *memory)
{
	const char *own = "v=spf1";

	for (int i = 0; i < INCLUDES; i++) {
		const char *name = arena_printf(&memory->arena, "_spf%d.mail-bench.test", i);
		const char *text = "v=spf1";

		for (int k = 1; k <= NETWORKS; k++)
			text =
			    arena_printf(&memory->arena, "%s ip4:192.0.%d.%d/28", text, i, k * 16);
		add_text(memory, name, arena_printf(&memory->arena, "%s ~all", text));
		own = arena_printf(&memory->arena, "%s include:%s", own, name);
	}
	add_text(memory, "mail-bench.test", arena_printf(&memory->arena, "%s -all", own));
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Microseconds for each evaluation; 0 when one says something else than pass after ten look-ups. */
static double
measure(struct memory *memory, unsigned long evaluations)
{
	const struct spf_sender sender = { { 4, { 192, 0, INCLUDES - 1, NETWORKS * 16 + 1 } },
		"mx.mail-bench.test", "me@mail-bench.test" };
	struct arena scratch = { 0 };
	double start = seconds();

	for (unsigned long i = 0; i < evaluations; i++) {
		struct spf_check check;

		arena_reset(&scratch);
		spf_check_host(&memory->facts, &sender, &scratch, &check);
		if (check.verdict != SPF_PASS || check.lookups != INCLUDES)
			return 0;
	}
	arena_free(&scratch);
	return (seconds() - start) * 1e6 / (double)evaluations;
}

int
main(int argc, char *argv[])
{
	unsigned long evaluations = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
	struct memory memory = { .run = { .now = 1 } };
	double each;

	memory.facts = (struct facts){ &memory_source, &memory.run, 0 };
	map_init(&memory.answers);
	add_records(&memory);
	each = evaluations == 0 ? 0 : measure(&memory, evaluations);
	printf("evaluations=%lu microseconds_each=%.2f questions_each=%zu\n", evaluations, each,
	    evaluations == 0 ? 0 : memory.asked / evaluations);
	map_free(&memory.answers);
	arena_free(&memory.arena);
	return each > 0 ? 0 : 1;
}
