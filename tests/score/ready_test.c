/* Records ready to be published: by what a check has found, and out of what was seen. */
#include "unit.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "rule/gathered_row.h"
#include "score/dane_judge_cases.h"
#include "score/ready.h"
#include "score/session_cases.h"
#include "score/text_cases.h"
#include "score/transport_cases.h"

#include <stdlib.h>
#include <string.h>

struct ready_case {
	const char *name;
	const char *facts, *columns;
	const char *check;
	const char *lines; /* of a zone; then, behind `file `, the URL of a policy file */
};

#define EXAMPLE_PTR "8.8.8.8.in-addr.arpa. IN PTR mx.a.com.\n"

static const struct ready_case cases[] = {
	{ "an address that takes mail without an MX", "a.com A 8.8.8.8\n", "", "mx.exists",
	    "a.com. IN MX 10 a.com.\n" },
	{ "no address: whose name should stand there?", "a.com TXT x\n", "", "mx.exists", "" },
	{ "a null MX of another preference", "a.com MX 10 .\n", "role=parked", "mx.null-wellformed",
	    "a.com. IN MX 0 .\n" },
	{ "a null MX is advised", "a.com A 8.8.8.8\n" DENY, "", "mx.null-advised",
	    "a.com. IN MX 0 .\n" },

	{ "no PTR", MX, "", "ptr.present", EXAMPLE_PTR },
	{ "no PTR of two addresses", MX "mx.a.com A 8.8.4.4\n", "", "ptr.present",
	    "4.4.8.8.in-addr.arpa. IN PTR mx.a.com.\n" EXAMPLE_PTR },
	{ "no PTR of an address without a name", MX PTR, "outbound_ips=8.8.4.4", "ptr.present",
	    "" },
	{ "a PTR of the domain's own that leads nowhere", MX "8.8.8.8 PTR out.a.com\n", "",
	    "ptr.forward-confirmed", "out.a.com. IN A 8.8.8.8\n" },
	{ "a PTR of somebody else's", MX "8.8.8.8 PTR host.b.com\n", "", "ptr.forward-confirmed",
	    EXAMPLE_PTR },

	{ "no SPF", MX, "", "spf.present", "a.com. IN TXT \"v=spf1 mx ~all\"\n" },
	{ "no SPF, and the row says who sends", MX,
	    "outbound_ips=8.8.4.4 2001:4860:4860::1|expected_spf_include=spf.b.com", "spf.present",
	    "a.com. IN TXT \"v=spf1 mx ip4:8.8.4.4 ip6:2001:4860:4860::1 include:spf.b.com "
	    "~all\"\n" },
	{ "no SPF of a parked domain", NULL_MX, "role=parked", "spf.present",
	    "a.com. IN TXT \"v=spf1 -all\"\n" },
	{ "no SPF, and the domain is an alias", "a.com CNAME b.com\nb.com MX 10 mx.b.com\n", "",
	    "spf.present", "" },
	{ "two records of SPF", MX "a.com TXT v=spf1 mx ~all\na.com TXT v=spf1 a ~all\n", "",
	    "spf.single", "a.com. IN TXT \"v=spf1 mx a ~all\"\n" },
	{ "everybody may send", MX "a.com TXT v=spf1 mx +all\n", "", "spf.default",
	    "a.com. IN TXT \"v=spf1 mx ~all\"\n" },
	{ "nothing is said of the others", MX "a.com TXT v=spf1 mx\n", "", "spf.default",
	    "a.com. IN TXT \"v=spf1 mx ~all\"\n" },
	{ "a redirect says it", MX "a.com TXT v=spf1 redirect=b.com\nb.com TXT v=spf1 ?all\n", "",
	    "spf.default", "" },
	{ "two that may not send", MX "a.com TXT v=spf1 a:b.com -all\nb.com A 8.8.8.1\n",
	    "outbound_ips=8.8.4.4 8.8.8.8", "spf.authorises",
	    "a.com. IN TXT \"v=spf1 a:b.com ip4:8.8.8.8 ip4:8.8.4.4 -all\"\n" },
	{ "a parked domain by another record", NULL_MX "a.com TXT v=spf1 ~all\n", "role=parked",
	    "spf.parked", "a.com. IN TXT \"v=spf1 -all\"\n" },

	{ "a parked domain without its empty key", NULL_MX DENY, "role=parked", "dkim.parked",
	    "*._domainkey.a.com. IN TXT \"v=DKIM1; p=\"\n" },
	{ "a key that nobody knows", MX, "", "dkim.selectors", "" },

	{ "no DMARC", MX, "", "dmarc.present", "_dmarc.a.com. IN TXT \"v=DMARC1; p=none\"\n" },
	{ "no DMARC, and the row says who reads the reports", MX, "expected_rua=d@a.com",
	    "dmarc.present", "_dmarc.a.com. IN TXT \"v=DMARC1; p=none; rua=mailto:d@a.com\"\n" },
	{ "reports that nobody gets", MX OWN "p=none; fo=1\n", "expected_rua=d@a.com", "dmarc.rua",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=none; fo=1; rua=mailto:d@a.com\"\n" },
	{ "reports for nobody in particular", MX OWN "p=none\n", "", "dmarc.rua", "" },
	{ "from watching to a trial", MX OWN "p=none; rua=mailto:d@a.com\n", "",
	    "dmarc.policy-strength",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=quarantine; t=y; rua=mailto:d@a.com\"\n" },
	{ "from the trial to earnest", MX OWN "p=quarantine; t=y\n", "", "dmarc.policy-strength",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=quarantine\"\n" },
	{ "a policy of the name above", MX "_dmarc.com TXT v=DMARC1; p=none; psd=y\n", "",
	    "dmarc.policy-strength", "" },
	{ "tags of older versions", MX OWN "p=reject; pct=50; ri=3600\n", "", "dmarc.obsolete-tags",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=reject\"\n" },
	{ "a record at an alias, whose target is another's",
	    MX "_dmarc.a.com CNAME d.b.com\nd.b.com TXT v=DMARC1; p=none\n", "",
	    "dmarc.policy-strength", "" },
	{ "reports to another domain", MX OWN "p=none; rua=mailto:d@b.com\nb.com A 8.8.8.8\n", "",
	    "dmarc.external-auth", "a.com._report._dmarc.b.com. IN TXT \"v=DMARC1\"\n" },
	{ "a parked domain that says too little", NULL_MX DENY OWN "p=quarantine; t=y\n",
	    "role=parked", "dmarc.parked",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; "
	    "aspf=s\"\n" },

	{ "no MTA-STS", MX, "", "mta_sts.present",
	    "_mta-sts.a.com. IN TXT \"v=STSv1; id=20261130005320\"\n"
	    "file https://mta-sts.a.com/.well-known/mta-sts.txt\n" },
	{ "no exchange for a policy", "a.com TXT x\n", "", "mta_sts.present", "" },
	{ "two records of one policy", MX STS "id=a\n" STS "id=b\n", "", "mta_sts.record",
	    "_mta-sts.a.com. IN TXT \"v=STSv1; id=20261130005320\"\n"
	    "file https://mta-sts.a.com/.well-known/mta-sts.txt\n" },
	{ "a policy that is none", MX FETCH BODY("mode: x~mx: mx.a.com~max_age: 1~") "\n", "",
	    "mta_sts.policy-syntax",
	    "_mta-sts.a.com. IN TXT \"v=STSv1; id=20261130005320\"\n"
	    "file https://mta-sts.a.com/.well-known/mta-sts.txt\n" },
	{ "a policy host without its record", MX HOST, "", "mta_sts.txt-missing",
	    "_mta-sts.a.com. IN TXT \"v=STSv1; id=20261130005320\"\n"
	    "file https://mta-sts.a.com/.well-known/mta-sts.txt\n" },

	{ "TLS reports: whose mailbox?", MX STS "id=a\n" HOST, "", "tls_rpt.present", "" },
	{ "that of DMARC, when it is the domain's own",
	    MX STS "id=a\n" HOST OWN "p=none; rua=mailto:x@b.com,mailto:d@a.com\n", "",
	    "tls_rpt.present", "_smtp._tls.a.com. IN TXT \"v=TLSRPTv1; rua=mailto:d@a.com\"\n" },
	{ "what is right of a record stays", MX RPT "rua=mailto:t@a.com,ftp://a.com; =x\n", "",
	    "tls_rpt.syntax", "_smtp._tls.a.com. IN TXT \"v=TLSRPTv1; rua=mailto:t@a.com\"\n" },

	{ "another key than that of DANE", ZONE SESSION "\n" TLSA "3 1 1 other\n", "", "dane.match",
	    "_25._tcp.mx.a.com. IN TLSA 3 1 1 KEY\n" },
	{ "parameters that nobody can use", ZONE SESSION "\n" TLSA "1 1 1 good\n", "",
	    "dane.parameters", "_25._tcp.mx.a.com. IN TLSA 3 1 1 KEY\n" },
	{ "no TLSA record", ZONE SESSION "\n", "", "dane.present", "" },

	{ "nothing is wrong", MX SPF OWN "p=reject\n", "", "spf.present", "" },
	{ "nothing is known", MX "_dmarc.a.com TXT TIMEOUT\n", "", "dmarc.present", "" },
};

