/* The grammar of SPF records; rows marked mox, mail-auth, checkdmarc come from those projects. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/spf_macro.h"
#include "rule/spf_record.h"

#include <stdbool.h>
#include <string.h>

struct valid_case {
	const char *name;
	const char *record;
	const char *expected; /* rendered as below; prefix lengths of a and mx always written */
};

static const struct valid_case valid[] = {
	{ "nothing but the version", "v=spf1", "" },
	{ "and a blank", "v=spf1 ", "" },
	{ "deny", "v=spf1 -all", "-all" },
	{ "letter case makes no difference", "V=SPF1 MX -ALL", "+mx/32//128 -all" },
	{ "many blanks", "v=spf1   mx    -all   ", "+mx/32//128 -all" },
	{ "all qualifiers", "v=spf1 a ?a -a +a ~a",
	    "+a/32//128 ?a/32//128 -a/32//128 +a/32//128 ~a/32//128" },
	{ "terms behind all are read as well", "v=spf1 -all a", "-all +a/32//128" },
	{ "prefix lengths", "v=spf1 a/0 a/24//64 a//64 mx/32//128",
	    "+a/0//128 +a/24//64 +a/32//64 +mx/32//128" },
	{ "prefix lengths behind a domain", "v=spf1 a:b.test/24//64 mx:c.test//0",
	    "+a:b.test/24//64 +mx:c.test/32//0" },
	{ "a prefix length behind a macro", "v=spf1 a:%{d}/24", "+a:%{d}/24//128 (d)" },
	{ "a slash inside a macro is none", "v=spf1 a:%{o,=_/}", "+a:%{o,=_/}/32//128 (o)" },
	{ "a slash inside a domain is none", "v=spf1 a:b/24.c.test", "+a:b/24.c.test/32//128" },
	{ "a colon inside a domain", "v=spf1 a:foo:bar/baz.c.test",
	    "+a:foo:bar/baz.c.test/32//128" },
	{ "IPv4", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 ip4:0.0.0.0/0",
	    "+ip4:192.0.2.1/32 +ip4:192.0.2.0/24 +ip4:0.0.0.0/0" },
	{ "host bits stay as written", "v=spf1 ip4:10.0.0.1/24", "+ip4:10.0.0.1/24" },
	{ "IPv6", "v=spf1 IP6:2001:db8::1 ip6:2001:db8::/32 ip6:::/0",
	    "+ip6:2001:db8::1/128 +ip6:2001:db8::/32 +ip6:::/0" },
	{ "IPv6 with an IPv4 ending", "v=spf1 ip6:1080::8:800:68.0.3.1/96",
	    "+ip6:1080::8:800:4400:301/96" },
	{ "a mapped network stays IPv6", "v=spf1 ip6:::ffff:192.0.2.0/120",
	    "+ip6:::ffff:192.0.2.0/120" },
	{ "include, exists, ptr", "v=spf1 include:b.test exists:%{i}.c.test ptr ptr:d.test",
	    "+include:b.test +exists:%{i}.c.test (i) +ptr +ptr:d.test" },
	{ "redirect", "v=spf1 redirect=_spf.b.test", "redirect=_spf.b.test" },
	{ "modifiers may stand anywhere", "v=spf1 redirect=b.test mx exp=c.test a",
	    "+mx/32//128 +a/32//128 redirect=b.test exp=c.test" },
	{ "exp with a macro", "v=spf1 mx -all exp=explain._spf.%{d}",
	    "+mx/32//128 -all exp=explain._spf.%{d} (d)" },
	{ "unknown modifiers", "v=spf1 ra=postmaster rp=15 rr=e:f:s:n -all", "-all unknown=3" },
	{ "an unknown modifier twice", "v=spf1 x=1 x=2 -all", "-all unknown=2" },
	{ "an unknown modifier without value", "v=spf1 x= -all", "-all unknown=1" },
	{ "an unknown modifier with c, r and t", "v=spf1 x=%{c}%{r}%{t} -all", "-all unknown=1" },
	{ "an unknown modifier with an umlaut", "v=spf1 x=f\xc3\xbcr -all",
	    "-all unknown=1 non-ascii" },
	{ "a mechanism written as a modifier is an unknown one", "v=spf1 include=b.test -all",
	    "-all unknown=1" },
	{ "the version again is an unknown modifier", "v=spf1 v=spf1 -all", "-all unknown=1" },
	{ "a domain with a trailing dot", "v=spf1 include:b.test.", "+include:b.test." },
	{ "underscores", "v=spf1 include:_spf.b.test", "+include:_spf.b.test" },
	/* mox */
	{ "escapes and macros", "v=spf1 exists:%%.%{l1r+}.%{d}", "+exists:%%.%{l1r+}.%{d} (dl)" },
	/* mail-auth */
	{ "a sign and a prefix length", "v=spf1 +mx a:colo.example.com/28 -all",
	    "+mx/32//128 +a:colo.example.com/28//128 -all" },
	{ "two includes", "v=spf1 include:example.com include:example.org -all",
	    "+include:example.com +include:example.org -all" },
	{ "all macros of a domain", "v=spf1 exists:_h.%{h}._l.%{l}._o.%{o}._i.%{i}._spf.%{d} ?all",
	    "+exists:_h.%{h}._l.%{l}._o.%{o}._i.%{i}._spf.%{d} (dhilo) ?all" },
	{ "all escapes", "v=spf1 mx exists:%{l}._%-spf_%_verify%%.%{d} -all",
	    "+mx/32//128 +exists:%{l}._%-spf_%_verify%%.%{d} (dl) -all" },
	{ "delimiters", "v=spf1 mx redirect=%{l1r+}._at_.%{o,=_/}._spf.%{d}",
	    "+mx/32//128 redirect=%{l1r+}._at_.%{o,=_/}._spf.%{d} (dlo)" },
	{ "a fails first", "v=spf1 -ip4:192.0.2.0/24 a//96 +all",
	    "-ip4:192.0.2.0/24 +a/32//96 +all" },
	/* checkdmarc */
	{ "a verification token", "v=spf1 ip4:213.5.39.110 -all MS=83859DAEBD1978F9A7A67D3",
	    "+ip4:213.5.39.110/32 -all unknown=1" },
	{ "the mechanism twice", "v=spf1 exists:exists:%{i}.spf.hc0000-xx.iphmx.com ~all",
	    "+exists:exists:%{i}.spf.hc0000-xx.iphmx.com (i) ~all" },
};

