/* One table of columns, each with the function that says its cell. */
#include "report/columns.h"

#include "base/arena.h"
#include "base/escape.h"
#include "cert/leaf.h"
#include "report/spf_json.h"
#include "score/profile.h"

#include <string.h>

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

			if (outcome_is_bad(one->finding.outcome) && strstr(list, zone) == NULL)
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
	X(verdict, "verdict", OUTCOME)                                                             \
	X(score, "score", NUMBER)                                                                  \
	X(confidence, "confidence", NUMBER)                                                        \
	X(grade, "grade", TEXT)                                                                    \
	X(role, "role", TEXT)                                                                      \
	X(worst_check, "worst_check", TEXT)                                                        \
	X(count_pass, "count_pass", NUMBER)                                                        \
	X(count_info, "count_info", NUMBER)                                                        \
	X(count_warn, "count_warn", NUMBER)                                                        \
	X(count_fail, "count_fail", NUMBER)                                                        \
	X(count_not_tested, "count_not_tested", NUMBER)                                            \
	X(provider, "provider", TEXT)                                                              \
	X(point_mx, "mx", OUTCOME)                                                                 \
	X(point_ptr, "ptr", OUTCOME)                                                               \
	X(point_fcrdns, "fcrdns", OUTCOME)                                                         \
	X(point_spf, "spf", OUTCOME)                                                               \
	X(point_dkim, "dkim", OUTCOME)                                                             \
	X(point_dmarc, "dmarc", OUTCOME)                                                           \
	X(point_helo, "helo", OUTCOME)                                                             \
	X(point_smtp, "smtp", OUTCOME)                                                             \
	X(point_starttls, "starttls", OUTCOME)                                                     \
	X(point_relay, "relay", OUTCOME)                                                           \
	X(point_dnsbl, "dnsbl", OUTCOME)                                                           \
	X(mx_hosts, "mx_hosts", TEXT)                                                              \
	X(mx_addresses, "mx_addresses", TEXT)                                                      \
	X(spf_record, "spf_record", TEXT)                                                          \
	X(spf_lookups, "spf_lookups", NUMBER)                                                      \
	X(spf_authorises_mx, "spf_authorises_mx", OUTCOME)                                         \
	X(dkim_selectors, "dkim_selectors", TEXT)                                                  \
	X(dmarc_policy, "dmarc_policy", TEXT)                                                      \
	X(dmarc_record, "dmarc_record", TEXT)                                                      \
	X(connect_ms, "connect_ms", NUMBER)                                                        \
	X(greeting_ms, "greeting_ms", NUMBER)                                                      \
	X(tls_version, "tls_version", TEXT)                                                        \
	X(certificate_days_left, "certificate_days_left", NUMBER)                                  \
	X(listed_on, "listed_on", TEXT)                                                            \
	X(mta_sts, "mta_sts", OUTCOME)                                                             \
	X(tls_rpt, "tls_rpt", OUTCOME)                                                             \
	X(dane, "dane", OUTCOME)                                                                   \
	X(dnssec, "dnssec", OUTCOME)                                                               \
	X(failed_checks, "failed_checks", TEXT)                                                    \
	X(warned_checks, "warned_checks", TEXT)                                                    \
	X(not_tested_checks, "not_tested_checks", TEXT)                                            \
	X(top_advice, "top_advice", TEXT)                                                          \
	X(line, "line", NUMBER)                                                                    \
	X(scanned_at, "scanned_at", TEXT)                                                          \
	X(elapsed_ms, "elapsed_ms", NUMBER)                                                        \
	X(schema, "schema", NUMBER)

const struct column scorecard_columns[] = {
#define X(cell, name, kind) { name, cell, COLUMN_##kind },
	COLUMN_MAP(X)
#undef X
};

const char *const scorecard_column_names[] = {
#define X(cell, name, kind) name,
	COLUMN_MAP(X)
#undef X
	    NULL,
};

const size_t scorecard_column_count = sizeof scorecard_columns / sizeof scorecard_columns[0];

const char *const *
columns_with_profiles(const char *const *profile_names, size_t profile_count, struct arena *arena)
{
	const char **names =
	    arena_zeroed(arena, scorecard_column_count + profile_count + 1, sizeof *names);

	memcpy(names, scorecard_column_names, scorecard_column_count * sizeof *names);
	for (size_t i = 0; i < profile_count; i++)
		names[scorecard_column_count + i] =
		    arena_printf(arena, "profile_%s", profile_names[i]);
	return names;
}

const char *
column_of_profile(const struct report_row *row, size_t place)
{
	return profile_word_text(row->card->profiles[place].word);
}
