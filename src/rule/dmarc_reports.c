/* DMARC: where reports go, and whether they may. */
#include "rule/dmarc_reports.h"

#include "base/arena.h"
#include "names/host_name.h"

#include <string.h>

static bool
is_known(const struct dmarc_reports *reports, const char *name)
{
	for (size_t i = 0; i < reports->count; i++)
		if (strcmp(reports->hosts[i].name, name) == 0)
			return true;
	return false;
}

static bool
was_before(const struct dmarc_uris *uris, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (uris->at[i].host != NULL && strcmp(uris->at[i].host, uris->at[index].host) == 0)
			return true;
	return false;
}

static void
list_hosts(const struct dmarc_uris *uris, struct dmarc_reports *out)
{
	for (size_t i = 0; i < uris->count; i++) {
		const char *name = uris->at[i].host;

		if (name == NULL || was_before(uris, i) || is_known(out, name))
			continue;
		if (out->count < DMARC_REPORT_HOSTS_MAX)
			out->hosts[out->count++].name = name;
		else
			out->left++;
	}
}

/* ---- is the host asked, and what does it say? */

/* Without a valid rua=, or with one that stays at the host. */
static bool
stays_at(const struct dmarc_record *record, const char *host)
{
	if (record->rua.valid == 0)
		return true;
	for (size_t i = 0; i < record->rua.count; i++)
		if (record->rua.at[i].host != NULL && strcmp(record->rua.at[i].host, host) == 0)
			return true;
	return false;
}

/* A text counts that is a tag list with v=DMARC1 first; here what is no tag spoils it. Other texts
 * do no harm. */
static enum dmarc_authority
authority_by(const struct dns_answer *answer, const char *host, struct arena *arena)
{
	enum dmarc_authority authority = DMARC_NOT_AUTHORISED;

	for (size_t i = 0; i < answer->count; i++) {
		const struct dns_record *text = &answer->records[i];
		struct dmarc_record record;

		if (!dmarc_record_is(text->text, text->length))
			continue;
		dmarc_record_parse(text->text, text->length, arena, &record);
		if (record.tags.malformed > 0)
			continue;
		if (stays_at(&record, host))
			return DMARC_AUTHORISED;
		authority = DMARC_REDIRECTED;
	}
	return authority;
}

static void
ask_host(
    struct facts *facts, const char *location, struct arena *arena, struct dmarc_report_host *host)
{
	const char *name = arena_printf(arena, "%s._report._dmarc.%s", location, host->name);
	const struct dns_answer *answer;

	if (strlen(name) > HOST_NAME_MAX_OCTETS) {
		host->authority = DMARC_UNASKABLE;
		return;
	}
	answer = facts_dns_confirmed(facts, name, DNS_TXT);
	if (answer == NULL || !dns_is_answer(answer))
		host->unanswered = answer;
	else
		host->authority = authority_by(answer, host->name, arena);
}

static void
find_authority(struct facts *facts, const struct dmarc_origin *origin, struct arena *arena,
    struct dmarc_report_host *host)
{
	struct dmarc_walk walk;

	if (strcmp(host->name, origin->location) == 0) {
		host->authority = DMARC_INSIDE;
		return;
	}
	if (origin->organizational == NULL) {
		host->unanswered = origin->unfinished;
		return;
	}
	dmarc_walk_up(facts, host->name, arena, &walk);
	if (walk.organizational == NULL)
		host->unanswered = walk.transient;
	else if (strcmp(walk.organizational, origin->organizational) == 0)
		host->authority = DMARC_INSIDE;
	else
		ask_host(facts, origin->location, arena, host);
}

/* ---- does mail arrive there? */

static void
find_mail(struct facts *facts, struct arena *arena, struct dmarc_report_host *host)
{
	host->takes = takes_mail_evaluate(facts, host->name, &host->takes_answer);
	if (host->takes == TAKES_NO_MAIL && host->takes_answer->status == DNS_NXDOMAIN)
		registration_evaluate(facts, host->name, arena, &host->registration);
}

void
dmarc_reports_evaluate(struct facts *facts, const struct dmarc_origin *origin,
    const struct dmarc_record *record, struct arena *arena, struct dmarc_reports *out)
{
	memset(out, 0, sizeof *out);
	list_hosts(&record->rua, out);
	list_hosts(&record->ruf, out);
	for (size_t i = 0; i < out->count; i++) {
		find_authority(facts, origin, arena, &out->hosts[i]);
		find_mail(facts, arena, &out->hosts[i]);
	}
}
