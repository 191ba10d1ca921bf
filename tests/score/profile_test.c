/*
 * Profiles: the shipped ones load and name what there is, files with mistakes are refused with a
 * word about them, and rules are judged over literal facts.
 */
#include "unit.h"

#include "base/error.h"
#include "base/arena.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "rule/gathered_row.h"
#include "score/judge_case.h"
#include "score/profile.h"
#include "score/run_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define SHIPPED SOURCE_DIR "/data/profiles"

static const char *const shipped[] = { "seed-ten", "google-yahoo-2024", "microsoft-2025",
	"internet-nl", "bod-18-01", "uk-gov", "parked" };

static void
shipped_profiles_load(void **state)
{
	struct profiles *profiles = NULL;
	struct error error = { 0 };

	(void)state;
	if (profiles_load(SHIPPED, shipped, COUNT_OF(shipped), &profiles, &error) != 0)
		fail_msg("%s", error.text);
	assert_int_equal(profiles_count(profiles), COUNT_OF(shipped));
	for (size_t i = 0; i < COUNT_OF(shipped); i++)
		assert_string_equal(profiles_at(profiles, i)->id, shipped[i]);
	assert_true(profiles_deep(profiles)); /* internet-nl */
	profiles_free(profiles);
}

/* Ids of the catalogue that have no check yet; any other unknown id is a slip. */
static const char *const unbuilt[] = { "delegation.ns-ipv6", "dnssec.valid", "dnssec.mx-host-valid",
	"host.route-origin", "run.provider-concurrency" };

static void
shipped_profiles_name_checks_of_the_catalogue(void **state)
{
	struct profiles *profiles = NULL;
	struct arena arena = { 0 };
	struct error error = { 0 };
	char *ids, *rest;

	(void)state;
	assert_int_equal(profiles_load(SHIPPED, shipped, COUNT_OF(shipped), &profiles, &error), 0);
	ids = arena_string(&arena,
	    profiles_not_built(profiles, &arena) != NULL ? profiles_not_built(profiles, &arena)
							 : "");
	for (char *id = strtok_r(ids, " ", &rest); id != NULL; id = strtok_r(NULL, " ", &rest)) {
		bool known = false;

		for (size_t i = 0; i < COUNT_OF(unbuilt); i++)
			known = known || strcmp(unbuilt[i], id) == 0;
		if (!known)
			fail_msg("%s is no check", id);
	}
	arena_free(&arena);
	profiles_free(profiles);
}

/* ---- files with mistakes */

#define HEAD "id = own\nversion = 1\ndate = 2026-11-24\nsource = here\nroles = all\n"

