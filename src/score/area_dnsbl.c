/* Area dnsbl: what block lists say of addresses and names. */
#include "base/arena.h"
#include "names/block_list.h"
#include "names/provider.h"
#include "score/check.h"
#include "score/history_judges.h"

#include <string.h>

/* All records of one answer together. */
struct hearing {
	bool refused, outside, listed, unknown;
	enum block_list_severity severity; /* the worst that is listed */
	const char *meaning;
	const char *unknown_code;
};

static const struct block_list *
list_of(const struct judged *j, const struct list_word *word)
{
	return block_lists_find(j->tables->lists, word->list->zone);
}

static void
hear_record(const struct judged *j, const struct block_list *list, const struct ip *answer,
    struct hearing *out)
{
	struct block_list_saying saying = block_list_decode(list, answer);
	char text[IP_TEXT_MAX];

	switch (saying.word) {
	case BLOCK_LIST_LISTED:
		if (!out->listed || saying.severity > out->severity) {
			out->severity = saying.severity;
			out->meaning = saying.meaning;
		}
		out->listed = true;
		break;
	case BLOCK_LIST_UNKNOWN_CODE:
		out->unknown = true;
		out->unknown_code = arena_string(j->arena, ip_format(answer, text));
		break;
	case BLOCK_LIST_ERROR:
		out->refused = true;
		out->meaning = saying.meaning;
		break;
	case BLOCK_LIST_OUTSIDE:
		out->outside = true;
		break;
	case BLOCK_LIST_NOT_A_LISTING:
		break;
	}
}

static struct hearing
hear(const struct judged *j, const struct list_word *word)
{
	const struct block_list *list = list_of(j, word);
	struct hearing out = { 0 };

	for (size_t i = 0; list != NULL && i < word->answer->count; i++)
		hear_record(j, list, &word->answer->records[i].ip, &out);
	return out;
}

static enum reason
reason_of_fault(const struct list_health *list)
{
	static const enum reason reasons[LIST_FAULT_COUNT] = {
		[LIST_WELL] = REASON_LIST_UNAVAILABLE,
		[LIST_DEAD] = REASON_LIST_UNAVAILABLE,
		[LIST_NOTHING] = REASON_LIST_UNAVAILABLE,
		[LIST_WORLD] = REASON_LIST_UNAVAILABLE,
		[LIST_REFUSES] = REASON_LIST_REFUSED,
		[LIST_OUTSIDE] = REASON_RESOLVER_REWRITES,
		[LIST_SPENT] = REASON_LIST_QUOTA,
		[LIST_NO_KEY] = REASON_LIST_NO_KEY,
	};

	return reasons[list->fault];
}

/* It has given an answer: does that count, by its next test and by what it says of itself? */
static bool
is_doubted(const struct judged *j, const struct list_word *word, struct finding *out)
{
	const struct list_question question = { word->list, word->kind, "" };
	bool counts = list_answer_counts(&question, word->answer->seen_at, j->e->run->now);
	struct hearing heard;

	if (!counts && j->e->run->interrupted) { /* the last test was never begun */
		*out = finding_untested(REASON_CANCELLED);
		return true;
	}
	if (!counts && dns_is_negative(word->answer)) {
		*out = finding_untested(REASON_LIST_UNAVAILABLE);
		return true;
	}
	heard = hear(j, word);
	if (heard.outside)
		*out = finding_untested(REASON_RESOLVER_REWRITES);
	else if (heard.refused)
		*out = finding_untested_value(REASON_LIST_REFUSED, heard.meaning);
	else if (!counts)
		*out = finding_untested(REASON_LIST_UNCONFIRMED);
	else
		return false;
	return true;
}

/* Why a cell counts for nothing; false when the list has given a word that counts. */
static bool
untested(const struct judged *j, const struct list_word *word, struct finding *out)
{
	if (list_of(j, word) == NULL)
		*out = finding_untested(REASON_LIST_UNAVAILABLE);
	else if (word->answer == NULL || word->answer->status == DNS_HELD)
		*out = finding_untested(reason_of_fault(word->list));
	else if (dns_is_answer(word->answer))
		return is_doubted(j, word, out);
	else if (word->answer->status >= DNS_REWRITTEN)
		*out = finding_of_dns(word->answer);
	else
		*out = finding_untested(REASON_LIST_UNAVAILABLE);
	return true;
}

/* An answer of an earlier night says how old it is. */
static struct finding
aged(const struct judged *j, struct finding finding)
{
	const struct dns_answer *answer = j->word->answer;

	if (outcome_is_tested(finding.outcome) && answer->seen_at > 0 &&
	    answer->seen_at < j->e->run->now)
		finding.age = j->e->run->now - answer->seen_at;
	return finding;
}

static const char *
describe(const struct judged *j, const struct hearing *heard)
{
	const struct dns_answer *text = j->word->text;

	if (!heard->listed)
		return arena_printf(j->arena, "unknown code %s", heard->unknown_code);
	if (text != NULL && text->status == DNS_DATA)
		return arena_printf(j->arena, "%s (%.200s)", heard->meaning, text->records[0].text);
	return heard->meaning;
}

