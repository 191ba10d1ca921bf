/*
 * Lines before block lists. A line holds one ticket of the limiter, whatever waits in it, so that
 * all that waits can be dropped at once when its list turns out to be unwell.
 */
#include "fact/list_desk.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "fact/list_key.h"
#include "fact/list_line.h"
#include "fact/list_memory.h"
#include "net/limiter.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SECONDS_A_DAY = 86400,
	PER_SECOND_MOST = 1000000, /* what is above is no ceiling */
};

/* One question. It is in one list: of its line, or of the desk. */
struct ask {
	struct list_link link;
	struct list_line *line;
	unsigned kind;
	enum dns_type type;
	bool is_test;
	bool put_by; /* by its purse */
	bool kept;   /* there is an answer of an earlier night, of this time */
	int64_t kept_at;
	enum dns_status settled; /* what is delivered without asking */
	dns_done_fn done;
	void *user;
	char name[]; /* with {key} */
};

struct list_desk {
	struct list_desk_options options;
	struct list_line *lines;
	struct map accounts; /* by homepage, or zone */
	struct list flying, settled;
	struct loop_soon *soon;
	struct arena arena; /* of one answer */
	struct arena names; /* of accounts */
	struct strbuf name;
	bool rows_open; /* more may be asked that has no answer yet */
};

static int64_t
now(const struct list_desk *desk)
{
	return desk->options.clock != NULL ? desk->options.clock() : (int64_t)time(NULL);
}

static int64_t
today(const struct list_desk *desk)
{
	return now(desk) / SECONDS_A_DAY;
}

/* ---- without asking */

static void
settle(struct ask *ask, enum dns_status status)
{
	struct list_desk *desk = ask->line->desk;

	if (ask->put_by)
		list_purse_give_back(&ask->line->account->purse);
	ask->put_by = false;
	ask->settled = status;
	list_append(&desk->settled, &ask->link);
	loop_soon_ask(desk->soon);
}

static void
deliver(struct list_desk *desk, struct ask *ask)
{
	const struct dns_answer unasked = { .status = ask->settled, .seen_at = now(desk) };
	const struct dns_answer *answer = NULL;

	arena_reset(&desk->arena);
	if (ask->settled == DNS_DATA)
		answer = list_memory_find(
		    desk->options.memory, ask->name, ask->type, now(desk), &desk->arena);
	ask->done(ask->user, answer != NULL ? answer : &unasked);
	free(ask);
}

/* A line that was stopped is tested when nothing of it is on its way any more. */
static void
begin_tests(struct list_desk *desk)
{
	for (size_t i = 0; i < desk->options.count; i++) {
		struct list_line *line = &desk->lines[i];

		if (!list_line_may_be_tested(line))
			continue;
		line->testing = true;
		desk->options.test(desk->options.user, i);
	}
}

static void
on_soon(void *user)
{
	struct list_desk *desk = user;

	while (desk->settled.first != NULL) {
		struct ask *ask = LIST_OWNER(desk->settled.first, struct ask, link);

		list_remove(&desk->settled, &ask->link);
		deliver(desk, ask);
	}
	begin_tests(desk);
}

/* ---- what an answer tells of its list */

static void
drop_waiting(struct list_line *line)
{
	struct list_link *link = line->asks.first, *next;

	for (; link != NULL; link = next) {
		struct ask *ask = LIST_OWNER(link, struct ask, link);

		next = link->next;
		if ((line->on & ask->kind) != 0)
			continue;
		list_remove(&line->asks, link);
		settle(ask, DNS_HELD);
	}
}

static void
suspend(struct list_line *line)
{
	line->suspended = true;
	loop_soon_ask(line->desk->soon);
}

/* Off for the run, by what it says itself: there is nothing left to test. */
static void
turn_off(struct list_line *line, enum list_fault fault)
{
	list_line_note_test(line, now(line->desk), 0, fault);
	if (line->desk->options.memory != NULL)
		list_memory_settle(line->desk->options.memory, line->index, 0);
	drop_waiting(line);
}