static const struct {
	const char *text;
	const char *error; /* part of it; NULL: it loads */
} files[] = {
	{ HEAD "[must]\nspf.present\n", NULL },
	{ "\xef\xbb\xbf" HEAD "[must]\r\nspf.present\r\n", NULL },
	{ HEAD "names = registrable\naddresses = sending\ndepth = deep\ntitle = Own\n"
	       "[must]\nspf.present = pass, info # as it should be\n[should]\nspf.present\n"
	       "[not testable]\nall the rest\n",
	    NULL },
	{ HEAD "[must]\nx.later; value is anything\n", NULL },
	{ HEAD "[must]\ndkim.selectors = pass; or dkim.node; value is exists\n", NULL },
	{ HEAD, "has no rules" },
	{ "id = own\n[must]\nspf.present\n", "no line 'version = ...'" },
	{ "id = other\n", ":1: 'other' must be the name of the file" },
	{ HEAD "id = own\n", ":6: 'id' stands twice" },
	{ HEAD "colour = red\n", "'colour' is not known; id, title" },
	{ "spf.present\n", "NAME = VALUE would be right" },
	{ "date = today\n", "'today' must be a day" },
	{ "roles = everybody\n", "'everybody' is no role" },
	{ "names = all\n", "any or registrable" },
	{ HEAD "[musts]\n", ":6: '[musts]' is no section" },
	{ HEAD "[must]\nspf present\n", "'spf present' is no check" },
	{ HEAD "[must]\nspf.present = good\n", ":7: 'good' is no outcome" },
	{ HEAD "[must]\nspf.present =\n", "needs outcomes" },
	{ HEAD "[must]\nspf.present\nspf.present = pass\n", ":8: 'spf.present' stands twice" },
	{ HEAD "[must]\nspf.present; value is x\n", "is no value that spf.present has" },
	{ HEAD "[must]\ndmarc.rua; pct is 100\n", "'pct' is no value that dmarc.rua has" },
	{ HEAD "[must]\nspf.default; value >= 2\n", "'value' is no number" },
	{ HEAD "[must]\nspf.lookup-limit; value >= two\n", "'two' must be a number" },
	{ HEAD "[must]\nspf.lookup-limit; value >= 2 3\n", "needs one number" },
	{ HEAD "[must]\nspf.default; value is\n", "begins no test" },
	{ HEAD "[must]\nspf.default; value are fail\n", "begins no test" },
	{ HEAD "[must]\nspf.default; value is fail; value is pass\n", "is a second test" },
	{ HEAD "[must]\nsmtp.connect; on ipv5\n", "'ipv5' is not known" },
	{ HEAD "[must]\nspf.present\xff\n", "not UTF-8" },
};

static char folder[] = "/tmp/mxsweep-profiles-XXXXXX";

static int
load_own(const char *text, struct profiles **out, struct error *error)
{
	static const char *const names[] = { "own" };
	char path[64];
	FILE *file;

	snprintf(path, sizeof path, "%s/own.ini", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return profiles_load(folder, names, 1, out, error);
}

static void
mistakes_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct profiles *profiles = NULL;
		struct error error = { 0 };
		int result = load_own(files[i].text, &profiles, &error);

		if (files[i].error == NULL && result != 0)
			fail_msg("%s\n%s", files[i].text, error.text);
		if (files[i].error != NULL &&
		    (result == 0 || error.code != EX_CONFIG ||
			strstr(error.text, files[i].error) == NULL))
			fail_msg("%s\n%d: %s", files[i].text, error.code, error.text);
		profiles_free(profiles);
	}
}

static void
names_without_a_file_are_told(void **state)
{
	static const char *const names[][2] = { { "none-such" }, { "../own" }, { "" },
		{ "parked", "parked" } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct profiles *profiles = NULL;
		struct error error = { 0 };

		assert_int_equal(profiles_load(SHIPPED, names[i], names[i][1] == NULL ? 1 : 2,
				     &profiles, &error),
		    -1);
		assert_int_equal(error.code, EX_USAGE);
		assert_true(names[i][1] != NULL || strstr(error.text, "seed-ten") != NULL);
	}
}

/* ---- judging */

#define OWN "_dmarc.a.com TXT v=DMARC1; "

struct case_of_rules {
	const char *name;
	const char *facts, *columns;
	const char *head; /* in place of roles = all; "" keeps it */
	const char *rules;
	enum profile_word expected;
	const char *decided; /* NULL: whatever */
};

