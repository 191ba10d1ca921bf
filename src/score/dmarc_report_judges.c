/* What is said of the reports that a DMARC record asks for. */
#include "score/dmarc_judges.h"

#include "base/arena.h"

enum { URIS_HONOURED = 2 }; /* of each tag: more may be passed over (RFC 7489 6.2) */

struct finding
dmarc_judge_rua(const struct judged *j)
{
	const struct dmarc_uris *rua = &j->e->dmarc.record.rua;
	struct finding settled;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	if (rua->mail > 0)
		return finding_pass(
		    dmarc_located(j, arena_printf(j->arena, "%.200s", rua->tag->value)));
	if (rua->tag == NULL && j->e->role == ROLE_PARKED)
		return finding_info("no rua="); /* of mail that nobody sends */
	return finding_warn(
	    dmarc_located(j, rua->tag == NULL ? "no rua=" : "rua= names no mail address"));
}

/* ---- the addresses as they are written */

/* The first that is none, or not of mail; NULL when all are. */
static const struct dmarc_uri *
first_other(const struct dmarc_uris *uris)
{
	for (size_t i = 0; i < uris->count; i++)
		if (uris->at[i].kind != URI_MAILTO)
			return &uris->at[i];
	return NULL;
}

static bool
any_sized(const struct dmarc_uris *uris)
{
	for (size_t i = 0; i < uris->count; i++)
		if (uris->at[i].sized)
			return true;
	return false;
}

static struct finding
judge_uris(const struct judged *j, const struct dmarc_uris *uris)
{
	const struct dmarc_uri *other = first_other(uris);

	if (uris->valid == 0)
		return finding_fail(dmarc_located(
		    j, arena_printf(j->arena, "%s=%.200s", uris->tag->name, uris->tag->value)));
	if (other != NULL)
		return finding_warn(
		    dmarc_located(j, arena_printf(j->arena, "%.200s", other->text)));
	if (uris->count + uris->more > URIS_HONOURED)
		return finding_info(dmarc_located(j,
		    arena_printf(j->arena,
			"%zu addresses in %s=: receivers need not use more "
			"than %d",
			uris->count + uris->more, uris->tag->name, URIS_HONOURED)));
	return any_sized(uris) ? finding_info(dmarc_located(j, "a size behind `!` is ignored"))
			       : finding_pass(NULL);
}

struct finding
dmarc_judge_report_uri(const struct judged *j)
{
	const struct dmarc_record *record = &j->e->dmarc.record;
	struct finding settled, of_ruf;

	if (dmarc_has_no_record(j, &settled))
		return settled;
	if (record->rua.tag == NULL && record->ruf.tag == NULL)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (record->rua.tag == NULL)
		return judge_uris(j, &record->ruf);
	settled = judge_uris(j, &record->rua);
	if (record->ruf.tag == NULL)
		return settled;
	of_ruf = judge_uris(j, &record->ruf);
	return outcome_is_worse(of_ruf.outcome, settled.outcome) ? of_ruf : settled;
}

/* ---- the hosts that they name */

static bool
has_no_hosts(const struct judged *j, struct finding *out)
{
	const struct dmarc_record *record = &j->e->dmarc.record;

	if (dmarc_has_no_record(j, out))
		return true;
	*out = record->rua.tag == NULL && record->ruf.tag == NULL
	    ? finding_not_applicable(CAUSE_FEATURE_ABSENT)
	    : finding_after("dmarc.report-uri");
	return j->e->dmarc.reports.count == 0;
}

/* Nothing bad was seen: was everything looked at? */
static struct finding
unless_left(const struct judged *j, const struct dns_answer *unanswered, struct finding finding)
{
	const struct dmarc_record *record = &j->e->dmarc.record;
	size_t unread = record->rua.more + record->ruf.more;

	if (unanswered != NULL)
		return finding_of_dns(unanswered);
	if (j->e->dmarc.reports.left + unread == 0)
		return finding;
	return finding_untested_value(REASON_BUDGET,
	    arena_printf(j->arena, "left out: %zu hosts of reports, and %zu more addresses",
		j->e->dmarc.reports.left, unread));
}

/* Why no reports are sent to the host; NULL when they may be, or when that is not known. */
static const char *
refusal_of(const struct judged *j, const struct dmarc_report_host *host)
{
	const char *location = j->e->dmarc.applying->name;

	switch (host->authority) {
	case DMARC_NOT_AUTHORISED:
		return arena_printf(j->arena, "%s: no v=DMARC1 at %s._report._dmarc.%s", host->name,
		    location, host->name);
	case DMARC_REDIRECTED:
		return arena_printf(j->arena, "%s: rua= at %s._report._dmarc.%s leads elsewhere",
		    host->name, location, host->name);
	case DMARC_UNASKABLE:
		return arena_printf(j->arena, "%s: %s._report._dmarc.%s is too long for a name",
		    host->name, location, host->name);
	case DMARC_AUTHORITY_UNKNOWN:
	case DMARC_INSIDE:
	case DMARC_AUTHORISED:
		break;
	}
	return NULL;
}

static const char *
mailless_text(const struct judged *j, const struct dmarc_report_host *host)
{
	const struct registration *registration = &host->registration;
	bool free = registration->domain != NULL &&
	    (registration->state == REGISTRATION_FREE ||
		registration->state == REGISTRATION_PERHAPS);

	return free ? arena_printf(j->arena, "%s takes no mail, and %s is not registered",
			  host->name, registration->domain)
		    : arena_printf(j->arena, "%s takes no mail", host->name);
}

/* What is bad about a host, or NULL; then perhaps a question about it that had no answer. */
typedef const char *(*host_problem_fn)(const struct judged *j, const struct dmarc_report_host *host,
    const struct dns_answer **unanswered_out);

static const char *
authority_problem(const struct judged *j, const struct dmarc_report_host *host,
    const struct dns_answer **unanswered_out)
{
	if (host->authority == DMARC_AUTHORITY_UNKNOWN)
		*unanswered_out = host->unanswered;
	return refusal_of(j, host);
}

static const char *
mail_problem(const struct judged *j, const struct dmarc_report_host *host,
    const struct dns_answer **unanswered_out)
{
	if (host->takes == TAKES_MAIL_UNKNOWN)
		*unanswered_out = host->takes_answer;
	return host->takes == TAKES_NO_MAIL ? mailless_text(j, host) : NULL;
}

static struct finding
judge_hosts(const struct judged *j, host_problem_fn problem_of,
    struct finding (*finding_bad)(const char *value))
{
	const struct dmarc_reports *reports = &j->e->dmarc.reports;
	const struct dns_answer *unanswered = NULL;
	struct finding settled;

	if (has_no_hosts(j, &settled))
		return settled;
	for (size_t i = 0; i < reports->count; i++) {
		const char *problem = problem_of(j, &reports->hosts[i], &unanswered);

		if (problem != NULL)
			return finding_bad(problem);
	}
	return unless_left(j, unanswered, finding_pass(NULL));
}

struct finding
dmarc_judge_external_auth(const struct judged *j)
{
	return judge_hosts(j, authority_problem, finding_fail);
}

struct finding
dmarc_judge_report_domain_mail(const struct judged *j)
{
	return judge_hosts(j, mail_problem, finding_warn);
}