static void
note_answer(struct list_line *line, const struct ask *ask, const struct dns_answer *answer)
{
	struct list_desk *desk = line->desk;
	enum list_fault fault = list_line_fault_of(line, ask->type, answer);

	if (fault != LIST_WELL) {
		turn_off(line, fault);
		return;
	}
	if (desk->options.memory != NULL && dns_is_answer(answer))
		list_memory_note(
		    desk->options.memory, line->index, ask->kind, ask->name, ask->type, answer);
	if (list_line_is_suspicious(line, ask->type, answer))
		suspend(line);
}

/* ---- asking */

static void pump(struct list_line *line);

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct ask *ask = user;
	struct list_line *line = ask->line;
	struct list_desk *desk = line->desk;
	const struct dns_answer *shown;

	list_remove(&desk->flying, &ask->link);
	line->flying--;
	arena_reset(&desk->arena);
	shown = list_key_take_out(answer, ask->type, line->key, &desk->arena);
	if (!ask->is_test && answer->status != DNS_CANCELLED)
		note_answer(line, ask, shown);
	ask->done(ask->user, shown);
	free(ask);
	if (list_line_may_be_tested(line))
		loop_soon_ask(desk->soon);
}

static void
send(struct list_line *line, struct ask *ask)
{
	struct list_desk *desk = line->desk;

	if (ask->put_by)
		list_purse_spend(&line->account->purse, today(desk));
	ask->put_by = false;
	if (desk->options.memory != NULL)
		list_memory_save_purse(
		    desk->options.memory, line->account->name, &line->account->purse);
	line->flying++;
	line->asked_since_test += !ask->is_test;
	list_append(&desk->flying, &ask->link);
	strbuf_reset(&desk->name);
	if (line->key == NULL)
		strbuf_add_string(&desk->name, ask->name);
	else
		list_key_put_in(ask->name, line->key, &desk->name);
	dns_client_ask(desk->options.dns, desk->name.at, ask->type, 0, on_answer, ask);
}

/* Takes the next that may be sent; tests go first, and alone. */
static struct ask *
take_next(struct list_line *line)
{
	struct list *list = line->tests.first != NULL ? &line->tests : &line->asks;
	struct ask *ask;

	if (list->first == NULL || (list == &line->asks && line->suspended))
		return NULL;
	if (list == &line->asks && list_line_is_due(line, loop_now(line->desk->options.loop))) {
		suspend(line);
		return NULL;
	}
	ask = LIST_OWNER(list->first, struct ask, link);
	list_remove(list, &ask->link);
	return ask;
}

static void
on_granted(void *user)
{
	struct list_line *line = user;
	struct ask *ask = take_next(line);

	limiter_leave(line->desk->options.limiter, &line->ticket);
	line->waiting = false;
	if (ask != NULL)
		send(line, ask);
	pump(line);
}

static void
pump(struct list_line *line)
{
	struct ask *ask;

	if (line->waiting)
		return;
	if (line->account->pace == NULL) {
		while ((ask = take_next(line)) != NULL)
			send(line, ask);
	} else if (line->tests.first != NULL || (line->asks.first != NULL && !line->suspended)) {
		line->waiting = true;
		limiter_enter(line->desk->options.limiter, &line->ticket);
	}
}

static struct ask *
new_ask(struct list_line *line, unsigned kind, const char *name, enum dns_type type,
    dns_done_fn done, void *user)
{
	size_t size = strlen(name) + 1;
	struct ask *ask = alloc_zeroed(1, sizeof *ask + size);

	ask->line = line;
	ask->kind = kind;
	ask->type = type;
	ask->done = done;
	ask->user = user;
	memcpy(ask->name, name, size);
	return ask;
}

/* Asks, if the day allows it; else an answer of an earlier night stands. */
static void
queue(struct ask *ask)
{
	struct list_line *line = ask->line;

	if ((line->on & ask->kind) == 0) {
		settle(ask, DNS_HELD);
	} else if (list_purse_put_by(&line->account->purse, today(line->desk))) {
		ask->put_by = true;
		list_append(&line->asks, &ask->link);
		pump(line);
	} else {
		settle(ask, ask->kept ? DNS_DATA : DNS_QUOTA);
	}
}