static const struct case_of_rules cases[] = {
	{ "all is met", MX SPF, "", "", "[must]\nspf.present\nspf.single\n", PROFILE_COMPLIANT,
	    "" },
	{ "a must fails", MX, "", "", "[must]\nspf.present\nmx.exists\n", PROFILE_NOT_COMPLIANT,
	    "spf.present (fail)" },
	{ "a should fails", MX, "", "", "[must]\nmx.exists\n[should]\nspf.present\n",
	    PROFILE_COMPLIANT, "" },
	{ "a warning is accepted only where it is named", MX "a.com TXT v=spf1 mx ?all\n", "", "",
	    "[must]\nspf.default\n", PROFILE_NOT_COMPLIANT, "spf.default (warn)" },
	{ "as here", MX "a.com TXT v=spf1 mx ?all\n", "", "",
	    "[must]\nspf.default = pass,info,warn\n", PROFILE_COMPLIANT, "" },
	{ "info is not pass", MX "a.com TXT v=spf1 mx -all\n", "", "", "[must]\nhost.ipv6 = pass\n",
	    PROFILE_NOT_COMPLIANT, "host.ipv6 (info)" },
	{ "what was not tested leaves it open", MX "a.com TXT TIMEOUT\n", "", "",
	    "[must]\nspf.present\nmx.exists\n", PROFILE_UNDETERMINED, "spf.present (dns_timeout)" },
	{ "a failure settles it all the same", "a.com A 8.8.8.8\na.com TXT TIMEOUT\n", "", "",
	    "[must]\nspf.present\nmx.exists = pass\n", PROFILE_NOT_COMPLIANT, "mx.exists (warn)" },
	{ "what is not built leaves it open", MX SPF, "", "", "[must]\nspf.present\nspf.later\n",
	    PROFILE_UNDETERMINED, "spf.later (not built)" },
	{ "but not as a should", MX SPF, "", "", "[must]\nspf.present\n[should]\nspf.later\n",
	    PROFILE_COMPLIANT, "" },
	{ "what does not apply is met", MX SPF, "", "", "[must]\nmx.null-alone = pass\n",
	    PROFILE_COMPLIANT, "" },
	{ "what another check told counts as that one", MX, "", "", "[must]\nspf.syntax\n",
	    PROFILE_NOT_COMPLIANT, "spf.syntax (fail)" },
	{ "whatever that one says", MX, "role=receive-only", "", "[must]\nspf.syntax\n",
	    PROFILE_NOT_COMPLIANT, "spf.syntax (warn)" },
	{ "or accepts", MX, "role=receive-only", "", "[must]\nspf.syntax = pass,warn\n",
	    PROFILE_COMPLIANT, "" },
	{ "another role", MX SPF, "role=parked", "roles = sending\n", "[must]\nspf.present\n",
	    PROFILE_UNBOUND, NULL },
	{ "one of its roles", MX SPF, "role=receive-only", "roles = parked, receiving\n",
	    "[must]\nspf.present\n", PROFILE_COMPLIANT, "" },
	{ "a domain that does not exist has none", "", "", "", "[must]\nmx.exists\n",
	    PROFILE_UNBOUND, NULL },
	{ "nor a row without domain", "", "problem=it is empty", "", "[must]\nmx.exists\n",
	    PROFILE_UNBOUND, NULL },

	/* ---- values */
	{ "its value", MX OWN "p=reject\n", "", "",
	    "[must]\ndmarc.policy-strength; value is reject\ndmarc.present; value is own\n",
	    PROFILE_COMPLIANT, "" },
	{ "another value", MX OWN "p=quarantine\n", "", "",
	    "[must]\ndmarc.policy-strength; value is reject\n", PROFILE_NOT_COMPLIANT,
	    "dmarc.policy-strength (another value)" },
	{ "lowered by t=y", MX OWN "p=reject; t=y\n", "", "",
	    "[must]\ndmarc.policy-strength; value is reject\n", PROFILE_NOT_COMPLIANT, NULL },
	{ "a tag that is absent", MX OWN "p=reject\n", "", "",
	    "[must]\ndmarc.obsolete-tags = pass,info,warn; pct is absent 100\n", PROFILE_COMPLIANT,
	    "" },
	{ "or has this value", MX OWN "p=reject; pct=100\n", "", "",
	    "[must]\ndmarc.obsolete-tags = pass,info,warn; pct is absent 100\n", PROFILE_COMPLIANT,
	    "" },
	{ "or another", MX OWN "p=reject; pct=50\n", "", "",
	    "[must]\ndmarc.obsolete-tags = pass,info,warn; pct is absent 100\n",
	    PROFILE_NOT_COMPLIANT, NULL },
	{ "a word of many", MX OWN "p=none; rua=mailto:a@a.com,mailto:B@a.com\n", "", "",
	    "[must]\ndmarc.rua; value has mailto:b@a.com\n", PROFILE_COMPLIANT, "" },
	{ "a whole word", MX OWN "p=none; rua=mailto:ab@a.com\n", "", "",
	    "[must]\ndmarc.rua; value has mailto:a@a.com\n", PROFILE_NOT_COMPLIANT, NULL },
	{ "a number that is high enough", MX SPF, "", "", "[must]\nspf.lookup-limit; value >= 1\n",
	    PROFILE_COMPLIANT, "" },
	{ "one that is not", MX SPF, "", "", "[must]\nspf.lookup-limit; value >= 2\n",
	    PROFILE_NOT_COMPLIANT, NULL },
	{ "low enough", MX SPF, "", "", "[must]\nspf.lookup-limit; value <= 1\n", PROFILE_COMPLIANT,
	    "" },
	{ "softfail", MX "a.com TXT v=spf1 mx ~all\n", "", "",
	    "[must]\nspf.default; value is fail softfail\n", PROFILE_COMPLIANT, "" },
	{ "a number of a finding", MX SPF, "", "", "[must]\nmx.count; value <= 1\n",
	    PROFILE_COMPLIANT, "" },
	{ "without a part", MX SPF, "", "", "[must]\nspf.default; value without soft\n",
	    PROFILE_COMPLIANT, "" },

	/* ---- one or the other */
	{ "the second does as well", MX SPF "x._domainkey.a.com TXT p=\n", "", "",
	    "[must]\ndkim.selectors = pass; or dkim.node; value is exists\n", PROFILE_COMPLIANT,
	    "" },
	{ "neither does", MX SPF, "", "",
	    "[must]\ndkim.selectors = pass; or dkim.node; value is exists\n", PROFILE_NOT_COMPLIANT,
	    NULL },

	/* ---- subjects */
	{ "an address that only receives", MX SPF "8.8.4.4 PTR x.com\nx.com A 8.8.4.4\n",
	    "outbound_ips=8.8.4.4", "addresses = sending\n", "[must]\nptr.present = pass\n",
	    PROFILE_COMPLIANT, "" },
	{ "counts where all do", MX SPF "8.8.4.4 PTR x.com\nx.com A 8.8.4.4\n",
	    "outbound_ips=8.8.4.4", "", "[must]\nptr.present = pass\n", PROFILE_NOT_COMPLIANT,
	    "ptr.present (warn)" },
	{ "no IPv6 address", MX SPF, "", "", "[must]\nptr.present = pass; on ipv6\n",
	    PROFILE_COMPLIANT, "" },
	{ "one without PTR", MX SPF PTR "mx.a.com AAAA 2001:4860:4860::8888\n", "", "",
	    "[must]\nptr.present = pass; on ipv6\n", PROFILE_NOT_COMPLIANT, NULL },
	{ "no host of one's own", MX SPF, "", "", "[must]\nrelay.open = pass; on own\n",
	    PROFILE_COMPLIANT, "" },
	{ "one, and it was not tested", MX SPF, "own=mx.a.com", "",
	    "[must]\nrelay.open = pass; on own\n", PROFILE_UNDETERMINED,
	    "relay.open (opt_in_off)" },

	/* ---- the run */
	{ "a check of the run", MX SPF, "", "", "[must]\nrun.egress-25\n", PROFILE_UNDETERMINED,
	    NULL },

	/* ---- waivers: now is the first of January 1970 */
	{ "what is waived counts as should", MX, "waivers=spf.present:2099-01-31", "",
	    "[must]\nspf.present\nmx.exists\n", PROFILE_COMPLIANT, "" },
	{ "and so does what hangs on it", MX, "waivers=spf.present:2099-01-31", "",
	    "[must]\nspf.syntax\n", PROFILE_COMPLIANT, "" },
	{ "an expired one does not count", MX, "waivers=spf.present:1969-12-31", "",
	    "[must]\nspf.present\n", PROFILE_NOT_COMPLIANT, NULL },
};