static void
render_target(struct strbuf *out, char separator, const struct spf_target *target)
{
	if (target->spec != NULL)
		strbuf_printf(out, "%c%s", separator, target->spec);
}

static void
render_letters(struct strbuf *out, const struct spf_target *target)
{
	if (target->macro_letters == 0)
		return;
	strbuf_add_string(out, " (");
	for (char letter = 'a'; letter <= 'z'; letter++)
		if ((target->macro_letters & spf_macro_bit(letter)) != 0)
			strbuf_add_byte(out, letter);
	strbuf_add_byte(out, ')');
}

static void
render_term(struct strbuf *out, const struct spf_term *term)
{
	char text[IP_TEXT_MAX];

	strbuf_printf(out, " %c%s", term->qualifier, spf_mechanism_name(term->mechanism));
	render_target(out, ':', &term->target);
	if (term->mechanism == SPF_A || term->mechanism == SPF_MX)
		strbuf_printf(out, "/%d//%d", term->ip4_length, term->ip6_length);
	if (term->mechanism == SPF_IP4 || term->mechanism == SPF_IP6)
		strbuf_printf(
		    out, ":%s/%d", ip_format(&term->network.ip, text), term->network.length);
	render_letters(out, &term->target);
}

static void
render_modifier(struct strbuf *out, const char *name, const struct spf_modifier *modifier)
{
	if (modifier->text == NULL)
		return;
	strbuf_printf(out, " %s", name);
	render_target(out, '=', &modifier->target);
	render_letters(out, &modifier->target);
}

static void
render(struct strbuf *out, const struct spf_record *record)
{
	for (size_t i = 0; i < record->count; i++)
		render_term(out, &record->terms[i]);
	render_modifier(out, "redirect", &record->redirect);
	render_modifier(out, "exp", &record->explanation);
	if (record->unknown_modifiers > 0)
		strbuf_printf(out, " unknown=%zu", record->unknown_modifiers);
	if (record->non_ascii_modifier)
		strbuf_add_string(out, " non-ascii");
}

static void
check_sources(const struct valid_case *c, const struct spf_record *record)
{
	for (size_t i = 0; i < record->count; i++) {
		const struct spf_term *term = &record->terms[i];

		if (strncmp(c->record + term->offset, term->text, strlen(term->text)) != 0)
			fail_msg("%s: source of '%s'", c->name, term->text);
	}
	if (record->redirect.text != NULL)
		assert_memory_equal(c->record + record->redirect.offset, record->redirect.text,
		    strlen(record->redirect.text));
}