static void
look_up_kept(struct ask *ask)
{
	struct list_desk *desk = ask->line->desk;
	const struct dns_answer *kept;

	if (desk->options.memory == NULL || ask->line->account->purse.per_day == 0)
		return;
	arena_reset(&desk->arena);
	kept =
	    list_memory_find(desk->options.memory, ask->name, ask->type, now(desk), &desk->arena);
	ask->kept = kept != NULL;
	if (ask->kept)
		ask->kept_at = kept->seen_at;
}

void
list_desk_ask(struct list_desk *desk, const struct list_question *question, enum dns_type type,
    dns_done_fn done, void *user)
{
	struct list_line *line = &desk->lines[question->list - desk->options.lists];
	char name[LIST_NAME_SIZE];
	struct ask *ask;

	if (!list_question_name(question, name)) {
		settle(new_ask(line, question->kind, "", type, done, user), DNS_MALFORMED);
		return;
	}
	ask = new_ask(line, question->kind, name, type, done, user);
	look_up_kept(ask);
	if (ask->kept && desk->rows_open)
		list_append(&line->kept, &ask->link);
	else
		queue(ask);
}

void
list_desk_ask_test(struct list_desk *desk, size_t list, const char *label, enum dns_type type,
    dns_done_fn done, void *user)
{
	struct list_line *line = &desk->lines[list];
	const struct list_question question = { line->health, 0, label };
	char name[LIST_NAME_SIZE];
	struct ask *ask;

	if (label == NULL || !list_question_name(&question, name))
		ask = new_ask(line, 0, line->health->zone, type, done, user);
	else
		ask = new_ask(line, 0, name, type, done, user);
	ask->is_test = true;
	if (!list_purse_spend_on_test(&line->account->purse, today(desk))) {
		settle(ask, DNS_QUOTA);
		return;
	}
	list_append(&line->tests, &ask->link);
	pump(line);
}

/* ---- answers of earlier nights */

static int
compare_kept(const void *a, const void *b)
{
	const struct ask *const *left = a, *const *right = b;

	return ((*left)->kept_at > (*right)->kept_at) - ((*left)->kept_at < (*right)->kept_at);
}

/* The oldest are asked again first. */
static void
queue_kept(struct list_line *line)
{
	size_t count = 0;
	struct ask **asks;

	for (struct list_link *link = line->kept.first; link != NULL; link = link->next)
		count++;
	asks = alloc_zeroed(count, sizeof(struct ask *));
	for (size_t i = 0; i < count; i++) {
		asks[i] = LIST_OWNER(line->kept.first, struct ask, link);
		list_remove(&line->kept, &asks[i]->link);
	}
	qsort(asks, count, sizeof(struct ask *), compare_kept);
	for (size_t i = 0; i < count; i++)
		queue(asks[i]);
	free(asks);
}

void
list_desk_rows_begin(struct list_desk *desk)
{
	desk->rows_open = true;
}

void
list_desk_rows_over(struct list_desk *desk)
{
	if (!desk->rows_open)
		return;
	desk->rows_open = false;
	for (size_t i = 0; i < desk->options.count; i++)
		if (desk->lines[i].kept.first != NULL)
			queue_kept(&desk->lines[i]);
}

/* ---- tests */

void
list_desk_tested(struct list_desk *desk, size_t list, enum list_test_phase phase, unsigned passed,
    enum list_fault fault)
{
	struct list_line *line = &desk->lines[list];
	struct list_memory *memory = desk->options.memory;

	list_line_tested(line, phase, now(desk), passed, fault);
	line->tested_at = loop_now(desk->options.loop);
	if (memory != NULL && phase != LIST_TEST_FIRST)
		list_memory_settle(memory, list, passed);
	drop_waiting(line);
	pump(line);
}

unsigned
list_desk_on(const struct list_desk *desk, size_t list)
{
	return desk->lines[list].on;
}

uint32_t
list_desk_asked(const struct list_desk *desk, size_t list)
{
	return desk->lines[list].asked_since_test;
}

