#ifndef MXSWEEP_SCORE_DKIM_JUDGES_H
#define MXSWEEP_SCORE_DKIM_JUDGES_H

#include "score/check.h"

/* The judges of area dkim; their rules stand in its table. */

struct finding dkim_judge_selectors(const struct judged *j);
struct finding dkim_judge_node(const struct judged *j);
struct finding dkim_judge_parked(const struct judged *j);

/* of one selector */
struct finding dkim_judge_syntax(const struct judged *j);
struct finding dkim_judge_revoked(const struct judged *j);
struct finding dkim_judge_key_type(const struct judged *j);
struct finding dkim_judge_key_size(const struct judged *j);
struct finding dkim_judge_flags(const struct judged *j);
struct finding dkim_judge_hash(const struct judged *j);
struct finding dkim_judge_service_type(const struct judged *j);
struct finding dkim_judge_obsolete_tags(const struct judged *j);
struct finding dkim_judge_single_record(const struct judged *j);
struct finding dkim_judge_key_shared(const struct judged *j);
struct finding dkim_judge_cname_target(const struct judged *j);

/* Why nothing can be said where no selector was found, and a key may exist. */
enum reason dkim_reason_for_none(const struct dkim_result *dkim);

#endif
