/*
 * All rules of a domain together: roles, what addresses are used for, and that what is gathered is
 * what the finish asks.
 */
#include "unit.h"

#include "rule/bimi_cases.h"
#include "rule/dane_cases.h"
#include "rule/dkim_cases.h"
#include "rule/dmarc_cases.h"
#include "rule/dmarc_policy_cases.h"
#include "rule/gathered_row.h"
#include "rule/mta_sts_cases.h"
#include "rule/mx_cases.h"
#include "rule/spf_cases.h"
#include "rule/tls_rpt_cases.h"

#include <string.h>

enum { SEEDS = 20 };

#define MX "a.com MX 10 mx.a.com\nmx.a.com A 8.8.8.8\n"
#define RELAY_COLUMNS "relay=own|own=a.com|relay-from=p@box.net|relay-to=q@to.net"

struct role_case {
	const char *name;
	const char *facts;
	const char *columns;
	const char *expected; /* role, "declared", and what the column said that is none */
};

static const struct role_case roles[] = {
	{ "MX and SPF", MX "a.com TXT v=spf1 mx -all\n", "", "mail" },
	{ "MX alone", MX, "", "mail" },
	{ "MX, and exactly v=spf1 -all", MX "a.com TXT v=spf1 -all\n", "", "receive-only" },
	{ "MX, and v=spf1 ~all", MX "a.com TXT v=spf1 ~all\n", "", "mail" },
	{ "MX, and two records that deny", MX "a.com TXT v=spf1 -all\na.com TXT v=spf1 -all\n", "",
	    "mail" },
	{ "null MX, and SPF that lets some pass", "a.com MX 0 .\na.com TXT v=spf1 a -all\n", "",
	    "send-only" },
	{ "null MX, and SPF by its target", "a.com MX 0 .\na.com TXT v=spf1 redirect=b.com\n", "",
	    "send-only" },
	{ "null MX, and v=spf1 -all", "a.com MX 0 .\na.com TXT v=spf1 -all\n", "", "parked" },
	{ "null MX without SPF", "a.com MX 0 .\n", "", "parked" },
	{ "null MX, and no word of SPF", "a.com MX 0 .\na.com TXT TIMEOUT\n", "", "mail" },
	{ "null MX, and SPF that is broken", "a.com MX 0 .\na.com TXT v=spf1 foo -all\n", "",
	    "mail" },
	{ "null MX, and ~all", "a.com MX 0 .\na.com TXT v=spf1 ~all\n", "", "mail" },
	{ "null MX beside another, and SPF", MX "a.com MX 0 .\na.com TXT v=spf1 mx -all\n", "",
	    "mail" },
	{ "null MX beside another, without SPF", MX "a.com MX 0 .\n", "", "mail" },
	{ "null MX beside another, and v=spf1 -all", MX "a.com MX 0 .\na.com TXT v=spf1 -all\n", "",
	    "receive-only" },
	{ "no MX, and v=spf1 -all", "a.com TXT v=spf1 -all\n", "", "parked" },
	{ "no word of MX, and v=spf1 -all", "a.com MX TIMEOUT\na.com TXT v=spf1 -all\n", "",
	    "mail" },
	{ "an address, and v=spf1 -all: not a word of mail",
	    "a.com A 8.8.8.8\na.com TXT v=spf1 "
	    "-all\n",
	    "", "mail" },
	{ "nothing is lost, not parked", "a.com TXT x\n", "", "mail" },
	{ "declared", MX, "role=parked", "parked declared" },
	{ "declared, each of them", MX, "role=send-only", "send-only declared" },
	{ "declared against the records", "a.com MX 0 .\n", "role=mail", "mail declared" },
	{ "an empty column", MX, "role=", "mail" },
	{ "no role", MX "a.com TXT v=spf1 -all\n", "role=Mail server",
	    "receive-only unknown Mail server" },
};

static void
roles_come_from_the_row_or_from_statements(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(roles); i++) {
		const struct role_case *c = &roles[i];
		struct gathered_row row;
		struct strbuf out = { 0 };

		gathered_row_open(&row, c->facts, "a.com", c->columns);
		gathered_row_gather(&row, 1);
		gathered_row_evaluate(&row);
		strbuf_add_string(&out, role_text(row.evaluation.role));
		if (row.evaluation.role_declared)
			strbuf_add_string(&out, " declared");
		if (row.evaluation.role_unknown != NULL)
			strbuf_printf(&out, " unknown %s", row.evaluation.role_unknown);
		if (strcmp(out.at, c->expected) != 0)
			fail_msg("%s: %s", c->name, out.at);
		strbuf_free(&out);
		gathered_row_close(&row);
	}
}

