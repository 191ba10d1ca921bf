/* What is said of an SPF record by itself, and of the addresses that it should let send. */
#include "score/spf_judges.h"

#include "base/arena.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	EVIDENCE_LENGTH = 1024,   /* octets; more would be cut */
	RECORD_LONG = 450,        /* octets, RFC 7208 3.4 */
	ANSWER_PLAIN = 512,       /* fits into UDP without EDNS */
	ANSWER_FITS = 1232,       /* fits into every packet on the way */
	ANSWER_HEAD = 12 + 4 + 2, /* header, type and class of the question, its last octets */
	RECORD_HEAD = 12,         /* a compressed name, type, class, TTL and length */
};

struct finding
spf_judge_present(const struct judged *j)
{
	const struct spf_result *spf = &j->e->spf;

	if (spf->records > 0)
		return finding_pass(spf->text);
	return j->e->role == ROLE_RECEIVE_ONLY ? finding_warn(NULL) : finding_fail(NULL);
}

struct finding
spf_judge_single(const struct judged *j)
{
	size_t records = j->e->spf.records;

	if (records == 0)
		return finding_after("spf.present");
	return records == 1 ? finding_pass(NULL)
			    : finding_fail(arena_printf(j->arena, "%zu records", records));
}

struct finding
spf_judge_syntax(const struct judged *j)
{
	const struct spf_record *record = &j->e->spf.record;

	if (j->e->spf.records != 1)
		return spf_after_record(j);
	if (record->error != SPF_NO_ERROR)
		return finding_fail(arena_printf(j->arena, "`%.80s` at offset %zu: %s",
		    record->error_term, record->error_offset, record->error_text));
	if (record->non_ascii_modifier)
		return finding_warn("an unknown modifier holds octets that are not ASCII");
	return finding_pass(NULL);
}

/* ---- texts that were meant as a record and are none */

/* Octets at the start that a word processor or a zone editor has put before the text; 0: none. */
static size_t
litter_length(const char *text, const char *end)
{
	static const char *const litter[] = { " ", "\t", "\"", "'", "\xef\xbb\xbf", "\xc2\xa0",
		"\xe2\x80\x9c", "\xe2\x80\x8b" };

	for (size_t i = 0; i < sizeof litter / sizeof litter[0]; i++) {
		size_t length = strlen(litter[i]);

		if ((size_t)(end - text) >= length && memcmp(text, litter[i], length) == 0)
			return length;
	}
	return 0;
}

static const char *
skip_litter(const char *text, const char *end)
{
	size_t length;

	while ((length = litter_length(text, end)) > 0)
		text += length;
	return text;
}

static bool
begins(const char *text, const char *end, const char *word)
{
	return (size_t)(end - text) >= strlen(word) && strncasecmp(text, word, strlen(word)) == 0;
}

static bool
is_near_miss(const struct dns_record *record)
{
	static const char *const beginnings[] = { "v=spf1", "v=spf ", "v =spf", "v= spf", "v = spf",
		"spf1 ", "spf=", "v:spf1", "=spf1" };
	const char *end = record->text + record->length;
	const char *text = skip_litter(record->text, end);

	if (spf_record_is(record->text, record->length))
		return false;
	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
		if (begins(text, end, beginnings[i]))
			return true;
	return record->strings > 1 && memmem(text, (size_t)(end - text), "v=spf1 ", 7) != NULL;
}

struct finding
spf_judge_near_miss(const struct judged *j)
{
	const struct dns_answer *answer = j->e->spf.answer;

	for (size_t i = 0; i < answer->count; i++)
		if (is_near_miss(&answer->records[i]))
			return finding_warn(arena_string_n(
			    j->arena, answer->records[i].text, answer->records[i].length));
	return finding_pass(NULL);
}

/* ---- the words of the domain's own record */

/* The terms that are never read: as many as fit into evidence, for there may be thousands. */
static void
add_ignored(struct strbuf *ignored, const char *term)
{
	if (ignored->length < EVIDENCE_LENGTH)
		strbuf_printf(ignored, "%s%s", ignored->length > 0 ? " " : "", term);
}

static const char *
ignored_terms(const struct spf_record *record, struct arena *arena)
{
	struct strbuf ignored = { 0 };
	bool after_all = false;
	const char *text;

	for (size_t i = 0; i < record->count; i++) {
		if (after_all)
			add_ignored(&ignored, record->terms[i].text);
		after_all = after_all || record->terms[i].mechanism == SPF_ALL;
	}
	if (after_all && record->redirect.text != NULL)
		add_ignored(&ignored, record->redirect.text);
	text = ignored.length == 0 ? NULL : arena_string(arena, ignored.at);
	strbuf_free(&ignored);
	return text;
}

