/* Asking block lists, on a clock of its own: their ceilings, their tests, and what is kept of them.
 */
#include "unit.h"

#include "base/alloc.h"
#include "base/error.h"
#include "fact/list_desk.h"
#include "fact/list_memory.h"
#include "fact/list_purse.h"
#include "fact/state.h"
#include "names/block_list.h"
#include "net/limiter.h"
#include "net/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	TIMERS_MAX = 8,
	SOONS_MAX = 8,
	LISTS_MAX = 128,
	ASKS_MAX = 64,
	ANSWER_MS = 20, /* how long a list takes */
	MANY = 300,     /* questions to each list of the shipped table */
	DAY = 86400,
};

/* ---- a loop whose clock jumps to what comes next */

struct loop_timer {
	loop_fn fn;
	void *user;
	uint64_t at, every;
	bool running;
};

struct loop_soon {
	loop_fn fn;
	void *user;
	bool asked;
};

/* A question on its way. */
struct packet {
	struct packet *next;
	uint64_t at;
	dns_done_fn done;
	void *user;
	enum dns_type type;
	char name[LIST_NAME_SIZE];
};

static struct {
	uint64_t now;
	struct loop_timer timers[TIMERS_MAX];
	struct loop_soon soons[SOONS_MAX];
	size_t timer_count, soon_count;
	struct packet *first, **last;
	void (*sent)(const char *name, enum dns_type type);
	void (*answer)(const char *name, enum dns_type type, struct dns_answer *out);
} world;

struct loop *
loop_new(void)
{
	return NULL;
}

uint64_t
loop_now(const struct loop *loop)
{
	(void)loop;
	return world.now;
}

uint64_t
loop_clock(void)
{
	return world.now;
}

struct loop_timer *
loop_timer_new(struct loop *loop, loop_fn fn, void *user)
{
	struct loop_timer *timer = &world.timers[world.timer_count++];

	(void)loop;
	assert_true(world.timer_count <= TIMERS_MAX);
	*timer = (struct loop_timer){ fn, user, 0, 0, false };
	return timer;
}

void
loop_timer_start(struct loop_timer *timer, uint64_t after_ms, uint64_t repeat_ms)
{
	timer->at = world.now + after_ms;
	timer->every = repeat_ms;
	timer->running = repeat_ms == 0; /* what saves now and then is not waited for */
}

void
loop_timer_stop(struct loop_timer *timer)
{
	timer->running = false;
}

void
loop_timer_free(struct loop_timer *timer)
{
	timer->running = false;
}

struct loop_soon *
loop_soon_new(struct loop *loop, loop_fn fn, void *user)
{
	struct loop_soon *soon = &world.soons[world.soon_count++];

	(void)loop;
	assert_true(world.soon_count <= SOONS_MAX);
	*soon = (struct loop_soon){ fn, user, false };
	return soon;
}

void
loop_soon_ask(struct loop_soon *soon)
{
	soon->asked = true;
}

void
loop_soon_free(struct loop_soon *soon)
{
	soon->asked = false;
}

void
dns_client_ask(struct dns_client *client, const char *name, enum dns_type type, unsigned first,
    dns_done_fn done, void *user)
{
	struct packet *packet = alloc_zeroed(1, sizeof *packet);

	(void)client;
	(void)first;
	packet->at = world.now + ANSWER_MS;
	packet->done = done;
	packet->user = user;
	packet->type = type;
	snprintf(packet->name, sizeof packet->name, "%s", name);
	*world.last = packet;
	world.last = &packet->next;
	if (world.sent != NULL)
		world.sent(name, type);
}

static bool
run_soons(void)
{
	bool any = false;

	for (size_t i = 0; i < world.soon_count; i++) {
		struct loop_soon *soon = &world.soons[i];

		if (!soon->asked)
			continue;
		soon->asked = false;
		soon->fn(soon->user);
		any = true;
	}
	return any;
}

static bool
run_timers(void)
{
	bool any = false;

	for (size_t i = 0; i < world.timer_count; i++) {
		struct loop_timer *timer = &world.timers[i];

		if (!timer->running || timer->at > world.now)
			continue;
		timer->running = false;
		timer->fn(timer->user);
		any = true;
	}
	return any;
}

