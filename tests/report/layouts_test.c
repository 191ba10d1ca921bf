/* The scorecard in the columns of other programs. */
#include "unit.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "report/layouts.h"
#include "report/scorecard_csv.h"
#include "rule/gathered_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MX "a.com MX 10 mx.a.com\nmx.a.com A 8.8.8.8\n8.8.8.8 SMTP mx.a.com \n"
#define GOOD                                                                                       \
	MX "s1._domainkey.a.com TXT v=DKIM1; k=ed25519; "                                          \
	   "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"                                      \
	   "a.com TXT v=spf1 mx -all\n"                                                            \
	   "_dmarc.a.com TXT v=DMARC1; p=reject; rua=mailto:d@a.com,mailto:e@a.com\n"              \
	   "_smtp._tls.a.com TXT v=TLSRPTv1; rua=mailto:t@a.com\n"                                 \
	   "_mta-sts.a.com TXT v=STSv1; id=a1\nmta-sts.a.com A 8.8.4.4\n"                          \
	   "mta-sts.a.com POLICY |look=200 text/plain|body=version: STSv1~mode: enforce~"          \
	   "mx: mx.a.com~mx: *.b.com~max_age: 604800~\n"

/* As `checkdmarc -f csv` writes them since it left out pct, rf and ri; and trustymail. */
static const char checkdmarc_header[] =
    "domain,base_domain,dnssec,spf_valid,dmarc_valid,dmarc_adkim,dmarc_aspf,dmarc_fo,dmarc_p,"
    "dmarc_rua,dmarc_ruf,dmarc_sp,tls,starttls,spf_record,dmarc_record,dmarc_record_location,mx,"
    "mx_error,mx_warnings,mta_sts_id,mta_sts_mode,mta_sts_max_age,smtp_tls_reporting_valid,"
    "smtp_tls_reporting_rua,mta_sts_mx,mta_sts_error,mta_sts_warnings,spf_error,spf_warnings,"
    "dmarc_error,dmarc_warnings,ns,ns_error,ns_warnings,bimi_selector,bimi_error,bimi_warnings,"
    "smtp_tls_reporting_error,smtp_tls_reporting_warnings\r\n";
static const char trustymail_header[] =
    "Domain,Base Domain,Live,MX Record,MX Record DNSSEC,Mail Servers,Mail Server Ports Tested,"
    "Domain Supports SMTP Results,Domain Supports SMTP,Domain Supports STARTTLS Results,"
    "Domain Supports STARTTLS,SPF Record,SPF Record DNSSEC,Valid SPF,SPF Results,DMARC Record,"
    "DMARC Record DNSSEC,Valid DMARC,DMARC Results,DMARC Record on Base Domain,"
    "DMARC Record on Base Domain DNSSEC,Valid DMARC Record on Base Domain,"
    "DMARC Results on Base Domain,DMARC Policy,DMARC Subdomain Policy,DMARC Policy Percentage,"
    "DMARC Aggregate Report URIs,DMARC Forensic Report URIs,DMARC Has Aggregate Report URI,"
    "DMARC Has Forensic Report URI,DMARC Reporting Address Acceptance Error,Syntax Errors,"
    "Debug Info\r\n";

/* ---- rows */

static struct judge_tables tables;
static struct scorecard card;

struct made_row {
	struct gathered_row gathered;
	struct report_row row;
};

static void
make_row(struct made_row *made, const char *facts, const char *columns)
{
	static const struct scorecard_options all = { .deep = true };
	struct gathered_row *row = &made->gathered;

	gathered_row_open(row, facts, "a.com", columns);
	row->table.run.suffixes = tables.suffixes;
	gathered_row_gather(row, 1);
	gathered_row_evaluate(row);
	scorecard_make(&row->evaluation, &tables, &all, &row->arena, &card);
	made->row = (struct report_row){ .card = &card, .line = 1, .arena = &row->arena };
}

/* ---- cells */

struct cells_case {
	const char *name, *facts, *columns;
	const struct layout *layout;
	const char *expected; /* "COLUMN=CELL" lines; of the columns that are not named, nothing */
};

