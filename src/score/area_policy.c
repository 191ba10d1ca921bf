/* Area policy: what the row itself expects of its domain. */
#include "base/arena.h"
#include "base/ascii.h"
#include "base/hex.h"
#include "cert/served.h"
#include "names/host_name.h"
#include "score/check.h"
#include "score/dmarc_judges.h"
#include "score/history_judges.h"
#include "score/spf_judges.h"

#include <string.h>
#include <strings.h>

static const char *
column(const struct judged *j, enum known_column which)
{
	return j->e->known == NULL ? NULL : j->e->known[which];
}

static bool
expects(const struct judged *j, enum known_column which, struct expected_words *out)
{
	return expected_words_read(column(j, which), j->arena, out);
}

/* "mx.a.com mx.b.com, expected: .a.com" */
static const char *
seen_and_expected(
    const struct judged *j, const char *const *names, size_t count, enum known_column which)
{
	const char *list = "";

	for (size_t i = 0; i < count; i++)
		list = arena_printf(j->arena, "%s%s%s", list, i == 0 ? "" : " ", names[i]);
	return arena_printf(
	    j->arena, "%s, expected: %s", *list == '\0' ? "none" : list, column(j, which));
}

static struct finding
compare_names(const struct judged *j, const struct expected_words *expected,
    const char *const *names, size_t count, enum known_column which)
{
	const char *value = seen_and_expected(j, names, count, which);

	switch (expected_names_match(expected, names, count)) {
	case EXPECTED_ALL:
		return finding_pass(value);
	case EXPECTED_SOME:
		return finding_warn(value);
	case EXPECTED_NONE:
		break;
	}
	return finding_fail(value);
}

static struct finding
judge_mx(const struct judged *j)
{
	const struct mx_result *mx = &j->e->mx;
	struct expected_words expected;
	const char **names;
	size_t count = 0;

	if (!expects(j, KNOWN_EXPECTED_MX, &expected))
		return finding_not_applicable(CAUSE_NO_EXPECTATION);
	if (!dns_is_answer(mx->mx))
		return finding_of_dns(mx->mx);
	if (mx->implicit || (mx->host_count == 0 && !mx->null_mx))
		return finding_after("mx.exists");
	names = arena_bytes(j->arena, (mx->host_count + 1) * sizeof *names);
	for (size_t i = 0; i < mx->host_count; i++)
		names[count++] = mx->hosts[i].name;
	if (mx->null_mx)
		names[count++] = ".";
	return compare_names(j, &expected, names, count, KNOWN_EXPECTED_MX);
}

static struct finding
judge_ns(const struct judged *j)
{
	const struct dns_answer *answer = j->e->ns.answer;
	struct expected_words expected;
	const char **names;

	if (!expects(j, KNOWN_EXPECTED_NS, &expected))
		return finding_not_applicable(CAUSE_NO_EXPECTATION);
	if (answer == NULL)
		return finding_untested(REASON_NOT_RECORDED);
	if (!dns_is_answer(answer))
		return finding_of_dns(answer);
	names = arena_bytes(j->arena, (answer->count + 1) * sizeof *names);
	for (size_t i = 0; i < answer->count; i++)
		names[i] = answer->records[i].name;
	return compare_names(j, &expected, names, answer->count, KNOWN_EXPECTED_NS);
}

/* ---- SPF */

/* How an include of that name stands in a record; `info` when it does not. */
static enum outcome
include_in(const struct spf_node *node, const char *name)
{
	const struct spf_record *record = &node->record;
	const struct spf_term *all = spf_record_all(record);
	enum outcome best = OUTCOME_INFO;

	for (size_t i = 0; i < record->count; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->mechanism != SPF_INCLUDE || term->target.spec == NULL ||
		    strcasecmp(term->target.spec, name) != 0)
			continue;
		if (term->qualifier == '+' && node->counts && (all == NULL || term < all))
			return OUTCOME_PASS;
		best = OUTCOME_WARN;
	}
	return best;
}

static struct finding
judge_include(const struct judged *j, const char *name)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	bool weak = false;

	for (size_t i = 0; i < tree->node_count; i++) {
		enum outcome outcome = tree->nodes[i]->fault == SPF_NODE_FINE
		    ? include_in(tree->nodes[i], name)
		    : OUTCOME_INFO;

		if (outcome == OUTCOME_PASS)
			return finding_pass(name);
		weak = weak || outcome == OUTCOME_WARN;
	}
	if (weak)
		return finding_warn(name);
	if (spf_tree_unanswered(tree) != NULL)
		return finding_of_dns(spf_tree_unanswered(tree));
	return tree->more ? finding_untested(REASON_BUDGET) : finding_fail(name);
}

/* The worst of several; what could not be tested is worse than what is well. */
static bool
is_worse(const struct finding *a, const struct finding *b)
{
	static const int ranks[OUTCOME_COUNT] = {
		[OUTCOME_NOT_TESTED] = 1, [OUTCOME_WARN] = 2, [OUTCOME_FAIL] = 3
	};

	return ranks[a->outcome] > ranks[b->outcome];
}

