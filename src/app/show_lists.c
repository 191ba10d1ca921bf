/* The command `lists`: the health of every block list, and what it says of one address or name. */
#include "app/commands.h"
#include "app/descriptors.h"
#include "app/list_choice.h"
#include "app/list_tests.h"
#include "app/resolvers.h"
#include "app/state_folder.h"
#include "app/tables.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "fact/list_memory.h"
#include "fact/state.h"
#include "names/block_list.h"
#include "names/mail_domain.h"
#include "net/limiter.h"
#include "net/loop.h"
#include "report/json.h"
#include "rule/lists.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>

enum { CODES_SHOWN = 8 };

/* What one list said of the subject. */
struct reply {
	struct asking *asking;
	const struct list_health *list;
	const struct block_list *row;
	enum dns_status status;
	bool asked, listed, refused;
	size_t code_count;
	struct ip codes[CODES_SHOWN];
	char meaning[256], text[256];
};

struct asking {
	const struct options *options;
	const struct tables *tables;
	struct loop *loop;
	struct limiter *limiter;
	struct dns_client *dns, *list_dns; /* the second of --list-resolver, or NULL */
	struct state *state;               /* NULL: nothing is kept */
	struct list_memory *memory;
	struct list_desk *desk;
	struct list_tests *tests;
	struct arena arena;
	struct run_facts run;
	struct list_choice lists;
	struct list_health *health; /* of them */
	const char *label;          /* what stands before the zone; NULL when nothing is asked */
	unsigned kind;
	struct reply *replies;
	size_t open;
};

static void
close_one(struct asking *a)
{
	if (--a->open == 0)
		loop_stop(a->loop);
}

static void
on_text(void *user, const struct dns_answer *answer)
{
	struct reply *reply = user;

	if (answer->status == DNS_DATA)
		snprintf(reply->text, sizeof reply->text, "%s", answer->records[0].text);
	close_one(reply->asking);
}

static void
note_record(struct reply *reply, const struct ip *ip)
{
	struct block_list_saying saying = block_list_decode(reply->row, ip);
	size_t used = strlen(reply->meaning);

	reply->listed = reply->listed || saying.word == BLOCK_LIST_LISTED ||
	    saying.word == BLOCK_LIST_UNKNOWN_CODE;
	reply->refused =
	    reply->refused || saying.word == BLOCK_LIST_ERROR || saying.word == BLOCK_LIST_OUTSIDE;
	if (reply->code_count < CODES_SHOWN)
		reply->codes[reply->code_count++] = *ip;
	snprintf(reply->meaning + used, sizeof reply->meaning - used, "%s%s", used > 0 ? "; " : "",
	    saying.meaning != NULL ? saying.meaning : "no known code");
}

static struct list_question
question_of(const struct reply *reply)
{
	return (struct list_question){ reply->list, reply->asking->kind, reply->asking->label };
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct reply *reply = user;
	const struct list_question question = question_of(reply);

	reply->status = answer->status;
	for (size_t i = 0; i < answer->count; i++)
		note_record(reply, &answer->records[i].ip);
	if (reply->listed && !reply->refused)
		list_desk_ask(reply->asking->desk, &question, DNS_TXT, on_text, reply);
	else
		close_one(reply->asking);
}

static void
ask_all(struct asking *a)
{
	for (size_t i = 0; i < a->run.list_count; i++) {
		const struct list_question question = question_of(&a->replies[i]);

		if ((a->health[i].passed_start & a->kind) == 0)
			continue;
		a->replies[i].asked = true;
		a->open++;
		list_desk_ask(a->desk, &question, DNS_A, on_answer, &a->replies[i]);
	}
}

static void
on_tested(void *user, size_t list, enum list_test_phase phase)
{
	struct asking *a = user;

	(void)list;
	if (phase == LIST_TEST_FIRST && a->open == 1 && a->label != NULL)
		ask_all(a);
	close_one(a);
}

