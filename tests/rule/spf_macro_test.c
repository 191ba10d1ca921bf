/* Macro strings of SPF, part by part. */
#include "unit.h"

#include "base/strbuf.h"
#include "rule/spf_macro.h"

#include <stdbool.h>
#include <string.h>

struct part_case {
	const char *name;
	const char *text;
	const char *parts; /* 'literal', <escape>, {letter digits r delimiters}, ! for a bad part */
};

static const struct part_case parts[] = {
	{ "nothing", "", "" },
	{ "text alone", "example.com", "'example.com'" },
	{ "one macro", "%{d}", "{d0.}" },
	{ "digits", "%{d2}", "{d2.}" },
	{ "many digits", "%{d999999999999999999999}", "{d128.}" },
	{ "a leading zero", "%{d02}", "{d2.}" },
	{ "reverse", "%{ir}", "{i0r.}" },
	{ "reverse in upper case", "%{iR}", "{i0r.}" },
	{ "digits, reverse, delimiter", "%{l1r-}", "{l1r-}" },
	{ "all delimiters", "%{o.-+,/_=}", "{o0.-+,/_=}" },
	{ "the same delimiter again and again", "%{o-------------=-}", "{o0-=}" },
	{ "upper case means URL escape", "%{S}", "{s0.%}" },
	{ "escapes", "a%%b%_c%-d", "'a'<%>'b'< >'c'<%20>'d'" },
	{ "parts of all kinds", "%{i}._spf.%{d2}.net", "{i0.}'._spf.'{d2.}'.net'" },
	{ "all letters", "%{s}%{l}%{o}%{d}%{i}%{p}%{v}%{h}%{c}%{r}%{t}",
	    "{s0.}{l0.}{o0.}{d0.}{i0.}{p0.}{v0.}{h0.}{c0.}{r0.}{t0.}" },
	{ "a closing brace is text", "a}b", "'a}b'" },
	{ "a per cent sign at the end", "a%", "'a'!" },
	{ "a per cent sign before text", "%a", "!" },
	{ "round brackets", "%(d)", "!" },
	{ "no letter", "%{}", "!" },
	{ "an unknown letter", "%{x}", "!" },
	{ "a digit in place of the letter", "%{2}", "!" },
	{ "zero", "%{d0}", "!" },
	{ "zeros", "%{d00r}", "!" },
	{ "reverse before the digits", "%{dr2}", "!" },
	{ "a delimiter before reverse", "%{d-r}", "!" },
	{ "an unknown delimiter", "%{d:}", "!" },
	{ "two letters", "%{dd}", "!" },
	{ "not closed", "%{d", "!" },
	{ "not even begun", "%{", "!" },
	{ "a macro inside a macro", "%{d%{i}}", "!" },
};

static void
render(const char *text, struct strbuf *out)
{
	struct spf_macro part;
	size_t position = 0;

	for (;;) {
		switch (spf_macro_next(text, strlen(text), &position, &part)) {
		case SPF_MACRO_END:
			return;
		case SPF_MACRO_LITERAL:
			strbuf_printf(out, "'%.*s'", (int)part.length, part.text);
			break;
		case SPF_MACRO_ESCAPE:
			strbuf_printf(out, "<%.*s>", (int)part.length, part.text);
			break;
		case SPF_MACRO_EXPAND:
			strbuf_printf(out, "{%c%u%s%s%s}", part.letter, part.digits,
			    part.reverse ? "r" : "", part.delimiters, part.url_escape ? "%" : "");
			break;
		case SPF_MACRO_BAD:
			strbuf_add_string(out, part.fault != NULL ? "!" : "?");
			return;
		}
	}
}

static void
strings_fall_into_parts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		struct strbuf found = { 0 };

		strbuf_add(&found, NULL, 0);
		render(parts[i].text, &found);
		if (strcmp(found.at, parts[i].parts) != 0)
			fail_msg("%s: %s", parts[i].name, found.at);
		strbuf_free(&found);
	}
}

struct check_case {
	const char *name;
	const char *text;
	enum spf_macro_place place;
	bool valid, domain, dynamic;
	size_t fault_at;
};

