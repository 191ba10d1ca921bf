/* DMARC: which record applies, and what it comes to. */
#include "rule/dmarc.h"

#include "base/arena.h"
#include "rule/alias.h"

#include <string.h>

/* RFC 9989 4.10.1: the author domain, else the organizational domain, else the public suffix. */
static void
choose_record(struct dmarc_result *dmarc)
{
	const struct dmarc_walk *walk = &dmarc->walk;

	dmarc->applying = walk->steps[0].text != NULL ? &walk->steps[0] : NULL;
	dmarc->location = DMARC_OWN;
	if (dmarc->applying == NULL && walk->organizational != NULL) {
		dmarc->applying = dmarc_walk_record_at(walk, walk->organizational);
		dmarc->location = DMARC_ORG;
	}
	if (dmarc->applying == NULL && walk->organizational != NULL) {
		dmarc->applying = dmarc_walk_record_of_suffix(walk);
		dmarc->location = DMARC_PSD;
	}
	if (dmarc->applying == NULL)
		dmarc->location = DMARC_NONE;
}

static void
set_policy(struct dmarc_result *dmarc, enum dmarc_name name, const struct dmarc_record *record,
    enum dmarc_name asked)
{
	enum dmarc_policy policy = dmarc_record_policy(record, asked);

	dmarc->stated[name] = policy;
	dmarc->effective[name] = record->testing ? dmarc_policy_lowered(policy) : policy;
}

/* Names below the domain have its organizational domain, so that sp= and np= are read there. */
static void
set_policies_below(struct dmarc_result *dmarc, struct arena *arena)
{
	const struct dmarc_walk *walk = &dmarc->walk;
	const struct dmarc_step *above = dmarc_walk_record_at(walk, walk->organizational);
	struct dmarc_record record = dmarc->record;

	if (above == NULL)
		above = dmarc_walk_record_of_suffix(walk);
	if (above == NULL)
		return;
	if (above != dmarc->applying)
		dmarc_record_parse(above->text, above->length, arena, &record);
	set_policy(dmarc, DMARC_SUBDOMAINS, &record, DMARC_SUBDOMAINS);
	set_policy(dmarc, DMARC_NONEXISTENT, &record, DMARC_NONEXISTENT);
}

static void
read_record(struct facts *facts, struct arena *arena, struct dmarc_result *dmarc)
{
	const struct dmarc_step *applying = dmarc->applying;
	const struct dmarc_origin origin = {
		.location = applying->name,
		.organizational = dmarc_walk_organizational(&dmarc->walk, applying),
		.unfinished = dmarc->walk.transient,
	};

	dmarc_record_parse(applying->text, applying->length, arena, &dmarc->record);
	set_policy(dmarc, DMARC_THE_NAME, &dmarc->record,
	    dmarc->location == DMARC_OWN ? DMARC_THE_NAME : DMARC_SUBDOMAINS);
	if (dmarc_below_known(dmarc))
		set_policies_below(dmarc, arena);
	dmarc_reports_evaluate(facts, &origin, &dmarc->record, arena, &dmarc->reports);
}

void
dmarc_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct dmarc_result *out)
{
	const struct dmarc_walk *walk = &out->walk;
	const struct dns_answer *own;

	memset(out, 0, sizeof *out);
	dmarc_walk_up(facts, domain, arena, &out->walk);
	if (walk->organizational == NULL && walk->transient == NULL)
		return; /* not known yet */
	own = walk->steps[0].answer;
	choose_record(out);
	if (out->applying != NULL)
		read_record(facts, arena, out);
	dmarc_older_evaluate(facts, domain, walk, arena, &out->older);
	if (alias_dangles(own))
		registration_evaluate(facts, own->canonical, arena, &out->alias_target);
}

bool
dmarc_below_known(const struct dmarc_result *dmarc)
{
	return dmarc->walk.organizational != NULL;
}

void
dmarc_misplaced_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct dmarc_misplaced *out)
{
	out->nested = facts_dns(facts, arena_printf(arena, "_dmarc._dmarc.%s", domain), DNS_TXT);
	out->www = facts_dns(facts, arena_printf(arena, "_dmarc.www.%s", domain), DNS_TXT);
}