static bool
run_packets(void)
{
	struct packet *packet = world.first;
	struct dns_answer answer = { .status = DNS_NXDOMAIN, .seen_at = (int64_t)world.now / 1000 };

	if (packet == NULL || packet->at > world.now)
		return false;
	world.first = packet->next;
	if (world.first == NULL)
		world.last = &world.first;
	if (world.answer != NULL)
		world.answer(packet->name, packet->type, &answer);
	packet->done(packet->user, &answer);
	free(packet);
	return true;
}

/* Until nothing is to come. */
static void
run_world(void)
{
	for (;;) {
		uint64_t next = UINT64_MAX;

		if (run_soons() || run_timers() || run_packets())
			continue;
		if (world.first != NULL)
			next = world.first->at;
		for (size_t i = 0; i < world.timer_count; i++)
			if (world.timers[i].running && world.timers[i].at < next)
				next = world.timers[i].at;
		if (next == UINT64_MAX)
			return;
		world.now = next;
	}
}

static int64_t
world_seconds(void)
{
	return (int64_t)world.now / 1000;
}

/* ---- a desk in it */

struct answered {
	size_t count;
	enum dns_status status[ASKS_MAX];
	int64_t seen_at[ASKS_MAX];
	char canonical[ASKS_MAX];
};

struct fixture {
	struct block_lists *table;
	struct limiter *limiter;
	struct list_desk *desk;
	struct list_memory *memory;
	struct list_health lists[LISTS_MAX];
	const char *keys[LISTS_MAX];
	size_t count;
	size_t wanted;        /* tests */
	unsigned test_passes; /* what they pass; they are over at once */
	bool tests_hang;
	struct answered answered;
};

struct counted {
	struct fixture *f;
	size_t index;
};

static void
on_test_wanted(void *user, size_t list)
{
	struct fixture *f = user;

	f->wanted++;
	if (!f->tests_hang)
		list_desk_tested(f->desk, list, LIST_TEST_BETWEEN, f->test_passes,
		    f->test_passes != 0 ? LIST_WELL : LIST_WORLD);
}

static void
open_world(uint64_t at)
{
	memset(&world, 0, sizeof world);
	world.now = at;
	world.last = &world.first;
}

static void
load_table(struct fixture *f, const char *path)
{
	struct error error;

	if (block_lists_load(path, &f->table, &error) != 0)
		fail_msg("%s", error.text);
	for (size_t i = 0; i < block_lists_count(f->table); i++) {
		const struct block_list *row = block_lists_at(f->table, i);

		if (row->use == BLOCK_LIST_NEVER)
			continue;
		f->lists[f->count].zone = row->zone;
		f->lists[f->count].tested = row->kinds;
		f->keys[f->count++] = strstr(row->zone, "{key}") != NULL ? "s3cret" : NULL;
	}
}

static void
write_table(const char *path, const char *zone, unsigned qps, unsigned per_day)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	fprintf(file,
	    "%s\tip4\tblock\ton\texact\t127.0.0.2=bad:high\t127.0.0.9=no\t2.0.0.127\t1.0.0."
	    "127\thigh\t"
	    "%u\t%u\tno\thttps://bl.example/\t-\n",
	    zone, qps, per_day);
	fclose(file);
}

static void
open_desk(struct fixture *f)
{
	struct list_desk_options options = {
		.table = f->table,
		.lists = f->lists,
		.count = f->count,
		.keys = f->keys,
		.memory = f->memory,
		.clock = world_seconds,
		.test = on_test_wanted,
		.user = f,
	};

	options.limiter = f->limiter =
	    limiter_new((struct loop *)&world, 1); /* which nobody looks into */
	f->desk = list_desk_new(&options);
	f->test_passes = 7;
	for (size_t i = 0; i < f->count; i++)
		list_desk_tested(f->desk, i, LIST_TEST_FIRST, f->lists[i].tested, LIST_WELL);
}

static void
begin(struct fixture *f, const char *zone, unsigned qps, unsigned per_day)
{
	char path[] = "/tmp/mxsweep-desk-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	memset(f, 0, sizeof *f);
	open_world(1000 * (uint64_t)DAY * 20000);
	write_table(path, zone, qps, per_day);
	load_table(f, path);
	unlink(path);
	open_desk(f);
}

