/* What is said of a DMARC record by itself. */
#include "score/dmarc_judges.h"

#include "base/arena.h"
#include "names/suffix.h"
#include "rule/alias.h"
#include "rule/spf_record.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Nothing is known of the record while a question of the walk, or of the domain, has no answer. */
static struct finding
without_record(const struct judged *j, struct finding otherwise)
{
	const struct dns_answer *walk = j->e->dmarc.walk.transient;
	const struct dns_answer *unanswered = walk != NULL ? walk : j->e->existence_unknown;

	return unanswered != NULL ? finding_of_dns(unanswered) : otherwise;
}

bool
dmarc_has_no_record(const struct judged *j, struct finding *out)
{
	if (j->e->dmarc.applying != NULL)
		return false;
	*out = without_record(j, finding_after("dmarc.present"));
	return true;
}

const char *
dmarc_located(const struct judged *j, const char *text)
{
	const struct dmarc_result *dmarc = &j->e->dmarc;

	if (dmarc->location == DMARC_OWN)
		return text;
	return arena_printf(j->arena, "%s (by _dmarc.%s)", text, dmarc->applying->name);
}

struct finding
dmarc_judge_present(const struct judged *j)
{
	static const char *const places[] = {
		[DMARC_OWN] = "own",
		[DMARC_ORG] = "org",
		[DMARC_PSD] = "psd",
	};
	const struct dmarc_result *dmarc = &j->e->dmarc;

	if (dmarc->applying == NULL)
		return without_record(j, finding_fail(NULL));
	return finding_pass(arena_printf(
	    j->arena, "%s, _dmarc.%s", places[dmarc->location], dmarc->applying->name));
}

struct finding
dmarc_judge_single(const struct judged *j)
{
	const struct dmarc_step *own = &j->e->dmarc.walk.steps[0];

	if (!dns_is_answer(own->answer))
		return finding_of_dns(own->answer);
	if (own->records == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return own->records == 1
	    ? finding_pass(NULL)
	    : finding_fail(arena_printf(j->arena, "%zu records", own->records));
}

/* ---- texts that are no record, and records where nobody looks */

static bool
holds(const struct dns_record *record, const char *word)
{
	size_t length = strlen(word);

	for (size_t at = 0; at + length <= record->length; at++)
		if (strncasecmp(record->text + at, word, length) == 0)
			return true;
	return false;
}

/* Not in any text that names DMARC: proofs of ownership do that too. */
static bool
was_meant(const struct dns_record *record)
{
	return holds(record, "dmarc1") || holds(record, "v=dmarc") ||
	    spf_record_is(record->text, record->length);
}

static const char *
evidence(const struct judged *j, const struct dns_record *record)
{
	return arena_string_n(j->arena, record->text, record->length);
}

struct finding
dmarc_judge_near_miss(const struct judged *j)
{
	const struct dmarc_step *own = &j->e->dmarc.walk.steps[0];
	const struct dns_record *foreign = NULL;

	if (!dns_is_answer(own->answer))
		return finding_of_dns(own->answer);
	for (size_t i = 0; i < own->answer->count; i++) {
		const struct dns_record *record = &own->answer->records[i];

		if (dmarc_record_is(record->text, record->length))
			continue;
		if (own->records == 0 && was_meant(record))
			return finding_fail(evidence(j, record));
		if (foreign == NULL)
			foreign = record;
	}
	return foreign == NULL ? finding_pass(NULL) : finding_warn(evidence(j, foreign));
}

/* A wildcard puts the domain's own text everywhere: that was not meant. */
static bool
holds_another(const struct dns_answer *answer, const struct dmarc_step *own)
{
	for (size_t i = 0; i < answer->count; i++) {
		const struct dns_record *record = &answer->records[i];

		if (dmarc_record_is(record->text, record->length) &&
		    (own->text == NULL || own->length != record->length ||
			memcmp(own->text, record->text, own->length) != 0))
			return true;
	}
	return false;
}

struct finding
dmarc_judge_misplaced(const struct judged *j)
{
	const struct dmarc_step *own = &j->e->dmarc.walk.steps[0];
	const struct {
		const struct dns_answer *answer;
		const char *prefix;
		bool may_be_meant; /* the name may have a policy of its own */
	} places[] = {
		{ j->e->spf.answer, "", false },
		{ j->e->dmarc_misplaced.nested, "_dmarc._dmarc.", false },
		{ j->e->dmarc_misplaced.www, "_dmarc.www.", own->records > 0 },
	};
	struct finding finding = finding_pass(NULL);

	if (!dns_is_answer(own->answer))
		return finding_of_dns(own->answer);
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (!dns_is_answer(places[i].answer))
			finding = finding_of_dns(places[i].answer);
		else if (!places[i].may_be_meant && holds_another(places[i].answer, own))
			return finding_warn(
			    arena_printf(j->arena, "at %s%s", places[i].prefix, j->e->domain));
	}
	return finding;
}

/* ---- the tags */

static const struct tag *
repeated_tag(const struct tag_list *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		if (tags->tags[i].repeated_any_case)
			return &tags->tags[i];
	return NULL;
}

/* What the grammar does not allow; receivers skip it. NULL when there is nothing. */
static const char *
untidiness(const struct judged *j, const struct tag_list *tags)
{
	if (tags->malformed > 0)
		return arena_printf(
		    j->arena, "`%.60s` is no tag=value", tags->first_malformed.text);
	if (tags->too_many)
		return arena_printf(
		    j->arena, "more than %d tags: the others were not read", TAG_LIST_MAX);
	if (tags->upper_case > 0)
		return "a tag name in upper case";
	return tags->empty > 0 ? "an empty part between semicolons" : NULL;
}

