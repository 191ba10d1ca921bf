/* The scorecard as CSV: one table of columns, each with the function that says its cell. */
#include "report/scorecard_csv.h"

#include "base/arena.h"
#include "base/escape.h"
#include "cert/leaf.h"
#include "report/csv_sink.h"
#include "report/spf_json.h"

#include <string.h>

typedef const char *(*cell_fn)(const struct report_row *row);

static const char *
number(const struct report_row *row, long long value)
{
	return arena_printf(row->arena, "%lld", value);
}

static const char *
verdict(const struct report_row *row)
{
	return verdict_text(row->card->verdict);
}

static const char *
score(const struct report_row *row)
{
	return row->card->score == SCORE_NONE ? "" : number(row, row->card->score);
}

static const char *
confidence(const struct report_row *row)
{
	return number(row, row->card->confidence);
}

static const char *
grade(const struct report_row *row)
{
	return row->card->grade;
}

static const char *
role(const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	return e->domain == NULL || e->missing ? "" : role_text(e->role);
}

static const char *
worst_check(const struct report_row *row)
{
	return row->card->worst == NULL ? "" : row->card->worst->check->id;
}

#define COUNT_CELL(name, outcome)                                                                  \
	static const char *name(const struct report_row *row)                                      \
	{                                                                                          \
		return number(row, (long long)row->card->counts[outcome]);                         \
	}
COUNT_CELL(count_pass, OUTCOME_PASS)
COUNT_CELL(count_info, OUTCOME_INFO)
COUNT_CELL(count_warn, OUTCOME_WARN)
COUNT_CELL(count_fail, OUTCOME_FAIL)
COUNT_CELL(count_not_tested, OUTCOME_NOT_TESTED)

static const char *
provider(const struct report_row *row)
{
	const struct finding *finding = row_finding(row->card, "mx.provider");

	return finding == NULL || finding->value == NULL ? "" : finding->value;
}

#define POINT_CELL(name, point)                                                                    \
	static const char *name(const struct report_row *row)                                      \
	{                                                                                          \
		return outcome_text(row->card->points[point]);                                     \
	}
POINT_CELL(point_mx, POINT_MX)
POINT_CELL(point_ptr, POINT_PTR)
POINT_CELL(point_fcrdns, POINT_FCRDNS)
POINT_CELL(point_spf, POINT_SPF)
POINT_CELL(point_dkim, POINT_DKIM)
POINT_CELL(point_dmarc, POINT_DMARC)
POINT_CELL(point_helo, POINT_HELO)
POINT_CELL(point_smtp, POINT_SMTP)
POINT_CELL(point_starttls, POINT_STARTTLS)
POINT_CELL(point_relay, POINT_RELAY)
POINT_CELL(point_dnsbl, POINT_DNSBL)

/* Words separated by blanks. */
static const char *
join(const struct report_row *row, const char *list, const char *word)
{
	return *list == '\0' ? word : arena_printf(row->arena, "%s %s", list, word);
}

static const char *
mx_hosts(const struct report_row *row)
{
	const struct mx_result *mx = &row->card->e->mx;
	const char *list = "";

	for (size_t i = 0; i < mx->host_count && i < MX_HOSTS_MAX; i++)
		list = join(row, list, mx->hosts[i].name);
	return list;
}

static const char *
mx_addresses(const struct report_row *row)
{
	const struct evaluation *e = row->card->e;
	const char *list = "";

	for (size_t i = 0; i < e->address_count; i++)
		if (e->addresses[i].host != NULL)
			list = join(row, list, e->addresses[i].text);
	return list;
}

static const char *
spf_record(const struct report_row *row)
{
	const struct spf_result *spf = &row->card->e->spf;

	return spf->text == NULL ? "" : escape_controls(row->arena, spf->text, spf->length);
}

static const char *
spf_lookups(const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	if (e->domain == NULL || e->missing || e->spf.tree.root->fault != SPF_NODE_FINE ||
	    spf_tree_unanswered(&e->spf.tree) != NULL)
		return "";
	if (e->spf.tree.more)
		return arena_printf(row->arena, ">%d", SPF_TREE_LOOKUPS_MAX);
	return number(row, spf_tree_lookups(&e->spf.tree));
}

