/* What is said of an SPF record with all that it includes (RFC 7208 4.6.4, 5.2, 6.1). */
#include "score/spf_judges.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/spf_ranges.h"

#include <inttypes.h>
#include <string.h>

enum {
	LOOKUPS_MANY = 8,         /* told from here on */
	LOOKUPS_NEARLY_ALL = 9,   /* the next include of an include breaks it */
	BREADTH_USUAL = 65536,    /* a /16 */
	BREADTH_WIDE = 1048576,   /* a /12 */
	BREADTH_ABSURD = 16777216 /* a /8 */
};

bool
spf_is_unreadable(const struct judged *j)
{
	return j->e->spf.tree.root->fault != SPF_NODE_FINE;
}

struct finding
spf_after_record(const struct judged *j)
{
	size_t records = j->e->spf.records;

	return finding_after(records == 0 ? "spf.present"
		: records > 1             ? "spf.single"
					  : "spf.syntax");
}

struct finding
spf_after_error(const struct judged *j)
{
	static const char *const ids[] = { "spf.lookup-limit", "spf.void-lookups",
		"spf.mx-term-limit", "spf.include-valid", "spf.redirect-valid", "spf.loop" };

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		if (check_find(ids[i])->judge(j).outcome == OUTCOME_FAIL)
			return finding_after(ids[i]);
	return finding_after(NULL);
}

/* Nothing bad was seen: is that all there is to see? */
static struct finding
unless_unanswered(const struct dns_answer *unanswered, struct finding finding)
{
	return unanswered == NULL ? finding : finding_of_dns(unanswered);
}

static const struct dns_answer *
unanswered_addresses(const struct spf_tree *tree)
{
	for (size_t i = 0; i < tree->use_count; i++)
		if (tree->uses[i].unanswered != NULL)
			return tree->uses[i].unanswered;
	return spf_tree_unanswered(tree);
}

/* ---- look-ups */

static const char *
use_path(const struct judged *j, const struct spf_use *use)
{
	return arena_printf(j->arena, "%s, %s", spf_node_path(use->node, j->arena), use->text);
}

/* What each include and redirect of the domain's own record costs. */
static const char *
lookup_costs(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	const char *text = arena_printf(j->arena, "%s%u", tree->more ? ">" : "",
	    tree->more ? SPF_TREE_LOOKUPS_MAX : spf_tree_lookups(tree));

	for (size_t i = 0; i < tree->use_count; i++) {
		const struct spf_use *use = &tree->uses[i];

		if (use->node == tree->root && use->leads_to != NULL)
			text = arena_printf(j->arena, "%s; %s costs %u", text, use->text,
			    use->leads_to->lookups + 1);
	}
	return text;
}

static struct finding
too_many_lookups(const struct judged *j)
{
	const struct spf_use *first_over = &j->e->spf.tree.uses[SPF_LOOKUPS_MAX];

	return finding_fail(
	    arena_printf(j->arena, "%s; the 11th: %s", lookup_costs(j), use_path(j, first_over)));
}

struct finding
spf_judge_lookup_limit(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	unsigned lookups;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	lookups = spf_tree_lookups(tree);
	if (lookups > SPF_LOOKUPS_MAX)
		return too_many_lookups(j);
	if (spf_tree_unanswered(tree) != NULL)
		return finding_of_dns(spf_tree_unanswered(tree));
	if (lookups < LOOKUPS_MANY)
		return finding_pass(lookup_costs(j));
	return lookups < LOOKUPS_NEARLY_ALL ? finding_info(lookup_costs(j))
					    : finding_warn(lookup_costs(j));
}

static unsigned
count_voids(const struct judged *j, bool ip6, const char **terms)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	unsigned count = 0;

	for (size_t i = 0; i < tree->use_count; i++) {
		const struct spf_use *use = &tree->uses[i];

		if ((ip6 ? use->void_ip6 : use->void_ip4) != SPF_VOID)
			continue;
		*terms =
		    count++ == 0 ? use->text : arena_printf(j->arena, "%s %s", *terms, use->text);
	}
	return count;
}

