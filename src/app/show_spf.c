/* The command `spf`: check_host for one sender, or for many. */
#include "app/asker.h"
#include "app/commands.h"
#include "app/descriptors.h"
#include "app/resolvers.h"
#include "app/spf_batch.h"
#include "base/escape.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "net/loop.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct showing {
	const struct options *options;
	struct loop *loop;
	const struct spf_sender *sender;
	struct spf_check check;
};

static int
read_sender(const struct options *options, struct spf_sender *out, struct error *error)
{
	if (options->ip == NULL)
		return error_set(error, EX_USAGE,
		    "--ip ADDR is missing: the address that sends; or --batch for many senders");
	if (options_ip(options, &out->ip, error) != 0)
		return -1;
	out->helo = options->helo == NULL ? "" : options->helo;
	out->mail_from = options->mail_from == NULL ? "" : options->mail_from;
	if (*out->helo == '\0' && *out->mail_from == '\0')
		return error_set(error, EX_USAGE,
		    "--mail-from ADDR or --helo NAME is missing: in whose name it sends");
	return 0;
}

static void
print_json(const struct spf_check *check)
{
	struct strbuf line = { 0 };
	struct json json = json_over(&line);

	json_begin_object(&json);
	spf_result_write(&json, check);
	json_end_object(&json);
	puts(line.at);
	strbuf_free(&line);
}

static void
print_line(const char *name, const char *text)
{
	struct arena arena = { 0 };

	printf("  %-12s %s\n", name, escape_controls(&arena, text, strlen(text)));
	arena_free(&arena);
}

static void
print_text(const struct spf_check *check)
{
	puts(spf_verdict_text(check->verdict));
	print_line("domain", check->domain);
	if (check->mechanism != NULL)
		print_line("mechanism", check->mechanism);
	if (check->matched_domain != NULL)
		print_line("in", check->matched_domain);
	printf("  %-12s %u of %d\n", "look-ups", check->lookups, SPF_LOOKUPS_MAX);
	printf("  %-12s %u of %d\n", "of them void", check->void_lookups, SPF_VOID_LOOKUPS_MAX);
	if (check->explanation != NULL)
		print_line("explanation", check->explanation);
	if (check->problem != NULL)
		print_line("problem", check->problem);
}

static void
check_pass(void *user, struct facts *facts, struct arena *arena)
{
	struct showing *showing = user;

	spf_check_host(facts, showing->sender, arena, &showing->check);
}

static void
on_checked(void *user)
{
	const struct showing *showing = user;

	if (showing->options->json)
		print_json(&showing->check);
	else
		print_text(&showing->check);
	loop_stop(showing->loop);
}

static int
show(const struct options *options, const struct spf_sender *sender, struct loop *loop,
    struct asker *asker, struct error *error)
{
	struct showing showing = { .options = options, .loop = loop, .sender = sender };

	if (options->batch)
		return spf_batch_run(loop, asker, error);
	asker_run(asker, check_pass, on_checked, &showing);
	loop_run(loop);
	return 0;
}

/* The sender of the options; none with --batch. */
static int
check_options(const struct options *options, struct spf_sender *sender_out, struct error *error)
{
	if (!options->batch)
		return read_sender(options, sender_out, error);
	if (options->ip != NULL || options->helo != NULL || options->mail_from != NULL)
		return error_set(error, EX_USAGE,
		    "--batch reads senders from standard input: no --ip, --helo or --mail-from");
	return 0;
}

int
command_spf(const struct options *options, struct error *error)
{
	struct asker *asker = NULL;
	struct dns_client *dns = NULL;
	struct spf_sender sender;
	struct loop *loop;
	int result;

	if (check_options(options, &sender, error) != 0 || descriptors_prepare(error) != 0)
		return error->code;
	loop = loop_new();
	result = resolvers_open(options, loop, &dns, error);
	if (result == 0) {
		asker = asker_new(loop, dns);
		result = show(options, &sender, loop, asker, error);
		asker_free(asker);
	}
	dns_client_free(dns);
	loop_free(loop);
	return result == 0 ? 0 : error->code;
}
