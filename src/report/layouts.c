/* Columns of checkdmarc 5 and trustymail 0.8. */
#include "report/layouts.h"

#include "base/arena.h"
#include "base/escape.h"

#include <string.h>

/* ---- words */

static const char *
yes_no(bool known, bool value)
{
	if (!known)
		return "";
	return value ? "True" : "False";
}

/* Whether a check found what it looks for at every subject; empty when it could not tell. */
static const char *
check_word(const struct report_row *row, const char *id)
{
	const struct finding *finding = row_finding(row->card, id);

	if (finding == NULL || finding->outcome == OUTCOME_NOT_TESTED ||
	    finding->outcome == OUTCOME_NOT_APPLICABLE)
		return "";
	return yes_no(true, finding->outcome == OUTCOME_PASS);
}

/* Texts with something between them. */
static const char *
join(const struct report_row *row, const char *list, const char *between, const char *text)
{
	return *list == '\0' ? text : arena_printf(row->arena, "%s%s%s", list, between, text);
}

/* What the checks of an area say that have this outcome. */
static const char *
said(const struct report_row *row, const char *area, enum outcome outcome, const char *between)
{
	const struct scorecard *card = row->card;
	const char *list = "";

	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (result->finding.outcome != outcome || !result->in_set ||
		    strncmp(result->check->id, area, strlen(area)) != 0)
			continue;
		list = join(row, list, between, scorecard_advice(card, result, row->arena));
	}
	return list;
}

static bool
has_failed(const struct report_row *row, const char *const *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = row_finding(row->card, ids[i]);

		if (finding != NULL && finding->outcome == OUTCOME_FAIL)
			return true;
	}
	return false;
}

static bool
is_swept(const struct report_row *row)
{
	return row->card->e->domain != NULL && !row->card->e->missing;
}

/* ---- cells */

static const char *
base_domain(const struct report_row *row)
{
	const char *name = row->card->e->dmarc.older.organizational;

	return name == NULL ? "" : name;
}

static const char *
spf_valid(const struct report_row *row)
{
	static const char *const breaking[] = { "spf.present", "spf.single", "spf.syntax",
		"spf.lookup-limit", "spf.void-lookups", "spf.include-valid", "spf.redirect-valid",
		"spf.loop" };
	const struct spf_result *spf = &row->card->e->spf;
	bool known = is_swept(row) && spf->answer != NULL && dns_is_answer(spf->answer);

	return yes_no(known,
	    spf->records == 1 && !has_failed(row, breaking, sizeof breaking / sizeof breaking[0]));
}

static const char *
spf_record(const struct report_row *row)
{
	const struct spf_result *spf = &row->card->e->spf;

	return spf->text == NULL ? "" : escape_controls(row->arena, spf->text, spf->length);
}

static bool
dmarc_is_known(const struct report_row *row)
{
	return is_swept(row) && row->card->e->dmarc.walk.transient == NULL;
}

static const char *
dmarc_valid(const struct report_row *row)
{
	const struct dmarc_result *dmarc = &row->card->e->dmarc;

	return yes_no(dmarc_is_known(row),
	    dmarc->applying != NULL && dmarc_record_policies_valid(&dmarc->record));
}

static const char *
step_text(const struct report_row *row, const struct dmarc_step *step)
{
	return step == NULL || step->text == NULL
	    ? ""
	    : escape_controls(row->arena, step->text, step->length);
}

static const char *
dmarc_record(const struct report_row *row)
{
	return step_text(row, row->card->e->dmarc.applying);
}

static const char *
dmarc_location(const struct report_row *row)
{
	const struct dmarc_step *applying = row->card->e->dmarc.applying;

	return applying == NULL ? "" : applying->name;
}

/* A tag of the record that applies, or what holds without it. */
static const char *
dmarc_tag(const struct report_row *row, const char *name, const char *without)
{
	const struct dmarc_result *dmarc = &row->card->e->dmarc;
	const struct tag *tag;

	if (dmarc->applying == NULL)
		return "";
	tag = tag_list_find(&dmarc->record.tags, name);
	return tag == NULL ? without : escape_controls(row->arena, tag->value, tag->value_length);
}