static struct finding
judge_spf_include(const struct judged *j)
{
	struct expected_words expected;
	struct finding worst;

	if (!expects(j, KNOWN_EXPECTED_SPF_INCLUDE, &expected))
		return finding_not_applicable(CAUSE_NO_EXPECTATION);
	if (!dns_is_answer(j->e->spf.answer))
		return finding_of_dns(j->e->spf.answer);
	if (spf_is_unreadable(j))
		return spf_after_record(j);
	worst = judge_include(j, expected.at[0]);
	for (size_t i = 1; i < expected.count; i++) {
		struct finding finding = judge_include(j, expected.at[i]);

		if (is_worse(&finding, &worst))
			worst = finding;
	}
	return worst;
}

/* ---- DKIM */

/* The digest that the row states for the selector, in lower case; NULL when it states none. */
static const char *
stated_digest(const struct judged *j, const char *selector)
{
	static const char blanks[] = " \t\r\n,;";
	const char *text = column(j, KNOWN_EXPECTED_DKIM_KEY);
	size_t length = strlen(selector);
	char *copy, *word;

	if (text == NULL)
		return NULL;
	copy = arena_string(j->arena, text);
	ascii_lower_text(copy);
	while ((word = strsep(&copy, blanks)) != NULL)
		if (strncmp(word, selector, length) == 0 && word[length] == ':')
			return word + length + 1;
	return NULL;
}

static struct finding
judge_dkim_key(const struct judged *j)
{
	const struct dkim_key *key = j->key;
	uint8_t digest[CERT_DIGEST_SIZE];
	const char *stated = key == NULL ? NULL : stated_digest(j, key->selector);
	const char *found;

	if (stated == NULL)
		return finding_not_applicable(CAUSE_NO_EXPECTATION);
	if (key->wildcard)
		return finding_untested(REASON_WILDCARD_ANSWER);
	if (!dns_is_answer(key->answer))
		return finding_of_dns(key->answer);
	if (key->record.octets == NULL)
		return finding_after("dkim.selectors");
	cert_digest(key->record.octets, key->record.octet_count, digest);
	found = hex_text(j->arena, digest, sizeof digest);
	return strcmp(found, stated) == 0 ? finding_pass(found) : finding_fail(found);
}

/* ---- DMARC */

static bool
is_among(const struct dmarc_uris *uris, const char *word)
{
	static const char mailto[] = "mailto:";
	const char *text =
	    strncmp(word, mailto, sizeof mailto - 1) == 0 ? word + sizeof mailto - 1 : word;

	for (size_t i = 0; i < uris->count; i++)
		if (strcasecmp(uris->at[i].text, word) == 0 ||
		    (strncasecmp(uris->at[i].text, mailto, sizeof mailto - 1) == 0 &&
			strcasecmp(uris->at[i].text + sizeof mailto - 1, text) == 0))
			return true;
	return false;
}

static struct finding
judge_rua(const struct judged *j)
{
	static const char blanks[] = " \t\r\n,;";
	const char *text = column(j, KNOWN_EXPECTED_RUA);
	struct finding settled;
	char *copy, *word;

	if (text == NULL || text[strspn(text, blanks)] == '\0')
		return finding_not_applicable(CAUSE_NO_EXPECTATION);
	if (dmarc_has_no_record(j, &settled))
		return settled;
	copy = arena_string(j->arena, text);
	ascii_lower_text(copy);
	while ((word = strsep(&copy, blanks)) != NULL)
		if (*word != '\0' && !is_among(&j->e->dmarc.record.rua, word))
			return finding_warn(word);
	return finding_pass(text);
}

/* ---- HELO */

static bool
is_reverse_name(const struct address_result *address, const char *name)
{
	for (size_t i = 0; i < address->ptr.name_count; i++)
		if (strcmp(address->ptr.names[i], name) == 0)
			return true;
	return false;
}

static const char *
helo_words(const struct judged *j, const char *helo, bool leads, bool named)
{
	return arena_printf(j->arena, "%s %s the address, and is %s reverse name", helo,
	    leads ? "leads to" : "does not lead to", named ? "its" : "not its");
}

static struct finding
judge_helo(const struct judged *j)
{
	const struct address_result *address = j->address;
	struct expected_words expected;
	enum host_name_fault fault;
	bool leads, named;
	const char *value;

	if (!expects(j, KNOWN_HELO, &expected))
		return finding_not_applicable(CAUSE_NO_EXPECTATION);
	if (address == NULL || address->use != USE_SENDING)
		return finding_not_applicable(CAUSE_NO_TARGET);
	if (!host_name_valid(expected.at[0], &fault))
		return finding_fail(arena_printf(j->arena, "%s is no full name", expected.at[0]));
	if (address->helo_leads == NAME_LEADS_UNKNOWN)
		return address->helo_answer == NULL ? finding_untested(REASON_NOT_RECORDED)
						    : finding_of_dns(address->helo_answer);
	if (!dns_is_answer(address->ptr.answer))
		return finding_of_dns(address->ptr.answer);
	leads = address->helo_leads == NAME_LEADS_BACK;
	named = is_reverse_name(address, expected.at[0]);
	value = helo_words(j, expected.at[0], leads, named);
	if (leads && named)
		return finding_pass(expected.at[0]);
	return leads || named ? finding_warn(value) : finding_fail(value);
}

