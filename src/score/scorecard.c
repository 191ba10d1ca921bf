/* From findings to one row: subjects to checks, checks to the scorecard. */
#include "score/scorecard.h"

#include "base/arena.h"
#include "score/profile.h"
#include "score/subjects.h"
#include "score/waiver.h"
#include "score/weights.h"

#include <assert.h>
#include <string.h>

/* ---- from subjects to the check */

static struct finding
judge_subject(const struct check_area *area, const struct check *check, const struct judged *judged)
{
	struct finding finding;

	if (area->gate == NULL || !area->gate(judged, &finding))
		finding = check->judge(judged);
	if ((area == &area_smtp || area == &area_tls) && judged->address != NULL &&
	    judged->address->stand_in.wanted && outcome_is_tested(finding.outcome))
		finding.basis = judged->address->stand_in.basis;
	finding.value = scorecard_evidence(finding.value, judged->arena);
	return finding;
}

/* Some good subject turns failures of the others into warnings: mail gets through all the same. */
static void
apply_redundancy(struct check_result *result, struct subject_finding *findings)
{
	bool good = false;

	for (size_t i = 0; i < result->subject_count; i++)
		good = good || findings[i].finding.outcome <= OUTCOME_INFO;
	for (size_t i = 0; good && i < result->subject_count; i++)
		if (findings[i].finding.outcome == OUTCOME_FAIL)
			findings[i].finding.outcome = OUTCOME_WARN;
}

/* The reason that most untested subjects give; of equals the first, as when none is untested. */
static const struct subject_finding *
most_frequent(const struct check_result *result)
{
	const struct subject_finding *best = &result->subjects[0];
	size_t best_count = 0;

	for (size_t i = 0; i < result->subject_count; i++) {
		const struct subject_finding *one = &result->subjects[i];
		size_t count = 0;

		if (one->finding.outcome != OUTCOME_NOT_TESTED)
			continue;
		for (size_t k = 0; k < result->subject_count; k++)
			count += result->subjects[k].finding.outcome == OUTCOME_NOT_TESTED &&
			    result->subjects[k].finding.reason == one->finding.reason;
		if (count > best_count) {
			best = one;
			best_count = count;
		}
	}
	return best;
}

/* What nobody asked for lowers neither score nor confidence. */
static bool
was_asked_for(const struct finding *finding)
{
	return finding->outcome != OUTCOME_NOT_TESTED ||
	    (finding->reason != REASON_SKIPPED && finding->reason != REASON_OPT_IN_OFF &&
		finding->reason != REASON_NOT_OWN_HOST);
}

static void
decide(struct check_result *result)
{
	const struct subject_finding *worst = NULL;
	bool flap = false;

	for (size_t i = 0; i < result->subject_count; i++) {
		const struct subject_finding *one = &result->subjects[i];
		enum outcome outcome = one->finding.outcome;

		flap = flap || one->finding.flap;
		result->applicable +=
		    outcome != OUTCOME_NOT_APPLICABLE && was_asked_for(&one->finding);
		result->tested += outcome_is_tested(outcome);
		if (outcome_is_tested(outcome) &&
		    (worst == NULL || outcome_is_worse(outcome, worst->finding.outcome)))
			worst = one;
	}
	if (worst == NULL)
		worst = most_frequent(result);
	result->decided_by = worst;
	result->finding = worst->finding;
	result->finding.flap = flap;
}

/* A check without subjects: why are there none? */
static struct finding
no_subjects(const struct check_area *area, const struct check *check, const struct judged *judged)
{
	const struct evaluation *e = judged->e;
	struct finding settled;

	if (area->gate != NULL && area->gate(judged, &settled))
		return settled;
	if (check->subject == OF_LISTED_NAME ||
	    (check->subject == OF_LISTED_HOST && e->listed_hosts.count > 0) ||
	    (check->subject == OF_LISTED_ADDRESS && e->run->list_count == 0))
		return finding_untested(REASON_NOT_RECORDED);
	if (check->subject == OF_LISTED_HOST && e->mx.host_count > 0)
		return finding_not_applicable(CAUSE_PROVIDER_MANAGED);
	if (check->subject == OF_SELECTOR)
		return finding_untested(REASON_NO_SELECTOR_KNOWN);
	if (e->mx.mx != NULL && !dns_is_answer(e->mx.mx))
		return finding_of_dns(e->mx.mx);
	for (size_t i = 0; i < e->mx.host_count; i++) {
		if (!e->mx.hosts[i].looked_up)
			continue;
		if (dns_is_left_out(e->mx.hosts[i].a))
			return finding_of_dns(e->mx.hosts[i].a);
		if (dns_is_left_out(e->mx.hosts[i].aaaa))
			return finding_of_dns(e->mx.hosts[i].aaaa);
		if (!dns_is_answer(e->mx.hosts[i].a) || !dns_is_answer(e->mx.hosts[i].aaaa))
			return finding_untested(REASON_PREREQUISITE);
	}
	if (e->mx.host_count > 0)
		return finding_after("mx.target-resolves");
	return finding_not_applicable(role_receives(e->role) ? CAUSE_NO_TARGET : CAUSE_ROLE);
}

