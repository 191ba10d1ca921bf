#ifndef MXSWEEP_SCORE_DMARC_JUDGES_H
#define MXSWEEP_SCORE_DMARC_JUDGES_H

#include "score/check.h"

/* The judges of area dmarc, for the table in area_dmarc.c. */

/*
 * Nothing can be said of a record: none applies, or a question has no answer that would tell. True,
 * and the finding.
 */
bool dmarc_has_no_record(const struct judged *judged, struct finding *out);

/* The text, and where the record lies when it is inherited. */
const char *dmarc_located(const struct judged *judged, const char *text);

/* Of the record: is it there, and what stands in it? */
struct finding dmarc_judge_present(const struct judged *judged);
struct finding dmarc_judge_single(const struct judged *judged);
struct finding dmarc_judge_near_miss(const struct judged *judged);
struct finding dmarc_judge_misplaced(const struct judged *judged);
struct finding dmarc_judge_tag_list(const struct judged *judged);
struct finding dmarc_judge_psd(const struct judged *judged);
struct finding dmarc_judge_obsolete_tags(const struct judged *judged);
struct finding dmarc_judge_alignment_tags(const struct judged *judged);
struct finding dmarc_judge_cname_target(const struct judged *judged);

/* Of the policy. */
struct finding dmarc_judge_policy_valid(const struct judged *judged);
struct finding dmarc_judge_policy_strength(const struct judged *judged);
struct finding dmarc_judge_subdomain_policy(const struct judged *judged);
struct finding dmarc_judge_test_mode(const struct judged *judged);
struct finding dmarc_judge_discovery_agrees(const struct judged *judged);
struct finding dmarc_judge_satisfiable(const struct judged *judged);
struct finding dmarc_judge_parked(const struct judged *judged);

/* Of reports. */
struct finding dmarc_judge_rua(const struct judged *judged);
struct finding dmarc_judge_report_uri(const struct judged *judged);
struct finding dmarc_judge_external_auth(const struct judged *judged);
struct finding dmarc_judge_report_domain_mail(const struct judged *judged);

#endif