static const struct check_result *
result_of(const struct scorecard *card, const char *id)
{
	for (size_t i = 0; i < card->count; i++)
		if (strcmp(card->results[i].check->id, id) == 0)
			return &card->results[i];
	fail_msg("no such check: %s", id);
	return NULL;
}

/* The digest of the test's key is not worth a line of its own. */
static const char *
without_digest(char *line)
{
	char *digest = strstr(line, "TLSA 3 1 1 ");

	if (digest != NULL)
		memcpy(digest + strlen("TLSA 3 1 1 "), "KEY", sizeof "KEY");
	return line;
}

static void
write_ready(const struct ready *ready, struct arena *arena, struct strbuf *out)
{
	strbuf_add_string(out, "");
	for (size_t i = 0; i < ready->count; i++)
		strbuf_printf(out, "%s\n",
		    without_digest(arena_string(arena, ready_line(&ready->at[i], arena))));
	if (ready->file_url != NULL) {
		strbuf_printf(out, "file %s\n", ready->file_url);
		assert_non_null(strstr(ready->file_text, "mode: testing\r\nmx: mx.a.com\r\n"));
	}
}

static struct scorecard card;
static struct judge_tables tables;

/* With all checks, or those of one area alone. */
static void
evaluate(struct gathered_row *row, const struct ready_case *c, bool alone)
{
	const char *area = strndup(c->check, strcspn(c->check, "."));
	const struct scorecard_options how = { .deep = true, .only = { &area, alone ? 1 : 0 } };

	gathered_row_open(row, c->facts, "a.com", c->columns);
	row->table.run.suffixes = tables.suffixes;
	gathered_row_gather(row, 1);
	gathered_row_evaluate(row);
	scorecard_make(&row->evaluation, &tables, &how, &row->arena, &card);
	free((void *)area);
}

