/* What is to be published, from what is published and what is wished for; and in which form. */
#include "rule/fact_table.h"
#include "unit.h"

#include "base/strbuf.h"
#include "publish/plan.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 8, SEEDS = 20 };

struct plan_case {
	const char *name;
	const char *facts;
	enum publish_kind kind;
	const char *wishes;   /* "set p=none|add ip4:192.0.2.1|remove mx" */
	const char *expected; /* lines of the zone; or, behind '!', part of the problem */
	const char *remark;   /* part of one; NULL: there are none */
};

static const struct plan_case cases[] = {
	{ "DMARC begins with no policy", "a.com A 192.0.2.1\n", PUBLISH_DMARC, "",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=none\"\n" },
	{ "an address of reports becomes a URI", "a.com A 192.0.2.1\n", PUBLISH_DMARC,
	    "set rua=r@a.com, https://r.a.com/x",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=none; rua=mailto:r@a.com,https://r.a.com/x\"\n" },
	{ "what is published stays, in the usual order",
	    "_dmarc.a.com TXT v=DMARC1; rua=mailto:r@a.com; P=None; aspf=s;\n", PUBLISH_DMARC,
	    "set p=Quarantine|set t=y",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=quarantine; t=y; aspf=s; rua=mailto:r@a.com\"\n" },
	{ "tags of older versions go (RFC 9989 9.3)",
	    "_dmarc.a.com TXT v=DMARC1; p=reject; pct=50; ri=86400\n", PUBLISH_DMARC, "",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=reject\"\n", "pct=50 is left out" },
	{ "so do sizes behind addresses",
	    "_dmarc.a.com TXT v=DMARC1; p=none; rua=mailto:r@a.com!10m,mailto:s@a.com\n",
	    PUBLISH_DMARC, "",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=none; rua=mailto:r@a.com,mailto:s@a.com\"\n",
	    "the sizes" },
	{ "a bad value is left out", "_dmarc.a.com TXT v=DMARC1; p=none; adkim=x\n", PUBLISH_DMARC,
	    "", "_dmarc.a.com. IN TXT \"v=DMARC1; p=none\"\n", "adkim=x" },
	{ "what readers ignore is kept", "_dmarc.a.com TXT v=DMARC1; p=none; x=1\n", PUBLISH_DMARC,
	    "", "_dmarc.a.com. IN TXT \"v=DMARC1; p=none; x=1\"\n", "x= is kept" },
	{ "an empty wish takes a tag away", "_dmarc.a.com TXT v=DMARC1; p=none; sp=reject\n",
	    PUBLISH_DMARC, "set sp=", "_dmarc.a.com. IN TXT \"v=DMARC1; p=none\"\n" },
	{ "p cannot go", "a.com A 192.0.2.1\n", PUBLISH_DMARC, "set p=", "!p= cannot be left out" },
	{ "a policy that is none", "a.com A 192.0.2.1\n", PUBLISH_DMARC, "set p=strict",
	    "!it must be one of: none quarantine reject" },
	{ "a tag that is none", "a.com A 192.0.2.1\n", PUBLISH_DMARC, "set policy=none",
	    "!a name of: p sp np" },
	{ "no value", "a.com A 192.0.2.1\n", PUBLISH_DMARC, "set p", "!NAME=VALUE" },
	{ "reports that cannot be sent", "a.com A 192.0.2.1\n", PUBLISH_DMARC, "set rua=nobody",
	    "!addresses such as" },
	{ "terms are for SPF", "a.com A 192.0.2.1\n", PUBLISH_DMARC, "add mx", "!are for spf" },
	{ "nothing replaces what could not be seen", "_dmarc.a.com TXT SERVFAIL\n", PUBLISH_DMARC,
	    "", "!is not known (servfail)" },

	{ "SPF begins with the exchanges", "a.com MX 10 m.a.com\nm.a.com A 192.0.2.1\n",
	    PUBLISH_SPF, "", "a.com. IN TXT \"v=spf1 mx ~all\"\n" },
	{ "or with nobody, where there are none", "a.com TXT x\n", PUBLISH_SPF, "",
	    "a.com. IN TXT \"v=spf1 ~all\"\n" },
	{ "terms are added before all and the modifiers", "a.com TXT v=spf1 a  ~all exp=x.a.com\n",
	    PUBLISH_SPF, "add ip4:192.0.2.1|add A|add -all",
	    "a.com. IN TXT \"v=spf1 a ip4:192.0.2.1 -all "
	    "exp=x.a.com\"\n" },
	{ "terms are removed", "a.com TXT v=spf1 mx include:b.com ?all\n", PUBLISH_SPF,
	    "remove include:B.com", "a.com. IN TXT \"v=spf1 mx ?all\"\n" },
	{ "but not such as are not there", "a.com TXT v=spf1 mx -all\n", PUBLISH_SPF, "remove a",
	    "!no term `a`" },
	{ "two records become one, with the milder all",
	    "a.com TXT v=spf1 mx a ~all\na.com TXT other\na.com TXT v=spf1 mx -all\n", PUBLISH_SPF,
	    "", "a.com. IN TXT \"v=spf1 mx a ~all\"\n", "2 records are merged" },
	{ "blanks make no term", "a.com A 192.0.2.1\n", PUBLISH_SPF, "add a b", "!is no term" },
	{ "fields are not for SPF", "a.com A 192.0.2.1\n", PUBLISH_SPF, "set a=b",
	    "!--set is for" },

	{ "TLS-RPT needs a place", "a.com A 192.0.2.1\n", PUBLISH_TLS_RPT, "", "!need a place" },
	{ "TLS-RPT", "a.com A 192.0.2.1\n", PUBLISH_TLS_RPT, "set rua=r@a.com",
	    "_smtp._tls.a.com. IN TXT \"v=TLSRPTv1; rua=mailto:r@a.com\"\n" },
	{ "TLS-RPT keeps what is published",
	    "_smtp._tls.a.com TXT v=TLSRPTv1; rua=ftp://x.a.com/,mailto:r@a.com\n", PUBLISH_TLS_RPT,
	    "", "_smtp._tls.a.com. IN TXT \"v=TLSRPTv1; rua=mailto:r@a.com\"\n", "ftp://x.a.com/" },

	{ "MTA-STS names the exchanges",
	    "a.com MX 10 m.a.com\na.com MX 20 n.a.com\nm.a.com A 192.0.2.1\nn.a.com A 192.0.2.2\n",
	    PUBLISH_MTA_STS, "",
	    "_mta-sts.a.com. IN TXT \"v=STSv1; id=20261130005320\"\n"
	    "https://mta-sts.a.com/.well-known/mta-sts.txt\n"
	    "version: STSv1\r\nmode: testing\r\nmx: m.a.com\r\nmx: n.a.com\r\nmax_age: "
	    "604800\r\n" },
	{ "MTA-STS by wish", "a.com MX 10 m.a.com\nm.a.com A 192.0.2.1\n", PUBLISH_MTA_STS,
	    "set mode=enforce|set mx=*.b.com|set max_age=86400|set id=7",
	    "_mta-sts.a.com. IN TXT \"v=STSv1; id=7\"\n"
	    "https://mta-sts.a.com/.well-known/mta-sts.txt\n"
	    "version: STSv1\r\nmode: enforce\r\nmx: *.b.com\r\nmax_age: 86400\r\n",
	    "no mx line covers the exchange m.a.com" },
	{ "an age that is too long", "a.com MX 10 m.a.com\nm.a.com A 192.0.2.1\n", PUBLISH_MTA_STS,
	    "set max_age=31557601", "!a number from 0 to 31557600" },
	{ "an id with a hyphen", "a.com MX 10 m.a.com\nm.a.com A 192.0.2.1\n", PUBLISH_MTA_STS,
	    "set id=a-b", "!1 to 32 letters and digits" },
	{ "MTA-STS without exchanges", "a.com TXT x\n", PUBLISH_MTA_STS, "", "!none are known" },

	{ "no mail is taken", "a.com MX 10 m.a.com\nm.a.com A 192.0.2.1\n", PUBLISH_NULL_MX, "",
	    "a.com. IN MX 0 .\n" },
	{ "a name without mail",
	    "a.com TXT v=spf1 mx ~all\n_dmarc.a.com TXT v=DMARC1; p=none; t=y; "
	    "sp=none; rua=mailto:r@b.c\n",
	    PUBLISH_PARKED, "",
	    "a.com. IN MX 0 .\n"
	    "a.com. IN TXT \"v=spf1 -all\"\n"
	    "*._domainkey.a.com. IN TXT \"v=DKIM1; p=\"\n"
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=s; "
	    "rua=mailto:r@b.c\"\n" },
};

/* ---- */

static void
add_word(struct publish_words *words, char **place, char *word)
{
	words->at = place;
	place[words->count++] = word;
}

static void
read_wishes(char *text, char *places[3][WORDS_MAX], struct publish_wishes *out)
{
	char *wish;

	*out = (struct publish_wishes){ { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };
	while ((wish = strsep(&text, "|")) != NULL) {
		if (strncmp(wish, "set ", 4) == 0)
			add_word(&out->set, places[0], wish + 4);
		else if (strncmp(wish, "add ", 4) == 0)
			add_word(&out->add, places[1], wish + 4);
		else if (strncmp(wish, "remove ", 7) == 0)
			add_word(&out->remove, places[2], wish + 7);
	}
}

static void
plan_once(
    struct facts *facts, const struct plan_case *c, struct arena *arena, struct publish_plan *plan)
{
	static const char *known[KNOWN_COUNT];
	struct evaluation e = { .domain = "a.com", .input = "a.com", .known = known };
	char *places[3][WORDS_MAX];
	struct publish_wishes wishes;

	read_wishes(arena_string(arena, c->wishes), places, &wishes);
	evaluation_run(facts, arena, &e);
	if (facts->unknown == 0)
		publish_plan_make(facts, c->kind, &e, &wishes, arena, plan);
}

static void
write_plan(const struct publish_plan *plan, struct strbuf *out)
{
	if (plan->remarks.problem != NULL) {
		strbuf_printf(out, "!%s", plan->remarks.problem);
		return;
	}
	for (size_t i = 0; i < plan->count; i++) {
		publish_set_write(out, &plan->sets[i]);
		strbuf_add_byte(out, '\n');
	}
	if (plan->file_text != NULL)
		strbuf_printf(out, "%s\n%s", plan->file_url, plan->file_text);
}

static bool
is_expected(const struct plan_case *c, const char *said)
{
	return *c->expected == '!' ? *said == '!' && strstr(said, c->expected + 1) != NULL
				   : strcmp(said, c->expected) == 0;
}

static bool
is_remarked(const struct plan_case *c, const struct publish_plan *plan)
{
	if (plan->remarks.problem != NULL)
		return c->remark == NULL;
	if (c->remark == NULL)
		return plan->remarks.count == 0;
	for (size_t i = 0; i < plan->remarks.count; i++)
		if (strstr(plan->remarks.at[i], c->remark) != NULL)
			return true;
	return false;
}

static void
plans_are_made(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct publish_plan plan = { .count = 0 };
		struct strbuf said = { 0 };
		struct fact_table table;
		struct arena arena = { 0 };

		fact_table_init(&table, cases[i].facts);
		plan_once(fact_table_pass(&table), &cases[i], &arena, &plan);
		write_plan(&plan, &said);
		if (!is_expected(&cases[i], said.at))
			fail_msg("%s: %s", cases[i].name, said.at);
		if (!is_remarked(&cases[i], &plan))
			fail_msg("%s: %zu remarks: %s", cases[i].name, plan.remarks.count,
			    plan.remarks.count > 0 ? plan.remarks.at[0] : "");
		strbuf_free(&said);
		arena_free(&arena);
		fact_table_free(&table);
	}
}

/* Pass by pass, in any order of answers, the same comes out. */
static void
plans_may_be_made_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases) * SEEDS; i++) {
		const struct plan_case *c = &cases[i / SEEDS];
		struct publish_plan plan = { .count = 0 };
		struct strbuf said = { 0 };
		struct fact_table table;
		struct arena arena = { 0 };
		struct facts *facts;

		fact_table_init(&table, c->facts);
		fact_table_hide(&table, i);
		do {
			arena_reset(&arena);
			facts = fact_table_pass(&table);
			plan_once(facts, c, &arena, &plan);
		} while (facts->unknown > 0 && fact_table_reveal(&table));
		write_plan(&plan, &said);
		if (!is_expected(c, said.at))
			fail_msg("%s: %s", c->name, said.at);
		strbuf_free(&said);
		arena_free(&arena);
		fact_table_free(&table);
	}
}

