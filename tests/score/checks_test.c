/*
 * The table of checks: each row is documented, and each says of literal facts what it must, for
 * every outcome that it can have.
 */
#include "unit.h"

#include "base/digest_map.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "cert/base64.h"
#include "names/block_list.h"
#include "names/provider.h"
#include "names/suffix.h"
#include "rule/gathered_row.h"
#include "score/dane_judge_cases.h"
#include "score/dkim_judge_cases.h"
#include "score/dmarc_judge_cases.h"
#include "score/dns_cases.h"
#include "score/history_cases.h"
#include "score/list_cases.h"
#include "score/policy_cases.h"
#include "score/scorecard.h"
#include "score/session_cases.h"
#include "score/spf_judge_cases.h"
#include "score/text_cases.h"
#include "score/transport_cases.h"
#include "score/tls_visit_cases.h"
#include "score/visit_cases.h"

#include <string.h>

/*
 * The outcomes that the cases must have shown, by first letter: pass, info, warn, fail, Untested,
 * not applicable.
 */
static const struct {
	const char *id;
	const char *outcomes;
} possible[] = {
	{ "domain.name-valid", "pif" },
	{ "domain.exists", "pfU" },
	{ "domain.public-suffix", "piUn" },
	{ "domain.alias", "piUn" },
	{ "domain.role", "piwUn" },
	{ "domain.wildcard", "piwUn" },
	{ "dnssec.signed", "piUn" },
	{ "dnssec.mx-host-signed", "piUn" },
	{ "mx.exists", "pwfUn" },
	{ "mx.null-wellformed", "piUn" },
	{ "mx.null-alone", "pfUn" },
	{ "mx.null-advised", "iUn" },
	{ "mx.target-resolves", "pwfUn" },
	{ "mx.target-not-cname", "pfUn" },
	{ "mx.target-not-address", "pfUn" },
	{ "mx.target-name-valid", "pwfUn" },
	{ "mx.target-reserved", "pwfUn" },
	{ "mx.target-registrable", "pwfUn" },
	{ "mx.duplicate", "pwUn" },
	{ "mx.distinct-addresses", "piwUn" },
	{ "mx.redundancy", "piwUn" },
	{ "mx.preference", "piUn" },
	{ "mx.count", "piwUn" },
	{ "mx.nolisting", "piUn" },
	{ "mx.provider", "iUn" },
	{ "host.ipv4", "pwUn" },
	{ "host.ipv6", "piUn" },
	{ "host.address-global", "pwfUn" },
	{ "host.address-count", "piUn" },
	{ "ptr.present", "piwfUn" },
	{ "ptr.forward-confirmed", "piwfUn" },
	{ "ptr.matches-host", "piwUn" },
	{ "ptr.generic", "piwUn" },
	{ "ptr.count", "piwUn" },
	{ "ptr.name-valid", "piwUn" },
	{ "spf.present", "pwfUn" },
	{ "spf.single", "pfUn" },
	{ "spf.near-miss", "pwUn" },
	{ "spf.syntax", "pwfUn" },
	{ "spf.lookup-limit", "piwfUn" },
	{ "spf.void-lookups", "pwfUn" },
	{ "spf.mx-term-limit", "pifUn" },
	{ "spf.include-valid", "pfUn" },
	{ "spf.redirect-valid", "pfUn" },
	{ "spf.loop", "pfUn" },
	{ "spf.default", "piwfUn" },
	{ "spf.permissive-include", "pfUn" },
	{ "spf.breadth", "piwfUn" },
	{ "spf.authorises", "piwfUn" },
	{ "spf.parked", "pwfUn" },
	{ "spf.ptr-term", "pwUn" },
	{ "spf.ignored-terms", "pwUn" },
	{ "spf.duplicate-terms", "pwUn" },
	{ "spf.ranges", "pwUn" },
	{ "spf.target-registrable", "pwfUn" },
	{ "spf.size", "piwUn" },
	{ "spf.macros", "piUn" },
	{ "spf.exp", "piUn" },
	{ "spf.helo", "piwUn" },
	{ "spf.obsolete-records", "piUn" },
	{ "dkim.selectors", "pwfUn" },
	{ "dkim.node", "iUn" },
	{ "dkim.syntax", "piwfUn" },
	{ "dkim.revoked", "piwfUn" },
	{ "dkim.key-type", "pifUn" },
	{ "dkim.key-size", "piwfUn" },
	{ "dkim.flags", "piwUn" },
	{ "dkim.hash", "pifUn" },
	{ "dkim.service-type", "pfUn" },
	{ "dkim.obsolete-tags", "piUn" },
	{ "dkim.single-record", "pwUn" },
	{ "dkim.key-shared", "piUn" },
	{ "dkim.cname-target", "pfUn" },
	{ "dkim.key-age", "piUn" },
	{ "dkim.parked", "piUn" },
	{ "dmarc.present", "pfUn" },
	{ "dmarc.single", "pfUn" },
	{ "dmarc.near-miss", "pwfUn" },
	{ "dmarc.misplaced", "pwUn" },
	{ "dmarc.tag-list", "piwfUn" },
	{ "dmarc.policy-valid", "pwfUn" },
	{ "dmarc.policy-strength", "pwUn" },
	{ "dmarc.subdomain-policy", "piwUn" },
	{ "dmarc.test-mode", "piwUn" },
	{ "dmarc.psd", "piwUn" },
	{ "dmarc.obsolete-tags", "piwUn" },
	{ "dmarc.rua", "piwUn" },
	{ "dmarc.report-uri", "piwfUn" },
	{ "dmarc.external-auth", "pfUn" },
	{ "dmarc.report-domain-mail", "pwUn" },
	{ "dmarc.alignment-tags", "piwUn" },
	{ "dmarc.discovery-agrees", "piwUn" },
	{ "dmarc.satisfiable", "pwfUn" },
	{ "dmarc.parked", "pwUn" },
	{ "dmarc.cname-target", "pfUn" },
	{ "mta_sts.present", "piUn" },
	{ "mta_sts.record", "pifUn" },
	{ "mta_sts.fetch", "pfUn" },
	{ "mta_sts.media-type", "pwUn" },
	{ "mta_sts.policy-syntax", "pwfUn" },
	{ "mta_sts.mode", "piwUn" },
	{ "mta_sts.max-age", "pwUn" },
	{ "mta_sts.mx-match", "pwfUn" },
	{ "mta_sts.mx-certificate", "pwfUn" },
	{ "mta_sts.unused-pattern", "piUn" },
	{ "mta_sts.id-change", "pwUn" },
	{ "mta_sts.txt-missing", "pwUn" },
	{ "mta_sts.cname-target", "pfUn" },
	{ "tls_rpt.present", "piwUn" },
	{ "tls_rpt.single", "pfUn" },
	{ "tls_rpt.syntax", "pifUn" },
	{ "tls_rpt.report-domain-mail", "pwUn" },
	{ "bimi.record", "piwUn" },
	{ "bimi.dmarc-ready", "pwUn" },
	{ "dane.present", "piUn" },
	{ "dane.lookup", "pfUn" },
	{ "dane.secure-chain", "piwUn" },
	{ "dane.parameters", "piwfUn" },
	{ "dane.match", "pfUn" },
	{ "dane.rollover", "piUn" },
	{ "dane.all-hosts", "pwUn" },
	{ "smtp.connect", "pwfUn" },
	{ "smtp.greeting", "pwfUn" },
	{ "smtp.greeting-name", "piwUn" },
	{ "smtp.greeting-matches", "piwUn" },
	{ "smtp.ehlo", "pwfUn" },
	{ "smtp.ehlo-name", "piwUn" },
	{ "smtp.name-resolves", "pwfUn" },
	{ "smtp.starttls", "pwfUn" },
	{ "smtp.time-connect", "piwUn" },
	{ "smtp.time-greeting", "piwUn" },
	{ "smtp.time-total", "piwUn" },
	{ "smtp.auth-in-clear", "pwUn" },
	{ "smtp.extensions", "iUn" },
	{ "smtp.reply-format", "pwUn" },
	{ "smtp.software", "piUn" },
	{ "smtp.consistent", "pwUn" },
	{ "smtp.null-sender", "pfUn" },
	{ "smtp.postmaster", "pwUn" },
	{ "smtp.abuse", "piUn" },
	{ "smtp.domain-hosted", "pfUn" },
	{ "smtp.submission-ports", "iUn" },
	{ "tls.handshake", "pwfUn" },
	{ "tls.version", "pwfUn" },
	{ "tls.cipher", "piwfUn" },
	{ "tls.chain-trusted", "piUn" },
	{ "tls.name-match", "piUn" },
	{ "tls.expiry", "piwUn" },
	{ "tls.key", "piwUn" },
	{ "tls.signature", "pwUn" },
	{ "tls.chain-complete", "pwUn" },
	{ "tls.session-features", "pwUn" },
	{ "tls.after-starttls", "pwUn" },
	{ "tls.old-versions", "pwUn" },
	{ "tls.injection", "pfUn" },
	{ "tls.caa", "piwUn" },
	{ "relay.open", "pwfUn" },
	{ "relay.extended", "pwUn" },
	{ "dnsbl.address", "piwfUn" },
	{ "dnsbl.address-policy", "piwfUn" },
	{ "dnsbl.domain", "piwfUn" },
	{ "dnsbl.mx-host-domain", "piwUn" },
	{ "dnsbl.allow", "iUn" },
	{ "dnsbl.listing-age", "iUn" },
	{ "dnsbl.coverage", "iUn" },
	{ "policy.mx", "pwfUn" },
	{ "policy.ns", "pwfUn" },
	{ "policy.spf-include", "pwfUn" },
	{ "policy.dkim-key", "pfUn" },
	{ "policy.rua", "pwUn" },
	{ "policy.helo", "pwfUn" },
	{ "policy.placement", "iUn" },
	{ "policy.change", "piUn" },
};

