/* What profiles say of a row. */
#include "score/profile.h"

#include "base/arena.h"
#include "names/suffix.h"
#include "score/run_rows.h"

#include <string.h>

enum { PREREQUISITES_MAX = 4 }; /* one that failed for another one that failed, ... */

/* A row that is looked at with the eyes of a profile. */
struct looking {
	const struct profile *profile;
	const struct scorecard *card;
	const struct run_rows *run_rows;
	struct arena *arena;
};

/* What was found of a check, among the subjects that count here. */
struct view {
	struct finding finding;
	size_t subjects; /* that count; 0 for a check without subjects too */
	bool test_holds; /* of all that were tested */
};

static bool
is_about_address(const struct check *check)
{
	return check->subject == OF_ADDRESS || check->subject == OF_ANY_ADDRESS ||
	    check->subject == OF_LISTED_ADDRESS;
}

static bool
is_sending(const struct evaluation *e, const char *ip)
{
	for (size_t i = 0; i < e->address_count; i++)
		if (e->addresses[i].text == ip)
			return e->addresses[i].use > USE_RECEIVING;
	return true;
}

static bool
is_own(const struct evaluation *e, const char *host)
{
	return host != NULL && visit_leave_own(e->run, host) != VISIT_NOT_OWN;
}

static bool
counts(const struct looking *l, const struct profile_rule *rule, const struct check_result *result,
    const struct subject_finding *subject)
{
	const struct evaluation *e = l->card->e;

	if (l->profile->sending_addresses && is_about_address(result->check) &&
	    !is_sending(e, subject->ip))
		return false;
	switch (rule->scope) {
	case SCOPE_OWN:
		return is_own(e, subject->host);
	case SCOPE_IPV6:
		return subject->ip == NULL || strchr(subject->ip, ':') != NULL;
	case SCOPE_ALL:
		break;
	}
	return true;
}

/* Of what was not tested one that was asked and did not answer says more than one that does not
 * arise. */
static bool
says_more(enum outcome outcome, enum outcome than)
{
	if (outcome_is_tested(outcome) && outcome_is_tested(than))
		return outcome_is_worse(outcome, than);
	return outcome < than;
}

static void
add_view(const struct looking *l, const struct profile_rule *rule,
    const struct subject_finding *subject, struct view *view)
{
	enum outcome outcome = subject->finding.outcome;

	if (view->subjects++ == 0 || says_more(outcome, view->finding.outcome))
		view->finding = subject->finding;
	if (outcome_is_tested(outcome) && view->test_holds)
		view->test_holds = profile_test_holds(&rule->test, l->card->e, subject, l->arena);
}

static void
view_run(const struct looking *l, const struct check *check, struct view *view)
{
	view->finding = finding_untested(REASON_NOT_RECORDED);
	for (size_t i = 0; l->run_rows != NULL && i < l->run_rows->count; i++) {
		const struct run_row *row = &l->run_rows->at[i];

		if (row->check == check &&
		    (view->subjects++ == 0 ||
			says_more(row->finding.outcome, view->finding.outcome)))
			view->finding = row->finding;
	}
}

static void
view_result(const struct looking *l, const struct profile_rule *rule,
    const struct check_result *result, struct view *view)
{
	const struct subject_finding whole = { .subject = l->card->e->domain,
		.finding = result->finding };

	*view = (struct view){ .finding = result->finding, .test_holds = true };
	if (result->subject_count == 0 || result->finding.reason == CAUSE_WAIVED) {
		add_view(l, rule, &whole, view);
		view->subjects = 0;
		return;
	}
	for (size_t i = 0; i < result->subject_count; i++)
		if (counts(l, rule, result, &result->subjects[i]))
			add_view(l, rule, &result->subjects[i], view);
	if (view->subjects == 0)
		view->finding = finding_not_applicable(CAUSE_NO_TARGET);
}

static const struct check_result *
result_named(const struct scorecard *card, const char *id)
{
	for (size_t i = 0; id != NULL && i < card->count; i++)
		if (strcmp(card->results[i].check->id, id) == 0)
			return &card->results[i];
	return NULL;
}