struct fixture {
	struct judge_tables tables;
	struct providers *providers;
	struct suffix_list *suffixes;
	struct scorecard card;
};

static void
judge(struct fixture *fixture, const struct case_of_rules *c)
{
	struct scorecard_options how = { .deep = true };
	struct profiles *profiles = NULL;
	const struct profile_verdict *verdict;
	struct error error = { 0 };
	struct gathered_row row;
	struct run_rows run_rows;
	char text[1024];

	snprintf(text, sizeof text,
	    "id = own\nversion = 1\ndate = 2026-11-24\nsource = here\n%s%s%s",
	    strncmp(c->head, "roles", 5) == 0 ? "" : "roles = all\n", c->head, c->rules);
	if (load_own(text, &profiles, &error) != 0)
		fail_msg("%s: %s", c->name, error.text);
	gathered_row_open(&row, c->facts, "a.com", c->columns);
	row.table.run.suffixes = fixture->suffixes;
	gathered_row_gather(&row, 1);
	gathered_row_evaluate(&row);
	run_rows_judge(&row.table.run, &row.arena, &run_rows);
	how.profiles = profiles;
	how.run_rows = &run_rows;
	scorecard_make(&row.evaluation, &fixture->tables, &how, &row.arena, &fixture->card);
	assert_int_equal(fixture->card.profile_count, 1);
	verdict = fixture->card.profiles;
	if (verdict->word != c->expected ||
	    (c->decided != NULL &&
		strcmp(profile_decided_text(verdict, &row.arena), c->decided) != 0))
		fail_msg("%s: '%s', for: %s", c->name, profile_word_text(verdict->word),
		    profile_decided_text(verdict, &row.arena));
	gathered_row_close(&row);
	profiles_free(profiles);
}