/* ---- where the domain is */

static struct finding
judge_placement(const struct judged *j)
{
	const struct finding findings[] = { judge_mx(j), judge_ns(j) };
	size_t here = 0, away = 0, told = 0;

	for (size_t i = 0; i < 2; i++) {
		const struct finding *finding = &findings[i];

		if (finding->reason == CAUSE_NO_EXPECTATION)
			continue;
		told++;
		here += finding->outcome == OUTCOME_PASS;
		away += finding->outcome == OUTCOME_FAIL ||
		    finding->reason == CAUSE_PREREQUISITE_FAILED;
		if (finding->outcome == OUTCOME_NOT_TESTED)
			return finding_info("unknown");
	}
	if (told == 0)
		return finding_not_applicable(CAUSE_NO_EXPECTATION);
	if (j->e->role == ROLE_PARKED)
		return finding_info("parked");
	return finding_info(here == told ? "hosted_here"
		: away == told           ? "moved_away"
					 : "half_moved");
}

/* What has no subject, and was not expected either. */
static bool
gate(const struct judged *j, struct finding *out)
{
	struct expected_words words;

	*out = finding_not_applicable(CAUSE_NO_EXPECTATION);
	return (j->check->judge == judge_dkim_key &&
		   !expects(j, KNOWN_EXPECTED_DKIM_KEY, &words)) ||
	    (j->check->judge == judge_helo && !expects(j, KNOWN_HELO, &words));
}

static const struct check checks[] = {
	{ .id = "policy.mx",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = judge_mx,
	    .title = "The MX hosts are those that the row expects",
	    .rule = "pass: each matches the column expected_mx (and with = before it, each of its "
		    "entries is there). warn: some. fail: none",
	    .advice =
		"Point the MX of {d} to where the row expects it, or correct the row: {value}",
	    .ref = "" },
	{ .id = "policy.ns",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_ns,
	    .title = "The name servers are those that the row expects",
	    .rule = "pass: each matches the column expected_ns (and with = before it, each of its "
		    "entries is there). warn: some. fail: none",
	    .advice = "Change the delegation of {d}, or correct the row: {value}",
	    .ref = "" },
	{ .id = "policy.spf-include",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = judge_spf_include,
	    .title = "SPF includes what the row expects",
	    .rule = "pass: the includes of the column expected_spf_include are in the tree, and "
		    "let pass. warn: one is behind ~ or ? or -, or after `all`. fail: one is "
		    "missing",
	    .advice = "Add `include:{value}` before `all`",
	    .ref = "RFC 7208 5.2" },
	{ .id = "policy.dkim-key",
	    .class = CLASS_MAJOR,
	    .subject = OF_SELECTOR,
	    .point = POINT_OTHER,
	    .judge = judge_dkim_key,
	    .title = "The DKIM key is the one that the row states",
	    .rule = "pass: its SHA-256 is that of the column expected_dkim_key. fail: it is "
		    "another",
	    .advice = "Publish the key in use at {subject}._domainkey.{d}; the one there has "
		      "{value}",
	    .ref = "RFC 6376 3.6.1" },
	{ .id = "policy.rua",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_rua,
	    .title = "DMARC reports go to where the row expects them",
	    .rule = "pass: each address of the column expected_rua is among rua=. warn: one is not",
	    .advice = "Add it to rua=: {value}",
	    .ref = "RFC 9989 4.7" },
	{ .id = "policy.helo",
	    .class = CLASS_MAJOR,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_HELO,
	    .judge = judge_helo,
	    .title = "The HELO name of the row fits its outbound addresses",
	    .rule = "pass: the name of the column helo leads to the outbound address and is one of "
		    "its reverse names. warn: one of the two. fail: neither, or no full name",
	    .advice = "Set HELO, PTR and address record of {ip} to one name: {value}",
	    .ref = "RFC 5321 2.3.5, 4.1.4" },
	{ .id = "policy.placement",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = judge_placement,
	    .title = "Where the domain is",
	    .rule = "info: hosted_here, half_moved, moved_away, parked or unknown, by policy.mx, "
		    "policy.ns and role",
	    .advice = "Ask the customer whether {d} has moved",
	    .ref = "" },
	{ .id = "policy.change",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = history_judge_change,
	    .title = "What is published is what was published the last night",
	    .rule = "MX, NS, SPF, DKIM keys, DMARC, id of MTA-STS. pass: as in the last night of "
		    "--db, as far as both are known. info: changed; old and new value. not_tested: "
		    "there is no earlier night",
	    .advice = "Confirm that the change was meant: {value}",
	    .ref = "RFC 7208 3" },
};

const struct check_area area_policy = { "policy", checks, sizeof checks / sizeof checks[0], gate };