static void
records_follow_from_what_was_found(void **state)
{
	unsigned failures = 0;

	(void)state;
	for (size_t i = 0; i < 2 * COUNT_OF(cases); i++) {
		const struct ready_case *c = &cases[i / 2];
		struct strbuf said = { 0 };
		struct gathered_row row;
		struct ready ready;

		evaluate(&row, c, i % 2 == 1);
		ready_records(&card, result_of(&card, c->check), NULL, &row.arena, &ready);
		write_ready(&ready, &row.arena, &said);
		if (strcmp(said.at, c->lines) != 0) {
			print_error("%s: %s: %s\n", c->name,
			    outcome_text(result_of(&card, c->check)->finding.outcome), said.at);
			failures++;
		}
		strbuf_free(&said);
		gathered_row_close(&row);
	}
	assert_int_equal(failures, 0);
}

static const struct {
	struct ready_case c; /* its lines are the advice */
	bool apart;
} advices[] = {
	{ { "the record stands in the advice", MX, "", "spf.present",
	    "Publish SPF: `a.com. IN TXT \"v=spf1 mx ~all\"`, or `\"v=spf1 -all\"` if it sends "
	    "nothing" } },
	{ { "or below it", MX, "", "spf.present",
	      "Publish SPF: the record below, or `\"v=spf1 -all\"` if it sends nothing" },
	    true },
	{ { "or there is none", "a.com CNAME b.com\nb.com MX 10 mx.b.com\n", "", "spf.present",
	      "Publish SPF: a record, or `\"v=spf1 -all\"` if it sends nothing" },
	    true },
};

static void
advice_has_its_record(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(advices); i++) {
		struct gathered_row row;
		const struct check_result *result;

		evaluate(&row, &advices[i].c, false);
		result = result_of(&card, advices[i].c.check);
		assert_string_equal((advices[i].apart ? scorecard_advice_apart : scorecard_advice)(
					&card, result, &row.arena),
		    advices[i].c.lines);
		gathered_row_close(&row);
	}
}

/* Of one address, that of it alone. */
static void
one_subject_has_its_own(void **state)
{
	const struct ready_case two = { "", MX "mx.a.com A 8.8.4.4\n", "", "ptr.present", "" };
	const struct check_result *result;
	struct gathered_row row;
	struct ready ready;

	(void)state;
	evaluate(&row, &two, false);
	result = result_of(&card, two.check);
	ready_records(&card, result, &result->subjects[1], &row.arena, &ready);
	assert_int_equal(ready.count, 1);
	assert_string_equal(
	    ready_line(&ready.at[0], &row.arena), "8.8.8.8.in-addr.arpa. IN PTR mx.a.com.");
	gathered_row_close(&row);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_follow_from_what_was_found),
		cmocka_unit_test(advice_has_its_record),
		cmocka_unit_test(one_subject_has_its_own),
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