struct finding
dmarc_judge_tag_list(const struct judged *j)
{
	static const char *const known[] = { "v", "p", "sp", "np", "rua", "ruf", "adkim", "aspf",
		"fo", "psd", "t", "pct", "rf", "ri" };
	const struct tag_list *tags = &j->e->dmarc.record.tags;
	const struct tag *repeated = repeated_tag(tags);
	struct finding settled;
	const char *problem;
	size_t found = 0;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	if (repeated != NULL)
		return finding_fail(dmarc_located(
		    j, arena_printf(j->arena, "%.60s= is given twice", repeated->name)));
	problem = untidiness(j, tags);
	if (problem != NULL)
		return finding_warn(dmarc_located(j, problem));
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		found += tag_list_find(tags, known[i]) != NULL;
	return found == tags->count ? finding_pass(NULL)
				    : finding_info(dmarc_located(j, "unknown tags are ignored"));
}

static const struct tag *
tag_of(const struct judged *j, const char *name)
{
	return tag_list_find_any_case(&j->e->dmarc.record.tags, name);
}

static const char *
quoted(const struct judged *j, const struct tag *tag)
{
	return dmarc_located(j, arena_printf(j->arena, "%s=%.60s", tag->name, tag->value));
}

struct finding
dmarc_judge_psd(const struct judged *j)
{
	const struct tag *psd = tag_of(j, "psd");
	struct finding settled;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	if (psd == NULL || strcasecmp(psd->value, "u") == 0)
		return finding_pass(NULL);
	if (strcasecmp(psd->value, "y") != 0)
		return finding_info(quoted(j, psd));
	if (j->e->run->suffixes == NULL)
		return finding_untested(REASON_NO_DATA_FILE);
	return suffix_list_is_public(j->e->run->suffixes, j->e->dmarc.applying->name)
	    ? finding_pass(quoted(j, psd))
	    : finding_warn(quoted(j, psd));
}

/* Older receivers apply the policy to a sample; the value must be a number up to 100. */
static bool
is_whole(const struct tag *percent)
{
	size_t digits = strspn(percent->value, "0123456789");

	return digits > 0 && digits == percent->value_length &&
	    strtoul(percent->value, NULL, 10) == 100;
}

struct finding
dmarc_judge_obsolete_tags(const struct judged *j)
{
	static const char *const names[] = { "pct", "rf", "ri" };
	const struct tag *percent = tag_of(j, "pct");
	const char *list = NULL;
	struct finding settled;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const struct tag *tag = tag_of(j, names[i]);

		if (tag != NULL)
			list = arena_printf(j->arena, "%s%s%s=%.60s", list == NULL ? "" : list,
			    list == NULL ? "" : " ", tag->name, tag->value);
	}
	if (list == NULL)
		return finding_pass(NULL);
	list = dmarc_located(j, list);
	return percent == NULL || is_whole(percent) ? finding_info(list) : finding_warn(list);
}

/* ---- alignment and failure reports */

static bool
is_mode(const struct tag *tag)
{
	return strcasecmp(tag->value, "r") == 0 || strcasecmp(tag->value, "s") == 0;
}

/* Words separated by colons: each of 0, 1, d and s at most once, 0 and 1 not both. */
static bool
is_failure_options(const char *text)
{
	static const char options[] = "01ds";
	bool seen[sizeof options - 1] = { false };

	for (;;) {
		const char *option;

		text += strspn(text, " \t");
		option = *text == '\0' ? NULL : strchr("01dsDS", *text);
		if (option == NULL)
			return false;
		option = strchr(options, *text | (*text >= 'A' ? 0x20 : 0));
		if (seen[option - options])
			return false;
		seen[option - options] = true;
		text += 1 + strspn(text + 1, " \t");
		if (*text == '\0')
			return !seen[0] || !seen[1];
		if (*text++ != ':')
			return false;
	}
}

struct finding
dmarc_judge_alignment_tags(const struct judged *j)
{
	static const char *const modes[] = { "adkim", "aspf" };
	const struct tag *options = tag_of(j, "fo");
	struct finding settled;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		const struct tag *mode = tag_of(j, modes[i]);

		if (mode != NULL && !is_mode(mode))
			return finding_warn(quoted(j, mode));
	}
	if (options == NULL)
		return finding_pass(NULL);
	if (!is_failure_options(options->value))
		return finding_warn(quoted(j, options));
	return j->e->dmarc.record.ruf.tag != NULL
	    ? finding_pass(NULL)
	    : finding_info(dmarc_located(j, "fo= without ruf= has no effect"));
}

/* ---- an alias in place of a record */

static const char *
alias_text(const struct judged *j, const struct dns_answer *answer)
{
	const struct registration *target = &j->e->dmarc.alias_target;
	bool free = target->state == REGISTRATION_FREE || target->state == REGISTRATION_PERHAPS;

	return free ? arena_printf(j->arena, "%s, and %s is not registered", answer->canonical,
			  target->domain)
		    : answer->canonical;
}

struct finding
dmarc_judge_cname_target(const struct judged *j)
{
	const struct dns_answer *answer = j->e->dmarc.walk.steps[0].answer;

	if (!dns_is_answer(answer))
		return finding_of_dns(answer);
	if (answer->aliases == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return alias_dangles(answer) ? finding_fail(alias_text(j, answer))
				     : finding_pass(answer->canonical);
}