/* Over an evaluation: what it has seen is kept, what it could not see is not replaced. */
static const struct {
	enum publish_kind kind;
	const char *facts, *line; /* NULL: there is a problem */
} evaluated[] = {
	{ PUBLISH_DMARC, "", "_dmarc.a.com. IN TXT \"v=DMARC1; p=none\"" },
	{ PUBLISH_DMARC, "_dmarc.a.com TXT v=DMARC1; p=reject; pct=9\n",
	    "_dmarc.a.com. IN TXT \"v=DMARC1; p=reject\"" },
	{ PUBLISH_DMARC, "_dmarc.a.com TXT SERVFAIL\n", NULL },
	{ PUBLISH_SPF, "", "a.com. IN TXT \"v=spf1 mx ~all\"" },
	{ PUBLISH_SPF, "a.com TXT v=spf1 a -all\n", "a.com. IN TXT \"v=spf1 a -all\"" },
	{ PUBLISH_MTA_STS, "", "_mta-sts.a.com. IN TXT \"v=STSv1; id=20261130005320\"" },
	{ PUBLISH_TLS_RPT, "", NULL }, /* whose mailbox? */
	{ PUBLISH_TLS_RPT, "_smtp._tls.a.com TXT v=TLSRPTv1; rua=mailto:t@a.com\n",
	    "_smtp._tls.a.com. IN TXT \"v=TLSRPTv1; rua=mailto:t@a.com\"" },
	{ PUBLISH_NULL_MX, "", "a.com. IN MX 0 ." },
	{ PUBLISH_PARKED, "", "a.com. IN MX 0 ." },
};

