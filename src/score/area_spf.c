/* Area spf: the published record. */
#include "base/arena.h"
#include "score/check.h"

static bool
gate(const struct judged *j, struct finding *out)
{
	if (dns_is_answer(j->e->spf.answer))
		return false;
	*out = finding_of_dns(j->e->spf.answer);
	return true;
}

static struct finding
judge_present(const struct judged *j)
{
	const struct spf_result *spf = &j->e->spf;

	if (spf->records > 0)
		return finding_pass(spf->text);
	return j->e->role == ROLE_RECEIVE_ONLY ? finding_warn(NULL) : finding_fail(NULL);
}

static struct finding
judge_single(const struct judged *j)
{
	size_t records = j->e->spf.records;

	if (records == 0)
		return finding_not_applicable(CAUSE_PREREQUISITE_FAILED);
	return records == 1 ? finding_pass(NULL)
			    : finding_fail(arena_printf(j->arena, "%zu records", records));
}

static struct finding
judge_syntax(const struct judged *j)
{
	const struct spf_record *record = &j->e->spf.record;

	if (j->e->spf.records != 1)
		return finding_not_applicable(CAUSE_PREREQUISITE_FAILED);
	if (record->error != SPF_NO_ERROR)
		return finding_fail(arena_printf(j->arena, "`%.80s` at offset %zu: %s",
		    record->error_term, record->error_offset, record->error_text));
	if (record->non_ascii_modifier)
		return finding_warn("an unknown modifier holds octets that are not ASCII");
	return finding_pass(NULL);
}

static const struct check checks[] = {
	{ .id = "spf.present",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = judge_present,
	    .title = "An SPF record is published",
	    .rule =
		"pass: a record. fail: none, confirmed. warn: none, and the domain only receives",
	    .advice = "Publish SPF: `{d}. TXT \"v=spf1 mx ~all\"`, or `\"v=spf1 -all\"` if it "
		      "sends nothing",
	    .ref = "RFC 7208 3, 4.5" },
	{ .id = "spf.single",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = judge_single,
	    .title = "There is exactly one SPF record",
	    .rule = "pass: one. fail: two or more texts that begin with `v=spf1`, identical or not",
	    .advice = "Merge the SPF records of {d} into one",
	    .ref = "RFC 7208 3.2, 4.5" },
	{ .id = "spf.syntax",
	    .class = CLASS_CRITICAL,
	    .point = POINT_SPF,
	    .judge = judge_syntax,
	    .title = "The SPF record is well-formed",
	    .rule = "pass: the full grammar holds. fail: any bad term, repeated modifier, bad "
		    "macro or bad "
		    "prefix length. warn: non-ASCII octets in an unknown modifier",
	    .advice = "Correct the SPF record of {d}: {value}",
	    .ref = "RFC 7208 4.6, 7.1, 12" },
};

const struct check_area area_spf = { "spf", checks, sizeof checks / sizeof checks[0], gate };
