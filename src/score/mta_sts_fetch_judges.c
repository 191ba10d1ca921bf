/* Area mta_sts: whether the policy file can be had, and what it says (RFC 8461 3.2, 3.3). */
#include "base/arena.h"
#include "score/history_judges.h"
#include "score/mta_sts_judges.h"
#include "score/refusal.h"

#include <string.h>
#include <strings.h>

enum {
	MAX_AGE_LEAST = 86400, /* seconds: a day */
	TESTING_DAYS = 90,     /* for which a policy may be tested */
};

/* What is wrong with a host that does not give its policy, and why one look of that kind is none.
 */
static const struct {
	const char *problem;
	enum reason reason;
} ends[HTTPS_END_COUNT] = {
	[HTTPS_ANSWERED] = { NULL, REASON_UNCONFIRMED }, /* see status_text */
	[HTTPS_TOO_LARGE] = { "the file has more than 64 KiB", REASON_UNCONFIRMED },
	[HTTPS_BROKEN] = { "no whole answer comes", REASON_UNCONFIRMED },
	[HTTPS_EXPIRED] = { "the certificate is outside its dates", REASON_UNCONFIRMED },
	[HTTPS_OTHER_NAME] = { "the certificate does not name the host", REASON_UNCONFIRMED },
	[HTTPS_UNTRUSTED] = { "the certificate is not trusted", REASON_UNCONFIRMED },
	[HTTPS_TLS] = { "the TLS handshake fails", REASON_UNCONFIRMED },
	[HTTPS_TIMEOUT] = { "no whole answer comes in time", REASON_HTTPS_TIMEOUT },
	[HTTPS_REFUSED] = { "no address takes the connection", REASON_UNCONFIRMED },
	[HTTPS_NO_ROUTE] = { "there is no route from here", REASON_NET_UNREACHABLE },
	[HTTPS_NO_ROOTS] = { "there are no roots here", REASON_NO_TRUST_STORE },
	[HTTPS_SHORTAGE] = { "descriptors or ports ran out here", REASON_SCANNER_ERROR },
};

/* ---- mta_sts.fetch */

static const char *
status_text(const struct judged *j, const struct https_observation *look)
{
	return look->location[0] != '\0'
	    ? arena_printf(j->arena, "status %u, a redirect to %s; senders do not follow it",
		  look->status, look->location)
	    : arena_printf(j->arena, "status %u", look->status);
}

static const char *
failure_text(const struct judged *j, const struct https_observation *look)
{
	if (look->end == HTTPS_ANSWERED)
		return status_text(j, look);
	return look->problem[0] != '\0'
	    ? arena_printf(j->arena, "%s (%s)", ends[look->end].problem, look->problem)
	    : ends[look->end].problem;
}

/* The fault of the host, and not of this machine? */
static bool
is_of_host(const struct https_observation *look)
{
	return look->end <= HTTPS_REFUSED;
}

/*
 * Twice the host's fault. Where no address took a connection, the path may be to blame, unless
 * other policy hosts did take one.
 */
static bool
is_confirmed(const struct policy_fact *fact)
{
	bool connected = false;

	for (size_t i = 0; i < fact->look_count; i++) {
		if (!is_of_host(&fact->looks[i]))
			return false;
		connected = connected || fact->looks[i].connected;
	}
	return fact->look_count == POLICY_LOOKS_MAX && (connected || fact->path_open);
}

static struct finding
judge_look(const struct judged *j)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;
	const char *text;

	if (mta_sts_fetched(mta_sts))
		return finding_pass(arena_printf(j->arena, "%zu octets%s", mta_sts->look->length,
		    mta_sts->flap ? ", at the second look" : ""));
	text = failure_text(j, mta_sts->look);
	return is_confirmed(mta_sts->fact)
	    ? finding_fail(text)
	    : finding_untested_value(ends[mta_sts->look->end].reason, text);
}

/* No look was had: has the policy host no address, none that may be contacted, or no answer? */
static struct finding
judge_without_look(const struct judged *j)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;
	const struct dns_answer *host = mta_sts_host_answer(mta_sts);

	if (mta_sts->no_touch)
		return finding_untested(REASON_NO_TOUCH);
	if (mta_sts->address_count > 0)
		return finding_untested(refusal_of_run(j->e->run));
	if (mta_sts->special != NULL)
		return finding_untested_value(REASON_NON_ROUTABLE_TARGET, mta_sts->special);
	if (!dns_is_answer(host))
		return finding_of_dns(host);
	if (mta_sts->aaaa != NULL && !dns_is_answer(mta_sts->aaaa))
		return finding_of_dns(mta_sts->aaaa);
	return finding_fail(arena_printf(j->arena, "mta-sts.%s %s", j->e->domain,
	    host->status == DNS_NXDOMAIN ? "does not exist" : "has no address"));
}