static const struct cells_case cases[] = {
	{ "good", GOOD, "selectors=s1", &layout_checkdmarc,
	    "base_domain=a.com\ndnssec=False\nspf_valid=True\ndmarc_valid=True\ndmarc_adkim=r\n"
	    "dmarc_aspf=r\ndmarc_fo=0\ndmarc_p=reject\n"
	    "dmarc_rua=mailto:d@a.com|mailto:e@a.com\ndmarc_ruf=\ndmarc_sp=reject\ntls=True\n"
	    "starttls=True\nspf_record=v=spf1 mx -all\n"
	    "dmarc_record=v=DMARC1; p=reject; rua=mailto:d@a.com,mailto:e@a.com\n"
	    "dmarc_record_location=a.com\nmx=10, mx.a.com\nmx_error=\nmta_sts_id=a1\n"
	    "mta_sts_mode=enforce\nmta_sts_max_age=604800\nmta_sts_mx=mx.a.com|*.b.com\n"
	    "mta_sts_error=\nsmtp_tls_reporting_valid=True\n"
	    "smtp_tls_reporting_rua=mailto:t@a.com\nspf_error=\nspf_warnings=\ndmarc_error=\n"
	    "ns=\nbimi_error=\nsmtp_tls_reporting_error=\n" },
	{ "good", GOOD, "selectors=s1", &layout_trustymail,
	    "Base Domain=a.com\nLive=True\nMX Record=True\nMail Servers=mx.a.com\n"
	    "Mail Server Ports Tested=25\nDomain Supports SMTP Results=mx.a.com:25\n"
	    "Domain Supports SMTP=True\nDomain Supports STARTTLS Results=mx.a.com:25\n"
	    "Domain Supports STARTTLS=True\nSPF Record=True\nSPF Record DNSSEC=\n"
	    "Valid SPF=True\nSPF Results=v=spf1 mx -all\nDMARC Record=True\nValid DMARC=True\n"
	    "DMARC Results=v=DMARC1; p=reject; rua=mailto:d@a.com,mailto:e@a.com\n"
	    "DMARC Record on Base Domain=True\nValid DMARC Record on Base Domain=True\n"
	    "DMARC Policy=reject\nDMARC Subdomain Policy=reject\nDMARC Policy Percentage=100\n"
	    "DMARC Aggregate Report URIs=mailto:d@a.com, mailto:e@a.com\n"
	    "DMARC Forensic Report URIs=\nDMARC Has Aggregate Report URI=True\n"
	    "DMARC Has Forensic Report URI=False\n"
	    "DMARC Reporting Address Acceptance Error=False\nSyntax Errors=\nDebug Info=\n" },

	{ "nothing is published", "a.com TXT OTHER\n", "", &layout_checkdmarc,
	    "base_domain=a.com\nspf_valid=False\ndmarc_valid=False\ndmarc_adkim=\ndmarc_p=\n"
	    "dmarc_sp=\ntls=\nstarttls=\nspf_record=\ndmarc_record=\n"
	    "dmarc_record_location=\nmx=\nmta_sts_id=\nsmtp_tls_reporting_valid=False\n" },
	{ "nothing is published", "a.com TXT OTHER\n", "", &layout_trustymail,
	    "Live=True\nMX Record=False\nMail Servers=\nMail Server Ports Tested=\n"
	    "Domain Supports SMTP=\nSPF Record=False\nValid SPF=False\nDMARC Record=False\n"
	    "Valid DMARC=False\nDMARC Policy=\nDMARC Has Aggregate Report URI=False\n" },
	{ "an address takes the mail", "a.com A 8.8.8.8\n8.8.8.8 SMTP a.com \n", "",
	    &layout_trustymail, "MX Record=False\nMail Servers=\nDomain Supports SMTP=True\n" },

	{ "what is broken", MX "a.com TXT v=spf1 mx ipv4:1 -all\n_dmarc.a.com TXT v=DMARC1; p=x\n",
	    "", &layout_checkdmarc,
	    "spf_valid=False\nspf_record=v=spf1 mx ipv4:1 -all\ndmarc_valid=False\n"
	    "dmarc_record=v=DMARC1; p=x\ndmarc_p=x\n" },
	{ "what is broken", MX "a.com TXT v=spf1 mx ipv4:1 -all\n_dmarc.a.com TXT v=DMARC1; p=x\n",
	    "", &layout_trustymail,
	    "SPF Record=True\nValid SPF=False\nDMARC Record=True\nValid DMARC=False\n" },
	{ "two records of SPF", MX "a.com TXT v=spf1 mx -all\na.com TXT v=spf1 a -all\n", "",
	    &layout_checkdmarc, "spf_valid=False\nspf_record=\n" },
	{ "an old tag, and reports that nobody takes",
	    MX "_dmarc.a.com TXT v=DMARC1; p=none; pct=20; ruf=mailto:d@b.com\nb.com A 8.8.8.8\n",
	    "", &layout_trustymail,
	    "DMARC Policy=none\nDMARC Policy Percentage=20\n"
	    "DMARC Forensic Report URIs=mailto:d@b.com\nDMARC Has Forensic Report URI=True\n"
	    "DMARC Reporting Address Acceptance Error=True\n" },
	{ "no STARTTLS",
	    "a.com MX 10 mx.a.com\nmx.a.com A 8.8.8.8\n8.8.8.8 SMTP mx.a.com |notls\n"
	    "8.8.8.8 SMTP2 mx.a.com |after=900|notls\n",
	    "", &layout_checkdmarc, "starttls=False\ntls=\n" },
	{ "no STARTTLS",
	    "a.com MX 10 mx.a.com\nmx.a.com A 8.8.8.8\n8.8.8.8 SMTP mx.a.com |notls\n"
	    "8.8.8.8 SMTP2 mx.a.com |after=900|notls\n",
	    "", &layout_trustymail,
	    "Domain Supports SMTP=True\nDomain Supports STARTTLS=False\n"
	    "Domain Supports STARTTLS Results=\n" },

	{ "no answer is no False",
	    "a.com MX TIMEOUT\na.com TXT SERVFAIL\n_dmarc.a.com TXT TIMEOUT\n"
	    "_smtp._tls.a.com TXT SERVFAIL\n",
	    "", &layout_checkdmarc,
	    "spf_valid=\ndmarc_valid=\nsmtp_tls_reporting_valid=\nstarttls=\n" },
	{ "no answer is no False",
	    "a.com MX TIMEOUT\na.com TXT SERVFAIL\n_dmarc.a.com TXT TIMEOUT\n", "",
	    &layout_trustymail,
	    "MX Record=\nSPF Record=\nValid SPF=\nDMARC Record=\nValid DMARC=\n"
	    "DMARC Has Aggregate Report URI=\nDomain Supports SMTP=\n" },
	{ "no such domain", "com SOA x\n", "", &layout_checkdmarc,
	    "spf_valid=\ndmarc_valid=\nmx=\nstarttls=\n" },
	{ "no such domain", "com SOA x\n", "", &layout_trustymail,
	    "Live=False\nMX Record=\nValid SPF=\nValid DMARC=\n" },
	{ "no domain at all", "", "problem=it is none", &layout_checkdmarc,
	    "base_domain=\nspf_valid=\ndmarc_valid=\nmx=\nspf_error=\ndmarc_error=\n" },
	{ "no domain at all", "", "problem=it is none", &layout_trustymail,
	    "Live=\nMX Record=\nValid SPF=\nValid DMARC=\nSyntax Errors=\n" },
};