static const char *
dmarc_adkim(const struct report_row *row)
{
	return dmarc_tag(row, "adkim", "r");
}

static const char *
dmarc_aspf(const struct report_row *row)
{
	return dmarc_tag(row, "aspf", "r");
}

static const char *
dmarc_fo(const struct report_row *row)
{
	return dmarc_tag(row, "fo", "0");
}

static const char *
dmarc_p(const struct report_row *row)
{
	return dmarc_tag(row, "p", "");
}

static const char *
dmarc_sp(const struct report_row *row)
{
	return dmarc_tag(row, "sp", dmarc_p(row));
}

static const char *
dmarc_pct(const struct report_row *row)
{
	return dmarc_tag(row, "pct", "100");
}

static const char *
join_uris(const struct report_row *row, const struct dmarc_uris *uris, const char *between)
{
	const char *list = "";

	for (size_t i = 0; i < uris->count; i++)
		list = join(row, list, between, uris->at[i].text);
	return list;
}

static const char *
dmarc_rua(const struct report_row *row)
{
	return join_uris(row, &row->card->e->dmarc.record.rua, "|");
}

static const char *
dmarc_ruf(const struct report_row *row)
{
	return join_uris(row, &row->card->e->dmarc.record.ruf, "|");
}

static const char *
tls(const struct report_row *row)
{
	return check_word(row, "tls.handshake");
}

static const char *
starttls(const struct report_row *row)
{
	return check_word(row, "smtp.starttls");
}

static const char *
mx(const struct report_row *row)
{
	const struct mx_result *result = &row->card->e->mx;
	const char *list = "";

	for (size_t i = 0; i < result->host_count; i++)
		list = join(row, list, "|",
		    arena_printf(
			row->arena, "%u, %s", result->hosts[i].preference, result->hosts[i].name));
	return list;
}

static const struct mta_sts_policy *
policy(const struct report_row *row)
{
	const struct mta_sts_result *mta_sts = &row->card->e->mta_sts;

	return mta_sts_record_valid(mta_sts) && mta_sts_fetched(mta_sts) &&
		mta_sts->policy.fault != MTA_STS_UNUSABLE
	    ? &mta_sts->policy
	    : NULL;
}

static const char *
mta_sts_id(const struct report_row *row)
{
	return policy(row) == NULL ? "" : row->card->e->mta_sts.id;
}

static const char *
mta_sts_mode(const struct report_row *row)
{
	return policy(row) == NULL ? "" : mta_sts_mode_text(policy(row)->mode);
}

static const char *
mta_sts_max_age(const struct report_row *row)
{
	return policy(row) == NULL
	    ? ""
	    : arena_printf(row->arena, "%llu", (unsigned long long)policy(row)->max_age);
}

static const char *
mta_sts_mx(const struct report_row *row)
{
	const struct mta_sts_policy *read = policy(row);
	const char *list = "";

	for (size_t i = 0; read != NULL && i < read->pattern_count; i++)
		list = join(row, list, "|", read->patterns[i]);
	return list;
}

static const char *
tls_rpt_valid(const struct report_row *row)
{
	const struct tls_rpt_result *tls_rpt = &row->card->e->tls_rpt;

	return yes_no(is_swept(row) && tls_rpt->txt != NULL && dns_is_answer(tls_rpt->txt),
	    tls_rpt_record_valid(tls_rpt));
}

static const char *
tls_rpt_rua(const struct report_row *row)
{
	const struct tls_rpt_result *tls_rpt = &row->card->e->tls_rpt;
	const char *list = "";

	for (size_t i = 0; i < tls_rpt->uri_count; i++)
		list = join(row, list, "|", tls_rpt->uris[i].text);
	return list;
}

static const char *
dnssec(const struct report_row *row)
{
	return check_word(row, "dnssec.signed");
}

static const char *
bimi_selector(const struct report_row *row)
{
	return row->card->e->bimi.txt == NULL ? "" : "default";
}

/* There are facts for it at no depth. */
static const char *
nothing(const struct report_row *row)
{
	(void)row;
	return "";
}

