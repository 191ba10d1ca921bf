#ifndef MXSWEEP_SCORE_PROFILE_H
#define MXSWEEP_SCORE_PROFILE_H

#include "score/outcome.h"
#include "score/profile_value.h"
#include "score/scorecard.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct profiles;
struct run_rows;

/*
 * A profile is what somebody demands of a domain: rules, each a check and the outcomes that are
 * accepted of it. It is read from a file that people edit (docs/profiles.md), and says of a row
 * whether it meets what can be seen from outside.
 */

/* Which subjects of a check a rule looks at. */
enum profile_scope {
	SCOPE_ALL,
	SCOPE_OWN,  /* hosts that the kind named as own; without any the rule is left out */
	SCOPE_IPV6, /* IPv6 addresses */
};

struct profile_rule {
	const char *id;            /* of the check */
	const struct check *check; /* NULL: this version has no such check */
	size_t place;              /* of its result among those of a scorecard */
	bool must;                 /* else should */
	unsigned accepted;         /* 1 << OUTCOME_... of those that are tested */
	enum profile_scope scope;
	struct profile_test test;           /* of the value; its `value` is NULL: any */
	const struct profile_rule *or_else; /* which does as well; NULL: nothing else */
	const char *note;                   /* NULL: none */
};

struct profile {
	const char *id;
	const char *title;
	const char *version, *date, *source;
	unsigned roles;         /* 1 << ROLE_... that it is bound to */
	bool registrable_only;  /* it is about names right below a public suffix */
	bool sending_addresses; /* rules about addresses look at those that send */
	bool deep;              /* it needs the checks of --depth deep */
	const struct profile_rule *rules;
	size_t rule_count;
	const char *const *unseen; /* what it demands and nobody can see from outside */
	size_t unseen_count;
};

enum profile_word {
	PROFILE_COMPLIANT,
	PROFILE_NOT_COMPLIANT,
	PROFILE_UNDETERMINED,
	PROFILE_UNBOUND, /* it has nothing to say of such a row */
	PROFILE_WORD_COUNT,
};

/* What became of one rule. */
enum ruling_state {
	RULING_MET,
	RULING_UNMET,
	RULING_UNTESTED,
	RULING_NOT_BUILT, /* this version has no such check */
	RULING_LEFT_OUT,  /* it is about hosts that are not there */
};

struct profile_ruling {
	const struct profile_rule *rule; /* of two that do as well as each other, the better one */
	enum ruling_state state;
	bool must;              /* what was waived counts as should */
	struct finding finding; /* of the subjects that the rule looks at */
};

/* What a profile says of a row: the accessor for all that show it is `card->profiles`. */
struct profile_verdict {
	const struct profile *profile;
	enum profile_word word;
	const struct profile_ruling *rulings; /* one a rule; none where it is unbound */
	size_t ruling_count;
	size_t shoulds, shoulds_met; /* of those that were tested */
};

/* "compliant", "not_compliant", "undetermined"; "" for unbound. */
const char *profile_word_text(enum profile_word word);

/* Is it for this one that the row is not compliant, or undetermined? */
bool profile_decided_by(const struct profile_verdict *verdict, const struct profile_ruling *ruling);

/* "spf.present (fail), tls.key (not built)": those that decided. */
const char *profile_decided_text(const struct profile_verdict *verdict, struct arena *arena);

/* "meets the testable part of seed-ten", and the like; never more than that. */
const char *profile_sentence(const struct profile_verdict *verdict, struct arena *arena);

/*
 * The profiles of these names, each from NAME.ini in the folder. Gives -1 with exit code 64 when
 * there is no such file, 66 when it cannot be read, 78 ("FILE:LINE: ...") when it is no profile.
 */
int profiles_load(const char *folder, const char *const *names, size_t count, struct profiles **out,
    struct error *error);
void profiles_free(struct profiles *profiles);
size_t profiles_count(const struct profiles *profiles); /* of NULL: none */
const struct profile *profiles_at(const struct profiles *profiles, size_t place);
bool profiles_deep(const struct profiles *profiles); /* does one need the deep checks? */

/* For a word about them: the ids of checks that some rule names and this version has not, each
 * once, separated by blanks; NULL when there are none. */
const char *profiles_not_built(const struct profiles *profiles, struct arena *arena);

/* What each of them says of the row, in the arena, in the order of the profiles. `run_rows` are
 * those of the area run; NULL: not known. */
const struct profile_verdict *
profiles_judge(const struct profiles *profiles, const struct scorecard *card,
    const struct judge_tables *tables, const struct run_rows *run_rows, struct arena *arena);

#endif
