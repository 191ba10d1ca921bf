/* Area dkim: the key records under the row's selectors, and under those that were found. */
#include "score/dkim_judges.h"
#include "score/history_judges.h"

/* Why a check of selectors has none; false when it has. */
static bool
without_key(const struct judged *j, struct finding *out)
{
	if (j->check->subject != OF_SELECTOR || j->key != NULL)
		return false;
	if (j->e->dkim.no_node)
		*out = finding_after("dkim.selectors");
	else
		*out = finding_untested(dkim_reason_for_none(&j->e->dkim));
	return true;
}

static bool
gate(const struct judged *j, struct finding *out)
{
	const struct evaluation *e = j->e;
	bool of_parked = j->check->judge == dkim_judge_parked;

	if (e->sends_unknown != NULL)
		*out = finding_of_dns(e->sends_unknown);
	else if (e->existence_unknown != NULL && e->dkim.usable == 0)
		*out = finding_of_dns(e->existence_unknown);
	else if (of_parked ? e->role != ROLE_PARKED : !role_sends(e->role))
		*out = finding_not_applicable(CAUSE_ROLE);
	else
		return without_key(j, out);
	return true;
}

static const struct check checks[] = {
	{ .id = "dkim.selectors",
	    .class = CLASS_CRITICAL,
	    .point = POINT_DKIM,
	    .judge = dkim_judge_selectors,
	    .title = "A usable DKIM key is published",
	    .rule = "Selectors: those of the row, of the domain's providers, then common ones. "
		    "pass: a usable key, and one under each selector of the row. fail: a selector "
		    "of the row has none, confirmed. warn: no selector given, none found, and "
		    "_domainkey does not exist, confirmed. not_tested(no_selector_known): none "
		    "given, none found, but a key may exist",
	    .advice = "Sign mail for {d} and publish the key; name the selector in the column "
		      "`selectors`. {value}",
	    .ref = "RFC 6376 3.6.2.1; RFC 8020 2" },
	{ .id = "dkim.node",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_node,
	    .title = "Whether keys may exist at all",
	    .rule = "info: whether _domainkey exists below the domain",
	    .advice = "If mail is signed, name the selector in the column `selectors`",
	    .ref = "RFC 8020 2" },
	{ .id = "dkim.syntax",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_DKIM,
	    .judge = dkim_judge_syntax,
	    .title = "The key record is well-formed",
	    .rule =
		"pass: a valid tag list, v=DKIM1 first or absent, a p= that decodes. info: an "
		"RSA key without SubjectPublicKeyInfo, which the text of the RFC asks for and "
		"hardly anyone publishes. warn: what verifiers forgive. fail: otherwise; what a "
		"zone editor broke is named",
	    .advice = "Publish the key of {subject} again: {value}",
	    .ref = "RFC 6376 3.2, 3.6.1" },
	{ .id = "dkim.revoked",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_revoked,
	    .title = "The key is not revoked",
	    .rule = "pass: a key. info: an empty p=, other keys exist. warn: an empty p= at the "
		    "only selector found. fail: an empty p= at a selector of the row",
	    .advice = "Publish the current key under {subject}",
	    .ref = "RFC 6376 3.6.1" },
	{ .id = "dkim.key-type",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_key_type,
	    .title = "Every verifier knows the type of the key",
	    .rule = "pass: rsa, or ed25519 beside an RSA key. info: ed25519 alone, which some "
		    "receivers skip. fail: an unknown k=",
	    .advice = "Keep an RSA key beside ed25519 ({value})",
	    .ref = "RFC 6376 3.6.1; RFC 8463 4" },
	{ .id = "dkim.key-size",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_DKIM,
	    .judge = dkim_judge_key_size,
	    .title = "The key is strong enough",
	    .rule = "RSA modulus. pass: 2048 to 4096 bits. info: more. warn: 1024 to 2047. fail: "
		    "less, an even modulus, or an exponent that is even or below 3. ed25519: 32 "
		    "octets pass, else fail",
	    .advice = "Create a 2048-bit RSA key and publish it under a new selector ({value})",
	    .ref = "RFC 8301 3.2; RFC 8463 4.2" },
	{ .id = "dkim.flags",
	    .class = CLASS_MINOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_flags,
	    .title = "The key is not in testing",
	    .rule = "pass: no flag. info: t=s, no subdomains. warn: t=y, verifiers treat the mail "
		    "as not signed",
	    .advice = "Remove t=y at {subject} when signing works",
	    .ref = "RFC 6376 3.6.1" },
	{ .id = "dkim.hash",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_hash,
	    .title = "The key may be used with SHA-256",
	    .rule = "pass: no h=, or sha256 is in it. info: sha1 as well. fail: sha256 is left out",
	    .advice = "Remove h= at {subject}",
	    .ref = "RFC 8301 3.1" },
	{ .id = "dkim.service-type",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_service_type,
	    .title = "The key is one for mail",
	    .rule = "pass: no s=, or * or email is in it. fail: otherwise",
	    .advice = "Remove s= at {subject}",
	    .ref = "RFC 6376 3.6.1" },
	{ .id = "dkim.obsolete-tags",
	    .class = CLASS_NONE,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_obsolete_tags,
	    .title = "Nothing in the record is ignored",
	    .rule = "pass: known tags alone. info: g= or unknown tags, which verifiers ignore",
	    .advice = "Remove at {subject}: {value}",
	    .ref = "RFC 6376 3.6.1" },
	{ .id = "dkim.single-record",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_single_record,
	    .title = "One record at the selector",
	    .rule = "pass: one TXT. warn: several; which one is used is undefined",
	    .advice = "Leave one TXT at {subject}._domainkey.{d}",
	    .ref = "RFC 6376 3.6.2.2" },
	{ .id = "dkim.cname-target",
	    .class = CLASS_CRITICAL,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_cname_target,
	    .title = "An alias at the selector leads to a key",
	    .rule = "pass: the target answers. fail: there is nothing where it leads, confirmed; "
		    "whoever takes it over signs for the domain",
	    .advice = "Remove the CNAME at {subject}._domainkey.{d} or restore its target: {value}",
	    .ref = "RFC 1034 3.6.2; RFC 8020 2" },
	{ .id = "dkim.key-shared",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_key_shared,
	    .title = "The key is not that of many domains",
	    .rule = "pass: at most 50 domains of the run publish this key. info: more; who gets "
		    "hold of it signs for all of them",
	    .advice = "One key for {value}: plan separate keys",
	    .ref = "RFC 6376 8" },
	{ .id = "dkim.key-age",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = history_judge_key_age,
	    .title = "The key is changed from time to time",
	    .rule = "pass: nights of --db do not know the key for longer than 365 days. info: they "
		    "do. not_tested: there is no earlier night",
	    .advice = "Rotate the key of {subject}",
	    .ref = "RFC 6376 3.1" },
	{ .id = "dkim.parked",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = dkim_judge_parked,
	    .title = "A domain without mail revokes all keys",
	    .rule = "pass: any name below _domainkey answers with an empty key. info: not",
	    .advice = "Publish {record}",
	    .ref = "RFC 6376 3.6.1" },
};

const struct check_area area_dkim = { "dkim", checks, sizeof checks / sizeof checks[0], gate };