static void
valid_records_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(valid); i++) {
		const struct valid_case *c = &valid[i];
		struct arena arena = { 0 };
		struct strbuf found = { 0 };
		struct spf_record record;

		if (!spf_record_parse(&arena, c->record, strlen(c->record), &record))
			fail_msg("%s: '%s' %s", c->name, record.error_term, record.error_text);
		strbuf_add_byte(&found, ' '); /* room for the blank that is cut off */
		render(&found, &record);
		if (strcmp(found.at + (found.length > 1 ? 2 : 1), c->expected) != 0)
			fail_msg("%s: '%s'", c->name, found.at);
		check_sources(c, &record);
		strbuf_free(&found);
		arena_free(&arena);
	}
}

struct invalid_case {
	const char *name;
	const char *record;
	enum spf_error error;
	const char *term;
	size_t offset;
};

static const struct invalid_case invalid[] = {
	{ "nothing", "", SPF_ERROR_VERSION, "", 0 }, /* mox */
	{ "another version", "v=spf10 -all", SPF_ERROR_VERSION, "v=spf10 -all", 0 },
	{ "a tab behind the version", "v=spf1\t-all", SPF_ERROR_VERSION, "v=spf1?-all", 0 },
	{ "the whole record in quotes", "\"v=spf1 mx ~all\"", SPF_ERROR_VERSION,
	    "\"v=spf1 mx ~all\"", 0 },
	{ "an exclamation mark", "v=spf1 !", SPF_ERROR_UNKNOWN_MECHANISM, "!", 7 }, /* mox */
	{ "a qualifier alone", "v=spf1 -", SPF_ERROR_UNKNOWN_MECHANISM, "-", 7 },
	{ "two qualifiers", "v=spf1 --all", SPF_ERROR_UNKNOWN_MECHANISM, "--all", 7 },
	{ "a mechanism that does not exist", "v=spf1 mx ipv4:192.0.2.1 -all",
	    SPF_ERROR_UNKNOWN_MECHANISM, "ipv4:192.0.2.1", 10 },
	{ "a forgotten colon", "v=spf1 a.example.com -all", SPF_ERROR_UNKNOWN_MECHANISM,
	    "a.example.com", 7 },
	{ "a forgotten name", "v=spf1 192.0.2.1 -all", SPF_ERROR_UNKNOWN_MECHANISM, "192.0.2.1",
	    7 },
	{ "a word", "v=spf1 -all exp=exp.b.test extra", SPF_ERROR_UNKNOWN_MECHANISM, "extra", 27 },
	{ "a full stop", "v=spf1 -all.", SPF_ERROR_UNKNOWN_MECHANISM, "-all.", 7 },
	{ "a semicolon", "v=spf1 mx; -all", SPF_ERROR_UNKNOWN_MECHANISM, "mx;", 7 },
	{ "no name before the equals sign", "v=spf1 =all", SPF_ERROR_UNKNOWN_MECHANISM, "=all", 7 },
	{ "a modifier that begins with a digit", "v=spf1 1x=y", SPF_ERROR_UNKNOWN_MECHANISM, "1x=y",
	    7 },
	{ "an en dash", "v=spf1 mx \u2013all", SPF_ERROR_OCTET, "\u2013all", 10 },
	{ "an umlaut in a domain", "v=spf1 include:f\xc3\xbcr.de", SPF_ERROR_OCTET,
	    "include:f\xc3\xbcr.de", 7 },
	{ "an umlaut in redirect", "v=spf1 redirect=f\xc3\xbcr.de", SPF_ERROR_OCTET,
	    "redirect=f\xc3\xbcr.de", 7 },
	{ "an umlaut in the name of a modifier", "v=spf1 f\xc3\xbcr=x", SPF_ERROR_OCTET,
	    "f\xc3\xbcr=x", 7 },
	{ "a no-break space", "v=spf1 mx\xc2\xa0-all", SPF_ERROR_OCTET, "mx\xc2\xa0-all", 7 },
	{ "a tab between terms", "v=spf1 mx\t-all", SPF_ERROR_OCTET, "mx?-all", 7 },
	{ "a line end", "v=spf1 mx -all\n", SPF_ERROR_OCTET, "-all?", 10 },
	{ "a control octet in an unknown modifier", "v=spf1 x=\x01", SPF_ERROR_OCTET, "x=?", 7 },
	{ "a qualifier before redirect", "v=spf1 ?redirect=bogus", SPF_ERROR_QUALIFIER,
	    "?redirect=bogus", 7 }, /* mox */
	{ "a qualifier before any modifier", "v=spf1 -x=y", SPF_ERROR_QUALIFIER, "-x=y", 7 },
	{ "redirect twice", "v=spf1 redirect=b.test redirect=b.test", SPF_ERROR_REPEATED_MODIFIER,
	    "redirect=b.test", 23 },
	{ "exp twice", "v=spf1 exp=mox.example exp=mox2.example", SPF_ERROR_REPEATED_MODIFIER,
	    "exp=mox2.example", 23 }, /* mox */
	{ "the other letter case is the same modifier", "v=spf1 exp=b.test EXP=c.test",
	    SPF_ERROR_REPEATED_MODIFIER, "EXP=c.test", 18 },
	{ "include without domain", "v=spf1 include -all", SPF_ERROR_ARGUMENT_MISSING, "include",
	    7 },
	{ "a blank behind the colon", "v=spf1 include: b.test -all", SPF_ERROR_ARGUMENT_MISSING,
	    "include:", 7 }, /* checkdmarc */
	{ "a colon and nothing", "v=spf1 a: -all", SPF_ERROR_ARGUMENT_MISSING, "a:", 7 },
	{ "a colon and a prefix length", "v=spf1 a:/24 -all", SPF_ERROR_ARGUMENT_MISSING, "a:/24",
	    7 },
	{ "ptr and a colon", "v=spf1 ptr: -all", SPF_ERROR_ARGUMENT_MISSING, "ptr:", 7 },
	{ "exists without domain", "v=spf1 exists -all", SPF_ERROR_ARGUMENT_MISSING, "exists", 7 },
	{ "ip4 without address", "v=spf1 ip4 -all", SPF_ERROR_ARGUMENT_MISSING, "ip4", 7 },
	{ "ip4 and a colon", "v=spf1 ip4: -all", SPF_ERROR_ARGUMENT_MISSING, "ip4:", 7 },
	{ "ip4 and a slash", "v=spf1 ip4/24 -all", SPF_ERROR_ARGUMENT_MISSING, "ip4/24", 7 },
	{ "redirect without domain", "v=spf1 redirect=", SPF_ERROR_ARGUMENT_MISSING,
	    "redirect=", 7 },
	{ "exp without domain", "v=spf1 exp= -all", SPF_ERROR_ARGUMENT_MISSING, "exp=", 7 },
	{ "all with a domain", "v=spf1 -all:b.test", SPF_ERROR_ARGUMENT_FORBIDDEN, "-all:b.test",
	    7 },
	{ "all with a prefix length", "v=spf1 all/24", SPF_ERROR_ARGUMENT_FORBIDDEN, "all/24", 7 },
	{ "ptr with a prefix length", "v=spf1 ptr/24", SPF_ERROR_ARGUMENT_FORBIDDEN, "ptr/24", 7 },
	{ "a single label", "v=spf1 include:localhost", SPF_ERROR_TARGET, "include:localhost", 7 },
	{ "a single label with a prefix length", "v=spf1 a:x/24", SPF_ERROR_TARGET, "a:x/24", 7 },
	{ "a single label in redirect", "v=spf1 redirect=bogus", SPF_ERROR_TARGET, "redirect=bogus",
	    7 },
	{ "an address where a name belongs", "v=spf1 a:192.0.2.1", SPF_ERROR_TARGET, "a:192.0.2.1",
	    7 },
	{ "a port", "v=spf1 a:b.test:8080", SPF_ERROR_TARGET, "a:b.test:8080", 7 },
	{ "a comma at the end", "v=spf1 include:b.test, -all", SPF_ERROR_TARGET, "include:b.test,",
	    7 },
	{ "include with a prefix length", "v=spf1 include:b.test/24", SPF_ERROR_TARGET,
	    "include:b.test/24", 7 },
	{ "ptr with a domain and a prefix length", "v=spf1 ptr:b.test/0", SPF_ERROR_TARGET,
	    "ptr:b.test/0", 7 },
	{ "an empty last label", "v=spf1 exists:%{l1r+}..", SPF_ERROR_TARGET, "exists:%{l1r+}..",
	    7 }, /* mox */
	{ "a number as last label", "v=spf1 exists:%{l1r+}.123.", SPF_ERROR_TARGET,
	    "exists:%{l1r+}.123.", 7 }, /* mox */
	{ "a hyphen first in the last label", "v=spf1 exists:%{l1r+}.-bad.", SPF_ERROR_TARGET,
	    "exists:%{l1r+}.-bad.", 7 },                                                 /* mox */
	{ "an unknown macro", "v=spf1 exists:%{x}", SPF_ERROR_MACRO, "exists:%{x}", 7 }, /* mox */
	{ "a macro of exp text", "v=spf1 exists:%{c}.b.test", SPF_ERROR_MACRO, "exists:%{c}.b.test",
	    7 },
	{ "a macro of exp text in exp=", "v=spf1 exp=%{r}.b.test", SPF_ERROR_MACRO,
	    "exp=%{r}.b.test", 7 },
	{ "a macro that keeps nothing", "v=spf1 exists:%{d0}", SPF_ERROR_MACRO, "exists:%{d0}", 7 },
	{ "round brackets", "v=spf1 exists:%(h).b.test", SPF_ERROR_MACRO, "exists:%(h).b.test", 7 },
	{ "a question mark for a letter", "v=spf1 redirect=%{?}._spf.example.com", SPF_ERROR_MACRO,
	    "redirect=%{?}._spf.example.com", 7 }, /* checkdmarc */
	{ "a bad macro in exp", "v=spf1 -all exp=%{z}", SPF_ERROR_MACRO, "exp=%{z}",
	    12 }, /* checkdmarc */
	{ "a bad macro in an unknown modifier", "v=spf1 -all x=%abc", SPF_ERROR_MACRO, "x=%abc",
	    12 },
	{ "three numbers", "v=spf1 ip4:192.0.2 -all", SPF_ERROR_IP4_ADDRESS, "ip4:192.0.2", 7 },
	{ "a leading zero", "v=spf1 ip4:192.0.2.01", SPF_ERROR_IP4_ADDRESS, "ip4:192.0.2.01", 7 },
	{ "a number above 255", "v=spf1 ip4:192.0.2.256", SPF_ERROR_IP4_ADDRESS, "ip4:192.0.2.256",
	    7 },
	{ "a name where an address belongs", "v=spf1 ip4:b.test", SPF_ERROR_IP4_ADDRESS,
	    "ip4:b.test", 7 },
	{ "a macro where an address belongs", "v=spf1 ip4:%{i} -all", SPF_ERROR_IP4_ADDRESS,
	    "ip4:%{i}", 7 }, /* checkdmarc */
	{ "a forgotten blank", "v=spf1 ip4:8.8.8.8~all", SPF_ERROR_IP4_ADDRESS, "ip4:8.8.8.8~all",
	    7 }, /* checkdmarc */
	{ "IPv6 in ip4", "v=spf1 ip4:1200:0000:AB00:1234:0000:2552:7777:1313 ~all",
	    SPF_ERROR_IP4_ADDRESS, "ip4:1200:0000:AB00:1234:0000:2552:7777:1313",
	    7 }, /* checkdmarc */
	{ "IPv4 in ip6", "v=spf1 ip6:192.0.2.1", SPF_ERROR_IP6_ADDRESS, "ip6:192.0.2.1", 7 },
	{ "three colons", "v=spf1 ip6:2001:db8:::1", SPF_ERROR_IP6_ADDRESS, "ip6:2001:db8:::1",
	    7 }, /* mox */
	{ "a scope", "v=spf1 ip6:fe80::1%eth0", SPF_ERROR_IP6_ADDRESS, "ip6:fe80::1%eth0", 7 },
	{ "33 bits", "v=spf1 ip4:10.0.0.1/33", SPF_ERROR_IP4_LENGTH, "ip4:10.0.0.1/33",
	    7 }, /* mox */
	{ "99 bits", "v=spf1 ip4:78.46.96.236/99 ~all", SPF_ERROR_IP4_LENGTH, "ip4:78.46.96.236/99",
	    7 }, /* checkdmarc */
	{ "129 bits", "v=spf1 ip6:2001:db8::1/129", SPF_ERROR_IP6_LENGTH, "ip6:2001:db8::1/129",
	    7 }, /* mox */
	{ "an empty length", "v=spf1 ip4:192.0.2.0/ -all", SPF_ERROR_IP4_LENGTH, "ip4:192.0.2.0/",
	    7 },
	{ "a leading zero in a length", "v=spf1 ip4:192.0.2.0/08", SPF_ERROR_IP4_LENGTH,
	    "ip4:192.0.2.0/08", 7 },
	{ "a mask in place of a length", "v=spf1 ip4:192.0.2.0/255.255.255.0", SPF_ERROR_IP4_LENGTH,
	    "ip4:192.0.2.0/255.255.255.0", 7 },
	{ "a length that would wrap", "v=spf1 ip4:192.0.2.0/4294967304", SPF_ERROR_IP4_LENGTH,
	    "ip4:192.0.2.0/4294967304", 7 },
	{ "two lengths for ip4", "v=spf1 ip4:192.0.2.0/24//64", SPF_ERROR_IP4_LENGTH,
	    "ip4:192.0.2.0/24//64", 7 },
	{ "33 bits of a", "v=spf1 a:mox.example/33", SPF_ERROR_DUAL_LENGTH, "a:mox.example/33",
	    7 }, /* mox */
	{ "129 bits of a", "v=spf1 a:mox.example//129", SPF_ERROR_DUAL_LENGTH, "a:mox.example//129",
	    7 }, /* mox */
	{ "a slash alone", "v=spf1 a/ -all", SPF_ERROR_DUAL_LENGTH, "a/", 7 },
	{ "two slashes alone", "v=spf1 mx// -all", SPF_ERROR_DUAL_LENGTH, "mx//", 7 },
	{ "one slash before the IPv6 length", "v=spf1 a/24/64", SPF_ERROR_DUAL_LENGTH, "a/24/64",
	    7 },
	{ "the IPv6 length first", "v=spf1 a//64/24", SPF_ERROR_DUAL_LENGTH, "a//64/24", 7 },
	{ "a leading zero in a length of mx", "v=spf1 mx/024", SPF_ERROR_DUAL_LENGTH, "mx/024", 7 },
	{ "an error behind a term that would match", "v=spf1 all foo", SPF_ERROR_UNKNOWN_MECHANISM,
	    "foo", 11 },
	/* Where their authors read the grammar more widely than RFC 7208 4.8 and 7.1 allow. */
	{ "mox: single labels", "v=spf1 all Include:example.org a:x", SPF_ERROR_TARGET, "a:x", 31 },
	{ "mail-auth: one slash", "v=spf1 ~a:domain.com/12/123", SPF_ERROR_DUAL_LENGTH,
	    "~a:domain.com/12/123", 7 },
	{ "checkdmarc: the whole in quotes", "\"v=spf1 a ~all\"", SPF_ERROR_VERSION,
	    "\"v=spf1 a ~all\"", 0 },
};