struct use_case {
	const char *name;
	const char *facts;
	const char *columns;
	const char *expected; /* each address, its host, its use; "session" where there is one */
};

static const struct use_case uses[] = {
	{ "assumed", MX "a.com TXT v=spf1 mx -all\n", "", "8.8.8.8 mx.a.com assumed;" },
	{ "receiving", MX "a.com TXT v=spf1 -all\n", "", "8.8.8.8 mx.a.com receiving;" },
	{ "outbound addresses make MX addresses receiving", MX, "outbound_ips=8.8.4.4",
	    "8.8.8.8 mx.a.com receiving; 8.8.4.4 - sending;" },
	{ "an outbound address that is an MX address", MX, "outbound_ips=8.8.4.4 8.8.8.8",
	    "8.8.8.8 mx.a.com sending; 8.8.4.4 - sending;" },
	{ "outbound addresses as people write them", MX,
	    "outbound_ips= 2001:4860:4860:0:0:0:0:8888,junk;8.8.4.4 \t300.1.1.1 "
	    "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa",
	    "8.8.8.8 mx.a.com receiving; 2001:4860:4860::8888 - sending; 8.8.4.4 - sending;" },
	{ "the same outbound address twice", MX, "outbound_ips=8.8.4.4 8.8.4.4",
	    "8.8.8.8 mx.a.com receiving; 8.8.4.4 - sending;" },
	{ "junk alone is no outbound address", MX, "outbound_ips=junk",
	    "8.8.8.8 mx.a.com assumed;" },
	{ "an address that two hosts have", MX "a.com MX 20 b.a.com\nb.a.com A 8.8.8.8\n", "",
	    "8.8.8.8 mx.a.com assumed; 8.8.8.8 b.a.com assumed;" },
	{ "one that no host could be reached at", "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", "",
	    "10.0.0.1 mx.a.com assumed in 10.0.0.0/8;" },
	{ "hosts that the record names, and the domain's own",
	    MX "a.com TXT v=spf1 ip4:8.8.4.4 ip4:9.9.9.0/24 -ip4:9.9.9.1 a:b.com "
	       "ip6:2001:4860:4860::8888 "
	       "include:c.com -all\nb.com A 8.8.4.5\nc.com TXT v=spf1 ip4:8.8.4.6 -all\n"
	       "a.com A 8.8.4.7\na.com AAAA 2001:4860:4860::8844\n",
	    "",
	    "8.8.8.8 mx.a.com assumed; 8.8.4.4 - named; 2001:4860:4860::8888 - named; "
	    "8.8.4.5 - named; 8.8.4.7 - named; 2001:4860:4860::8844 - named;" },
	{ "of what is named, nothing twice and nothing that is not public",
	    MX "a.com TXT v=spf1 ip4:8.8.8.8 ip4:8.8.4.4 ip4:10.0.0.1 a -all\na.com A 8.8.4.4\n",
	    "outbound_ips=8.8.4.5",
	    "8.8.8.8 mx.a.com receiving; 8.8.4.5 - sending; 8.8.4.4 - named;" },
	{ "a session of the name, not of the address alone",
	    MX "a.com MX 20 b.a.com\nb.a.com A 8.8.8.8\n8.8.8.8 SMTP b.a.com\n", "",
	    "8.8.8.8 mx.a.com assumed; 8.8.8.8 b.a.com assumed session;" },
};

static void
write_addresses(const struct evaluation *e, struct strbuf *out)
{
	static const char *const texts[] = { "named", "receiving", "assumed", "sending" };

	strbuf_reset(out);
	for (size_t i = 0; i < e->address_count; i++) {
		const struct address_result *address = &e->addresses[i];

		strbuf_printf(out, "%s%s %s %s", i > 0 ? " " : "", address->text,
		    address->host == NULL ? "-" : address->host->name, texts[address->use]);
		if (address->special != NULL)
			strbuf_printf(out, " in %s", address->special);
		strbuf_add_string(out, address->looks.better != NULL ? " session;" : ";");
	}
}