static bool
has_role(const struct judged *j, enum block_list_role role)
{
	const struct block_list *list = list_of(j, j->word);

	return list != NULL && list->role == role;
}

/* An allow-list is no block list, and a provider's address is the provider's concern. */
static bool
gate(const struct judged *j, struct finding *out)
{
	if (j->host != NULL && providers_match(j->tables->providers, j->host->name) != NULL)
		*out = finding_not_applicable(CAUSE_PROVIDER_MANAGED);
	else
		return false;
	return true;
}

/* Another operator lists the address as badly: two medium words weigh as much as a high one. */
static bool
is_seconded(const struct judged *j, const struct block_list *list)
{
	for (size_t i = 0; i < j->address->lists.count; i++) {
		const struct list_word *other = &j->address->lists.at[i];
		const struct block_list *theirs = list_of(j, other);
		struct finding ignored;
		struct hearing heard;

		if (other == j->word || theirs == NULL || theirs->role != BLOCK_LIST_BLOCK ||
		    strcmp(theirs->homepage, list->homepage) == 0 || untested(j, other, &ignored))
			continue;
		heard = hear(j, other);
		if (heard.listed && heard.severity == SEVERITY_MEDIUM)
			return true;
	}
	return false;
}

static struct finding
address_finding(const struct judged *j, enum block_list_severity severity, const char *value)
{
	static const enum outcome outcomes[][4] = {
		/* named, receiving, assumed, sending */
		[SEVERITY_CRITICAL] = { OUTCOME_WARN, OUTCOME_FAIL, OUTCOME_FAIL, OUTCOME_FAIL },
		[SEVERITY_HIGH] = { OUTCOME_INFO, OUTCOME_WARN, OUTCOME_FAIL, OUTCOME_FAIL },
		[SEVERITY_MEDIUM] = { OUTCOME_INFO, OUTCOME_INFO, OUTCOME_WARN, OUTCOME_WARN },
	};
	struct finding finding = finding_info(value);

	if (severity >= SEVERITY_MEDIUM)
		finding.outcome = outcomes[severity][j->address->use];
	return finding;
}

static struct finding
address_word(const struct judged *j)
{
	struct finding out;
	struct hearing heard;

	if (has_role(j, BLOCK_LIST_ALLOW))
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (untested(j, j->word, &out))
		return out;
	heard = hear(j, j->word);
	if (!heard.listed && heard.unknown)
		return finding_warn(describe(j, &heard));
	if (!heard.listed || heard.severity == SEVERITY_POLICY || heard.severity == SEVERITY_GOOD)
		return finding_pass(NULL);
	if (has_role(j, BLOCK_LIST_INFO))
		return finding_info(describe(j, &heard));
	if (heard.severity == SEVERITY_MEDIUM && is_seconded(j, list_of(j, j->word)))
		heard.severity = SEVERITY_HIGH;
	return address_finding(j, heard.severity, describe(j, &heard));
}

static struct finding
policy_word(const struct judged *j)
{
	struct finding out;
	struct hearing heard;

	if (has_role(j, BLOCK_LIST_ALLOW))
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (untested(j, j->word, &out))
		return out;
	heard = hear(j, j->word);
	if (!heard.listed || heard.severity != SEVERITY_POLICY)
		return finding_pass(NULL);
	if (j->address->use == USE_SENDING)
		return finding_fail(describe(j, &heard));
	return j->address->use == USE_ASSUMED ? finding_warn(describe(j, &heard))
					      : finding_info(describe(j, &heard));
}

static struct finding
name_word(const struct judged *j)
{
	struct finding out;
	struct hearing heard;

	if (has_role(j, BLOCK_LIST_ALLOW))
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (untested(j, j->word, &out))
		return out;
	heard = hear(j, j->word);
	if (!heard.listed && heard.unknown)
		return finding_warn(describe(j, &heard));
	if (!heard.listed || heard.severity == SEVERITY_GOOD)
		return finding_pass(NULL);
	if (heard.severity >= SEVERITY_HIGH && !has_role(j, BLOCK_LIST_INFO))
		return finding_fail(describe(j, &heard));
	return heard.severity == SEVERITY_MEDIUM ? finding_warn(describe(j, &heard))
						 : finding_info(describe(j, &heard));
}

static struct finding
judge_allow(const struct judged *j)
{
	struct finding out;
	struct hearing heard;

	if (!has_role(j, BLOCK_LIST_ALLOW) || untested(j, j->word, &out))
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	heard = hear(j, j->word);
	return heard.listed ? finding_info(describe(j, &heard))
			    : finding_not_applicable(CAUSE_FEATURE_ABSENT);
}

static void
count_words(
    const struct judged *j, const struct list_words *words, size_t *asked, const char **missing)
{
	struct finding ignored;

	for (size_t i = 0; i < words->count; i++) {
		const char *zone = words->at[i].list->zone;

		if (!untested(j, &words->at[i], &ignored))
			++*asked;
		else if (strstr(*missing, zone) == NULL)
			*missing = arena_printf(j->arena, "%s %s", *missing, zone);
	}
}