/* So little is asked that no list is tested between. */
static void
on_test_wanted(void *user, size_t list)
{
	struct asking *a = user;

	a->open++;
	list_tests_begin(a->tests, list, LIST_TEST_BETWEEN);
}

static int
read_subject(const struct options *options, struct asking *a, struct error *error)
{
	struct mail_domain domain;
	struct ip ip;

	if (options->ip != NULL) {
		if (options_ip(options, &ip, error) != 0)
			return -1;
		a->label = lists_ip_label(&ip, &a->arena);
		a->kind = block_list_kind_of(&ip);
	} else if (options->domain != NULL) {
		if (!mail_domain_parse(options->domain, strlen(options->domain), &domain))
			return error_set(
			    error, EX_USAGE, "--domain %s: %s", options->domain, domain.problem);
		a->label = arena_string(&a->arena, domain.ascii);
		a->kind = BLOCK_LIST_DOMAIN;
	}
	return 0;
}

/* ---- what is shown */

static const char *
health_text(const struct list_health *list)
{
	if (list->passed_start != 0 && list->passed_start != list->tested)
		return "in part";
	return list->fault == LIST_NO_KEY || list->fault == LIST_SPENT
	    ? list_fault_text(list->fault)
	    : list->passed_start != 0 ? "alive"
				      : "failed";
}

static const char *
reply_text(const struct reply *reply)
{
	if (!reply->asked)
		return "not asked";
	if (reply->status == DNS_DATA)
		return reply->refused ? "refused" : reply->listed ? "listed" : "not listed";
	return reply->status == DNS_NXDOMAIN || reply->status == DNS_NODATA ? "not listed"
									    : "no answer";
}

static void
print_reply_json(struct json *json, const struct reply *reply)
{
	char text[IP_TEXT_MAX];

	json_key_string(json, "says", reply_text(reply));
	json_key_string(json, "text", reply->text[0] != '\0' ? reply->text : NULL);
	json_key(json, "codes");
	json_begin_array(json);
	for (size_t i = 0; i < reply->code_count; i++)
		json_string(json, ip_format(&reply->codes[i], text));
	json_end_array(json);
	json_key_string(json, "meaning", reply->code_count > 0 ? reply->meaning : NULL);
	json_key_string(json, "removal", reply->listed ? reply->row->homepage : NULL);
}

static void
print_json(const struct asking *a)
{
	struct strbuf line = { 0 };

	for (size_t i = 0; i < a->run.list_count; i++) {
		struct json json = json_over(&line);
		uint32_t left = list_desk_left(a->desk, i);

		strbuf_reset(&line);
		json_begin_object(&json);
		json_key_string(&json, "list", a->health[i].zone);
		json_key_string(&json, "health", health_text(&a->health[i]));
		json_key_string(&json, "fault",
		    a->health[i].fault == LIST_WELL ? NULL : list_fault_text(a->health[i].fault));
		json_key_known_int(&json, "left_today", left != UINT32_MAX, left);
		if (a->label != NULL)
			print_reply_json(&json, &a->replies[i]);
		json_end_object(&json);
		puts(line.at);
	}
	strbuf_free(&line);
}

static void
print_reply(const struct reply *reply)
{
	char text[IP_TEXT_MAX];

	printf(" %-10s", reply_text(reply));
	for (size_t i = 0; i < reply->code_count; i++)
		printf(" %s", ip_format(&reply->codes[i], text));
	if (reply->code_count > 0)
		printf(" %s", reply->meaning);
	if (reply->text[0] != '\0')
		printf(" (%s)", reply->text);
	if (reply->listed && reply->row->homepage[0] != '\0')
		printf("; removal: %s", reply->row->homepage);
}

static void
print_health(const struct asking *a, size_t i)
{
	uint32_t left = list_desk_left(a->desk, i);

	if (a->health[i].fault != LIST_WELL && a->health[i].fault != LIST_NO_KEY)
		printf(" %s", list_fault_text(a->health[i].fault));
	else if (left != UINT32_MAX)
		printf(" %u questions left today", (unsigned)left);
}

