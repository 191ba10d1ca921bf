/* Area spf: the published record, whom it lets send, and what it leads to. */
#include "score/spf_judges.h"

static bool
gate(const struct judged *j, struct finding *out)
{
	if (dns_is_answer(j->e->spf.answer))
		return false;
	*out = finding_of_dns(j->e->spf.answer);
	return true;
}

static const struct check checks[] = {
	{ .id = "spf.present",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = spf_judge_present,
	    .title = "An SPF record is published",
	    .rule =
		"pass: a record. fail: none, confirmed. warn: none, and the domain only receives",
	    .advice = "Publish SPF: {record}, or `\"v=spf1 -all\"` if it sends "
		      "nothing",
	    .ref = "RFC 7208 3, 4.5" },
	{ .id = "spf.single",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = spf_judge_single,
	    .title = "There is exactly one SPF record",
	    .rule = "pass: one. fail: two or more texts that begin with `v=spf1`, identical or not",
	    .advice = "Merge the SPF records of {d} into one",
	    .ref = "RFC 7208 3.2, 4.5" },
	{ .id = "spf.near-miss",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_near_miss,
	    .title = "No text was meant as SPF and is none",
	    .rule = "pass: none. warn: a text that begins like an SPF record but is none: a blank, "
		    "quote or "
		    "byte-order mark before it, `v=spf1;`, `v=spf10`, `spf1 ...`, or `v=spf1` "
		    "inside another "
		    "text",
	    .advice = "Write `v=spf1 ` at the very start, or remove the text: {value}",
	    .ref = "RFC 7208 4.5" },
	{ .id = "spf.syntax",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = spf_judge_syntax,
	    .title = "The SPF record is well-formed",
	    .rule = "pass: the full grammar holds. fail: any bad term, repeated modifier, bad "
		    "macro or bad "
		    "prefix length. warn: non-ASCII octets in an unknown modifier",
	    .advice = "Correct the SPF record of {d}: {value}",
	    .ref = "RFC 7208 4.6, 7.1, 12" },
	{ .id = "spf.lookup-limit",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = spf_judge_lookup_limit,
	    .title = "SPF needs at most ten DNS look-ups",
	    .rule = "Terms include, a, mx, ptr, exists and redirect, over the whole tree. pass: up "
		    "to 7. "
		    "info: 8. warn: 9 or 10. fail: more",
	    .advice = "Remove or flatten what costs most; 10 look-ups are allowed: {value}",
	    .ref = "RFC 7208 4.6.4" },
	{ .id = "spf.void-lookups",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_void_lookups,
	    .title = "The names in SPF have addresses",
	    .rule = "Terms a, mx and exists whose names have none, for IPv4 and IPv6 apart; IPv6 "
		    "counts when "
		    "some IPv6 address may send. pass: none. warn: one or two, or more for IPv6 "
		    "alone while "
		    "nothing there may send. fail: more than two",
	    .advice = "Remove what finds nothing: {value}",
	    .ref = "RFC 7208 4.6.4, 11.1" },
	{ .id = "spf.mx-term-limit",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_mx_term_limit,
	    .title = "No mx term of SPF has more than ten names",
	    .rule = "pass: ten or fewer. info: a ptr term, and an address with more than ten "
		    "reverse names. "
		    "fail: more than ten",
	    .advice = "Replace `mx` by ip4: and ip6: terms: {value}",
	    .ref = "RFC 7208 4.6.4" },
	{ .id = "spf.include-valid",
	    .class = CLASS_CRITICAL,
	    .point = POINT_OTHER,
	    .judge = spf_judge_include_valid,
	    .title = "Everything that SPF includes is a record",
	    .rule = "pass: every target has one well-formed record. fail: none, several, or a "
		    "malformed one",
	    .advice = "Remove the include, or ask its owner to repair it: {value}",
	    .ref = "RFC 7208 5.2" },
	{ .id = "spf.redirect-valid",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_redirect_valid,
	    .title = "The redirect of SPF leads to a record",
	    .rule = "pass: its target has one well-formed record. fail: none, several, or a "
		    "malformed one",
	    .advice = "Correct or remove the redirect: {value}",
	    .ref = "RFC 7208 6.1" },
	{ .id = "spf.loop",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_loop,
	    .title = "SPF does not lead back to itself",
	    .rule = "pass: no name occurs twice on one path of includes and redirects. fail: one "
		    "does",
	    .advice = "Break the circle: {value}",
	    .ref = "RFC 7208 4.6.4" },
	{ .id = "spf.default",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = spf_judge_default,
	    .title = "SPF says what becomes of all other senders",
	    .rule = "pass: `-all` or `~all`, by redirect as well. info: the redirect hangs on the "
		    "sender. "
		    "warn: `?all`, or neither `all` nor redirect. fail: `+all`",
	    .advice = "End the record with `~all`, later `-all`; now the result is {value}",
	    .ref = "RFC 7208 5.1, 4.7" },
	{ .id = "spf.permissive-include",
	    .class = CLASS_CRITICAL,
	    .point = POINT_OTHER,
	    .judge = spf_judge_permissive_include,
	    .title = "No include lets everybody send",
	    .rule = "pass: none does. fail: an included record has `+all`, 0.0.0.0/0 or ::/0 "
		    "before any "
		    "other `all`",
	    .advice = "Remove the include, it lets anyone send: {value}",
	    .ref = "RFC 7208 5.2" },
	{ .id = "spf.breadth",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_breadth,
	    .title = "SPF lets few addresses send",
	    .rule = "Distinct IPv4 addresses of ip4, a and mx, over the whole tree. pass: up to "
		    "65,536. info: "
		    "up to 1,048,576. warn: more, or an IPv6 network above a /32. fail: 16,777,216 "
		    "and more, "
		    "or an IPv6 network above a /16",
	    .advice = "Authorise only the networks that send: {value}",
	    .ref = "RFC 7208 5.6" },
	{ .id = "spf.authorises",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_SPF,
	    .judge = spf_judge_authorises,
	    .title = "SPF lets the domain's own servers send",
	    .rule = "Of an address in outbound_ips: pass: pass. warn: softfail or neutral. fail: "
		    "fail or an "
		    "error. Of an MX address that may send: info: neutral. warn: softfail or fail",
	    .advice = "Add {ip} to the SPF record of {d}; now the result is {value}",
	    .ref = "RFC 7208 4, 2.6" },
	{ .id = "spf.parked",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_parked,
	    .title = "A parked domain lets nobody send",
	    .rule = "pass: exactly `v=spf1 -all`. warn: nobody passes, by another record. fail: "
		    "somebody does",
	    .advice = "Publish {record}",
	    .ref = "RFC 7208 10.1" },
	{ .id = "spf.ptr-term",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_ptr_term,
	    .title = "SPF does without ptr",
	    .rule = "pass: no ptr term. warn: one, in the record or in what it includes",
	    .advice = "Replace ptr by ip4: and ip6: terms: {value}",
	    .ref = "RFC 7208 5.5" },
	{ .id = "spf.ignored-terms",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_ignored_terms,
	    .title = "Every term of SPF is read",
	    .rule = "pass: all are. warn: terms behind `all`, a redirect beside it, or a second "
		    "one",
	    .advice = "Receivers never read these terms, remove them: {value}",
	    .ref = "RFC 7208 5.1, 6.1" },
	{ .id = "spf.duplicate-terms",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_duplicate_terms,
	    .title = "No term of SPF is there twice",
	    .rule = "pass: none is. warn: the same include, a, mx or exists twice in the tree, or "
		    "a network "
		    "of the record inside another",
	    .advice = "Remove the one that is too much: {value}",
	    .ref = "RFC 7208 4.6.4" },
	{ .id = "spf.ranges",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_ranges,
	    .title = "The networks in SPF are public, and written as networks",
	    .rule = "pass: all are. warn: a special-purpose network, or bits set behind its length",
	    .advice = "Correct the term: {value}",
	    .ref = "RFC 7208 5.6; RFC 6890" },
	{ .id = "spf.target-registrable",
	    .class = CLASS_CRITICAL,
	    .point = POINT_OTHER,
	    .fatal = true,
	    .judge = spf_judge_target_registrable,
	    .title = "Nobody can register a domain that SPF names",
	    .rule = "pass: the domains of all names exist. warn: one is missing, below a suffix "
		    "that is no "
		    "registry's. fail: one is missing, by the word of its registry",
	    .advice = "Remove the term today, whoever registers its domain may send as {d}: "
		      "{value}",
	    .ref = "RFC 8020 2; RFC 2308 3" },
	{ .id = "spf.size",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = spf_judge_size,
	    .title = "The SPF record is short",
	    .rule = "pass: up to 450 octets, in an answer of up to 512. info: an answer of up to "
		    "1,232. warn: "
		    "more of either",
	    .advice = "Shorten the record, or move parts of it into an include: {value}",
	    .ref = "RFC 7208 3.4" },
	{ .id = "spf.macros",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = spf_judge_macros,
	    .title = "Macros in SPF",
	    .rule = "pass: none. info: some; what they stand for hangs on the sender",
	    .advice = "Test {value} with real senders",
	    .ref = "RFC 7208 7" },
	{ .id = "spf.helo",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = spf_judge_helo,
	    .title = "SPF of the server's own name lets it send",
	    .rule = "check_host of the EHLO name for the server's address. pass: pass. info: no "
		    "record, or neutral. warn: fail, softfail or an error",
	    .advice =
		"Publish `v=spf1 a -all` at the name that {host} gives itself; now the result "
		"is {value}",
	    .ref = "RFC 7208 2.3" },
	{ .id = "spf.obsolete-records",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = spf_judge_obsolete_records,
	    .title = "No SPF in forms that nobody reads",
	    .rule = "pass: none. info: a record of type SPF (99), or a text of Sender ID (spf2.0/)",
	    .advice = "Delete it: {value}",
	    .ref = "RFC 7208 3.1" },
	{ .id = "spf.exp",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .point = POINT_OTHER,
	    .judge = spf_judge_exp,
	    .title = "The explanation that SPF names is there",
	    .rule = "pass: one ASCII text. info: none, several, not ASCII, or a name that hangs on "
		    "the sender",
	    .advice = "Correct or drop `exp=`: {value}",
	    .ref = "RFC 7208 6.2" },
};

const struct check_area area_spf = { "spf", checks, sizeof checks / sizeof checks[0], gate };
