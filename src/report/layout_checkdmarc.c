/* The columns of checkdmarc. */
#include "report/layout_cells.h"
#include "report/layouts.h"

#include "base/arena.h"

static const char *
dmarc_valid(const struct report_row *row)
{
	const struct dmarc_result *dmarc = &row->card->e->dmarc;

	return layout_yes_no(layout_dmarc_is_known(row),
	    dmarc->applying != NULL && dmarc_record_policies_valid(&dmarc->record));
}

static const char *
dmarc_record(const struct report_row *row)
{
	return layout_step_text(row, row->card->e->dmarc.applying);
}

static const char *
dmarc_location(const struct report_row *row)
{
	const struct dmarc_step *applying = row->card->e->dmarc.applying;

	return applying == NULL ? "" : applying->name;
}

static const char *
dmarc_adkim(const struct report_row *row)
{
	return layout_dmarc_tag(row, "adkim", "r");
}

static const char *
dmarc_aspf(const struct report_row *row)
{
	return layout_dmarc_tag(row, "aspf", "r");
}

static const char *
dmarc_fo(const struct report_row *row)
{
	return layout_dmarc_tag(row, "fo", "0");
}

static const char *
dmarc_rua(const struct report_row *row)
{
	return layout_join_uris(row, &row->card->e->dmarc.record.rua, "|");
}

static const char *
dmarc_ruf(const struct report_row *row)
{
	return layout_join_uris(row, &row->card->e->dmarc.record.ruf, "|");
}

static const char *
tls(const struct report_row *row)
{
	return layout_check_word(row, "tls.handshake");
}

static const char *
mx(const struct report_row *row)
{
	const struct mx_result *result = &row->card->e->mx;
	const char *list = "";

	for (size_t i = 0; i < result->host_count; i++)
		list = layout_join(row, list, "|",
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
		list = layout_join(row, list, "|", read->patterns[i]);
	return list;
}

static const char *
tls_rpt_valid(const struct report_row *row)
{
	const struct tls_rpt_result *tls_rpt = &row->card->e->tls_rpt;

	return layout_yes_no(
	    layout_is_swept(row) && tls_rpt->txt != NULL && dns_is_answer(tls_rpt->txt),
	    tls_rpt_record_valid(tls_rpt));
}

static const char *
tls_rpt_rua(const struct report_row *row)
{
	const struct tls_rpt_result *tls_rpt = &row->card->e->tls_rpt;
	const char *list = "";

	for (size_t i = 0; i < tls_rpt->uri_count; i++)
		list = layout_join(row, list, "|", tls_rpt->uris[i].text);
	return list;
}

static const char *
dnssec(const struct report_row *row)
{
	return layout_check_word(row, "dnssec.signed");
}

static const char *
bimi_selector(const struct report_row *row)
{
	return row->card->e->bimi.txt == NULL ? "" : "default";
}

#define SAID(name, area, outcome)                                                                  \
	static const char *name(const struct report_row *row)                                      \
	{                                                                                          \
		return layout_said(row, area, outcome, "|");                                       \
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
	X(layout_base_domain, "base_domain")                                                       \
	X(dnssec, "dnssec")                                                                        \
	X(layout_spf_valid, "spf_valid")                                                           \
	X(dmarc_valid, "dmarc_valid")                                                              \
	X(dmarc_adkim, "dmarc_adkim")                                                              \
	X(dmarc_aspf, "dmarc_aspf")                                                                \
	X(dmarc_fo, "dmarc_fo")                                                                    \
	X(layout_dmarc_p, "dmarc_p")                                                               \
	X(dmarc_rua, "dmarc_rua")                                                                  \
	X(dmarc_ruf, "dmarc_ruf")                                                                  \
	X(layout_dmarc_sp, "dmarc_sp")                                                             \
	X(tls, "tls")                                                                              \
	X(layout_starttls, "starttls")                                                             \
	X(layout_spf_record, "spf_record")                                                         \
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
	X(layout_nothing, "ns")                                                                    \
	X(layout_nothing, "ns_error")                                                              \
	X(layout_nothing, "ns_warnings")                                                           \
	X(bimi_selector, "bimi_selector")                                                          \
	X(bimi_error, "bimi_error")                                                                \
	X(bimi_warnings, "bimi_warnings")                                                          \
	X(tls_rpt_error, "smtp_tls_reporting_error")                                               \
	X(tls_rpt_warnings, "smtp_tls_reporting_warnings")

#define COLUMN(cell, name) { name, cell, COLUMN_TEXT },
#define NAME(cell, name) name,

static const struct column columns[] = { CHECKDMARC_MAP(COLUMN) };
static const char *const names[] = { CHECKDMARC_MAP(NAME) NULL };

const struct layout layout_checkdmarc = { "domain", columns, sizeof columns / sizeof columns[0],
	names };