static const char *
cell_of(const struct layout *layout, const struct report_row *row, const char *name, size_t length)
{
	for (size_t i = 0; i < layout->count; i++)
		if (strlen(layout->columns[i].name) == length &&
		    strncmp(layout->columns[i].name, name, length) == 0)
			return layout->columns[i].cell(row);
	fail_msg("no such column: %.*s", (int)length, name);
	return NULL;
}

static unsigned
compare(const struct cells_case *c, const struct report_row *row)
{
	unsigned failures = 0;

	for (const char *line = c->expected; *line != '\0';) {
		size_t name = strcspn(line, "="), length = strcspn(line, "\n");
		const char *cell = cell_of(c->layout, row, line, name);

		if (strlen(cell) != length - name - 1 ||
		    strncmp(cell, line + name + 1, length - name - 1) != 0) {
			print_error("%s: %.*s, not %s\n", c->name, (int)length, line, cell);
			failures++;
		}
		line += length + 1;
	}
	return failures;
}

static void
cells_say_what_is_known(void **state)
{
	unsigned failures = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct made_row made;

		make_row(&made, cases[i].facts, cases[i].columns);
		failures += compare(&cases[i], &made.row);
		gathered_row_close(&made.gathered);
	}
	assert_int_equal(failures, 0);
}

