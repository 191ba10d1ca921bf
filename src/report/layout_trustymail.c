/* The columns of trustymail. */
#include "report/layout_cells.h"
#include "report/layouts.h"

#include "base/arena.h"

#include <string.h>

static const char *
live(const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	return layout_yes_no(e->domain != NULL && e->existence_unknown == NULL, !e->missing);
}

static const char *
has_mx(const struct report_row *row)
{
	const struct mx_result *result = &row->card->e->mx;

	return layout_yes_no(
	    layout_is_swept(row) && result->mx != NULL && dns_is_answer(result->mx),
	    !result->implicit && result->host_count > 0);
}

static const char *
mx_signed(const struct report_row *row)
{
	enum answer_security mx = row->card->e->dane.mx;

	return layout_yes_no(layout_is_swept(row) && mx != ANSWER_UNCHECKED, mx == ANSWER_SECURE);
}

static const char *
mail_servers(const struct report_row *row)
{
	const struct mx_result *result = &row->card->e->mx;
	const char *list = "";

	for (size_t i = 0; !result->implicit && i < result->host_count; i++)
		list = layout_join(row, list, ", ", result->hosts[i].name);
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
		list = layout_join(
		    row, list, ", ", arena_printf(row->arena, "%s:25", address->host->name));
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
	return layout_yes_no(row_first_session(row->card) != NULL, *smtp_servers(row) != '\0');
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

	return layout_yes_no(
	    layout_is_swept(row) && spf->answer != NULL && dns_is_answer(spf->answer),
	    spf->records > 0);
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
	return layout_yes_no(
	    step != NULL && dns_is_answer(step->answer), step != NULL && step->records > 0);
}

static const char *
step_is_valid(const struct report_row *row, const struct dmarc_step *step)
{
	struct dmarc_record record;

	if (step == NULL || step->text == NULL)
		return layout_yes_no(step != NULL && dns_is_answer(step->answer), false);
	dmarc_record_parse(step->text, step->length, row->arena, &record);
	return layout_yes_no(true, dmarc_record_policies_valid(&record));
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
	return layout_step_text(row, own_step(row));
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
	return layout_step_text(row, base_step(row));
}

/* An inherited record speaks by its sp=. */
static const char *
policy_in_force(const struct report_row *row)
{
	return row->card->e->dmarc.location == DMARC_OWN ? layout_dmarc_p(row)
							 : layout_dmarc_sp(row);
}

static const char *
rua_list(const struct report_row *row)
{
	return layout_join_uris(row, &row->card->e->dmarc.record.rua, ", ");
}

static const char *
ruf_list(const struct report_row *row)
{
	return layout_join_uris(row, &row->card->e->dmarc.record.ruf, ", ");
}

static const char *
has_rua(const struct report_row *row)
{
	return layout_yes_no(layout_dmarc_is_known(row), row->card->e->dmarc.record.rua.valid > 0);
}

static const char *
has_ruf(const struct report_row *row)
{
	return layout_yes_no(layout_dmarc_is_known(row), row->card->e->dmarc.record.ruf.valid > 0);
}

static const char *
reports_refused(const struct report_row *row)
{
	static const char *const ids[] = { "dmarc.external-auth" };

	return layout_yes_no(layout_dmarc_is_known(row), layout_has_failed(row, ids, 1));
}

static const char *
syntax_errors(const struct report_row *row)
{
	const char *dmarc = layout_said(row, "dmarc.", OUTCOME_FAIL, ", ");

	return layout_join(
	    row, layout_said(row, "spf.", OUTCOME_FAIL, ", "), *dmarc == '\0' ? "" : ", ", dmarc);
}

#define TRUSTYMAIL_MAP(X)                                                                          \
	X(layout_base_domain, "Base Domain")                                                       \
	X(live, "Live")                                                                            \
	X(has_mx, "MX Record")                                                                     \
	X(mx_signed, "MX Record DNSSEC")                                                           \
	X(mail_servers, "Mail Servers")                                                            \
	X(ports, "Mail Server Ports Tested")                                                       \
	X(smtp_servers, "Domain Supports SMTP Results")                                            \
	X(smtp, "Domain Supports SMTP")                                                            \
	X(starttls_servers, "Domain Supports STARTTLS Results")                                    \
	X(layout_starttls, "Domain Supports STARTTLS")                                             \
	X(spf_present, "SPF Record")                                                               \
	X(layout_nothing, "SPF Record DNSSEC")                                                     \
	X(layout_spf_valid, "Valid SPF")                                                           \
	X(layout_spf_record, "SPF Results")                                                        \
	X(own_dmarc, "DMARC Record")                                                               \
	X(layout_nothing, "DMARC Record DNSSEC")                                                   \
	X(own_dmarc_valid, "Valid DMARC")                                                          \
	X(own_dmarc_text, "DMARC Results")                                                         \
	X(base_dmarc, "DMARC Record on Base Domain")                                               \
	X(layout_nothing, "DMARC Record on Base Domain DNSSEC")                                    \
	X(base_dmarc_valid, "Valid DMARC Record on Base Domain")                                   \
	X(base_dmarc_text, "DMARC Results on Base Domain")                                         \
	X(policy_in_force, "DMARC Policy")                                                         \
	X(layout_dmarc_sp, "DMARC Subdomain Policy")                                               \
	X(layout_dmarc_pct, "DMARC Policy Percentage")                                             \
	X(rua_list, "DMARC Aggregate Report URIs")                                                 \
	X(ruf_list, "DMARC Forensic Report URIs")                                                  \
	X(has_rua, "DMARC Has Aggregate Report URI")                                               \
	X(has_ruf, "DMARC Has Forensic Report URI")                                                \
	X(reports_refused, "DMARC Reporting Address Acceptance Error")                             \
	X(syntax_errors, "Syntax Errors")                                                          \
	X(layout_nothing, "Debug Info")

#define COLUMN(cell, name) { name, cell, COLUMN_TEXT },
#define NAME(cell, name) name,

static const struct column columns[] = { TRUSTYMAIL_MAP(COLUMN) };
static const char *const names[] = { TRUSTYMAIL_MAP(NAME) NULL };

const struct layout layout_trustymail = { "Domain", columns, sizeof columns / sizeof columns[0],
	names };