static const char *
spf_authorises_mx(const struct report_row *row)
{
	enum spf_verdict worst = spf_worst_of_hosts(row->card->e);

	return worst == SPF_VERDICT_COUNT ? "" : spf_verdict_text(worst);
}

static const char *
dkim_selectors(const struct report_row *row)
{
	const struct dkim_result *dkim = &row->card->e->dkim;
	const char *list = "";

	for (size_t i = 0; i < dkim->count; i++)
		if (dkim->keys[i].text != NULL && !dkim->keys[i].wildcard)
			list = join(row, list, dkim->keys[i].selector);
	return list;
}

/* What receivers do with mail of the domain itself. */
static const char *
dmarc_policy(const struct report_row *row)
{
	const char *word = dmarc_policy_text(row->card->e->dmarc.effective[DMARC_THE_NAME]);

	return word == NULL ? "" : word;
}

static const char *
dmarc_record(const struct report_row *row)
{
	const struct dmarc_step *applying = row->card->e->dmarc.applying;

	return applying == NULL ? ""
				: escape_controls(row->arena, applying->text, applying->length);
}

static const char *
connect_ms(const struct report_row *row)
{
	const struct address_result *address = row_first_session(row->card);

	return address == NULL || address->looks.better->stage == SMTP_CONNECT
	    ? ""
	    : number(row, address->looks.better->connect_ms);
}

static const char *
greeting_ms(const struct report_row *row)
{
	const struct address_result *address = row_first_session(row->card);

	return address == NULL || address->looks.better->greeting.code == 0
	    ? ""
	    : number(row, address->looks.better->greeting_ms);
}

static const char *
tls_version(const struct report_row *row)
{
	const struct address_result *address = row_first_session(row->card);

	return address == NULL ? "" : address->looks.better->tls_version;
}

static const char *
certificate_days_left(const struct report_row *row)
{
	const struct address_result *address = row_first_session(row->card);

	if (address == NULL || address->tls.chain == NULL)
		return "";
	if (!address->tls.chain->readable)
		return "";
	return number(row, cert_leaf_days_left(&address->tls.chain->leaf, row->card->e->run->now));
}

/* Zones that fail or warn, each once. */
static const char *
listed_on(const struct report_row *row)
{
	static const char *const ids[] = { "dnsbl.address", "dnsbl.address-policy",
		"dnsbl.domain" };
	const char *list = "";

	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		const struct check_result *result = row_result(row->card, ids[i]);

		for (size_t k = 0; result != NULL && k < result->subject_count; k++) {
			const struct subject_finding *one = &result->subjects[k];
			const char *zone =
			    arena_string_n(row->arena, one->subject, strcspn(one->subject, " "));

			if ((one->finding.outcome == OUTCOME_FAIL ||
				one->finding.outcome == OUTCOME_WARN) &&
			    strstr(list, zone) == NULL)
				list = join(row, list, zone);
		}
	}
	return list;
}

static const char *
mta_sts(const struct report_row *row)
{
	return row_area_outcome(row->card, &area_mta_sts);
}

static const char *
tls_rpt(const struct report_row *row)
{
	return row_area_outcome(row->card, &area_tls_rpt);
}

static const char *
dane(const struct report_row *row)
{
	return row_area_outcome(row->card, &area_dane);
}

static const char *
dnssec(const struct report_row *row)
{
	return row_area_outcome(row->card, &area_dnssec);
}

static const char *
failed_checks(const struct report_row *row)
{
	return row_join_checks(row->card, OUTCOME_FAIL, row->arena);
}

static const char *
warned_checks(const struct report_row *row)
{
	return row_join_checks(row->card, OUTCOME_WARN, row->arena);
}

static const char *
not_tested_checks(const struct report_row *row)
{
	return row_join_checks(row->card, OUTCOME_NOT_TESTED, row->arena);
}

static const char *
top_advice(const struct report_row *row)
{
	const struct check_result *worst = row->card->worst;

	if (worst == NULL || worst->finding.outcome == OUTCOME_INFO)
		return "";
	return scorecard_advice(row->card, worst, row->arena);
}