/* No record, no policy: then nobody comes to fetch one. */
static bool
has_no_record(const struct judged *j, struct finding *out)
{
	const struct mta_sts_result *mta_sts = &j->e->mta_sts;

	if (!dns_is_answer(mta_sts->txt))
		*out = finding_of_dns(mta_sts->txt);
	else if (mta_sts->records == 0)
		*out = finding_not_applicable(CAUSE_FEATURE_ABSENT);
	else if (!mta_sts_record_valid(mta_sts))
		*out = finding_after("mta_sts.record");
	else
		return false;
	return true;
}

struct finding
mta_sts_judge_fetch(const struct judged *j)
{
	struct finding finding;

	if (has_no_record(j, &finding))
		return finding;
	return j->e->mta_sts.look != NULL ? judge_look(j) : judge_without_look(j);
}

/* ---- what the file says */

/* False when a file was had, whatever is in it. */
static bool
has_no_file(const struct judged *j, struct finding *out)
{
	struct finding fetch;

	if (has_no_record(j, out))
		return true;
	fetch = mta_sts_judge_fetch(j);
	if (fetch.outcome == OUTCOME_PASS)
		return false;
	*out = fetch.outcome == OUTCOME_FAIL ? finding_after("mta_sts.fetch")
					     : finding_untested(REASON_PREREQUISITE);
	return true;
}

bool
mta_sts_has_no_policy(const struct judged *j, struct finding *out)
{
	if (has_no_file(j, out))
		return true;
	*out = finding_after("mta_sts.policy-syntax");
	return j->e->mta_sts.policy.fault == MTA_STS_UNUSABLE;
}

/* The type without its parameters, in any letter case (RFC 9110 8.3.1). */
static bool
is_plain_text(const char *media_type)
{
	static const char plain[] = "text/plain";
	size_t length = strcspn(media_type, "; \t");

	return length == sizeof plain - 1 && strncasecmp(media_type, plain, length) == 0;
}

struct finding
mta_sts_judge_media_type(const struct judged *j)
{
	struct finding finding;
	const char *media_type;

	if (has_no_file(j, &finding))
		return finding;
	media_type = j->e->mta_sts.look->media_type;
	if (is_plain_text(media_type))
		return finding_pass(media_type);
	return finding_warn(media_type[0] != '\0' ? media_type : "none");
}

struct finding
mta_sts_judge_policy_syntax(const struct judged *j)
{
	const struct mta_sts_policy *policy = &j->e->mta_sts.policy;
	struct finding finding;
	const char *problem;

	if (has_no_file(j, &finding))
		return finding;
	if (policy->fault == MTA_STS_SOUND)
		return finding_pass(NULL);
	problem = policy->problem_line == 0
	    ? policy->problem
	    : arena_printf(j->arena, "line %zu: %s", policy->problem_line, policy->problem);
	return policy->fault == MTA_STS_UNTIDY ? finding_warn(problem) : finding_fail(problem);
}

struct finding
mta_sts_judge_mode(const struct judged *j)
{
	enum mta_sts_mode mode = j->e->mta_sts.policy.mode;
	struct finding finding;

	if (mta_sts_has_no_policy(j, &finding))
		return finding;
	return mode == MTA_STS_ENFORCE               ? finding_pass(mta_sts_mode_text(mode))
	    : mode == MTA_STS_NONE                   ? finding_info(mta_sts_mode_text(mode))
	    : history_id_is_younger(j, TESTING_DAYS) ? finding_info(mta_sts_mode_text(mode))
						     : finding_warn(mta_sts_mode_text(mode));
}

struct finding
mta_sts_judge_max_age(const struct judged *j)
{
	struct finding finding;
	const char *value;

	if (mta_sts_has_no_policy(j, &finding))
		return finding;
	value = arena_printf(j->arena, "%u s", j->e->mta_sts.policy.max_age);
	return j->e->mta_sts.policy.max_age >= MAX_AGE_LEAST ? finding_pass(value)
							     : finding_warn(value);
}

struct finding
mta_sts_judge_id_change(const struct judged *j)
{
	struct finding finding;

	return has_no_record(j, &finding) ? finding : history_judge_id_change(j);
}