static void
end(struct fixture *f)
{
	limiter_free(f->limiter);
	list_desk_free(f->desk);
	block_lists_free(f->table);
	while (world.first != NULL) {
		struct packet *next = world.first->next;

		free(world.first);
		world.first = next;
	}
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct counted *counted = user;
	struct answered *answered = &counted->f->answered;

	if (counted->index < ASKS_MAX) {
		answered->status[counted->index] = answer->status;
		answered->seen_at[counted->index] = answer->seen_at;
	}
	answered->count++;
	free(counted);
}

static void
ask(struct fixture *f, size_t list, unsigned kind, size_t number)
{
	struct counted *counted = alloc_zeroed(1, sizeof *counted);
	char label[64];
	const struct list_question question = { &f->lists[list], kind, label };

	*counted = (struct counted){ f, number };
	snprintf(label, sizeof label, "%zu.2.0.192", number);
	list_desk_ask(f->desk, &question, DNS_A, on_answer, counted);
}

static void
ask_many(struct fixture *f, size_t count)
{
	for (size_t i = 0; i < count; i++)
		ask(f, 0, BLOCK_LIST_IP4, i);
}

/* ---- ceilings */

static struct fixture shipped;
static uint64_t last_sent[LISTS_MAX]; /* at the operator whose first list it is, plus one */
static size_t sent_count;

static bool
is_same_operator(const struct block_list *a, const struct block_list *b)
{
	return strcmp(a->homepage, b->homepage) == 0 &&
	    (strstr(a->zone, "{key}") == NULL) == (strstr(b->zone, "{key}") == NULL);
}

/* The first list of the operator, by the name that was asked. */
static size_t
operator_index(const char *name, const struct block_list **row_out)
{
	size_t best = 0, longest = 0;

	for (size_t i = 0; i < shipped.count; i++) {
		const char *zone = shipped.lists[i].zone;
		const char *plain = strncmp(zone, "{key}", 5) == 0 ? zone + 5 : zone;
		size_t length = strlen(plain), whole = strlen(name);

		if (length > longest && whole >= length &&
		    strcmp(name + whole - length, plain) == 0) {
			longest = length;
			best = i;
		}
	}
	*row_out = block_lists_find(shipped.table, shipped.lists[best].zone);
	for (size_t i = 0; i < best; i++)
		if (is_same_operator(
			*row_out, block_lists_find(shipped.table, shipped.lists[i].zone)))
			return i;
	return best;
}

static void
check_pace(const char *name, enum dns_type type)
{
	const struct block_list *row;
	size_t index = operator_index(name, &row);

	(void)type;
	if (last_sent[index] != 0 && row->max_qps > 0)
		assert_true((world.now + 1 - last_sent[index]) * row->max_qps >= 1000);
	last_sent[index] = world.now + 1;
	sent_count++;
}

static void
shipped_ceilings_by_second_are_kept(void **state)
{
	(void)state;
	memset(&shipped, 0, sizeof shipped);
	open_world(1000 * (uint64_t)DAY * 20000);
	load_table(&shipped, SOURCE_DIR "/data/dnsbl.tsv");
	open_desk(&shipped);
	world.sent = check_pace;
	for (size_t i = 0; i < shipped.count; i++)
		for (size_t k = 0; k < MANY; k++)
			ask(&shipped, i, shipped.lists[i].tested, k);
	run_world();
	assert_int_equal(shipped.answered.count, MANY * shipped.count);
	assert_int_equal(sent_count, MANY * shipped.count);
	end(&shipped);
}

static void
shipped_ceilings_by_day_are_kept(void **state)
{
	struct fixture f = { 0 };

	(void)state;
	load_table(&f, SOURCE_DIR "/data/dnsbl.tsv");
	for (size_t i = 0; i < f.count; i++) {
		const struct block_list *row = block_lists_find(f.table, f.lists[i].zone);
		struct list_purse purse = { .per_day = row->max_per_day, .day = 1, .spent = 5 };
		uint32_t asked = 0, tests = 0;

		while (purse.per_day > 0 && list_purse_put_by(&purse, 2)) {
			list_purse_spend(&purse, 2);
			asked++;
		}
		while (purse.per_day > 0 && list_purse_spend_on_test(&purse, 2))
			tests++;
		assert_int_equal(asked + tests, row->max_per_day);
		assert_true(purse.per_day == 0 || tests >= 20);
		assert_true(purse.per_day == 0 || list_purse_put_by(&purse, 3));
	}
	block_lists_free(f.table);
}