/* Errors are in our words, and name what is wrong. */
static void
errors_are_advice(void **state)
{
	struct made_row made;

	(void)state;
	make_row(&made, MX "a.com TXT v=spf1 mx ipv4:1 -all\n", "");
	assert_non_null(strstr(cell_of(&layout_checkdmarc, &made.row, "spf_error", 9), "ipv4:1"));
	assert_non_null(
	    strstr(cell_of(&layout_checkdmarc, &made.row, "dmarc_error", 11), "Publish DMARC"));
	assert_non_null(
	    strstr(cell_of(&layout_trustymail, &made.row, "Syntax Errors", 13), ", Publish DMARC"));
	gathered_row_close(&made.gathered);
}

/* ---- files */

typedef int (*opener)(const char *path, const struct csv_style *style, bool byte_order_mark,
    struct sink **sink_out, struct error *error);

/* A row as the file has it, header and all; the caller's to free. */
static char *
file_of(opener open, const struct csv_style *style, const struct report_row *row)
{
	char path[] = "/tmp/mxsweep-layouts-XXXXXX", *text = calloc(1, 65536);
	const struct report_totals totals = { .tally = NULL };
	struct error error = { 0 };
	struct sink *sink;
	FILE *file;

	close(mkstemp(path));
	assert_int_equal(open(path, style, false, &sink, &error), 0);
	if (row != NULL)
		assert_int_equal(sink->row(sink, row, &error), 0);
	assert_int_equal(sink->end(sink, &totals, &error), 0);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(text);
	assert_true(fread(text, 1, 65535, file) > 0);
	fclose(file);
	unlink(path);
	return text;
}

static const struct csv_style safe = { ',', true }, bare = { ',', false };

static void
headers_are_theirs_column_for_column(void **state)
{
	char *text;

	(void)state;
	text = file_of(checkdmarc_csv_open, &safe, NULL);
	assert_string_equal(text, checkdmarc_header);
	free(text);
	text = file_of(trustymail_csv_open, &safe, NULL);
	assert_string_equal(text, trustymail_header);
	free(text);
}

static const struct {
	opener open;
	const struct csv_style *style;
	const char *facts, *columns;
	const char *part; /* of the row */
} written[] = {
	/* what has the delimiter or a quote in it stands in quotes */
	{ checkdmarc_csv_open, &safe, GOOD, "", ",\"10, mx.a.com\"," },
	{ checkdmarc_csv_open, &safe, MX "_dmarc.a.com TXT v=DMARC1; p=none; x=\"y\"\n", "",
	    "\"v=DMARC1; p=none; x=\"\"y\"\"\"" },
	{ trustymail_csv_open, &safe, GOOD, "", "\"mailto:d@a.com, mailto:e@a.com\"" },
	/* no cell begins a formula */
	{ checkdmarc_csv_open, &safe, MX "_dmarc.a.com TXT v=DMARC1; p==1+1\n", "", ",'=1+1," },
	{ checkdmarc_csv_open, &bare, MX "_dmarc.a.com TXT v=DMARC1; p==1+1\n", "", ",=1+1," },
	{ trustymail_csv_open, &safe, MX "_dmarc.a.com TXT v=DMARC1; p==1+1\n", "", ",'=1+1," },
	/* the domain stands first, or what stood in its place */
	{ trustymail_csv_open, &safe, GOOD, "", "\r\na.com,a.com,True,True," },
	{ checkdmarc_csv_open, &safe, "", "problem=it is none", "\r\na.com,,,," },
};

static void
cells_are_written_as_csv(void **state)
{
	unsigned failures = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(written); i++) {
		struct made_row made;
		char *text;

		make_row(&made, written[i].facts, written[i].columns);
		text = file_of(written[i].open, written[i].style, &made.row);
		if (strstr(text, written[i].part) == NULL) {
			print_error("%s is not in: %s\n", written[i].part, text);
			failures++;
		}
		free(text);
		gathered_row_close(&made.gathered);
	}
	assert_int_equal(failures, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_theirs_column_for_column),
		cmocka_unit_test(cells_say_what_is_known),
		cmocka_unit_test(errors_are_advice),
		cmocka_unit_test(cells_are_written_as_csv),
	};
	struct providers *providers = NULL;
	struct suffix_list *suffixes = NULL;
	struct error error;
	int failed;

	if (suffix_list_open(NULL, &suffixes, &error) != 0 ||
	    providers_load(SOURCE_DIR "/data/providers.tsv", &providers, &error) != 0) {
		print_error("%s\n", error.text);
		return 1;
	}
	tables = (struct judge_tables){ suffixes, providers, NULL };
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	providers_free(providers);
	suffix_list_close(suffixes);
	return failed;
}