static const char outcome_letters[OUTCOME_COUNT + 1] = "piwfUn";

static const struct {
	const struct judge_case *cases;
	size_t count;
} tables[] = {
	{ dns_cases, COUNT_OF(dns_cases) },
	{ text_cases, COUNT_OF(text_cases) },
	{ dmarc_judge_cases, COUNT_OF(dmarc_judge_cases) },
	{ spf_judge_cases, COUNT_OF(spf_judge_cases) },
	{ dkim_judge_cases, COUNT_OF(dkim_judge_cases) },
	{ transport_cases, COUNT_OF(transport_cases) },
	{ session_cases, COUNT_OF(session_cases) },
	{ visit_cases, COUNT_OF(visit_cases) },
	{ tls_visit_cases, COUNT_OF(tls_visit_cases) },
	{ list_cases, COUNT_OF(list_cases) },
	{ dane_judge_cases, COUNT_OF(dane_judge_cases) },
	{ policy_cases, COUNT_OF(policy_cases) },
	{ history_cases, COUNT_OF(history_cases) },
};

struct fixture {
	struct judge_tables tables;
	struct providers *providers;
	struct suffix_list *suffixes;
	struct block_lists *lists;
	struct digest_map key_domains;
	struct scorecard card; /* of the case at hand */
	unsigned failures;
	bool shown[COUNT_OF(possible)][OUTCOME_COUNT];
};