static void
rules_are_judged(void **state)
{
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		judge(*state, &cases[i]);
}

static void
sentences_promise_no_more_than_was_seen(void **state)
{
	static const struct profile profile = { .id = "own" };
	struct profile_verdict verdict = { .profile = &profile, .word = PROFILE_COMPLIANT };
	struct arena arena = { 0 };

	(void)state;
	assert_string_equal(profile_sentence(&verdict, &arena), "meets the testable part of own");
	verdict.word = PROFILE_NOT_COMPLIANT;
	assert_string_equal(
	    profile_sentence(&verdict, &arena), "does not meet the testable part of own");
	arena_free(&arena);
}

static int
open_fixture(void **state)
{
	static struct fixture fixture;
	struct error error;

	if (mkdtemp(folder) == NULL ||
	    providers_load(SOURCE_DIR "/data/providers.tsv", &fixture.providers, &error) != 0 ||
	    suffix_list_open(NULL, &fixture.suffixes, &error) != 0)
		return -1;
	fixture.tables = (struct judge_tables){ fixture.suffixes, fixture.providers, NULL };
	*state = &fixture;
	return 0;
}

static int
close_fixture(void **state)
{
	struct fixture *fixture = *state;
	char path[64];

	snprintf(path, sizeof path, "%s/own.ini", folder);
	unlink(path);
	rmdir(folder);
	providers_free(fixture->providers);
	suffix_list_close(fixture->suffixes);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_profiles_load),
		cmocka_unit_test(shipped_profiles_name_checks_of_the_catalogue),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(names_without_a_file_are_told),
		cmocka_unit_test(rules_are_judged),
		cmocka_unit_test(sentences_promise_no_more_than_was_seen),
	};

	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