uint32_t
list_desk_left(const struct list_desk *desk, size_t list)
{
	return list_purse_left(&desk->lines[list].account->purse, today(desk));
}

/* ---- beginning and end */

/* Whose ceilings count: the operator's, by the homepage; what has a key has a contract of its own.
 */
static const char *
account_name(struct list_desk *desk, const struct block_list *row)
{
	const char *name = row->homepage[0] != '\0' ? row->homepage : row->zone;

	return strstr(row->zone, LIST_KEY_MARK) == NULL
	    ? name
	    : arena_printf(&desk->names, "%s " LIST_KEY_MARK, name);
}

static uint32_t
lower(uint32_t a, uint32_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

/* Of all lists that share it the lower ceilings. */
static struct list_account *
new_account(struct list_desk *desk, const char *name)
{
	struct list_account *account = alloc_zeroed(1, sizeof *account);
	struct limiter_caps caps = { 0 };
	uint32_t per_second = 0;

	account->name = name;
	for (size_t i = 0; i < desk->options.count; i++) {
		const struct block_list *row =
		    block_lists_find(desk->options.table, desk->options.lists[i].zone);

		if (strcmp(account_name(desk, row), name) != 0)
			continue;
		per_second = lower(per_second, row->max_qps);
		account->purse.per_day = lower(account->purse.per_day, row->max_per_day);
	}
	caps.per_minute = per_second > PER_SECOND_MOST ? 0 : per_second * 60;
	if (caps.per_minute != 0)
		account->pace = limiter_budget(desk->options.limiter, name, caps);
	if (desk->options.memory != NULL)
		list_memory_load_purse(desk->options.memory, name, now(desk), &account->purse);
	map_put_string(&desk->accounts, name, account);
	return account;
}

static struct list_account *
account_of(struct list_desk *desk, const struct block_list *row)
{
	const char *name = account_name(desk, row);
	struct list_account *account = map_get_string(&desk->accounts, name);

	return account != NULL ? account : new_account(desk, name);
}

static void
open_line(struct list_desk *desk, size_t index)
{
	struct list_line *line = &desk->lines[index];
	struct list_health *health = &desk->options.lists[index];

	line->desk = desk;
	line->index = index;
	line->health = health;
	line->row = block_lists_find(desk->options.table, health->zone);
	line->key = desk->options.keys == NULL ? NULL : desk->options.keys[index];
	line->account = account_of(desk, line->row);
	line->ticket = (struct limiter_ticket){
		.granted = on_granted,
		.user = line,
		.budgets = { line->account->pace },
		.count = 1,
	};
}

struct list_desk *
list_desk_new(const struct list_desk_options *options)
{
	struct list_desk *desk = alloc_zeroed(1, sizeof *desk);

	desk->options = *options;
	map_init(&desk->accounts);
	desk->soon = loop_soon_new(options->loop, on_soon, desk);
	desk->lines = alloc_zeroed(options->count, sizeof *desk->lines);
	for (size_t i = 0; i < options->count; i++)
		open_line(desk, i);
	return desk;
}

static void
free_asks(struct list *list)
{
	while (list->first != NULL) {
		struct ask *ask = LIST_OWNER(list->first, struct ask, link);

		list_remove(list, &ask->link);
		free(ask);
	}
}

void
list_desk_free(struct list_desk *desk)
{
	struct list_account *account;
	size_t cursor = 0;

	if (desk == NULL)
		return;
	free_asks(&desk->flying);
	free_asks(&desk->settled);
	for (size_t i = 0; i < desk->options.count; i++) {
		free_asks(&desk->lines[i].asks);
		free_asks(&desk->lines[i].tests);
		free_asks(&desk->lines[i].kept);
		free(desk->lines[i].log);
	}
	while ((account = map_next(&desk->accounts, &cursor)) != NULL)
		free(account);
	map_free(&desk->accounts);
	loop_soon_free(desk->soon);
	arena_free(&desk->arena);
	arena_free(&desk->names);
	strbuf_free(&desk->name);
	free(desk->lines);
	free(desk);
}