static void
what_the_day_does_not_allow_is_not_asked(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "bl.example", 5, 12);
	ask_many(&f, 8);
	run_world();
	assert_int_equal(f.answered.count, 8);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(f.answered.status[i], i < 6 ? DNS_NXDOMAIN : DNS_QUOTA);
	assert_int_equal(list_desk_left(f.desk, 0), 6); /* of which the tests live */
	end(&f);
}

/* ---- tests */

static void
answer_silence(const char *name, enum dns_type type, struct dns_answer *out)
{
	(void)name;
	(void)type;
	out->status = DNS_TIMEOUT;
}

static void
three_silences_are_a_reason_to_test(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "bl.example", 100, 0);
	world.answer = answer_silence;
	f.test_passes = 0;
	ask_many(&f, 40);
	run_world();
	assert_int_equal(f.answered.count, 40);
	assert_int_equal(f.wanted, 1);
	assert_int_equal(f.answered.status[0], DNS_TIMEOUT);
	assert_int_equal(f.answered.status[39], DNS_HELD);
	assert_int_equal(f.lists[0].test_count, 1);
	assert_int_equal(list_desk_on(f.desk, 0), 0);
	end(&f);
}

static void
nothing_else_is_sent_while_a_list_is_tested(void **state)
{
	struct fixture f;
	size_t before;

	(void)state;
	begin(&f, "bl.example", 100, 0);
	world.answer = answer_silence;
	f.tests_hang = true;
	ask_many(&f, 40);
	run_world();
	before = f.answered.count;
	assert_true(before < 40);
	world.answer = NULL;
	list_desk_tested(f.desk, 0, LIST_TEST_BETWEEN, BLOCK_LIST_IP4, LIST_WELL);
	run_world();
	assert_int_equal(f.answered.count, 40);
	assert_int_equal(f.answered.status[39], DNS_NXDOMAIN);
	end(&f);
}

static struct dns_record bad = { .ip = { 4, { 127, 0, 0, 2 } } };
static struct dns_record refusal = { .ip = { 4, { 127, 255, 255, 254 } } };
static struct dns_record outside = { .ip = { 4, { 192, 0, 2, 1 } } };

static void
answer_record(struct dns_answer *out, const struct dns_record *record)
{
	out->status = DNS_DATA;
	out->records = record;
	out->count = 1;
}

static void
answer_listed(const char *name, enum dns_type type, struct dns_answer *out)
{
	(void)name;
	(void)type;
	answer_record(out, &bad);
}

static void
a_list_that_names_too_many_is_tested(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "bl.example", 0, 0);
	world.answer = answer_listed;
	ask_many(&f, 49);
	run_world();
	assert_int_equal(f.wanted, 0);
	ask(&f, 0, BLOCK_LIST_IP4, 49);
	run_world();
	assert_int_equal(f.wanted, 1);
	end(&f);
}

static void
answer_refusal(const char *name, enum dns_type type, struct dns_answer *out)
{
	(void)type;
	if (strncmp(name, "3.", 2) == 0)
		answer_record(out, &refusal);
}

static void
answer_outside(const char *name, enum dns_type type, struct dns_answer *out)
{
	(void)type;
	if (strncmp(name, "3.", 2) == 0)
		answer_record(out, &outside);
}

static void
check_off(void (*answer)(const char *, enum dns_type, struct dns_answer *), enum list_fault fault)
{
	struct fixture f;

	begin(&f, "bl.example", 5, 0);
	world.answer = answer;
	ask_many(&f, 9);
	run_world();
	assert_int_equal(f.answered.status[2], DNS_NXDOMAIN);
	assert_int_equal(f.answered.status[3], DNS_DATA);
	assert_int_equal(f.answered.status[4], DNS_HELD);
	assert_int_equal(f.lists[0].fault, fault);
	assert_int_equal(f.wanted, 0);
	end(&f);
}

static void
a_refusal_ends_it_at_once(void **state)
{
	(void)state;
	check_off(answer_refusal, LIST_REFUSES);
	check_off(answer_outside, LIST_OUTSIDE);
}

static void
tests_come_with_time_and_with_questions(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "bl.example", 1, 0);
	ask_many(&f, 1300); /* of one a second */
	run_world();
	assert_int_equal(f.wanted, 2);
	assert_int_equal(f.answered.count, 1300);
	end(&f);
	begin(&f, "bl.example", 0, 0);
	ask_many(&f, 45000);
	run_world();
	assert_int_equal(f.wanted, 2);
	assert_int_equal(f.answered.count, 45000);
	end(&f);
}

