/* The areas in their order, and the words of the table. */
#include "score/check.h"

#include "base/arena.h"

#include "names/provider.h"
#include "names/suffix.h"

#include <string.h>

const struct check_area *const check_areas[] = {
	&area_domain,
	&area_dnssec,
	&area_mx,
	&area_host,
	&area_ptr,
	&area_spf,
	&area_dkim,
	&area_dmarc,
	&area_mta_sts,
	&area_tls_rpt,
	&area_bimi,
	&area_dane,
	&area_smtp,
	&area_tls,
	&area_relay,
	&area_dnsbl,
	&area_policy,
	&area_run,
	NULL,
};

const char *
point_text(enum point point)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		POINT_MAP(X)
#undef X
	};

	return texts[point];
}

const struct check_area *
check_area_find(const char *name)
{
	for (size_t i = 0; check_areas[i] != NULL; i++)
		if (strcmp(check_areas[i]->name, name) == 0)
			return check_areas[i];
	return NULL;
}

const struct check *
check_find(const char *id)
{
	for (size_t area = 0; check_areas[area] != NULL; area++)
		for (size_t i = 0; i < check_areas[area]->count; i++)
			if (strcmp(check_areas[area]->checks[i].id, id) == 0)
				return &check_areas[area]->checks[i];
	return NULL;
}

bool
judged_names_related(const struct judge_tables *tables, const char *a, const char *b)
{
	const struct provider *one = providers_match(tables->providers, a);
	const struct provider *other = providers_match(tables->providers, b);

	if (one != NULL && other != NULL && strcmp(one->name, other->name) == 0)
		return true;
	return suffix_related(tables->suffixes, a, b);
}

const char *
judged_relation_value(const struct judged *j, const char *name)
{
	return j->tables->suffixes != NULL ? name : arena_printf(j->arena, "%s (approx)", name);
}

struct finding
judged_registration(const struct registration *registration, const char *value)
{
	switch (registration->state) {
	case REGISTRATION_FREE:
		return finding_fail(value);
	case REGISTRATION_PERHAPS:
		return finding_warn(value);
	case REGISTRATION_NO_LIST:
		return finding_untested(REASON_NO_DATA_FILE);
	case REGISTRATION_UNKNOWN:
		return dns_is_answer(registration->answer)
		    ? finding_untested_value(REASON_UNCONFIRMED, value)
		    : finding_of_dns(registration->answer);
	case REGISTRATION_EXISTS:
		break;
	}
	return finding_pass(NULL);
}

bool
judged_without_address(const struct judged *j, struct finding *out)
{
	const struct mx_host *host = j->host;

	if (host->beyond_budget)
		*out = finding_untested(REASON_BUDGET);
	else if (host->looked_up && !dns_is_answer(mx_host_answer(host)))
		*out = finding_of_dns(mx_host_answer(host));
	else if (host->addresses_published == 0)
		*out = finding_after("mx.target-resolves");
	else
		return false;
	return true;
}

const char *
check_stage_text(enum check_stage stage)
{
	static const char *const texts[] = { "core", "deep", "opt-in" };

	return texts[stage];
}

const char *check_class_text(enum check_class class)
{
	static const char *const texts[] = { "none", "minor", "major", "critical" };

	return texts[class];
}

unsigned check_weight(enum check_class class)
{
	static const unsigned weights[] = { 0, 5, 15, 40 };

	return weights[class];
}

const char *
check_subject_text(enum check_subject subject)
{
	static const char *const texts[] = {
		[OF_DOMAIN] = "domain",
		[OF_HOST] = "mx host",
		[OF_ADDRESS] = "address",
		[OF_ANY_ADDRESS] = "address",
		[OF_RUN] = "run",
		[OF_LISTED_ADDRESS] = "list and address",
		[OF_LISTED_NAME] = "list",
		[OF_LISTED_HOST] = "list and domain of an mx host",
		[OF_SELECTOR] = "selector",
	};

	return texts[subject];
}

bool
judged_is_stood_for(const struct judged *judged, struct finding *out)
{
	if (!judged->address->stand_in.wanted)
		return false;
	*out = finding_untested(REASON_PROVIDER_SAMPLED);
	return true;
}