/* What could only repeat the failure of another check counts as that one's outcome. */
static void
follow_prerequisites(const struct looking *l, const struct profile_rule *rule, struct view *view)
{
	struct profile_rule other = *rule;

	other.test.value = NULL;
	for (int i = 0; i < PREREQUISITES_MAX; i++) {
		const struct check_result *result;

		if (view->finding.reason != CAUSE_PREREQUISITE_FAILED)
			return;
		result = result_named(l->card, view->finding.named);
		if (result == NULL) {
			view->finding = finding_fail(NULL);
			return;
		}
		view_result(l, &other, result, view);
	}
}

/* Nobody owns a host: then what is about own hosts is about none. */
static bool
is_left_out(const struct looking *l, const struct profile_rule *rule, const struct view *view)
{
	return rule->scope == SCOPE_OWN && view->subjects == 0 &&
	    (l->card->e->run->visits.own.count == 0 ||
		view->finding.outcome == OUTCOME_NOT_APPLICABLE);
}

static enum ruling_state
state_of(const struct profile_rule *rule, const struct view *view)
{
	enum outcome outcome = view->finding.outcome;

	if (view->finding.reason == CAUSE_WAIVED)
		outcome = view->finding.observed;
	if (outcome == OUTCOME_NOT_APPLICABLE)
		return RULING_MET;
	if (!outcome_is_tested(outcome))
		return RULING_UNTESTED;
	return (rule->accepted & 1u << outcome) != 0 && view->test_holds ? RULING_MET
									 : RULING_UNMET;
}

static struct profile_ruling
rule_on(const struct looking *l, const struct profile_rule *rule)
{
	struct profile_ruling ruling = { .rule = rule, .must = rule->must };
	struct view view = { .test_holds = true };

	if (rule->check == NULL) {
		ruling.state = RULING_NOT_BUILT;
		return ruling;
	}
	if (rule->check->subject == OF_RUN)
		view_run(l, rule->check, &view);
	else
		view_result(l, rule, &l->card->results[rule->place], &view);
	if (is_left_out(l, rule, &view)) {
		ruling.state = RULING_LEFT_OUT;
		return ruling;
	}
	follow_prerequisites(l, rule, &view);
	ruling.finding = view.finding;
	ruling.must = rule->must && view.finding.reason != CAUSE_WAIVED;
	ruling.state = state_of(rule, &view);
	return ruling;
}

/* From what settles the matter to what does not. */
static int
rank(enum ruling_state state)
{
	static const int ranks[] = {
		[RULING_MET] = 0,
		[RULING_LEFT_OUT] = 0,
		[RULING_UNTESTED] = 1,
		[RULING_NOT_BUILT] = 1,
		[RULING_UNMET] = 2,
	};

	return ranks[state];
}

static struct profile_ruling
rule_on_any(const struct looking *l, const struct profile_rule *rule)
{
	struct profile_ruling best = rule_on(l, rule);

	while ((rule = rule->or_else) != NULL && rank(best.state) > 0) {
		struct profile_ruling other = rule_on(l, rule);

		if (rank(other.state) < rank(best.state))
			best = other;
	}
	return best;
}

static bool
is_bound(
    const struct profile *profile, const struct evaluation *e, const struct judge_tables *tables)
{
	char registrable[SUFFIX_NAME_SIZE];

	if (e->domain == NULL || e->missing || (profile->roles & 1u << e->role) == 0)
		return false;
	return !profile->registrable_only ||
	    (suffix_list_registrable(tables->suffixes, e->domain, registrable) &&
		strcmp(registrable, e->domain) == 0);
}

static enum profile_word
word_of(const struct profile_verdict *verdict)
{
	enum profile_word word = PROFILE_COMPLIANT;

	for (size_t i = 0; i < verdict->ruling_count; i++) {
		const struct profile_ruling *ruling = &verdict->rulings[i];

		if (ruling->must && ruling->state == RULING_UNMET)
			return PROFILE_NOT_COMPLIANT;
		if (ruling->must && rank(ruling->state) == rank(RULING_UNTESTED))
			word = PROFILE_UNDETERMINED;
	}
	return word;
}

