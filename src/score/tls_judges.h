#ifndef MXSWEEP_SCORE_TLS_JUDGES_H
#define MXSWEEP_SCORE_TLS_JUDGES_H

#include "score/check.h"

/* Has TLS been had? If not, it counts where it failed, or is as unknown as what it hangs on. */
bool tls_judges_secure(const struct judged *j, struct finding *out);

/* Judges of area tls that look at the certificates. */
struct finding judge_tls_chain_trusted(const struct judged *j);
struct finding judge_tls_name_match(const struct judged *j);
struct finding judge_tls_expiry(const struct judged *j);
struct finding judge_tls_key(const struct judged *j);
struct finding judge_tls_signature(const struct judged *j);
struct finding judge_tls_chain_complete(const struct judged *j);

/* Who may issue certificates for the host. */
struct finding judge_tls_caa(const struct judged *j);

#endif