#define SAID(name, area, outcome)                                                                  \
	static const char *name(const struct report_row *row)                                      \
	{                                                                                          \
		return said(row, area, outcome, "|");                                              \
	}
SAID(mx_error, "mx.", OUTCOME_FAIL)
SAID(mx_warnings, "mx.", OUTCOME_WARN)
SAID(mta_sts_error, "mta_sts.", OUTCOME_FAIL)
SAID(mta_sts_warnings, "mta_sts.", OUTCOME_WARN)
SAID(spf_error, "spf.", OUTCOME_FAIL)
SAID(spf_warnings, "spf.", OUTCOME_WARN)
SAID(dmarc_error, "dmarc.", OUTCOME_FAIL)
SAID(dmarc_warnings, "dmarc.", OUTCOME_WARN)
SAID(bimi_error, "bimi.", OUTCOME_FAIL)
SAID(bimi_warnings, "bimi.", OUTCOME_WARN)
SAID(tls_rpt_error, "tls_rpt.", OUTCOME_FAIL)
SAID(tls_rpt_warnings, "tls_rpt.", OUTCOME_WARN)

#define CHECKDMARC_MAP(X)                                                                          \
	X(base_domain, "base_domain")                                                              \
	X(dnssec, "dnssec")                                                                        \
	X(spf_valid, "spf_valid")                                                                  \
	X(dmarc_valid, "dmarc_valid")                                                              \
	X(dmarc_adkim, "dmarc_adkim")                                                              \
	X(dmarc_aspf, "dmarc_aspf")                                                                \
	X(dmarc_fo, "dmarc_fo")                                                                    \
	X(dmarc_p, "dmarc_p")                                                                      \
	X(dmarc_rua, "dmarc_rua")                                                                  \
	X(dmarc_ruf, "dmarc_ruf")                                                                  \
	X(dmarc_sp, "dmarc_sp")                                                                    \
	X(tls, "tls")                                                                              \
	X(starttls, "starttls")                                                                    \
	X(spf_record, "spf_record")                                                                \
	X(dmarc_record, "dmarc_record")                                                            \
	X(dmarc_location, "dmarc_record_location")                                                 \
	X(mx, "mx")                                                                                \
	X(mx_error, "mx_error")                                                                    \
	X(mx_warnings, "mx_warnings")                                                              \
	X(mta_sts_id, "mta_sts_id")                                                                \
	X(mta_sts_mode, "mta_sts_mode")                                                            \
	X(mta_sts_max_age, "mta_sts_max_age")                                                      \
	X(tls_rpt_valid, "smtp_tls_reporting_valid")                                               \
	X(tls_rpt_rua, "smtp_tls_reporting_rua")                                                   \
	X(mta_sts_mx, "mta_sts_mx")                                                                \
	X(mta_sts_error, "mta_sts_error")                                                          \
	X(mta_sts_warnings, "mta_sts_warnings")                                                    \
	X(spf_error, "spf_error")                                                                  \
	X(spf_warnings, "spf_warnings")                                                            \
	X(dmarc_error, "dmarc_error")                                                              \
	X(dmarc_warnings, "dmarc_warnings")                                                        \
	X(nothing, "ns")                                                                           \
	X(nothing, "ns_error")                                                                     \
	X(nothing, "ns_warnings")                                                                  \
	X(bimi_selector, "bimi_selector")                                                          \
	X(bimi_error, "bimi_error")                                                                \
	X(bimi_warnings, "bimi_warnings")                                                          \
	X(tls_rpt_error, "smtp_tls_reporting_error")                                               \
	X(tls_rpt_warnings, "smtp_tls_reporting_warnings")

/* ---- trustymail */

static const char *
live(const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	return yes_no(e->domain != NULL && e->existence_unknown == NULL, !e->missing);
}

static const char *
has_mx(const struct report_row *row)
{
	const struct mx_result *result = &row->card->e->mx;

	return yes_no(is_swept(row) && result->mx != NULL && dns_is_answer(result->mx),
	    !result->implicit && result->host_count > 0);
}

static const char *
mx_signed(const struct report_row *row)
{
	enum answer_security mx = row->card->e->dane.mx;

	return yes_no(is_swept(row) && mx != ANSWER_UNCHECKED, mx == ANSWER_SECURE);
}

