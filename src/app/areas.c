/* The names of areas, and which of them --depth, --only and --skip choose. */
#include "app/areas.h"

#include "base/arena.h"
#include "base/log.h"
#include "rule/evaluation.h"
#include "score/check.h"

#include <string.h>

const char *const option_areas[] = {
	"domain",
	"delegation",
	"soa",
	"dnssec",
	"mx",
	"host",
	"ptr",
	"spf",
	"dkim",
	"dmarc",
	"mta_sts",
	"tls_rpt",
	"bimi",
	"dane",
	"smtp",
	"tls",
	"relay",
	"dnsbl",
	"policy",
	"run",
	NULL,
};

struct scorecard_options
areas_selected(const struct options *options)
{
	return (struct scorecard_options){
		.only = { (const char *const *)options->only.at, options->only.count },
		.skip = { (const char *const *)options->skip.at, options->skip.count },
		.deep = options->deep != 0,
	};
}

bool
areas_need_sessions(const struct options *options)
{
	const struct scorecard_options areas = areas_selected(options);

	return scorecard_area_selected(&areas, "smtp") || scorecard_area_selected(&areas, "tls") ||
	    (areas.only.count > 0 &&
		(scorecard_area_selected(&areas, "dane") ||
		    scorecard_area_selected(&areas, "relay")));
}

void
areas_warn(const struct options *options)
{
	for (size_t i = 0; i < options->only.count; i++)
		if (check_area_find(options->only.at[i]) == NULL)
			log_warn("--only %s: this version has no checks of that area; `mxsweep "
				 "checks` lists what "
				 "it has",
			    options->only.at[i]);
}

static bool
is_wanted(const struct gather_rule *rule, const struct scorecard_options *areas, bool dry_run)
{
	if (dry_run && !rule->reaches)
		return false;
	return rule->deep_area == NULL ||
	    scorecard_deep_selected(areas, check_area_find(rule->deep_area));
}

const struct gather_rule *
areas_rules(
    const struct scorecard_options *areas, bool dry_run, struct arena *arena, size_t *count_out)
{
	struct gather_rule *rules = arena_zeroed(arena, gather_rule_count, sizeof *rules);

	*count_out = 0;
	for (size_t i = 0; i < gather_rule_count; i++)
		if (is_wanted(&gather_rules[i], areas, dry_run))
			rules[(*count_out)++] = gather_rules[i];
	return rules;
}