static void
addresses_have_their_use(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(uses); i++) {
		struct gathered_row row;

		gathered_row_open(&row, uses[i].facts, "a.com", uses[i].columns);
		gathered_row_gather(&row, 1);
		gathered_row_evaluate(&row);
		write_addresses(&row.evaluation, &out);
		if (strcmp(out.at, uses[i].expected) != 0)
			fail_msg("%s: %s", uses[i].name, out.at);
		gathered_row_close(&row);
	}
	strbuf_free(&out);
}

/* ---- gathering and finishing */

static void
gather_and_finish(const char *name, const char *facts, const char *domain, const char *columns)
{
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct gathered_row row;
		const char *unused;

		gathered_row_open(&row, facts, domain, columns);
		gathered_row_gather(&row, seed);
		gathered_row_evaluate(&row);
		if (row.table.not_recorded > 0)
			fail_msg("%s, seed %zu: %zu questions of the finish were not gathered",
			    name, (size_t)seed, row.table.not_recorded);
		unused = fact_table_unused(&row.table);
		if (unused != NULL && !row.evaluation.missing)
			fail_msg("%s: %s was gathered in vain", name, unused);
		gathered_row_close(&row);
	}
}

/* The subject of a case is a domain, and for DKIM its selectors. */
static void
gather_cases(const struct rule_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *blank = strchr(cases[i].subject, ' ');
		struct strbuf domain = { 0 }, columns = { 0 };

		strbuf_add_string(&domain, cases[i].subject);
		if (blank != NULL) {
			domain.at[blank - cases[i].subject] = '\0';
			strbuf_printf(&columns, "selectors=%s", blank + 1);
		}
		gather_and_finish(
		    cases[i].name, cases[i].facts, domain.at, blank == NULL ? "" : columns.at);
		strbuf_free(&domain);
		strbuf_free(&columns);
	}
}

static const struct use_case chains[] = {
	{ "from MX to address to reverse name and back",
	    "a.com MX 10 mx.a.com\nmx.a.com A 8.8.8.8\nmx.a.com AAAA 2001:4860:4860::8888\n"
	    "8.8.8.8 PTR z.com\n8.8.8.8 PTR mx.a.com\n2001:4860:4860::8888 PTR y.com\n",
	    "selectors=s1 s2|outbound_ips=8.8.4.4 10.0.0.1", NULL },
	{ "sessions and their names",
	    MX "8.8.8.8 SMTP mx.a.com |greeting=220 b.com|ehlo=250 c.com\nc.com A 8.8.8.8\n", "",
	    NULL },
	{ "a session of a host that is not public",
	    "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n10.0.0.1 SMTP mx.a.com\n", "", NULL },
	{ "parked, with MX", MX "8.8.8.8 SMTP mx.a.com\n", "role=parked", NULL },
	{ "send-only, with MX", MX, "role=send-only", NULL },
	{ "receive-only", MX "8.8.8.8 SMTP mx.a.com\n", "role=receive-only", NULL },
	{ "no role", MX, "role=both", NULL },
	{ "missing, with outbound addresses", "", "outbound_ips=8.8.4.4|selectors=s1", NULL },
	{ "nothing answers",
	    "a.com ? TIMEOUT\n_dmarc.a.com ? TIMEOUT\n_domainkey.a.com ? TIMEOUT\n", "", NULL },
	{ "own hosts, and whom the addresses of the relay test belong to",
	    MX "a.com MX 20 mx.b.com\nmx.b.com A 8.8.4.4\nbox.net MX 10 mx.box.net\n"
	       "mx.box.net A 9.9.9.9\nto.net A 9.9.9.8\n",
	    RELAY_COLUMNS, NULL },
	{ "own hosts of a domain that receives nothing", MX, RELAY_COLUMNS "|role=parked", NULL },
	{ "own hosts of a domain without any", "a.com MX 0 .\na.com TXT v=spf1 -all\n",
	    RELAY_COLUMNS, NULL },
	{ "a session of a domain that only sends, by its records",
	    "a.com MX 0 .\na.com TXT v=spf1 a -all\n", "", NULL },
};