static void
print_table(const struct asking *a)
{
	for (size_t i = 0; i < a->run.list_count; i++) {
		printf("%-32s %-8s", a->health[i].zone, health_text(&a->health[i]));
		if (a->label != NULL)
			print_reply(&a->replies[i]);
		else
			print_health(a, i);
		putchar('\n');
	}
}

/* ---- asking */

static void
open_desk(struct asking *a)
{
	struct list_desk_options desk = {
		.loop = a->loop,
		.limiter = a->limiter,
		.dns = a->list_dns != NULL ? a->list_dns : a->dns,
		.keys = a->lists.keys,
		.table = a->tables->lists,
		.lists = a->health,
		.count = a->run.list_count,
		.test = on_test_wanted,
		.user = a,
	};
	struct list_tests_options tests = {
		.table = a->tables->lists,
		.run = &a->run,
		.tested = on_tested,
		.user = a,
	};

	a->run.lists = a->health;
	if (a->state != NULL)
		desk.memory = a->memory = list_memory_new(a->state, a->run.list_count, a->loop);
	a->desk = tests.desk = list_desk_new(&desk);
	a->tests = list_tests_new(&tests);
	a->replies = arena_zeroed(&a->arena, a->run.list_count, sizeof *a->replies);
	for (size_t i = 0; i < a->run.list_count; i++)
		a->replies[i] = (struct reply){ .asking = a,
			.list = &a->health[i],
			.row = block_lists_find(a->tables->lists, a->health[i].zone) };
}

/* One more is held open until all have begun: a test may be over at once. */
static void
test_all(struct asking *a)
{
	a->open = 1;
	for (size_t i = 0; i < a->run.list_count; i++) {
		if (a->health[i].fault == LIST_NO_KEY)
			continue;
		a->open++;
		list_tests_begin(a->tests, i, LIST_TEST_FIRST);
	}
	on_tested(a, 0, LIST_TEST_FIRST);
}

static int
ask(const struct options *options, struct asking *a, struct error *error)
{
	if (read_subject(options, a, error) != 0 ||
	    resolvers_open(options, a->loop, &a->dns, error) != 0 ||
	    resolvers_open_lists(options, a->loop, &a->list_dns, error) != 0 ||
	    state_folder_open(options, &a->state, error) != 0)
		return -1;
	if (getrandom(a->run.seed, sizeof a->run.seed, 0) != (ssize_t)sizeof a->run.seed)
		return error_set(error, EX_OSERR, "no random numbers are to be had");
	if (list_choice_make(options, a->tables->lists, &a->arena, &a->lists, error) != 0)
		return -1;
	a->health = a->lists.health;
	a->run.list_count = a->lists.count;
	if (a->run.list_count == 0)
		return error_set(error, EX_CONFIG, "no list of the table is switched on");
	a->limiter = limiter_new(a->loop, a->run.seed[0]);
	open_desk(a);
	test_all(a);
	loop_run(a->loop);
	if (options->json)
		print_json(a);
	else
		print_table(a);
	return 0;
}

static void
release(struct asking *a)
{
	if (a->limiter != NULL)
		limiter_free(a->limiter);
	dns_client_free(a->dns);
	dns_client_free(a->list_dns);
	list_tests_free(a->tests);
	list_desk_free(a->desk);
	list_memory_free(a->memory);
	state_close(a->state);
	loop_free(a->loop);
	arena_free(&a->arena);
}

int
command_lists(const struct options *options, struct error *error)
{
	struct asking asking = { 0 };
	struct tables tables;
	int result;

	if (descriptors_prepare(error) != 0 || tables_load(options, &tables, error) != 0)
		return error->code;
	asking.options = options;
	asking.tables = &tables;
	asking.loop = loop_new();
	result = ask(options, &asking, error);
	release(&asking);
	tables_free(&tables);
	return result == 0 ? 0 : error->code;
}
