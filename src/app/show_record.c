/* The command `record`: what to publish, judged before it is printed. */
#include "app/asker.h"
#include "app/commands.h"
#include "app/descriptors.h"
#include "app/record_output.h"
#include "app/resolvers.h"
#include "app/tables.h"
#include "dns/client.h"
#include "names/mail_domain.h"
#include "net/loop.h"
#include "publish/plan.h"
#include "score/scorecard.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* One domain: what is published, what is to be, and what the checks would say of that. */
struct showing {
	const struct options *options;
	struct loop *loop;
	enum publish_kind kind;
	struct publish_wishes wishes;
	struct mail_domain domain;
	struct tables tables;
	const char *known[KNOWN_COUNT];
	struct publish_plan plan;
	struct evaluation evaluation; /* of the plan */
	struct scorecard card;
	struct error error;
};

/* The facts as they will be once the plan is published. */
struct planned {
	struct facts facts; /* first member */
	struct facts *now;
	const struct publish_plan *plan;
	struct arena *arena;
};

static const struct dns_answer *
planned_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	struct planned *planned = (struct planned *)facts;
	const struct dns_answer *answer = NULL;

	for (size_t i = 0; i < planned->plan->count && answer == NULL; i++)
		answer = publish_set_answer(&planned->plan->sets[i], name, type, planned->arena);
	if (answer != NULL)
		return answer;
	return (confirmed ? facts_dns_confirmed : facts_dns)(planned->now, name, type);
}

static const struct facts_source planned_source = { .dns = planned_dns };

static void
evaluate(struct showing *showing, struct facts *facts, struct arena *arena, struct evaluation *out)
{
	*out = (struct evaluation){ .domain = showing->domain.ascii,
		.input = showing->domain.ascii,
		.known = showing->known };
	evaluation_run(facts, arena, out);
}

/* What kinds of records make of the domain. */
static const char *const roles[PUBLISH_KINDS] = {
	[PUBLISH_NULL_MX] = "send-only",
	[PUBLISH_PARKED] = "parked",
};

/* What the checks of the areas of the kind will say. */
static void
judge(struct showing *showing, struct arena *arena)
{
	static const char *const areas[PUBLISH_KINDS][2] = {
		[PUBLISH_DMARC] = { "dmarc" },
		[PUBLISH_SPF] = { "spf" },
		[PUBLISH_MTA_STS] = { "mta_sts" },
		[PUBLISH_TLS_RPT] = { "tls_rpt" },
		[PUBLISH_NULL_MX] = { "mx" },
		[PUBLISH_PARKED] = { "spf", "dmarc" },
	};
	const char *const *names = areas[showing->kind];
	struct scorecard_options options = { .only = { names, names[1] == NULL ? 1 : 2 } };

	scorecard_make(
	    &showing->evaluation, &showing->tables.judge, &options, arena, &showing->card);
}

static void
pass(void *user, struct facts *facts, struct arena *arena)
{
	struct showing *showing = user;
	struct planned planned = { { &planned_source, facts->run, 0 }, facts, &showing->plan,
		arena };
	struct evaluation now;

	evaluate(showing, facts, arena, &now);
	if (facts->unknown > 0)
		return;
	publish_plan_make(facts, showing->kind, &now, &showing->wishes, arena, &showing->plan);
	if (facts->unknown > 0 || showing->plan.remarks.problem != NULL)
		return;
	showing->known[KNOWN_ROLE] = roles[showing->kind];
	evaluate(showing, &planned.facts, arena, &showing->evaluation);
	if (planned.facts.unknown == 0)
		judge(showing, arena);
}

/* Checks that a record must pass to be one at all, by the RFC that defines it. */
static const char *const grave[] = {
	"dmarc.single",
	"dmarc.tag-list",
	"dmarc.policy-valid",
	"mta_sts.record",
	"mx.null-alone",
	"mx.null-wellformed",
	"spf.include-valid",
	"spf.lookup-limit",
	"spf.loop",
	"spf.mx-term-limit",
	"spf.redirect-valid",
	"spf.single",
	"spf.syntax",
	"spf.void-lookups",
	"tls_rpt.single",
	"tls_rpt.syntax",
};

static bool
is_grave(const struct check_result *result)
{
	for (size_t i = 0; i < sizeof grave / sizeof grave[0]; i++)
		if (strcmp(result->check->id, grave[i]) == 0)
			return result->finding.outcome == OUTCOME_FAIL;
	return false;
}

static int
refuse(struct showing *showing, struct arena *arena)
{
	const char *problem = showing->plan.remarks.problem;

	if (problem != NULL)
		return error_set(&showing->error, EX_DATAERR, "%s", problem);
	for (size_t i = 0; i < showing->card.count; i++) {
		const struct check_result *result = &showing->card.results[i];

		if (is_grave(result))
			return error_set(&showing->error, EX_DATAERR,
			    "no record is printed, for it would be broken: %s: %s",
			    result->check->id, scorecard_advice(&showing->card, result, arena));
	}
	return 0;
}

static void
on_done(void *user)
{
	struct showing *showing = user;
	struct arena arena = { 0 };

	if (refuse(showing, &arena) == 0)
		record_output_print(showing->options, &showing->plan, &showing->card);
	arena_free(&arena);
	loop_stop(showing->loop);
}

static int
read_arguments(const struct options *options, struct showing *showing, struct error *error)
{
	const char *kind = options->arguments.at[0], *domain = options->arguments.at[1];

	if (!publish_kind_parse(kind, &showing->kind))
		return error_set(error, EX_USAGE,
		    "'%s' is nothing to publish: dmarc, spf, mta-sts, tls-rpt, null-mx or parked "
		    "would be right",
		    kind);
	if (!mail_domain_parse(domain, strlen(domain), &showing->domain))
		return error_set(error, EX_USAGE, "%s: %s", domain, showing->domain.problem);
	showing->wishes = (struct publish_wishes){ { options->set.at, options->set.count },
		{ options->add.at, options->add.count },
		{ options->remove.at, options->remove.count } };
	return 0;
}

static int
show(struct showing *showing, struct error *error)
{
	struct dns_client *dns = NULL;
	struct asker *asker;

	if (!showing->options->offline &&
	    resolvers_open(showing->options, showing->loop, &dns, error) != 0)
		return -1;
	asker = asker_new(showing->loop, dns);
	tables_lend(&showing->tables, asker_run_facts(asker));
	asker_run(asker, pass, on_done, showing);
	loop_run(showing->loop);
	asker_free(asker);
	dns_client_free(dns);
	*error = showing->error;
	return error->code == 0 ? 0 : -1;
}

int
command_record(const struct options *options, struct error *error)
{
	struct showing showing = { .options = options };
	int result = -1;

	if (read_arguments(options, &showing, error) != 0 || descriptors_prepare(error) != 0 ||
	    tables_load(options, &showing.tables, error) != 0)
		return error->code;
	showing.loop = loop_new();
	result = show(&showing, error);
	loop_free(showing.loop);
	tables_free(&showing.tables);
	return result == 0 ? 0 : error->code;
}