static void
an_evaluation_is_enough(void **state)
{
	static const struct publish_wishes none = { .set = { NULL, 0 } };
	static const char *known[KNOWN_COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(evaluated); i++) {
		struct evaluation e = { .domain = "a.com", .input = "a.com", .known = known };
		struct fact_table table;
		struct arena arena = { 0 };
		struct strbuf line = { 0 };
		struct publish_plan plan;

		fact_table_init(&table,
		    arena_printf(&arena, "a.com MX 10 m.a.com\nm.a.com A 192.0.2.1\n%s",
			evaluated[i].facts));
		evaluation_run(fact_table_pass(&table), &arena, &e);
		publish_plan_of(evaluated[i].kind, &e, &none, &arena, &plan);
		assert_int_equal(evaluated[i].line == NULL, plan.remarks.problem != NULL);
		if (evaluated[i].line != NULL) {
			publish_set_write(&line, &plan.sets[0]);
			assert_string_equal(line.at, evaluated[i].line);
		}
		strbuf_free(&line);
		arena_free(&arena);
		fact_table_free(&table);
	}
}

/* ---- forms */

static const struct {
	const char *text, *zone;
} texts[] = {
	{ "", "\"\"" },
	{ "v=spf1 -all", "\"v=spf1 -all\"" },
	{ "a\"b\\c", "\"a\\\"b\\\\c\"" },
	{ "\x01\xc3\xa4", "\"\\001\\195\\164\"" },
};