static const struct check_result *
result_of(const struct scorecard *card, const char *id, size_t length)
{
	for (size_t i = 0; i < card->count; i++)
		if (strlen(card->results[i].check->id) == length &&
		    strncmp(card->results[i].check->id, id, length) == 0)
			return &card->results[i];
	fail_msg("no such check: %.*s", (int)length, id);
	return NULL;
}

/* One word of `expected`: ID=OUTCOME or ID=OUTCOME:REASON. */
static void
expect(struct fixture *fixture, const struct judge_case *c, const char *word, size_t length)
{
	size_t id = strcspn(word, "=");
	const struct check_result *result = result_of(&fixture->card, word, id);
	const char *reason = reason_text(result->finding.reason);
	const char *value = result->finding.value != NULL ? result->finding.value : "";
	struct strbuf found = { 0 };

	strbuf_add_string(&found, outcome_text(result->finding.outcome));
	if (memchr(word, ':', length) != NULL)
		strbuf_printf(&found, ":%s", reason);
	if (result->finding.flap)
		strbuf_add_string(&found, "+flap");
	if (result->finding.provisional)
		strbuf_add_string(&found, "+provisional");
	if (found.length != length - id - 1 || memcmp(word + id + 1, found.at, found.length) != 0) {
		print_error("%s: %.*s, not %s %s (%s)\n", c->name, (int)length, word, found.at,
		    reason, value);
		fixture->failures++;
	}
	strbuf_free(&found);
}