/* ---- keys */

static char seen_name[LIST_NAME_SIZE];

static void
keep_name(const char *name, enum dns_type type)
{
	(void)type;
	snprintf(seen_name, sizeof seen_name, "%s", name);
}

static void
answer_with_key(const char *name, enum dns_type type, struct dns_answer *out)
{
	(void)name;
	(void)type;
	out->soa_owner = "S3CRET.bl.example";
}

static char key_owner[LIST_NAME_SIZE];

static void
on_key_answer(void *user, const struct dns_answer *answer)
{
	(void)user;
	snprintf(key_owner, sizeof key_owner, "%s", answer->soa_owner);
}

static void
a_key_goes_out_and_does_not_come_back(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, "{key}.bl.example", 0, 0);
	world.sent = keep_name;
	world.answer = answer_with_key;
	const struct list_question question = { &f.lists[0], BLOCK_LIST_IP4, "9.2.0.192" };
	list_desk_ask(f.desk, &question, DNS_A, on_key_answer, NULL);
	run_world();
	assert_string_equal(seen_name, "9.2.0.192.s3cret.bl.example");
	assert_string_equal(key_owner, "{key}.bl.example");
	end(&f);
}

/* ---- nights */

static void
one_night(const char *folder, uint64_t day, struct answered *out)
{
	struct fixture f = { 0 };
	struct state *state;
	struct error error;
	char path[512];

	snprintf(path, sizeof path, "%s/table.tsv", folder);
	open_world(1000 * (uint64_t)DAY * day);
	write_table(path, "bl.example", 0, 6);
	load_table(&f, path);
	if (state_open(folder, &state, &error) != 0)
		fail_msg("%s", error.text);
	f.memory = list_memory_new(state, f.count, NULL);
	open_desk(&f);
	list_desk_rows_begin(f.desk);
	ask_many(&f, 5);
	run_world();
	list_desk_rows_over(f.desk);
	run_world();
	list_desk_tested(f.desk, 0, LIST_TEST_LAST, BLOCK_LIST_IP4, LIST_WELL);
	*out = f.answered;
	end(&f);
	list_memory_free(f.memory);
	if (state_save(state, world_seconds(), &error) != 0)
		fail_msg("%s", error.text);
	state_close(state);
}

static void
the_next_night_begins_with_what_was_left_over(void **state)
{
	char folder[] = "/tmp/mxsweep-nights-XXXXXX", path[512];
	const int64_t first = (int64_t)DAY * 30000, second = first + DAY;
	struct answered night;

	(void)state;
	assert_non_null(mkdtemp(folder));
	one_night(folder, 30000, &night);
	assert_int_equal(night.status[2], DNS_NXDOMAIN);
	assert_int_equal(night.status[3], DNS_QUOTA);
	one_night(folder, 30000, &night); /* the same day again: nothing is left of it */
	assert_int_equal(night.status[0], DNS_NXDOMAIN);
	assert_int_equal(night.seen_at[0], first);
	assert_int_equal(night.status[4], DNS_QUOTA);
	one_night(folder, 30001, &night);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(night.status[i], DNS_NXDOMAIN);
	assert_int_equal(night.seen_at[3], second); /* left over */
	assert_int_equal(night.seen_at[4], second);
	assert_int_equal(night.seen_at[0], second); /* the oldest */
	assert_int_equal(night.seen_at[1], first);
	one_night(folder, 30009, &night); /* all is too old */
	assert_int_equal(night.status[4], DNS_QUOTA);
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, i == 0 ? "table.tsv" : "state.sqlite");
		unlink(path);
	}
	rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_ceilings_by_second_are_kept),
		cmocka_unit_test(shipped_ceilings_by_day_are_kept),
		cmocka_unit_test(what_the_day_does_not_allow_is_not_asked),
		cmocka_unit_test(three_silences_are_a_reason_to_test),
		cmocka_unit_test(nothing_else_is_sent_while_a_list_is_tested),
		cmocka_unit_test(a_list_that_names_too_many_is_tested),
		cmocka_unit_test(a_refusal_ends_it_at_once),
		cmocka_unit_test(tests_come_with_time_and_with_questions),
		cmocka_unit_test(a_key_goes_out_and_does_not_come_back),
		cmocka_unit_test(the_next_night_begins_with_what_was_left_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