static void
bad_terms_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(invalid); i++) {
		const struct invalid_case *c = &invalid[i];
		struct arena arena = { 0 };
		struct spf_record record;
		bool read = spf_record_parse(&arena, c->record, strlen(c->record), &record);

		if (read || record.error != c->error || record.error_offset != c->offset ||
		    strcmp(record.error_term, c->term) != 0 || record.error_text == NULL)
			fail_msg(
			    "%s: error %d at %zu", c->name, (int)record.error, record.error_offset);
		arena_free(&arena);
	}
}

static void
what_stands_before_the_error_is_kept(void **state)
{
	static const char text[] = "v=spf1 mx ip4:192.0.2.1 redirect=b.test foo -all";
	struct arena arena = { 0 };
	struct spf_record record;

	(void)state;
	assert_false(spf_record_parse(&arena, text, strlen(text), &record));
	assert_int_equal(record.count, 2);
	assert_string_equal(record.redirect.text, "redirect=b.test");
	arena_free(&arena);
}

static void
a_nul_octet_is_an_error_where_it_stands(void **state)
{
	struct arena arena = { 0 };
	struct spf_record record;

	(void)state;
	assert_false(spf_record_parse(&arena, "v=spf1 a:b.test\0 -all", 21, &record));
	assert_int_equal(record.error, SPF_ERROR_OCTET);
	assert_string_equal(record.error_term, "a:b.test?");
	assert_false(spf_record_parse(&arena, "v=spf1 \0", 8, &record));
	assert_int_equal(record.error, SPF_ERROR_OCTET);
	assert_false(spf_record_parse(&arena, "v=spf1 x\0y=z", 12, &record));
	assert_int_equal(record.error, SPF_ERROR_OCTET);
	arena_free(&arena);
}

