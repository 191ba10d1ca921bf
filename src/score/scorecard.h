#ifndef MXSWEEP_SCORE_SCORECARD_H
#define MXSWEEP_SCORE_SCORECARD_H

#include "score/check.h"

#include <stddef.h>

struct arena;
struct profile_verdict;
struct profiles;
struct run_rows;
struct waiver;
struct waivers;
struct weights;

/* What one check says of one of its subjects. */
struct subject_finding {
	const char *subject;   /* host, "host ip", selector, or the domain */
	const char *host, *ip; /* of the subject, where it has them; else NULL */
	struct finding finding;
};

/* What one check says of the row: the worst of its subjects decides. */
struct check_result {
	const struct check *check;
	struct finding finding; /* aggregated; its value is that of the deciding subject */
	const struct subject_finding *decided_by; /* NULL for a check without subjects */
	const struct subject_finding *subjects;
	size_t subject_count;
	size_t applicable, tested; /* subjects; coverage is their quotient */
	bool in_set;               /* was asked for */
	bool scored;               /* besides, it counts for the score */
};

enum verdict {
	VERDICT_PASS,
	VERDICT_WARN,
	VERDICT_FAIL,
	VERDICT_NOT_TESTED,
	VERDICT_INVALID_INPUT,
	VERDICT_COUNT,
};

struct waiver_list {
	const struct waiver *at;
	size_t count;
};

enum { SCORE_NONE = -1 }; /* nothing was tested */

struct scorecard {
	const struct evaluation *e;
	bool deep; /* deep checks were made in all areas */
	enum verdict verdict;
	int score;      /* 0 to 100, or SCORE_NONE; so are the others */
	int score_raw;  /* without ceilings */
	int score_full; /* of deep checks too, and of those to opt in */
	int confidence; /* 0 to 100 */
	char grade[3];  /* A to F, "?" behind it at confidence 50 to 79; "-" below */
	enum outcome points[POINT_COUNT];
	struct check_result results[CHECKS_MAX]; /* in the order of the catalogue */
	size_t count;
	size_t counts[OUTCOME_COUNT];     /* of results */
	const struct check_result *worst; /* NULL when no check found anything */
	const char *weights;        /* digest of those that it was made with; NULL: built in */
	struct waiver_list waivers; /* of the row, whatever became of them */
	const struct profile_verdict *profiles; /* of each chosen profile: score/profile.h */
	size_t profile_count;
};

/* Which areas are judged, and how deep; the others are not_tested(skipped) and in no set. */
struct area_list {
	const char *const *names;
	size_t count;
};
struct scorecard_options {
	struct area_list only; /* empty = all */
	struct area_list skip;
	bool deep;                       /* deep checks as well */
	const struct profiles *profiles; /* these four may be NULL */
	const struct run_rows *run_rows;
	const struct waivers *waivers;
	const struct weights *weights;
};
bool scorecard_area_selected(const struct scorecard_options *options, const char *area);

/* Are the deep checks of the area made: at that depth, by its name, or because it always does? */
bool
scorecard_deep_selected(const struct scorecard_options *options, const struct check_area *area);

/* Judges every check. A large struct: keep one and fill it again. Texts live in the arena. */
void scorecard_make(const struct evaluation *e, const struct judge_tables *tables,
    const struct scorecard_options *options, struct arena *arena, struct scorecard *out);

/* Points, score, grade, verdict, worst and counts, from its results; part of the above. */
void scorecard_rate(struct scorecard *card, const struct weights *weights);

const char *verdict_text(enum verdict verdict);

/* The check's advice with its values filled in: those of the subject that decided, or of one
 * subject. */
const char *scorecard_advice(
    const struct scorecard *card, const struct check_result *result, struct arena *arena);
const char *scorecard_subject_advice(const struct scorecard *card,
    const struct check_result *result, const struct subject_finding *subject, struct arena *arena);
/* Likewise, for where the records that go with it (score/ready.h) stand below it. */
const char *scorecard_advice_apart(
    const struct scorecard *card, const struct check_result *result, struct arena *arena);

/* Evidence as it is kept: at most 1 KiB, control characters as \xNN; NULL stays NULL. */
enum { EVIDENCE_MAX = 1024 };
const char *scorecard_evidence(const char *text, struct arena *arena);

#endif