static const char *
mail_servers(const struct report_row *row)
{
	const struct mx_result *result = &row->card->e->mx;
	const char *list = "";

	for (size_t i = 0; !result->implicit && i < result->host_count; i++)
		list = join(row, list, ", ", result->hosts[i].name);
	return list;
}

static const char *
ports(const struct report_row *row)
{
	return row_first_session(row->card) == NULL ? "" : "25";
}

/* Mail hosts with an address that answers, or offers TLS, as HOST:25. */
static const char *
servers_that(const struct report_row *row, bool (*does)(const struct smtp_observation *seen))
{
	const struct evaluation *e = row->card->e;
	const struct mx_host *last = NULL;
	const char *list = "";

	for (size_t i = 0; i < e->address_count; i++) {
		const struct address_result *address = &e->addresses[i];

		if (address->host == NULL || address->host == last ||
		    address->looks.better == NULL || !does(address->looks.better))
			continue;
		last = address->host;
		list =
		    join(row, list, ", ", arena_printf(row->arena, "%s:25", address->host->name));
	}
	return list;
}

static bool
offers_starttls(const struct smtp_observation *seen)
{
	return seen->offers_starttls;
}

static const char *
smtp_servers(const struct report_row *row)
{
	return servers_that(row, smtp_greeted);
}

static const char *
smtp(const struct report_row *row)
{
	return yes_no(row_first_session(row->card) != NULL, *smtp_servers(row) != '\0');
}

static const char *
starttls_servers(const struct report_row *row)
{
	return servers_that(row, offers_starttls);
}

static const char *
spf_present(const struct report_row *row)
{
	const struct spf_result *spf = &row->card->e->spf;

	return yes_no(
	    is_swept(row) && spf->answer != NULL && dns_is_answer(spf->answer), spf->records > 0);
}

static const struct dmarc_step *
own_step(const struct report_row *row)
{
	const struct dmarc_walk *walk = &row->card->e->dmarc.walk;

	return walk->count == 0 ? NULL : &walk->steps[0];
}

/* The step at the domain that receivers of the older rules take for the organizational one. */
static const struct dmarc_step *
base_step(const struct report_row *row)
{
	const struct dmarc_result *dmarc = &row->card->e->dmarc;

	if (dmarc->older.organizational == NULL)
		return NULL;
	for (size_t i = 0; i < dmarc->walk.count; i++)
		if (strcmp(dmarc->walk.steps[i].name, dmarc->older.organizational) == 0)
			return &dmarc->walk.steps[i];
	return NULL;
}

static const char *
step_has_record(const struct dmarc_step *step)
{
	return yes_no(
	    step != NULL && dns_is_answer(step->answer), step != NULL && step->records > 0);
}

static const char *
step_is_valid(const struct report_row *row, const struct dmarc_step *step)
{
	struct dmarc_record record;

	if (step == NULL || step->text == NULL)
		return yes_no(step != NULL && dns_is_answer(step->answer), false);
	dmarc_record_parse(step->text, step->length, row->arena, &record);
	return yes_no(true, dmarc_record_policies_valid(&record));
}

static const char *
own_dmarc(const struct report_row *row)
{
	return step_has_record(own_step(row));
}

static const char *
own_dmarc_valid(const struct report_row *row)
{
	return step_is_valid(row, own_step(row));
}

static const char *
own_dmarc_text(const struct report_row *row)
{
	return step_text(row, own_step(row));
}

static const char *
base_dmarc(const struct report_row *row)
{
	return step_has_record(base_step(row));
}

static const char *
base_dmarc_valid(const struct report_row *row)
{
	return step_is_valid(row, base_step(row));
}

static const char *
base_dmarc_text(const struct report_row *row)
{
	return step_text(row, base_step(row));
}

/* An inherited record speaks by its sp=. */
static const char *
policy_in_force(const struct report_row *row)
{
	return row->card->e->dmarc.location == DMARC_OWN ? dmarc_p(row) : dmarc_sp(row);
}