struct selection_case {
	const char *text;
	bool expected;
};

static const struct selection_case selections[] = {
	{ "v=spf1", true },
	{ "v=spf1 -all", true },
	{ "V=SpF1 -all", true },
	{ "v=spf1  ", true },
	{ "v=spf10 -all", false },
	{ " v=spf1 -all", false },
	{ "v=spf1;-all", false },
	{ "v=spf1\t-all", false },
	{ "v=spf", false },
	{ "", false },
	{ "spf1 -all", false },
	{ "spf2.0/pra -all", false },
	{ "v = spf1 -all", false },
};

static void
records_are_told_from_other_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(selections); i++)
		if (spf_record_is(selections[i].text, strlen(selections[i].text)) !=
		    selections[i].expected)
			fail_msg("'%s'", selections[i].text);
	assert_true(spf_record_is("v=spf1", 6));
	assert_false(spf_record_is("v=spf1", 5));
}

struct question_case {
	const char *record;
	bool exactly_deny;
	enum spf_passing passing;
	bool has_all, redirects;
};

static const struct question_case questions[] = {
	{ "v=spf1 -all", true, SPF_PASSES_NOTHING, true, false },
	{ "V=SPF1  -ALL ", true, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 ~all", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 ?all", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1", false, SPF_PASSES_NOTHING, false, false },
	{ "v=spf1 -all -all", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 -all exp=b.test", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 -all x=y", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 -all redirect=b.test", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 redirect=b.test -all", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 redirect=b.test", false, SPF_PASSES_BY_TARGETS, false, true },
	{ "v=spf1 include:b.test -all", false, SPF_PASSES_BY_TARGETS, true, false },
	{ "v=spf1 ?include:b.test -all", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 -mx ~a ?ptr -all", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 -all mx", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 -all include:b.test", false, SPF_PASSES_NOTHING, true, false },
	{ "v=spf1 mx -all", false, SPF_PASSES_SOME, true, false },
	{ "v=spf1 include:b.test a -all", false, SPF_PASSES_SOME, true, false },
	{ "v=spf1 ip6:2001:db8::/32 ~all", false, SPF_PASSES_SOME, true, false },
	{ "v=spf1 exists:%{i}.b.test -all", false, SPF_PASSES_SOME, true, false },
	{ "v=spf1 all", false, SPF_PASSES_SOME, true, false },
	{ "v=spf1 redirect=b.test mx", false, SPF_PASSES_SOME, false, true },
};

static void
static_questions_have_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(questions); i++) {
		const struct question_case *c = &questions[i];
		struct arena arena = { 0 };
		struct spf_record record;

		assert_true(spf_record_parse(&arena, c->record, strlen(c->record), &record));
		if (spf_record_is_exactly_deny(&record) != c->exactly_deny ||
		    spf_record_passing(&record) != c->passing ||
		    (spf_record_all(&record) != NULL) != c->has_all ||
		    (spf_record_redirect(&record) != NULL) != c->redirects)
			fail_msg("%s", c->record);
		arena_free(&arena);
	}
}

static void
a_record_of_the_greatest_length_is_survived(void **state)
{
	static char text[65535];
	struct arena arena = { 0 };
	struct spf_record record;

	(void)state;
	memcpy(text, "v=spf1", 6);
	for (size_t i = 6; i < sizeof text; i++)
		text[i] = i % 2 == 0 ? ' ' : 'a';
	assert_true(spf_record_parse(&arena, text, sizeof text - 1, &record));
	assert_int_equal(record.count, 32764);
	memset(text + 6, ' ', sizeof text - 6);
	assert_true(spf_record_parse(&arena, text, sizeof text, &record));
	assert_int_equal(record.count, 0);
	memset(text + 7, '%', sizeof text - 7);
	assert_false(spf_record_parse(&arena, text, sizeof text, &record));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_records_are_read),
		cmocka_unit_test(bad_terms_are_named),
		cmocka_unit_test(what_stands_before_the_error_is_kept),
		cmocka_unit_test(a_nul_octet_is_an_error_where_it_stands),
		cmocka_unit_test(records_are_told_from_other_texts),
		cmocka_unit_test(static_questions_have_answers),
		cmocka_unit_test(a_record_of_the_greatest_length_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