static void
note_shown(struct fixture *fixture)
{
	for (size_t i = 0; i < fixture->card.count; i++) {
		const struct check_result *result = &fixture->card.results[i];
		size_t row = 0;

		while (row < COUNT_OF(possible) && strcmp(possible[row].id, result->check->id) != 0)
			row++;
		if (row == COUNT_OF(possible))
			fail_msg("%s is not in this test", result->check->id);
		fixture->shown[row][result->finding.outcome] = true;
	}
}

static const char *const advice_forms[] = { "{d}", "{host}", "{ip}", "{value}", "{subject}",
	"{record}" };

static bool
has_blank_form(const char *advice)
{
	for (size_t i = 0; i < COUNT_OF(advice_forms); i++)
		if (strstr(advice, advice_forms[i]) != NULL)
			return true;
	return false;
}

/* Every reason is of its kind, and advice leaves no blank form. */
static void
look_over(const struct judge_case *c, const struct scorecard *card, struct arena *arena)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];
		const char *advice = scorecard_advice(card, result, arena);
		enum reason reason = result->finding.reason;
		bool fits = reason == REASON_NONE;

		if (result->finding.outcome == OUTCOME_NOT_TESTED)
			fits = reason > REASON_NONE && reason < CAUSE_ROLE;
		if (result->finding.outcome == OUTCOME_NOT_APPLICABLE)
			fits = reason >= CAUSE_ROLE;
		if (!fits)
			fail_msg("%s: %s has reason '%s'", c->name, result->check->id,
			    reason_text(reason));
		if (*advice == '\0' || has_blank_form(advice))
			fail_msg("%s: %s: %s", c->name, result->check->id, advice);
	}
}

static void
judge(struct fixture *fixture, const struct judge_case *c)
{
	static const struct scorecard_options all = { .deep = true };
	struct gathered_row row;

	gathered_row_open(&row, c->facts, "a.com", c->columns);
	row.table.run.suffixes = row.without_suffixes ? NULL : fixture->suffixes;
	row.table.run.key_domains = &fixture->key_domains;
	gathered_row_gather(&row, 1);
	gathered_row_evaluate(&row);
	assert_int_equal(row.table.not_recorded, 0);
	scorecard_make(&row.evaluation, &fixture->tables, &all, &row.arena, &fixture->card);
	look_over(c, &fixture->card, &row.arena);
	for (const char *word = c->expected; *word != '\0';) {
		size_t length = strcspn(word, " ");

		expect(fixture, c, word, length);
		word += length + (word[length] == ' ');
	}
	note_shown(fixture);
	gathered_row_close(&row);
}

static void
checks_say_what_they_must(void **state)
{
	struct fixture *fixture = *state;

	for (size_t table = 0; table < COUNT_OF(tables); table++)
		for (size_t i = 0; i < tables[table].count; i++)
			judge(fixture, &tables[table].cases[i]);
	assert_int_equal(fixture->failures, 0);
}

/* After the cases above: nothing that a check can say is without a case, and nothing else is said.
 */
static void
every_outcome_was_shown(void **state)
{
	const struct fixture *fixture = *state;
	unsigned failures = 0;

	for (size_t row = 0; row < COUNT_OF(possible); row++)
		for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
			bool listed =
			    strchr(possible[row].outcomes, outcome_letters[outcome]) != NULL;

			if (listed == fixture->shown[row][outcome])
				continue;
			print_error("%s: %s %s\n", possible[row].id,
			    outcome_text((enum outcome)outcome),
			    listed ? "is in no case" : "is not listed");
			failures++;
		}
	assert_int_equal(failures, 0);
}

/* ---- whole rows */

enum { PART = -1 };