static void
judge(const struct looking *l, const struct judge_tables *tables, struct profile_verdict *out)
{
	const struct profile *profile = l->profile;
	struct profile_ruling *rulings;

	*out = (struct profile_verdict){ .profile = profile, .word = PROFILE_UNBOUND };
	if (!is_bound(profile, l->card->e, tables))
		return;
	rulings = arena_bytes(l->arena, profile->rule_count * sizeof *rulings);
	for (size_t i = 0; i < profile->rule_count; i++) {
		rulings[i] = rule_on_any(l, &profile->rules[i]);
		out->shoulds += !rulings[i].must &&
		    (rulings[i].state == RULING_MET || rulings[i].state == RULING_UNMET);
		out->shoulds_met += !rulings[i].must && rulings[i].state == RULING_MET;
	}
	out->rulings = rulings;
	out->ruling_count = profile->rule_count;
	out->word = word_of(out);
}

const struct profile_verdict *
profiles_judge(const struct profiles *profiles, const struct scorecard *card,
    const struct judge_tables *tables, const struct run_rows *run_rows, struct arena *arena)
{
	size_t count = profiles_count(profiles);
	struct profile_verdict *verdicts = arena_bytes(arena, count * sizeof *verdicts);

	for (size_t i = 0; i < count; i++) {
		const struct looking looking = { profiles_at(profiles, i), card, run_rows, arena };

		judge(&looking, tables, &verdicts[i]);
	}
	return verdicts;
}

/* ---- words */

const char *
profile_word_text(enum profile_word word)
{
	static const char *const texts[PROFILE_WORD_COUNT] = {
		[PROFILE_COMPLIANT] = "compliant",
		[PROFILE_NOT_COMPLIANT] = "not_compliant",
		[PROFILE_UNDETERMINED] = "undetermined",
		[PROFILE_UNBOUND] = "",
	};

	return texts[word];
}

bool
profile_decided_by(const struct profile_verdict *verdict, const struct profile_ruling *ruling)
{
	if (!ruling->must)
		return false;
	if (verdict->word == PROFILE_NOT_COMPLIANT)
		return ruling->state == RULING_UNMET;
	return verdict->word == PROFILE_UNDETERMINED &&
	    rank(ruling->state) == rank(RULING_UNTESTED);
}

static const char *
ruling_text(const struct profile_ruling *ruling)
{
	if (ruling->state == RULING_NOT_BUILT)
		return "not built";
	if (ruling->state == RULING_UNTESTED)
		return reason_text(ruling->finding.reason);
	if ((ruling->rule->accepted & 1u << ruling->finding.outcome) != 0)
		return "another value";
	return outcome_text(ruling->finding.outcome);
}

const char *
profile_decided_text(const struct profile_verdict *verdict, struct arena *arena)
{
	const char *list = "";

	for (size_t i = 0; i < verdict->ruling_count; i++) {
		const struct profile_ruling *ruling = &verdict->rulings[i];

		if (profile_decided_by(verdict, ruling))
			list = arena_printf(arena, "%s%s%s (%s)", list, *list == '\0' ? "" : ", ",
			    ruling->rule->id, ruling_text(ruling));
	}
	return list;
}

const char *
profile_sentence(const struct profile_verdict *verdict, struct arena *arena)
{
	static const char *const forms[PROFILE_WORD_COUNT] = {
		[PROFILE_COMPLIANT] = "meets the testable part of",
		[PROFILE_NOT_COMPLIANT] = "does not meet the testable part of",
		[PROFILE_UNDETERMINED] = "could not be tested against all of the testable part of",
		[PROFILE_UNBOUND] = "has not the role for",
	};

	return arena_printf(arena, "%s %s", forms[verdict->word], verdict->profile->id);
}