static const struct check_case checks[] = {
	{ "a name", "example.com", SPF_MACRO_IN_TARGET, .valid = true, .domain = true },
	{ "a name with a dot", "example.com.", SPF_MACRO_IN_TARGET, .valid = true, .domain = true },
	{ "one label", "example", SPF_MACRO_IN_TARGET, .valid = true },
	{ "one label and a dot", "example.", SPF_MACRO_IN_TARGET, .valid = true },
	{ "nothing before the dot", ".com", SPF_MACRO_IN_TARGET, .valid = true, .domain = true },
	{ "a macro", "%{d}", SPF_MACRO_IN_TARGET, .valid = true, .domain = true },
	{ "a macro and a dot", "%{d}.", SPF_MACRO_IN_TARGET, .valid = true },
	{ "a macro and text", "%{d}com", SPF_MACRO_IN_TARGET, .valid = true },
	{ "a macro, a dot and a label", "%{d}.com", SPF_MACRO_IN_TARGET, .valid = true,
	    .domain = true },
	{ "an escape at the end", "example%-", SPF_MACRO_IN_TARGET, .valid = true, .domain = true },
	{ "the dot must stand behind the macro", "a.b%{d}c", SPF_MACRO_IN_TARGET, .valid = true },
	{ "a macro of the sender", "%{l}.example.com", SPF_MACRO_IN_TARGET, .valid = true,
	    .domain = true, .dynamic = true },
	{ "a macro of the client, in upper case", "%{Ir}.example.com", SPF_MACRO_IN_TARGET,
	    .valid = true, .domain = true, .dynamic = true },
	{ "the address family is static", "%{v}.example.com", SPF_MACRO_IN_TARGET, .valid = true,
	    .domain = true },
	{ "c in a domain", "a.%{c}", SPF_MACRO_IN_TARGET, .fault_at = 2 },
	{ "r in a domain", "%{r}.com", SPF_MACRO_IN_TARGET, .fault_at = 0 },
	{ "t in upper case in a domain", "%{T}.com", SPF_MACRO_IN_TARGET, .fault_at = 0 },
	{ "c, r and t in an explanation", "%{c} %{r} %{t}", SPF_MACRO_IN_TEXT, .valid = true,
	    .domain = true, .dynamic = false },
	{ "a blank in a domain", "a b.com", SPF_MACRO_IN_TARGET, .fault_at = 1 },
	{ "a tab in an explanation", "see\thttp://x", SPF_MACRO_IN_TEXT, .fault_at = 3 },
	{ "an umlaut in an explanation", "f\xc3\xbcr", SPF_MACRO_IN_TEXT, .fault_at = 1 },
	{ "an umlaut in a domain", "f\xc3\xbcr.de", SPF_MACRO_IN_TARGET, .fault_at = 1 },
	{ "an umlaut in an unknown modifier", "f\xc3\xbcr", SPF_MACRO_IN_MODIFIER, .valid = true },
	{ "a control octet in an unknown modifier", "f\x01r", SPF_MACRO_IN_MODIFIER,
	    .fault_at = 1 },
	{ "DEL in an unknown modifier", "f\x7fr", SPF_MACRO_IN_MODIFIER, .fault_at = 1 },
	{ "a bad macro in an unknown modifier", "ab%{x}", SPF_MACRO_IN_MODIFIER, .fault_at = 2 },
};

static void
places_differ_in_what_they_allow(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(checks); i++) {
		const struct check_case *c = &checks[i];
		size_t length = strlen(c->text);
		struct spf_macro_use use;
		bool valid = spf_macro_check(c->text, length, c->place, &use);

		if (valid != c->valid || valid != (use.fault == NULL))
			fail_msg("%s: %s", c->name, valid ? "valid" : use.fault);
		if (!valid && use.fault_at != c->fault_at)
			fail_msg("%s: at %zu", c->name, use.fault_at);
		if (valid && spf_macro_ends_domain(c->text, length, &use) != c->domain)
			fail_msg("%s: domain-spec", c->name);
		if (valid && spf_macro_is_dynamic(use.letters) != c->dynamic)
			fail_msg("%s: dynamic", c->name);
	}
}

struct label_case {
	const char *text;
	bool domain;
};

static const struct label_case labels[] = {
	{ "a.com", true },
	{ "a.c", true },
	{ "a.4b", true },
	{ "a.b4", true },
	{ "a.1-2", true },
	{ "a.xn--p1ai", true },
	{ "a.123", false },
	{ "a.-bad", false },
	{ "a.bad-", false },
	{ "a.-", false },
	{ "a..", false },
	{ ".", false },
	{ "a.b_c", false },
	{ "a.com:25", false },
	{ "a.com;", false },
	{ "a.com,", false },
	{ "a.com/24", false },
	{ "192.0.2.1", false },
	{ "a._b.com", true },
	{ "a:b/c.com", true },
};

static void
the_last_label_is_strict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(labels); i++) {
		size_t length = strlen(labels[i].text);
		struct spf_macro_use use;

		assert_true(spf_macro_check(labels[i].text, length, SPF_MACRO_IN_TARGET, &use));
		if (spf_macro_ends_domain(labels[i].text, length, &use) != labels[i].domain)
			fail_msg("%s", labels[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_fall_into_parts),
		cmocka_unit_test(places_differ_in_what_they_allow),
		cmocka_unit_test(the_last_label_is_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