struct row_case {
	const char *name;
	const char *facts;
	const char *columns;
	int score;
	int confidence; /* PART: what it is hangs on how many checks there are */
	const char *grade;
	enum verdict verdict;
	const char *points; /* one letter a point, in their order */
};

#define ALL_WELL                                                                                   \
	SESSION "\nmx.a.com AAAA 2001:4860:4860::8888\n2001:4860:4860::8888 PTR mx.a.com\n"        \
		"2001:4860:4860::8888 SMTP mx.a.com \n" PTR SPF OWN                                \
		"p=reject; rua=mailto:d@a.com\n"
#define SIGNED ALL_WELL S1 "k=ed25519; p=" KEY "\n"

static const struct row_case whole_rows[] = {
	{ "all is well", SIGNED, "selectors=s1", 100, 100, "A", VERDICT_PASS, "pppppppppUU" },
	{ "all is well, without sessions", SIGNED, "selectors=s1|sessions=no", 100, 100, "A",
	    VERDICT_PASS, "ppppppUUUUU" },
	{ "no selector is known", ALL_WELL "x._domainkey.a.com TXT x\n", "", 100, PART, "A",
	    VERDICT_PASS, "ppppUppppUU" },
	{ "parked as it should be", NULL_MX DENY "_dmarc.a.com TXT v=DMARC1; p=reject; sp=reject\n",
	    "role=parked", 100, 100, "A", VERDICT_PASS, "pnnpnpnnnUU" },
	{ "no PTR", SESSION "\n" SPF OWN "p=reject\n" S1 "k=ed25519; p=" KEY "\n", "selectors=s1",
	    79, 100, "C", VERDICT_FAIL, "pfnpppppp" },
	{ "missing", "", "selectors=s1", 19, 100, "F", VERDICT_FAIL, "nnnnnnnnnnU" },
	{ "no resolver answers",
	    "a.com ? TIMEOUT\n_dmarc.a.com ? TIMEOUT\ns1._domainkey.a.com ? TIMEOUT\n"
	    "_domainkey.a.com ? TIMEOUT\n",
	    "selectors=s1", 100, PART, "-", VERDICT_NOT_TESTED, "UUUUUUUUUUU" },
	{ "no domain", "", "problem=it is empty", 0, PART, "-", VERDICT_INVALID_INPUT,
	    "UUUUUUUUUUU" },
};

static void
compare_row(const struct row_case *c, const struct scorecard *card)
{
	char points[POINT_COUNT + 1] = "";

	for (int i = 0; i < POINT_COUNT; i++)
		points[i] = outcome_letters[card->points[i]];
	if (card->score != c->score ||
	    (c->confidence != PART && card->confidence != c->confidence) ||
	    strcmp(card->grade, c->grade) != 0 || card->verdict != c->verdict ||
	    strncmp(points, c->points, strlen(c->points)) != 0)
		fail_msg("%s: score %d, confidence %d, grade %s, %s, points %s, worst %s", c->name,
		    card->score, card->confidence, card->grade, verdict_text(card->verdict), points,
		    card->worst == NULL ? "-" : card->worst->check->id);
}

static void
rows_have_their_scores(void **state)
{
	static const char *const lists[] = { "dnsbl" };
	static const struct scorecard_options most = { .skip = { lists, 1 } };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(whole_rows); i++) {
		struct gathered_row row;

		gathered_row_open(&row, whole_rows[i].facts, "a.com", whole_rows[i].columns);
		row.table.run.suffixes = fixture->suffixes;
		gathered_row_gather(&row, 1);
		gathered_row_evaluate(&row);
		scorecard_make(
		    &row.evaluation, &fixture->tables, &most, &row.arena, &fixture->card);
		compare_row(&whole_rows[i], &fixture->card);
		gathered_row_close(&row);
	}
}

/* ---- the words of the table */