static const char *
line(const struct report_row *row)
{
	return number(row, (long long)row->line);
}

static const char *
scanned_at(const struct report_row *row)
{
	return row_time_text(row->scanned_at, row->arena);
}

static const char *
elapsed_ms(const struct report_row *row)
{
	return number(row, row->elapsed_ms);
}

static const char *
schema(const struct report_row *row)
{
	return number(row, SCORECARD_SCHEMA);
}

#define COLUMN_MAP(X)                                                                              \
	X(verdict, "verdict")                                                                      \
	X(score, "score")                                                                          \
	X(confidence, "confidence")                                                                \
	X(grade, "grade")                                                                          \
	X(role, "role")                                                                            \
	X(worst_check, "worst_check")                                                              \
	X(count_pass, "count_pass")                                                                \
	X(count_info, "count_info")                                                                \
	X(count_warn, "count_warn")                                                                \
	X(count_fail, "count_fail")                                                                \
	X(count_not_tested, "count_not_tested")                                                    \
	X(provider, "provider")                                                                    \
	X(point_mx, "mx")                                                                          \
	X(point_ptr, "ptr")                                                                        \
	X(point_fcrdns, "fcrdns")                                                                  \
	X(point_spf, "spf")                                                                        \
	X(point_dkim, "dkim")                                                                      \
	X(point_dmarc, "dmarc")                                                                    \
	X(point_helo, "helo")                                                                      \
	X(point_smtp, "smtp")                                                                      \
	X(point_starttls, "starttls")                                                              \
	X(point_relay, "relay")                                                                    \
	X(point_dnsbl, "dnsbl")                                                                    \
	X(mx_hosts, "mx_hosts")                                                                    \
	X(mx_addresses, "mx_addresses")                                                            \
	X(spf_record, "spf_record")                                                                \
	X(spf_lookups, "spf_lookups")                                                              \
	X(spf_authorises_mx, "spf_authorises_mx")                                                  \
	X(dkim_selectors, "dkim_selectors")                                                        \
	X(dmarc_policy, "dmarc_policy")                                                            \
	X(dmarc_record, "dmarc_record")                                                            \
	X(connect_ms, "connect_ms")                                                                \
	X(greeting_ms, "greeting_ms")                                                              \
	X(tls_version, "tls_version")                                                              \
	X(certificate_days_left, "certificate_days_left")                                          \
	X(listed_on, "listed_on")                                                                  \
	X(mta_sts, "mta_sts")                                                                      \
	X(tls_rpt, "tls_rpt")                                                                      \
	X(dane, "dane")                                                                            \
	X(dnssec, "dnssec")                                                                        \
	X(failed_checks, "failed_checks")                                                          \
	X(warned_checks, "warned_checks")                                                          \
	X(not_tested_checks, "not_tested_checks")                                                  \
	X(top_advice, "top_advice")                                                                \
	X(line, "line")                                                                            \
	X(scanned_at, "scanned_at")                                                                \
	X(elapsed_ms, "elapsed_ms")                                                                \
	X(schema, "schema")

static const cell_fn column_cells[] = {
#define X(cell, name) cell,
	COLUMN_MAP(X)
#undef X
};

static const char *const column_names[] = {
#define X(cell, name) name,
	COLUMN_MAP(X)
#undef X
	    NULL,
};

const char *const *
scorecard_csv_columns(void)
{
	return column_names;
}

static int
scorecard_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct csv_sink *csv = (struct csv_sink *)sink;

	csv_sink_begin(csv, row);
	for (size_t i = 0; column_names[i] != NULL; i++)
		csv_sink_cell(csv, column_cells[i](row));
	return csv_sink_line(csv, error);
}

int
scorecard_csv_open(const char *path, const struct csv_style *style, bool byte_order_mark,
    const char *const *carried_names, size_t carried_count, struct sink **sink_out,
    struct error *error)
{
	return csv_sink_open(path, style, byte_order_mark, carried_names, carried_count,
	    column_names, scorecard_row, sink_out, error);
}