static void
what_the_finish_asks_was_gathered(void **state)
{
	(void)state;
	gather_cases(mx_cases, COUNT_OF(mx_cases));
	gather_cases(spf_cases, COUNT_OF(spf_cases));
	gather_cases(dkim_cases, COUNT_OF(dkim_cases));
	gather_cases(dmarc_cases, COUNT_OF(dmarc_cases));
	gather_cases(dmarc_policy_cases, COUNT_OF(dmarc_policy_cases));
	gather_cases(mta_sts_cases, COUNT_OF(mta_sts_cases));
	gather_cases(tls_rpt_cases, COUNT_OF(tls_rpt_cases));
	gather_cases(bimi_cases, COUNT_OF(bimi_cases));
	gather_cases(dane_cases, COUNT_OF(dane_cases));
	gather_cases(caa_cases, COUNT_OF(caa_cases));
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		gather_and_finish(roles[i].name, roles[i].facts, "a.com", roles[i].columns);
	for (size_t i = 0; i < COUNT_OF(uses); i++)
		gather_and_finish(uses[i].name, uses[i].facts, "a.com", uses[i].columns);
	for (size_t i = 0; i < COUNT_OF(chains); i++)
		gather_and_finish(chains[i].name, chains[i].facts, "a.com", chains[i].columns);
}

/* A negative of a resolver that invents answers is none at the finish: what it spared is missed. */
static void
resolvers_that_lie_leave_no_gaps(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(mx_cases); i++) {
		struct gathered_row row;

		gathered_row_open(&row, mx_cases[i].facts, mx_cases[i].subject, "selectors=s1");
		row.table.run.honest_resolvers = 0;
		gathered_row_gather(&row, 1);
		gathered_row_evaluate(&row);
		if (row.table.not_recorded > 0)
			fail_msg("%s", mx_cases[i].name);
		assert_false(row.evaluation.missing);
		gathered_row_close(&row);
	}
}

static void
a_row_without_domain_asks_nothing(void **state)
{
	struct gathered_row row;

	(void)state;
	gathered_row_open(&row, "", "", "problem=it is empty");
	gathered_row_gather(&row, 1);
	gathered_row_evaluate(&row);
	assert_int_equal(row.table.question_count, 0);
	assert_int_equal(row.table.not_recorded, 0);
	gathered_row_close(&row);
}

