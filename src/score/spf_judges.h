#ifndef MXSWEEP_SCORE_SPF_JUDGES_H
#define MXSWEEP_SCORE_SPF_JUDGES_H

#include "score/check.h"

/* The judges of area spf, for the table in area_spf.c. */

/* No single well-formed record: nothing can be said of what it leads to. Another check has told. */
bool spf_is_unreadable(const struct judged *judged);

/* Which one: what cannot be judged without a single well-formed record, or because checking a
 * sender ends in an error. */
struct finding spf_after_record(const struct judged *judged);
struct finding spf_after_error(const struct judged *judged);

/* Of the record and the addresses of the domain. */
struct finding spf_judge_present(const struct judged *judged);
struct finding spf_judge_single(const struct judged *judged);
struct finding spf_judge_near_miss(const struct judged *judged);
struct finding spf_judge_syntax(const struct judged *judged);
struct finding spf_judge_authorises(const struct judged *judged);
struct finding spf_judge_parked(const struct judged *judged);
struct finding spf_judge_ignored_terms(const struct judged *judged);
struct finding spf_judge_duplicate_terms(const struct judged *judged);
struct finding spf_judge_ranges(const struct judged *judged);
struct finding spf_judge_size(const struct judged *judged);
struct finding spf_judge_macros(const struct judged *judged);
struct finding spf_judge_exp(const struct judged *judged);
struct finding spf_judge_helo(const struct judged *judged);
struct finding spf_judge_obsolete_records(const struct judged *judged);

/* Of the whole tree of includes. */
struct finding spf_judge_lookup_limit(const struct judged *judged);
struct finding spf_judge_void_lookups(const struct judged *judged);
struct finding spf_judge_mx_term_limit(const struct judged *judged);
struct finding spf_judge_include_valid(const struct judged *judged);
struct finding spf_judge_redirect_valid(const struct judged *judged);
struct finding spf_judge_loop(const struct judged *judged);
struct finding spf_judge_default(const struct judged *judged);
struct finding spf_judge_permissive_include(const struct judged *judged);
struct finding spf_judge_breadth(const struct judged *judged);
struct finding spf_judge_ptr_term(const struct judged *judged);
struct finding spf_judge_target_registrable(const struct judged *judged);

#endif