struct finding
spf_judge_ignored_terms(const struct judged *j)
{
	const char *ignored;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	ignored = ignored_terms(&j->e->spf.record, j->arena);
	return ignored == NULL ? finding_pass(NULL) : finding_warn(ignored);
}

static bool
is_same_use(const struct spf_use *a, const struct spf_use *b)
{
	return a->term != NULL && b->term != NULL && a->term->mechanism == b->term->mechanism &&
	    a->name.text != NULL && b->name.text != NULL &&
	    strcmp(a->name.text, b->name.text) == 0 && a->term->ip4_length == b->term->ip4_length &&
	    a->term->ip6_length == b->term->ip6_length;
}

/* A term that asks again what another has asked; ptr is another matter. */
static const char *
repeated_use(const struct spf_tree *tree)
{
	for (size_t i = 1; i < tree->use_count; i++)
		for (size_t k = 0; k < i; k++)
			if (is_same_use(&tree->uses[i], &tree->uses[k]) &&
			    tree->uses[i].term->mechanism != SPF_PTR)
				return tree->uses[i].text;
	return NULL;
}

static int
compare_networks(const void *a, const void *b)
{
	const struct spf_term *one = *(const struct spf_term *const *)a;
	const struct spf_term *other = *(const struct spf_term *const *)b;
	int order = ip_compare(&one->network.ip, &other->network.ip);

	return order != 0 ? order : one->network.length - other->network.length;
}

/* An own ip4 or ip6 term inside another of the same qualifier. Networks nest: in order, one that
 * holds another comes right before it or before others that it holds. */
static const char *
range_inside(const struct judged *j, char qualifier)
{
	const struct spf_record *record = &j->e->spf.record;
	const struct spf_term **terms =
	    arena_bytes(j->arena, record->count * sizeof(const struct spf_term *));
	const struct spf_term *outer = NULL;
	size_t count = 0;

	for (size_t i = 0; i < record->count && record->terms[i].mechanism != SPF_ALL; i++)
		if (record->terms[i].network.ip.family != 0 &&
		    record->terms[i].qualifier == qualifier)
			terms[count++] = &record->terms[i];
	qsort(terms, count, sizeof *terms, compare_networks);
	for (size_t i = 0; i < count; i++) {
		if (outer != NULL && ip_in_network(&terms[i]->network.ip, &outer->network))
			return terms[i]->text;
		outer = terms[i];
	}
	return NULL;
}

struct finding
spf_judge_duplicate_terms(const struct judged *j)
{
	static const char qualifiers[] = "+-~?";
	const char *found;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	found = repeated_use(&j->e->spf.tree);
	for (const char *qualifier = qualifiers; found == NULL && *qualifier != '\0'; qualifier++)
		found = range_inside(j, *qualifier);
	if (found != NULL)
		return finding_warn(found);
	return spf_tree_unanswered(&j->e->spf.tree) == NULL
	    ? finding_pass(NULL)
	    : finding_of_dns(spf_tree_unanswered(&j->e->spf.tree));
}

static bool
has_host_bits(const struct ip_network *network)
{
	for (size_t bit = network->length; bit < ip_size(&network->ip) * 8; bit++)
		if ((network->ip.octets[bit / 8] & 0x80 >> bit % 8) != 0)
			return true;
	return false;
}

struct finding
spf_judge_ranges(const struct judged *j)
{
	const struct spf_record *record = &j->e->spf.record;
	const struct facts facts = { .run = j->e->run };

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 0; i < record->count; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->network.ip.family == 0)
			continue;
		if (has_host_bits(&term->network))
			return finding_warn(
			    arena_printf(j->arena, "%s: an address, not the network", term->text));
		if (facts_not_public(&facts, &term->network.ip) != NULL)
			return finding_warn(
			    arena_printf(j->arena, "%s: not a public network", term->text));
	}
	return finding_pass(NULL);
}

/* The octets of the answer over UDP, without EDNS and aliases. */
static size_t
answer_size(const struct judged *j)
{
	const struct dns_answer *answer = j->e->spf.answer;
	size_t size = ANSWER_HEAD + strlen(j->e->domain);

	for (size_t i = 0; i < answer->count; i++)
		size += RECORD_HEAD + answer->records[i].length + answer->records[i].strings;
	return size;
}

struct finding
spf_judge_size(const struct judged *j)
{
	size_t record = j->e->spf.length, answer = answer_size(j);
	const char *value =
	    arena_printf(j->arena, "the record has %zu octets, the answer %zu", record, answer);

	if (j->e->spf.records != 1)
		return spf_after_record(j);
	if (record > RECORD_LONG || answer > ANSWER_FITS)
		return finding_warn(value);
	return answer > ANSWER_PLAIN ? finding_info(value) : finding_pass(value);
}

