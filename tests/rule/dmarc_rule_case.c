/* The DMARC rule as rows: whose record applies, and what it comes to. */
#include "base/error.h"
#include "names/suffix.h"
#include "rule/dmarc.h"
#include "rule/rule_case.h"
#include "unit.h"

static const char *
or_dash(const char *text)
{
	return text == NULL ? "-" : text;
}

/* ---- dmarc: STEPS ORGANIZATIONAL LOCATION APPLYING [transient STATUS] */

static void
run_dmarc(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	static const char *const locations[] = { "none", "own", "org", "psd" };
	struct dmarc_result dmarc;

	dmarc_evaluate(facts, subject, arena, &dmarc);
	strbuf_printf(out, "%zu org=%s %s", dmarc.walk.count, or_dash(dmarc.walk.organizational),
	    locations[dmarc.location]);
	if (dmarc.applying != NULL)
		strbuf_printf(out, " %s", dmarc.applying->name);
	if (dmarc.walk.transient != NULL)
		strbuf_printf(out, "; transient %s", dns_status_text(dmarc.walk.transient->status));
}

const struct rule_row rule_dmarc = { "dmarc", run_dmarc };

/* ---- dmarc_policy: see dmarc_policy_cases.h */

static const struct suffix_list *
suffixes(void)
{
	static struct suffix_list *list;
	struct error error;

	if (list == NULL && suffix_list_open(NULL, &list, &error) != 0)
		fail_msg("%s", error.text);
	return list;
}

static void
write_host(const struct dmarc_report_host *host, struct strbuf *out)
{
	static const char *const authorities[] = {
		[DMARC_AUTHORITY_UNKNOWN] = "unknown",
		[DMARC_INSIDE] = "inside",
		[DMARC_AUTHORISED] = "authorised",
		[DMARC_NOT_AUTHORISED] = "refused",
		[DMARC_REDIRECTED] = "redirected",
		[DMARC_UNASKABLE] = "unaskable",
	};
	static const char *const takes[] = { "takes", "not", "unknown" };

	strbuf_printf(
	    out, "; %s %s %s", host->name, authorities[host->authority], takes[host->takes]);
	if (host->registration.state == REGISTRATION_FREE)
		strbuf_printf(out, " free %s", host->registration.domain);
}

static void
write_policies(const struct dmarc_result *dmarc, struct strbuf *out)
{
	for (int name = 0; name < DMARC_NAME_COUNT; name++)
		strbuf_printf(out, "%s%s", name > 0 ? " " : "",
		    name > 0 && !dmarc_below_known(dmarc)
			? "?"
			: or_dash(dmarc_policy_text(dmarc->effective[name])));
}

static void
run_policy(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	const struct run_facts *before = facts->run;
	struct run_facts run = *before;
	struct dmarc_result dmarc;

	run.suffixes = suffixes();
	facts->run = &run;
	dmarc_evaluate(facts, subject, arena, &dmarc);
	facts->run = before;
	write_policies(&dmarc, out);
	strbuf_printf(out, "; older %s %s", or_dash(dmarc.older.organizational),
	    or_dash(dmarc_policy_text(dmarc.older.policy)));
	if (dmarc.older.location != NULL)
		strbuf_printf(out, " by %s", dmarc.older.location);
	if (dmarc.older.unanswered != NULL)
		strbuf_add_string(out, " unanswered");
	for (size_t i = 0; i < dmarc.reports.count; i++)
		write_host(&dmarc.reports.hosts[i], out);
	if (dmarc.reports.left > 0)
		strbuf_printf(out, "; left %zu", dmarc.reports.left);
	if (dmarc.alias_target.state == REGISTRATION_FREE)
		strbuf_printf(out, "; alias to free %s", dmarc.alias_target.domain);
}

const struct rule_row rule_dmarc_policy = { "dmarc_policy", run_policy };
