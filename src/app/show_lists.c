/* The command `lists`: the health of every block list, and what it says of one address or name. */
#include "app/commands.h"
#include "app/descriptors.h"
#include "app/list_tests.h"
#include "app/resolvers.h"
#include "app/tables.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "names/block_list.h"
#include "names/mail_domain.h"
#include "net/loop.h"
#include "report/json.h"
#include "rule/lists.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sysexits.h>

/* What one list said of the subject. */
struct reply {
	struct asking *asking;
	const struct list_health *list;
	enum dns_status status;
	bool asked, listed, refused;
	char text[256]; /* meaning, or code */
};

struct asking {
	const struct tables *tables;
	struct loop *loop;
	struct dns_client *dns;
	struct arena arena;
	struct run_facts run;
	struct list_health *health;
	size_t count;
	unsigned *passed;
	const char *label; /* what stands before the zone; NULL when nothing is asked */
	unsigned kind;
	struct reply *replies;
	size_t open;
};

static void
note_record(struct reply *reply, const struct ip *ip)
{
	const struct block_list *list =
	    block_lists_find(reply->asking->tables->lists, reply->list->zone);
	struct block_list_saying saying = block_list_decode(list, ip);
	char text[IP_TEXT_MAX];
	size_t used = strlen(reply->text);

	reply->listed = reply->listed || saying.word == BLOCK_LIST_LISTED;
	reply->refused =
	    reply->refused || saying.word == BLOCK_LIST_ERROR || saying.word == BLOCK_LIST_OUTSIDE;
	snprintf(reply->text + used, sizeof reply->text - used, "%s%s %s", used > 0 ? "; " : "",
	    ip_format(ip, text), saying.meaning != NULL ? saying.meaning : "no known code");
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct reply *reply = user;

	reply->status = answer->status;
	for (size_t i = 0; i < answer->count; i++)
		note_record(reply, &answer->records[i].ip);
	if (--reply->asking->open == 0)
		loop_stop(reply->asking->loop);
}

static void
on_tested(void *user)
{
	struct asking *a = user;

	for (size_t i = 0; i < a->count && a->label != NULL; i++) {
		struct reply *reply = &a->replies[i];

		if ((a->passed[i] & a->kind) == 0)
			continue;
		reply->asked = true;
		a->open++;
		dns_client_ask(a->dns,
		    arena_printf(&a->arena, "%s.%s", a->label, a->health[i].zone), DNS_A, 0,
		    on_answer, reply);
	}
	if (a->open == 0)
		loop_stop(a->loop);
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

static const char *
health_text(const struct asking *a, size_t i)
{
	return a->passed[i] == a->health[i].tested ? "alive"
	    : a->passed[i] != 0                    ? "in part"
						   : "failed";
}

static const char *
reply_text(const struct reply *reply)
{
	if (!reply->asked)
		return "not asked";
	if (reply->status == DNS_DATA)
		return reply->listed ? "listed" : reply->refused ? "refused" : "not listed";
	return reply->status == DNS_NXDOMAIN || reply->status == DNS_NODATA ? "not listed"
									    : "no answer";
}

static void
print_json(const struct asking *a)
{
	struct strbuf line = { 0 };

	for (size_t i = 0; i < a->count; i++) {
		struct json json = json_over(&line);

		strbuf_reset(&line);
		json_begin_object(&json);
		json_key_string(&json, "list", a->health[i].zone);
		json_key_string(&json, "health", health_text(a, i));
		if (a->label != NULL) {
			json_key_string(&json, "says", reply_text(&a->replies[i]));
			json_key_string(&json, "text", a->replies[i].text);
		}
		json_end_object(&json);
		puts(line.at);
	}
	strbuf_free(&line);
}

static void
print_table(const struct asking *a)
{
	for (size_t i = 0; i < a->count; i++) {
		printf("%-32s %-8s", a->health[i].zone, health_text(a, i));
		if (a->label != NULL)
			printf(" %-10s %s", reply_text(&a->replies[i]), a->replies[i].text);
		putchar('\n');
	}
}

static int
ask(const struct options *options, struct asking *a, struct error *error)
{
	struct list_tests *tests;

	if (read_subject(options, a, error) != 0 ||
	    resolvers_open(options, a->loop, &a->dns, error) != 0)
		return -1;
	if (getrandom(a->run.seed, sizeof a->run.seed, 0) != (ssize_t)sizeof a->run.seed)
		return error_set(error, EX_OSERR, "no random numbers are to be had");
	a->count = list_tests_choose(a->tables->lists, &a->arena, &a->health);
	a->passed = arena_zeroed(&a->arena, a->count, sizeof *a->passed);
	a->replies = arena_zeroed(&a->arena, a->count, sizeof *a->replies);
	for (size_t i = 0; i < a->count; i++)
		a->replies[i] = (struct reply){ .asking = a, .list = &a->health[i] };
	if (a->count == 0)
		return error_set(error, EX_CONFIG, "no list of the table is switched on");
	tests = list_tests_start(
	    a->tables->lists, a->health, a->count, &a->run, 0, a->dns, a->passed, on_tested, a);
	loop_run(a->loop);
	list_tests_free(tests);
	if (options->json)
		print_json(a);
	else
		print_table(a);
	return 0;
}

int
command_lists(const struct options *options, struct error *error)
{
	struct asking asking = { 0 };
	struct tables tables;
	int result;

	if (descriptors_prepare(error) != 0 || tables_load(options, &tables, error) != 0)
		return error->code;
	asking.tables = &tables;
	asking.loop = loop_new();
	result = ask(options, &asking, error);
	dns_client_free(asking.dns);
	loop_free(asking.loop);
	arena_free(&asking.arena);
	tables_free(&tables);
	return result == 0 ? 0 : error->code;
}
