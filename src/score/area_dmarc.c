/* Area dmarc: the record that applies to the domain. */
#include "base/arena.h"
#include "score/check.h"

/* Nothing is known of the record while a question of the walk, or of the domain, has no answer. */
static struct finding
without_record(const struct judged *j, struct finding otherwise)
{
	const struct dns_answer *walk = j->e->dmarc.transient;
	const struct dns_answer *unanswered = walk != NULL ? walk : j->e->existence_unknown;

	return unanswered != NULL ? finding_of_dns(unanswered) : otherwise;
}

static struct finding
judge_present(const struct judged *j)
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

static struct finding
judge_single(const struct judged *j)
{
	const struct dmarc_step *own = &j->e->dmarc.steps[0];

	if (!dns_is_answer(own->answer))
		return finding_of_dns(own->answer);
	if (own->records == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return own->records == 1
	    ? finding_pass(NULL)
	    : finding_fail(arena_printf(j->arena, "%zu records", own->records));
}

static const struct tag *
repeated_tag(const struct tag_list *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		if (tags->tags[i].repeated_any_case)
			return &tags->tags[i];
	return NULL;
}

static struct finding
judge_tag_list(const struct judged *j)
{
	static const char *const known[] = { "v", "p", "sp", "np", "rua", "ruf", "adkim", "aspf",
		"fo", "psd", "t", "pct", "rf", "ri" };
	const struct dmarc_result *dmarc = &j->e->dmarc;
	const struct tag *repeated = repeated_tag(&dmarc->tags);
	size_t found = 0;

	if (dmarc->applying == NULL)
		return without_record(j, finding_not_applicable(CAUSE_PREREQUISITE_FAILED));
	if (repeated != NULL)
		return finding_fail(arena_printf(j->arena, "%s= is given twice", repeated->name));
	if (dmarc->tags.malformed > 0)
		return finding_warn(arena_printf(
		    j->arena, "`%.60s` is no tag=value", dmarc->tags.first_malformed.text));
	if (dmarc->tags.upper_case > 0)
		return finding_warn("a tag name in upper case");
	if (dmarc->tags.empty > 0)
		return finding_warn("an empty part between semicolons");
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		found += tag_list_find(&dmarc->tags, known[i]) != NULL;
	return found == dmarc->tags.count ? finding_pass(NULL)
					  : finding_info("unknown tags are ignored");
}

/* The first policy tag that is missing or bad, as text; NULL when all is well. */
static const char *
policy_problem(const struct judged *j)
{
	static const char *const others[] = { "sp", "np" };
	const struct tag_list *tags = &j->e->dmarc.tags;
	const struct tag *p = tag_list_find_any_case(tags, "p");

	if (p == NULL)
		return "p= is missing";
	if (dmarc_policy_word(p) == NULL)
		return arena_printf(j->arena, "p=%.40s is no policy", p->value);
	for (size_t i = 0; i < 2; i++) {
		const struct tag *tag = tag_list_find_any_case(tags, others[i]);

		if (tag != NULL && dmarc_policy_word(tag) == NULL)
			return arena_printf(
			    j->arena, "%s=%.40s is no policy", others[i], tag->value);
	}
	return NULL;
}

static struct finding
judge_policy_valid(const struct judged *j)
{
	const struct dmarc_result *dmarc = &j->e->dmarc;
	const char *problem;

	if (dmarc->applying == NULL)
		return without_record(j, finding_not_applicable(CAUSE_PREREQUISITE_FAILED));
	problem = policy_problem(j);
	if (problem == NULL)
		return finding_pass(dmarc_policy_word(tag_list_find_any_case(&dmarc->tags, "p")));
	return dmarc_has_report_uri(dmarc) ? finding_warn(problem) : finding_fail(problem);
}

static const struct check checks[] = {
	{ .id = "dmarc.present",
	    .class = CLASS_CRITICAL,
	    .point = POINT_DMARC,
	    .judge = judge_present,
	    .title = "A DMARC record applies",
	    .rule = "pass: a record of the domain, of its organizational domain or of a public "
		    "suffix. fail: "
		    "none found by the whole walk, confirmed",
	    .advice = "Publish DMARC: `_dmarc.{d}. TXT \"v=DMARC1; p=none; rua=mailto:...\"`",
	    .ref = "RFC 9989 4.10.1" },
	{ .id = "dmarc.single",
	    .class = CLASS_CRITICAL,
	    .point = POINT_DMARC,
	    .judge = judge_single,
	    .title = "There is exactly one DMARC record",
	    .rule = "pass: one at _dmarc of the domain. fail: two or more: all are discarded",
	    .advice = "Keep one DMARC record at _dmarc.{d}",
	    .ref = "RFC 9989 4.10" },
	{ .id = "dmarc.tag-list",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = judge_tag_list,
	    .title = "The DMARC record is well-formed",
	    .rule = "pass: each tag once. info: unknown tags. warn: a part that is no tag=value, "
		    "upper-case "
		    "tag names, empty parts. fail: the same tag twice",
	    .advice = "Correct the DMARC record: {value}",
	    .ref = "RFC 9989 4.7, 4.8; RFC 6376 3.2" },
	{ .id = "dmarc.policy-valid",
	    .class = CLASS_CRITICAL,
	    .point = POINT_DMARC,
	    .judge = judge_policy_valid,
	    .title = "The DMARC policy is a policy",
	    .rule = "pass: a valid p=, and sp= and np= absent or valid. warn: otherwise, while "
		    "rua= has a "
		    "valid URI: it acts as none. fail: otherwise",
	    .advice = "Write p=none, p=quarantine or p=reject: {value}",
	    .ref = "RFC 9989 4.10.1" },
};

const struct check_area area_dmarc = { "dmarc", checks, sizeof checks / sizeof checks[0], NULL };