/*
 * While nothing authorises IPv6, no sender there can pass, and a name without AAAA is no fault of
 * the record unless an IPv6 client meets an error.
 */
struct finding
spf_judge_void_lookups(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	const char *terms_ip4 = NULL, *terms_ip6 = NULL;
	unsigned ip4, ip6;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	ip4 = count_voids(j, false, &terms_ip4);
	ip6 = count_voids(j, true, &terms_ip6);
	if (ip4 > SPF_VOID_LOOKUPS_MAX)
		return finding_fail(terms_ip4);
	if (ip6 > SPF_VOID_LOOKUPS_MAX)
		return tree->has_ip6 ? finding_fail(terms_ip6) : finding_warn(terms_ip6);
	if (ip4 > 0)
		return finding_warn(terms_ip4);
	if (ip6 > 0 && tree->has_ip6)
		return finding_warn(arena_printf(j->arena, "%s (for IPv6)", terms_ip6));
	return unless_unanswered(unanswered_addresses(tree), finding_pass(NULL));
}

static bool
reverse_names_are_cut(const struct evaluation *e)
{
	for (size_t i = 0; i < e->address_count; i++)
		if (e->addresses[i].ptr.published > SPF_REVERSE_NAMES_MAX)
			return true;
	return false;
}

struct finding
spf_judge_mx_term_limit(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 0; i < tree->use_count; i++)
		if (tree->uses[i].too_many)
			return finding_fail(arena_printf(j->arena, "%s has %zu names",
			    use_path(j, &tree->uses[i]), tree->uses[i].mx->count));
	if (tree->has_ptr && reverse_names_are_cut(j->e))
		return finding_info("more than ten reverse names at an address");
	return unless_unanswered(unanswered_addresses(tree), finding_pass(NULL));
}

/* ---- includes and redirects */

static bool
is_broken(const struct spf_node *node)
{
	return node->fault != SPF_NODE_FINE && node->fault != SPF_NODE_UNANSWERED &&
	    node->fault != SPF_NODE_LOOP; /* a loop has a check of its own */
}

/* Of all records reached through an include, or of those reached through redirects alone. */
static struct finding
judge_targets(const struct judged *j, bool included)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	const struct dns_answer *unanswered = NULL;
	bool any = false;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 1; i < tree->node_count; i++) {
		const struct spf_node *node = tree->nodes[i];

		if (spf_node_is_included(node) != included)
			continue;
		any = true;
		if (is_broken(node))
			return finding_fail(arena_printf(j->arena, "%s: %s",
			    spf_node_path(node, j->arena), spf_node_fault_text(node, j->arena)));
		if (node->fault == SPF_NODE_UNANSWERED)
			unanswered = node->answer;
	}
	return any ? unless_unanswered(unanswered, finding_pass(NULL))
		   : finding_not_applicable(CAUSE_FEATURE_ABSENT);
}

struct finding
spf_judge_include_valid(const struct judged *j)
{
	return judge_targets(j, true);
}

struct finding
spf_judge_redirect_valid(const struct judged *j)
{
	return judge_targets(j, false);
}

struct finding
spf_judge_loop(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 1; i < tree->node_count; i++)
		if (tree->nodes[i]->fault == SPF_NODE_LOOP)
			return finding_fail(spf_node_path(tree->nodes[i], j->arena));
	if (tree->node_count == 1)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return unless_unanswered(spf_tree_unanswered(tree), finding_pass(NULL));
}

static struct finding
by_qualifier(char qualifier)
{
	switch (qualifier) {
	case '-':
		return finding_pass("fail");
	case '~':
		return finding_pass("softfail");
	case '?':
		return finding_warn("neutral");
	default:
		return finding_fail("pass");
	}
}

struct finding
spf_judge_default(const struct judged *j)
{
	struct spf_default end;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	end = spf_tree_default(&j->e->spf.tree);
	if (end.qualifier != 0)
		return by_qualifier(end.qualifier);
	if (end.dynamic)
		return finding_info("the redirect hangs on the sender");
	return end.node->fault == SPF_NODE_UNANSWERED ? finding_of_dns(end.node->answer)
						      : spf_after_record(j);
}