static void
sessions_are_had_where_they_are_wanted(void **state)
{
	static const struct {
		const char *facts, *columns;
		size_t shares; /* addresses and sessions */
		bool sessions;
	} cases[] = {
		{ MX, "", 2, true },
		{ MX, "", 1, false },
		{ MX, "role=parked", 1, true },
		{ MX, "role=send-only", 1, true },
		{ MX, "role=receive-only", 2, true },
		{ MX, "role=nonsense", 2, true },
		{ MX, "outbound_ips=8.8.4.4", 3, true },
		{ "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", "", 1, true },
		{ "a.com MX 0 .\n", "", 0, true },
		{ "a.com A 8.8.8.8\n", "", 2, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct gathered_row row;

		gathered_row_open(&row, cases[i].facts, "a.com", cases[i].columns);
		row.table.run.sessions = cases[i].sessions;
		gathered_row_gather(&row, 1);
		if (row.table.share_count != cases[i].shares)
			fail_msg("case %zu: %zu", i, row.table.share_count);
		gathered_row_close(&row);
	}
}

static void
visits_are_made_where_they_are_wanted(void **state)
{
	static const char boxes[] = MX "box.net MX 10 mx.box.net\nmx.box.net A 9.9.9.9\n"
				       "to.net A 9.9.9.8\n";
	static const char hosted[] = MX "box.net MX 10 mx.box.net\nmx.box.net A 8.8.8.8\n"
					"to.net A 9.9.9.8\n";
	static const struct {
		const char *facts, *columns;
		unsigned looks;
	} cases[] = {
		{ boxes, RELAY_COLUMNS, 1u << LOOK_RELAY },
		{ boxes, "relay=all|relay-from=p@box.net|relay-to=q@to.net", 1u << LOOK_RELAY },
		{ boxes, "relay=own|relay-from=p@box.net|relay-to=q@to.net", 0 },
		{ boxes, "relay=own|own=a.com", 0 },
		{ boxes, RELAY_COLUMNS "|role=parked", 0 },
		{ boxes, RELAY_COLUMNS "|sessions=no", 0 },
		{ hosted, RELAY_COLUMNS, 0 },
		{ "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", RELAY_COLUMNS, 0 },
		{ boxes, "own=a.com|opt-in=smtp.null-sender", 1u << LOOK_NULL_SENDER },
		{ boxes, "own=a.com|opt-in=smtp.abuse", 1u << LOOK_RECIPIENTS },
		{ boxes, "own=a.com|opt-in=smtp.domain-hosted", 1u << LOOK_RECIPIENTS },
		{ boxes, "own=b.com|opt-in=smtp.null-sender|opt-in=smtp.postmaster", 0 },
		{ boxes, "own=a.com", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct gathered_row row;

		gathered_row_open(&row, cases[i].facts, "a.com", cases[i].columns);
		gathered_row_gather(&row, i + 1);
		if (row.table.visits != cases[i].looks)
			fail_msg("case %zu: %x", i, row.table.visits);
		gathered_row_close(&row);
	}
}

static void
policies_are_fetched_where_they_are_wanted(void **state)
{
	static const char record[] = MX "_mta-sts.a.com TXT v=STSv1; id=a\n"
					"mta-sts.a.com A 8.8.4.4\nmta-sts.a.com A 10.0.0.1\n";
	static const struct {
		const char *facts, *columns;
		bool fetched;
	} cases[] = {
		{ record, "", true },
		{ record, "policies=no", false },
		{ record, "role=parked", false },
		{ record, "role=receive-only", true },
		{ MX "mta-sts.a.com A 8.8.4.4\n", "", false },
		{ MX "_mta-sts.a.com TXT v=STSv1; id=-\nmta-sts.a.com A 8.8.4.4\n", "", false },
		{ MX "_mta-sts.a.com TXT v=STSv1; id=a\n", "", false },
		{ MX "_mta-sts.a.com TXT v=STSv1; id=a\nmta-sts.a.com A 10.0.0.1\n", "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct gathered_row row;

		gathered_row_open(&row, cases[i].facts, "a.com", cases[i].columns);
		gathered_row_gather(&row, 1);
		if ((row.table.policy_shared != NULL) != cases[i].fetched)
			fail_msg("case %zu", i);
		if (cases[i].fetched) {
			assert_string_equal(row.table.policy_shared, "mta-sts.a.com");
			assert_int_equal(row.table.policy_addresses, 1);
		}
		gathered_row_close(&row);
	}
}

static void
allowed_networks_count_as_public(void **state)
{
	struct ip_network lab;
	struct gathered_row row;

	(void)state;
	assert_true(ip_network_parse("10.0.0.0/8", &lab));
	gathered_row_open(&row, "a.com MX 10 mx.a.com\nmx.a.com A 10.0.0.1\n", "a.com", "");
	row.table.run.allowed = &lab;
	row.table.run.allowed_count = 1;
	gathered_row_gather(&row, 1);
	assert_int_equal(row.table.share_count, 2);
	gathered_row_evaluate(&row);
	assert_true(row.evaluation.addresses[0].allowed);
	assert_null(row.evaluation.addresses[0].special);
	gathered_row_close(&row);
}

static void
roles_and_their_words(void **state)
{
	enum domain_role role;

	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		assert_true(role_parse(role_text((enum domain_role)i), &role));
		assert_int_equal(role, i);
	}
	assert_false(role_parse("", &role));
	assert_true(role_parse(" Parked ", &role));
	assert_int_equal(role, ROLE_PARKED);
	assert_false(role_parse("parked mail", &role));
	assert_true(role_receives(ROLE_MAIL) && role_sends(ROLE_MAIL));
	assert_true(role_receives(ROLE_RECEIVE_ONLY) && !role_sends(ROLE_RECEIVE_ONLY));
	assert_true(!role_receives(ROLE_SEND_ONLY) && role_sends(ROLE_SEND_ONLY));
	assert_true(!role_receives(ROLE_PARKED) && !role_sends(ROLE_PARKED));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_and_their_words),
		cmocka_unit_test(roles_come_from_the_row_or_from_statements),
		cmocka_unit_test(addresses_have_their_use),
		cmocka_unit_test(sessions_are_had_where_they_are_wanted),
		cmocka_unit_test(visits_are_made_where_they_are_wanted),
		cmocka_unit_test(policies_are_fetched_where_they_are_wanted),
		cmocka_unit_test(allowed_networks_count_as_public),
		cmocka_unit_test(what_the_finish_asks_was_gathered),
		cmocka_unit_test(resolvers_that_lie_leave_no_gaps),
		cmocka_unit_test(a_row_without_domain_asks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