static const char *
rua_list(const struct report_row *row)
{
	return join_uris(row, &row->card->e->dmarc.record.rua, ", ");
}

static const char *
ruf_list(const struct report_row *row)
{
	return join_uris(row, &row->card->e->dmarc.record.ruf, ", ");
}

static const char *
has_rua(const struct report_row *row)
{
	return yes_no(dmarc_is_known(row), row->card->e->dmarc.record.rua.valid > 0);
}

static const char *
has_ruf(const struct report_row *row)
{
	return yes_no(dmarc_is_known(row), row->card->e->dmarc.record.ruf.valid > 0);
}

static const char *
reports_refused(const struct report_row *row)
{
	static const char *const ids[] = { "dmarc.external-auth" };

	return yes_no(dmarc_is_known(row), has_failed(row, ids, 1));
}

static const char *
syntax_errors(const struct report_row *row)
{
	const char *dmarc = said(row, "dmarc.", OUTCOME_FAIL, ", ");

	return join(row, said(row, "spf.", OUTCOME_FAIL, ", "), *dmarc == '\0' ? "" : ", ", dmarc);
}

#define TRUSTYMAIL_MAP(X)                                                                          \
	X(base_domain, "Base Domain")                                                              \
	X(live, "Live")                                                                            \
	X(has_mx, "MX Record")                                                                     \
	X(mx_signed, "MX Record DNSSEC")                                                           \
	X(mail_servers, "Mail Servers")                                                            \
	X(ports, "Mail Server Ports Tested")                                                       \
	X(smtp_servers, "Domain Supports SMTP Results")                                            \
	X(smtp, "Domain Supports SMTP")                                                            \
	X(starttls_servers, "Domain Supports STARTTLS Results")                                    \
	X(starttls, "Domain Supports STARTTLS")                                                    \
	X(spf_present, "SPF Record")                                                               \
	X(nothing, "SPF Record DNSSEC")                                                            \
	X(spf_valid, "Valid SPF")                                                                  \
	X(spf_record, "SPF Results")                                                               \
	X(own_dmarc, "DMARC Record")                                                               \
	X(nothing, "DMARC Record DNSSEC")                                                          \
	X(own_dmarc_valid, "Valid DMARC")                                                          \
	X(own_dmarc_text, "DMARC Results")                                                         \
	X(base_dmarc, "DMARC Record on Base Domain")                                               \
	X(nothing, "DMARC Record on Base Domain DNSSEC")                                           \
	X(base_dmarc_valid, "Valid DMARC Record on Base Domain")                                   \
	X(base_dmarc_text, "DMARC Results on Base Domain")                                         \
	X(policy_in_force, "DMARC Policy")                                                         \
	X(dmarc_sp, "DMARC Subdomain Policy")                                                      \
	X(dmarc_pct, "DMARC Policy Percentage")                                                    \
	X(rua_list, "DMARC Aggregate Report URIs")                                                 \
	X(ruf_list, "DMARC Forensic Report URIs")                                                  \
	X(has_rua, "DMARC Has Aggregate Report URI")                                               \
	X(has_ruf, "DMARC Has Forensic Report URI")                                                \
	X(reports_refused, "DMARC Reporting Address Acceptance Error")                             \
	X(syntax_errors, "Syntax Errors")                                                          \
	X(nothing, "Debug Info")

/* ---- the layouts */

#define COLUMN(cell, name) { name, cell, COLUMN_TEXT },
#define NAME(cell, name) name,

static const struct column checkdmarc_columns[] = { CHECKDMARC_MAP(COLUMN) };
static const struct column trustymail_columns[] = { TRUSTYMAIL_MAP(COLUMN) };
static const char *const checkdmarc_names[] = { CHECKDMARC_MAP(NAME) NULL };
static const char *const trustymail_names[] = { TRUSTYMAIL_MAP(NAME) NULL };

const struct layout layout_checkdmarc = { "domain", checkdmarc_columns,
	sizeof checkdmarc_columns / sizeof checkdmarc_columns[0], checkdmarc_names };
const struct layout layout_trustymail = { "Domain", trustymail_columns,
	sizeof trustymail_columns / sizeof trustymail_columns[0], trustymail_names };