static void
check_words(const struct check_area *area, const struct check *check)
{
	size_t length = strlen(area->name);

	if (strncmp(check->id, area->name, length) != 0 || check->id[length] != '.')
		fail_msg("%s stands in area %s", check->id, area->name);
	if (check->title == NULL || *check->title == '\0' || check->rule == NULL ||
	    *check->rule == '\0' || check->advice == NULL || *check->advice == '\0' ||
	    check->ref == NULL)
		fail_msg("%s is not documented", check->id);
	if ((check->judge == NULL) != (check->subject == OF_RUN))
		fail_msg("%s: a row of the run has no judge, every other has one", check->id);
	if (check_find(check->id) != check)
		fail_msg("%s stands twice in the table", check->id);
	for (const char *at = check->advice; (at = strchr(at, '{')) != NULL; at++) {
		bool known = false;

		for (size_t i = 0; i < COUNT_OF(advice_forms); i++)
			known = known || strncmp(at, advice_forms[i], strlen(advice_forms[i])) == 0;
		if (!known)
			fail_msg("%s: %s", check->id, at);
	}
}

static void
every_row_is_documented(void **state)
{
	size_t rows = 0;

	(void)state;
	for (size_t area = 0; check_areas[area] != NULL; area++) {
		for (size_t i = 0; i < check_areas[area]->count; i++)
			check_words(check_areas[area], &check_areas[area]->checks[i]);
		rows += check_areas[area]->count;
	}
	assert_true(rows < CHECKS_MAX);
	assert_null(check_find("mx"));
	assert_null(check_find(""));
}

static void
lists_of_words_are_complete(void **state)
{
	(void)state;
	for (int i = 0; i < OUTCOME_COUNT; i++)
		assert_true(*outcome_text((enum outcome)i) != '\0');
	for (int i = REASON_NONE + 1; i < REASON_COUNT; i++)
		assert_true(*reason_text((enum reason)i) != '\0');
	for (int i = 0; i < POINT_COUNT; i++)
		assert_true(*point_text((enum point)i) != '\0');
	assert_int_equal(check_weight(CLASS_CRITICAL), 40);
	assert_int_equal(check_weight(CLASS_MAJOR), 15);
	assert_int_equal(check_weight(CLASS_MINOR), 5);
	assert_int_equal(check_weight(CLASS_NONE), 0);
}

/* Each status of a question without an answer has a reason of its own. */
static void
dns_failures_have_reasons(void **state)
{
	(void)state;
	for (int status = DNS_SERVFAIL; status < DNS_STATUS_COUNT; status++) {
		struct dns_answer answer = { .status = (enum dns_status)status };
		struct finding finding = finding_of_dns(&answer);

		assert_int_equal(finding.outcome, OUTCOME_NOT_TESTED);
		assert_int_not_equal(finding.reason, REASON_NONE);
	}
}

/* How many domains publish a key; of any other no more is known than of one. */
static void
share_key(struct digest_map *domains, const char *key, uint64_t count)
{
	struct arena arena = { 0 };
	size_t length;
	const uint8_t *octets = base64_decode_strict(&arena, key, strlen(key), &length);

	digest_map_put(domains, octets, length, count);
	arena_free(&arena);
}

static int
open_fixture(void **state)
{
	static struct fixture fixture;
	struct error error;

	if (block_lists_load(SOURCE_DIR "/tests/score/lists.tsv", &fixture.lists, &error) != 0 ||
	    providers_load(SOURCE_DIR "/data/providers.tsv", &fixture.providers, &error) != 0 ||
	    suffix_list_open(NULL, &fixture.suffixes, &error) != 0) {
		print_error("%s\n", error.text);
		return -1;
	}
	fixture.tables =
	    (struct judge_tables){ fixture.suffixes, fixture.providers, fixture.lists };
	digest_map_init(&fixture.key_domains);
	share_key(&fixture.key_domains, RSA_1024, 50);
	share_key(&fixture.key_domains, ED25519, 51);
	*state = &fixture;
	return 0;
}

static int
close_fixture(void **state)
{
	struct fixture *fixture = *state;

	providers_free(fixture->providers);
	block_lists_free(fixture->lists);
	suffix_list_close(fixture->suffixes);
	digest_map_free(&fixture->key_domains);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_words_are_complete),
		cmocka_unit_test(every_row_is_documented),
		cmocka_unit_test(dns_failures_have_reasons),
		cmocka_unit_test(checks_say_what_they_must),
		cmocka_unit_test(every_outcome_was_shown),
		cmocka_unit_test(rows_have_their_scores),
	};

	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