struct finding
spf_judge_macros(const struct judged *j)
{
	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 0; i < j->e->spf.record.count; i++)
		if (j->e->spf.record.terms[i].target.macro_letters != 0)
			return finding_info(j->e->spf.record.terms[i].text);
	if (j->e->spf.record.redirect.target.macro_letters != 0)
		return finding_info(j->e->spf.record.redirect.text);
	return finding_pass(NULL);
}

static bool
is_ascii(const struct dns_record *record)
{
	for (size_t i = 0; i < record->length; i++)
		if ((unsigned char)record->text[i] > 0x7f)
			return false;
	return true;
}

struct finding
spf_judge_exp(const struct judged *j)
{
	const struct dns_answer *answer = j->e->spf.explanation;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	if (j->e->spf.record.explanation.text == NULL)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (answer == NULL)
		return finding_info("its name hangs on the sender");
	if (!dns_is_answer(answer))
		return finding_of_dns(answer);
	if (answer->count != 1)
		return finding_info(answer->count == 0 ? "no text" : "more than one text");
	return is_ascii(&answer->records[0]) ? finding_pass(NULL) : finding_info("not ASCII");
}

/* ---- the role of the domain */

struct finding
spf_judge_parked(const struct judged *j)
{
	const struct spf_result *spf = &j->e->spf;

	if (j->e->role != ROLE_PARKED)
		return finding_not_applicable(CAUSE_ROLE);
	if (spf_is_unreadable(j))
		return spf_after_record(j);
	if (spf_denies_all(spf))
		return finding_pass(NULL);
	for (size_t i = 0; i < spf->tree.node_count; i++) {
		const struct spf_node *node = spf->tree.nodes[i];

		if (node->counts && node->fault == SPF_NODE_FINE &&
		    spf_record_passing(&node->record) == SPF_PASSES_SOME)
			return finding_fail(spf->text);
	}
	return spf_tree_unanswered(&spf->tree) == NULL
	    ? finding_warn(spf->text)
	    : finding_of_dns(spf_tree_unanswered(&spf->tree));
}

/* What the verdict on an address means, by what the address is for. */
static struct finding
by_use(const struct judged *j, const char *value)
{
	bool sends = j->address->use == USE_SENDING;

	switch (j->address->spf.verdict) {
	case SPF_PASS:
		return finding_pass(value);
	case SPF_NEUTRAL:
		return sends ? finding_warn(value) : finding_info(value);
	case SPF_SOFTFAIL:
		return finding_warn(value);
	case SPF_FAIL:
		return sends ? finding_fail(value) : finding_warn(value);
	case SPF_TEMPERROR:
		return finding_of_dns(j->address->spf.unanswered);
	default: /* an error is counted by the check that names it, but a sender suffers from it */
		return sends ? finding_fail(value) : spf_after_error(j);
	}
}

struct finding
spf_judge_authorises(const struct judged *j)
{
	const struct spf_check *check;

	if (!role_sends(j->e->role) || (j->address != NULL && j->address->use <= USE_RECEIVING))
		return finding_not_applicable(CAUSE_ROLE);
	if (j->e->spf.records != 1)
		return spf_after_record(j);
	if (j->address == NULL)
		return finding_not_applicable(CAUSE_NO_TARGET);
	check = &j->address->spf;
	return by_use(j,
	    arena_printf(j->arena, "%s%s%s", spf_verdict_text(check->verdict),
		check->mechanism == NULL && check->problem == NULL ? "" : ": ",
		check->problem != NULL         ? check->problem
		    : check->mechanism != NULL ? check->mechanism
					       : ""));
}

struct finding
spf_judge_helo(const struct judged *j)
{
	const struct spf_check *check;
	struct finding settled;

	if (!role_sends(j->e->role))
		return finding_not_applicable(CAUSE_ROLE);
	if (area_smtp.gate(j, &settled))
		return settled;
	if (j->address == NULL)
		return finding_not_applicable(CAUSE_NO_TARGET);
	check = &j->address->helo_spf;
	if (check->domain == NULL)
		return finding_untested(REASON_PREREQUISITE);
	switch (check->verdict) {
	case SPF_PASS:
		return finding_pass(check->domain);
	case SPF_NONE:
	case SPF_NEUTRAL:
		return finding_info(spf_verdict_text(check->verdict));
	case SPF_TEMPERROR:
		return finding_of_dns(check->unanswered);
	default:
		return finding_warn(spf_verdict_text(check->verdict));
	}
}

struct finding
spf_judge_obsolete_records(const struct judged *j)
{
	const struct spf_obsolete *obsolete = &j->e->spf_obsolete;

	if (obsolete->sender_id != NULL)
		return finding_info(obsolete->sender_id);
	if (!dns_is_answer(obsolete->type99))
		return finding_of_dns(obsolete->type99);
	if (obsolete->type99->count > 0)
		return finding_info(obsolete->type99->records[0].text);
	return finding_pass(NULL);
}