static bool
is_everything(const struct spf_term *term)
{
	return (term->mechanism == SPF_IP4 || term->mechanism == SPF_IP6) &&
	    term->network.length == 0;
}

static bool
passes_everything(const struct spf_node *node)
{
	for (size_t i = 0; node->fault == SPF_NODE_FINE && i < node->record.count; i++) {
		const struct spf_term *term = &node->record.terms[i];

		if (term->mechanism == SPF_ALL)
			return term->qualifier == '+';
		if (term->qualifier == '+' && is_everything(term))
			return true;
	}
	return false;
}

struct finding
spf_judge_permissive_include(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	bool any = false;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 1; i < tree->node_count; i++) {
		const struct spf_node *node = tree->nodes[i];

		if (!spf_node_is_included(node))
			continue;
		any = true;
		if (node->counts && passes_everything(node))
			return finding_fail(spf_node_path(node, j->arena));
	}
	if (!any)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return unless_unanswered(spf_tree_unanswered(tree), finding_pass(NULL));
}

/* ---- who may send */

static const char *
breadth_text(const struct judged *j, const struct spf_breadth *breadth)
{
	if (breadth->largest == NULL)
		return "nobody by address";
	return arena_printf(j->arena,
	    "%" PRIu64 " IPv4 addresses (own terms %" PRIu64 ", includes %" PRIu64 "), largest %s",
	    breadth->ip4, breadth->ip4_own, breadth->ip4_included, breadth->largest->term->text);
}

static struct finding
by_breadth(const struct spf_breadth *breadth, const char *value)
{
	if (breadth->ip4 >= BREADTH_ABSURD || breadth->ip6_length < 16)
		return finding_fail(value);
	if (breadth->ip4 > BREADTH_WIDE || breadth->ip6_length < 32)
		return finding_warn(value);
	return breadth->ip4 > BREADTH_USUAL ? finding_info(value) : finding_pass(value);
}

struct finding
spf_judge_breadth(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;
	struct spf_breadth breadth;
	struct finding finding;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	spf_breadth_of(tree, j->arena, &breadth);
	finding = by_breadth(&breadth, breadth_text(j, &breadth));
	return finding.outcome == OUTCOME_FAIL
	    ? finding
	    : unless_unanswered(unanswered_addresses(tree), finding);
}

struct finding
spf_judge_ptr_term(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	for (size_t i = 0; i < tree->use_count; i++)
		if (tree->uses[i].term != NULL && tree->uses[i].term->mechanism == SPF_PTR)
			return finding_warn(use_path(j, &tree->uses[i]));
	return unless_unanswered(spf_tree_unanswered(tree), finding_pass(NULL));
}

/* ---- names that somebody else could register */

static bool
names_something(const struct judged *j)
{
	const struct spf_tree *tree = &j->e->spf.tree;

	for (size_t i = 0; i < tree->use_count; i++)
		if (tree->uses[i].spec->spec != NULL)
			return true;
	return j->e->spf.record.explanation.text != NULL;
}

struct finding
spf_judge_target_registrable(const struct judged *j)
{
	const struct spf_result *spf = &j->e->spf;
	struct finding worst = finding_pass(NULL);

	if (spf_is_unreadable(j))
		return spf_after_record(j);
	if (!names_something(j))
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	worst = unless_unanswered(unanswered_addresses(&spf->tree), worst);
	for (size_t i = 0; i < spf->takeover_count; i++) {
		const struct spf_takeover *takeover = &spf->takeovers[i];
		struct finding finding = judged_registration(&takeover->registration,
		    arena_printf(
			j->arena, "%s (%s)", takeover->term, takeover->registration.domain));

		if (finding.outcome == OUTCOME_FAIL)
			return finding;
		if (finding.outcome == OUTCOME_WARN || worst.outcome == OUTCOME_PASS)
			worst = finding;
	}
	return worst;
}