static void
texts_are_escaped(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct publish_record record = { .type = DNS_TXT, .text = texts[i].text };
		struct strbuf out = { 0 };

		publish_record_write(&out, &record);
		assert_string_equal(out.at, texts[i].zone);
		strbuf_free(&out);
	}
}

static void
long_texts_are_cut_at_255_octets(void **state)
{
	static const size_t lengths[] = { 254, 255, 256, 510, 511 };
	static const size_t strings[] = { 1, 1, 2, 2, 3 };
	char text[512];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		struct publish_record record = { .type = DNS_TXT, .text = text };
		struct strbuf out = { 0 };

		memset(text, 'x', lengths[i]);
		text[lengths[i]] = '\0';
		publish_record_write(&out, &record);
		assert_int_equal(out.length, lengths[i] + 3 * strings[i] - 1);
		strbuf_free(&out);
	}
}

/* ---- what will be answered */

static void
the_set_takes_the_place_of_its_kind(void **state)
{
	struct dns_record records[] = { { .text = "v=spf1 -all", .length = 11 },
		{ .text = "other", .length = 5 } };
	struct dns_answer answer = { .status = DNS_DATA, .count = 2, .records = records };
	struct publish_record published = { .type = DNS_TXT, .text = "v=spf1 -all" };
	struct publish_set set = { .name = "a.com",
		.wanted = { .type = DNS_TXT, .text = "v=spf1 mx -all" },
		.answer = &answer,
		.published = &published,
		.published_count = 1 };
	const struct dns_answer *then;
	struct arena arena = { 0 };

	(void)state;
	assert_null(publish_set_answer(&set, "a.com", DNS_MX, &arena));
	assert_null(publish_set_answer(&set, "b.com", DNS_TXT, &arena));
	then = publish_set_answer(&set, "A.com", DNS_TXT, &arena);
	assert_int_equal(then->count, 2);
	assert_string_equal(then->records[0].text, "other");
	assert_string_equal(then->records[1].text, "v=spf1 mx -all");
	assert_false(publish_set_stands(&set));
	published.text = "v=spf1 mx -all";
	assert_true(publish_set_stands(&set));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans_are_made),
		cmocka_unit_test(plans_may_be_made_again),
		cmocka_unit_test(an_evaluation_is_enough),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(long_texts_are_cut_at_255_octets),
		cmocka_unit_test(the_set_takes_the_place_of_its_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