/* What settles a check before its area is asked; false when nothing does. */
static bool
settled_for_row(
    const struct check *check, const struct evaluation *e, bool selected, struct finding *out)
{
	if (!selected)
		*out = finding_untested(REASON_SKIPPED);
	else if (check->stage == STAGE_OPT_IN && !check->own_option &&
	    !run_opted_in(e->run, check->id))
		*out = finding_untested(REASON_OPT_IN_OFF);
	else if (check->always)
		return false;
	else if (e->domain == NULL)
		*out = finding_untested(REASON_INVALID_INPUT);
	else if (e->missing)
		*out = finding_not_applicable(CAUSE_NO_TARGET);
	else
		return false;
	return true;
}

static struct subject_finding *
judge_subjects(
    const struct check_area *area, const struct check *check, const struct subjects *subjects)
{
	struct arena *arena = subjects->judged[0].arena;
	size_t size = subjects->count * sizeof *subjects->named;
	struct subject_finding *findings = arena_bytes(arena, size);

	memcpy(findings, subjects->named, size);
	for (size_t i = 0; i < subjects->count; i++) {
		struct judged judged = subjects->judged[i];

		judged.check = check;
		findings[i].finding = judge_subject(area, check, &judged);
	}
	return findings;
}

static void
judge_check(const struct check_area *area, const struct check *check, struct judging *judging,
    bool selected, struct check_result *result)
{
	const struct subjects *subjects;
	struct subject_finding *findings;

	result->check = judging->judged.check = check;
	if (settled_for_row(check, judging->judged.e, selected, &result->finding)) {
		result->applicable = result->finding.outcome != OUTCOME_NOT_APPLICABLE;
		return;
	}
	subjects = subjects_of(judging, check->subject);
	if (subjects->count == 0) {
		result->finding = no_subjects(area, check, &judging->judged);
		result->applicable = result->finding.outcome != OUTCOME_NOT_APPLICABLE;
		return;
	}
	result->subjects = findings = judge_subjects(area, check, subjects);
	result->subject_count = subjects->count;
	if (check->redundant)
		apply_redundancy(result, findings);
	decide(result);
}

/* Core checks are; so is what has an option of its own, where it ran. */
static bool
counts_for_score(const struct check_result *result)
{
	const struct check *check = result->check;

	return result->in_set &&
	    (check->stage == STAGE_CORE || (check->own_option && result->tested > 0));
}

void
scorecard_make(const struct evaluation *e, const struct judge_tables *tables,
    const struct scorecard_options *options, struct arena *arena, struct scorecard *out)
{
	struct judging judging = { .judged = { .e = e, .tables = tables, .arena = arena } };

	memset(out, 0, sizeof *out);
	out->e = e;
	out->deep = options->deep;
	out->weights = weights_digest(options->weights);
	for (size_t a = 0; check_areas[a] != NULL; a++) {
		const struct check_area *area = check_areas[a];
		bool selected[] = { [STAGE_CORE] = scorecard_area_selected(options, area->name),
			[STAGE_DEEP] = scorecard_deep_selected(options, area),
			[STAGE_OPT_IN] = scorecard_area_selected(options, area->name) };

		for (size_t i = 0; i < area->count; i++) {
			if (area->checks[i].subject == OF_RUN)
				continue;
			struct check_result *result = &out->results[out->count++];

			assert(out->count <= CHECKS_MAX);
			judge_check(area, &area->checks[i], &judging,
			    selected[area->checks[i].stage], result);
			result->in_set = was_asked_for(&result->finding);
			result->scored = counts_for_score(result);
		}
	}
	out->waivers = waivers_of_row(options->waivers, e, arena);
	waivers_apply(out, arena);
	scorecard_rate(out, options->weights);
	out->profile_count = profiles_count(options->profiles);
	if (out->profile_count > 0)
		out->profiles =
		    profiles_judge(options->profiles, out, tables, options->run_rows, arena);
}