/* Of a word that lists the address: since when does it? */
static struct finding
judge_listing_age(const struct judged *j)
{
	struct finding found = address_word(j);

	if (found.outcome == OUTCOME_PASS)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return outcome_is_tested(found.outcome) ? history_listing_age(j) : found;
}

static struct finding
judge_coverage(const struct judged *j)
{
	size_t asked = 0, all = j->e->lists.count;
	const char *missing = "";

	count_words(j, &j->e->lists, &asked, &missing);
	for (size_t i = 0; i < j->e->address_count; i++) {
		count_words(j, &j->e->addresses[i].lists, &asked, &missing);
		all += j->e->addresses[i].lists.count;
	}
	if (all == 0)
		return finding_untested(REASON_NOT_RECORDED);
	return finding_info(arena_printf(j->arena, "%zu of %zu answers%s%s", asked, all,
	    missing[0] != '\0' ? "; not tested:" : "", missing));
}

static struct finding
judge_address(const struct judged *j)
{
	return aged(j, address_word(j));
}

static struct finding
judge_address_policy(const struct judged *j)
{
	return aged(j, policy_word(j));
}

static struct finding
judge_domain(const struct judged *j)
{
	return aged(j, name_word(j));
}

/* A mail host's domain is not the customer's own: what is bad of it is a remark. */
static struct finding
judge_host_domain(const struct judged *j)
{
	struct finding finding = name_word(j);

	if (finding.outcome == OUTCOME_WARN)
		finding.outcome = OUTCOME_INFO;
	if (finding.outcome == OUTCOME_FAIL)
		finding.outcome = OUTCOME_WARN;
	return aged(j, finding);
}

static const struct check checks[] = {
	{ .id = "dnsbl.address",
	    .class = CLASS_CRITICAL,
	    .subject = OF_LISTED_ADDRESS,
	    .point = POINT_DNSBL,
	    .judge = judge_address,
	    .title = "No block list names the address",
	    .rule = "pass: not listed. fail: listed as critical, or as high where it sends. warn: "
		    "high where it "
		    "only receives, medium where it sends, an unknown code. info: less. Two "
		    "operators that say "
		    "medium count as high",
	    .advice = "{ip} is listed: {subject}: {value}",
	    .ref = "RFC 5782 2.1, 2.4" },
	{ .id = "dnsbl.address-policy",
	    .class = CLASS_MAJOR,
	    .subject = OF_LISTED_ADDRESS,
	    .point = POINT_DNSBL,
	    .judge = judge_address_policy,
	    .title = "No policy list calls the address a home line",
	    .rule = "pass: no policy code. fail: at an address that the row names as sending. "
		    "warn: at one that "
		    "is taken to send. info: else",
	    .advice = "Send through the provider's relay, or have {ip} taken out of the list: "
		      "{subject}: {value}",
	    .ref = "RFC 5782 2.3" },
	{ .id = "dnsbl.domain",
	    .class = CLASS_CRITICAL,
	    .subject = OF_LISTED_NAME,
	    .point = POINT_DNSBL,
	    .judge = judge_domain,
	    .title = "No block list names the domain",
	    .rule = "pass: not listed. fail: listed as critical or high. warn: medium, or an "
		    "unknown code. info: "
		    "low, fresh or grey",
	    .advice = "{d} is listed: {subject}: {value}",
	    .ref = "RFC 5782 3" },
	{ .id = "dnsbl.mx-host-domain",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_LISTED_HOST,
	    .point = POINT_DNSBL,
	    .judge = judge_host_domain,
	    .title = "No block list names the domain of a mail host",
	    .rule = "pass: not listed. warn: listed as critical or high. info: less. The hosts of "
		    "known "
		    "providers are not asked about",
	    .advice = "The domain of the mail host {host} is listed: {subject}: {value}",
	    .ref = "RFC 5782 3" },
	{ .id = "dnsbl.allow",
	    .class = CLASS_NONE,
	    .subject = OF_LISTED_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_allow,
	    .title = "Allow-lists that name the address",
	    .rule = "info: on an allow-list; it never cancels a listing",
	    .advice = "No action needed",
	    .ref = "RFC 5782 2.2" },
	{ .id = "dnsbl.listing-age",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_LISTED_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_listing_age,
	    .title = "Since when the address is listed",
	    .rule = "info: the day, and in how many nights of --db it was seen. not_tested: there "
		    "is no earlier night",
	    .advice = "Ask for removal of {ip}: {value}",
	    .ref = "RFC 5782 2" },
	{ .id = "dnsbl.coverage",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = judge_coverage,
	    .title = "How many lists gave an answer that counts",
	    .rule = "info: the numbers, and the lists that were not tested",
	    .advice = "Use a resolver that the lists accept",
	    .ref = "RFC 5782 5" },
};

const struct check_area area_dnsbl = { "dnsbl", checks, sizeof checks / sizeof checks[0], gate };
