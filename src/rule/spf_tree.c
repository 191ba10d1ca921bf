/* The record of a domain with all that it includes. */
#include "rule/spf_tree.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/spf_check.h"
#include "rule/spf_expand.h"
#include "rule/spf_macro.h"
#include "rule/text_records.h"

#include <stdlib.h>
#include <string.h>

struct walk {
	struct facts *facts;
	struct arena *arena;
	struct spf_tree *tree;
	unsigned lookups;
	bool pending; /* some record is not known yet */
	size_t node_room, use_room, range_room;
};

/* ---- lists that grow in the arena */

static void *
with_room(struct walk *w, void *at, size_t count, size_t *room, size_t size)
{
	void *wider;

	if (count < *room)
		return at;
	*room = *room == 0 ? 8 : *room * 2;
	wider = arena_bytes(w->arena, *room * size);
	if (count > 0)
		memcpy(wider, at, count * size);
	return wider;
}

static struct spf_node *
add_node(struct walk *w, const struct spf_node *parent, const char *term)
{
	struct spf_tree *tree = w->tree;
	struct spf_node *node = arena_zeroed(w->arena, 1, sizeof *node);

	tree->nodes =
	    with_room(w, tree->nodes, tree->node_count, &w->node_room, sizeof(struct spf_node *));
	tree->nodes[tree->node_count++] = node;
	node->parent = parent;
	node->term = term;
	return node;
}

static struct spf_use *
add_use(struct walk *w, const struct spf_node *node, const struct spf_term *term, const char *text)
{
	struct spf_tree *tree = w->tree;
	struct spf_use *use;

	tree->uses = with_room(w, tree->uses, tree->use_count, &w->use_room, sizeof *tree->uses);
	use = &tree->uses[tree->use_count++];
	*use = (struct spf_use){ .node = node, .term = term, .text = text };
	return use;
}

static void
add_range(struct walk *w, const struct spf_node *node, const struct spf_term *term,
    const struct ip *ip, uint8_t length)
{
	struct spf_tree *tree = w->tree;

	if (ip->family == 6)
		tree->has_ip6 = true;
	tree->ranges =
	    with_room(w, tree->ranges, tree->range_count, &w->range_room, sizeof *tree->ranges);
	tree->ranges[tree->range_count++] =
	    (struct spf_range){ node, term, { .ip = *ip, .length = length } };
}

static bool
lets_pass(const struct spf_node *node, const struct spf_term *term)
{
	return node->counts && term->qualifier == '+';
}

/* ---- names */

/* The name of a target. Of macros that are the same for every sender there is %{d} alone, and
 * %{v}, for which IPv4 stands. */
static void
name_target(struct walk *w, const struct spf_node *node, const struct spf_target *target,
    struct spf_use *use)
{
	static const struct ip any = { .family = 4 };
	const struct spf_macro_values values = { .domain = node->name.octets, .ip = &any };
	struct strbuf text = { 0 };

	use->spec = target;
	use->name = node->name;
	if (target->spec == NULL)
		return;
	use->dynamic = spf_macro_is_dynamic(target->macro_letters);
	use->name = (struct spf_name){ target->spec, NULL };
	if (use->dynamic)
		return;
	spf_expand(target->spec, strlen(target->spec), &values, w->arena, &text);
	spf_name_make_fitting(w->arena, text.at, text.length, &use->name);
	strbuf_free(&text);
}

/* ---- terms that are answered with addresses */

static const struct dns_answer *
ask(struct walk *w, const char *name, enum dns_type type, struct spf_use *use)
{
	const struct dns_answer *answer = facts_dns_confirmed(w->facts, name, type);

	if (answer != NULL && dns_is_answer(answer))
		return answer;
	if (answer != NULL)
		use->unanswered = answer;
	return NULL;
}

/* What one more answer makes of a term: it is void when all that it asks for is not there. */
static enum spf_void
void_with(enum spf_void before, const struct dns_answer *answer)
{
	if (before == SPF_NOT_VOID || (answer != NULL && answer->count > 0))
		return SPF_NOT_VOID;
	return answer == NULL ? SPF_VOID_UNANSWERED : before;
}

static void
add_addresses(struct walk *w, const struct spf_use *use, const struct dns_answer *answer)
{
	for (size_t i = 0; answer != NULL && i < answer->count; i++) {
		const struct ip *ip = &answer->records[i].ip;

		if (lets_pass(use->node, use->term))
			add_range(w, use->node, use->term, ip,
			    ip->family == 4 ? use->term->ip4_length : use->term->ip6_length);
	}
}

static void
use_host(struct walk *w, const char *name, struct spf_use *use)
{
	const struct dns_answer *a = ask(w, name, DNS_A, use);
	const struct dns_answer *aaaa = ask(w, name, DNS_AAAA, use);

	use->void_ip4 = void_with(use->void_ip4, a);
	use->void_ip6 = void_with(use->void_ip6, aaaa);
	add_addresses(w, use, a);
	add_addresses(w, use, aaaa);
}

static void
use_exchanges(struct walk *w, struct spf_use *use)
{
	use->mx = ask(w, use->name.text, DNS_MX, use);
	if (use->mx == NULL) {
		use->void_ip4 = use->void_ip6 = SPF_VOID_UNANSWERED;
		return;
	}
	use->too_many = use->mx->count > SPF_EXCHANGES_MAX;
	for (size_t i = 0; i < use->mx->count && !use->too_many; i++)
		if (strcmp(use->mx->records[i].name, ".") != 0)
			use_host(w, use->mx->records[i].name, use);
	if (use->too_many)
		use->void_ip4 = use->void_ip6 = SPF_NOT_VOID;
}

static void
use_addresses(struct walk *w, struct spf_use *use)
{
	use->void_ip4 = use->void_ip6 = SPF_VOID;
	switch (use->term->mechanism) {
	case SPF_A:
		use_host(w, use->name.text, use);
		break;
	case SPF_MX:
		use_exchanges(w, use);
		break;
	case SPF_EXISTS: /* it asks for A, whoever connects (RFC 7208 5.7) */
		use->void_ip4 = use->void_ip6 =
		    void_with(SPF_VOID, ask(w, use->name.text, DNS_A, use));
		break;
	default:
		break;
	}
}

/* ---- records */

static void read_record(struct walk *w, struct spf_node *node);

static bool
is_on_path(const struct spf_node *node, const char *text)
{
	for (; node != NULL; node = node->parent)
		if (node->name.text != NULL && strcmp(node->name.text, text) == 0)
			return true;
	return false;
}

static void
follow(struct walk *w, const struct spf_node *from, struct spf_use *use, bool counts)
{
	struct spf_node *node;

	if (use->dynamic)
		return;
	node = add_node(w, from, use->text);
	node->redirected = use->term == NULL;
	node->name = use->name;
	node->counts = counts;
	use->leads_to = node;
	if (node->name.text == NULL)
		node->fault = SPF_NODE_NO_NAME;
	else if (is_on_path(from, node->name.text))
		node->fault = SPF_NODE_LOOP;
	else
		read_record(w, node);
}

/* False when the walk has come to its end. */
static bool
count_lookup(struct walk *w)
{
	if (w->lookups > SPF_TREE_LOOKUPS_MAX)
		return false;
	w->lookups++;
	w->tree->more = w->lookups > SPF_TREE_LOOKUPS_MAX;
	return !w->tree->more;
}

static bool
causes_questions(const struct spf_term *term)
{
	return term->mechanism != SPF_ALL && term->mechanism != SPF_IP4 &&
	    term->mechanism != SPF_IP6;
}

static void
use_term(struct walk *w, struct spf_node *node, const struct spf_term *term)
{
	struct spf_use *use;

	if (!causes_questions(term)) {
		if (term->mechanism != SPF_ALL && lets_pass(node, term))
			add_range(w, node, term, &term->network.ip, term->network.length);
		return;
	}
	if (!count_lookup(w))
		return;
	use = add_use(w, node, term, term->text);
	name_target(w, node, &term->target, use);
	if (term->mechanism == SPF_INCLUDE)
		follow(w, node, use, lets_pass(node, term));
	if (term->mechanism == SPF_PTR)
		w->tree->has_ptr = true;
}

static void
use_redirect(struct walk *w, struct spf_node *node, const struct spf_modifier *redirect)
{
	struct spf_use *use;

	if (!count_lookup(w))
		return;
	use = add_use(w, node, NULL, redirect->text);
	name_target(w, node, &redirect->target, use);
	follow(w, node, use, node->counts);
}

static void
use_terms(struct walk *w, struct spf_node *node)
{
	const struct spf_modifier *redirect = spf_record_redirect(&node->record);
	unsigned before = w->lookups;

	for (size_t i = 0; i < node->record.count; i++) {
		use_term(w, node, &node->record.terms[i]);
		if (node->record.terms[i].mechanism == SPF_ALL)
			break; /* what stands behind it is never read */
	}
	if (redirect != NULL)
		use_redirect(w, node, redirect);
	node->lookups = w->lookups - before;
}

static enum spf_node_fault
choose_record(struct walk *w, struct spf_node *node)
{
	struct text_records found;

	if (node->answer == NULL || !dns_is_answer(node->answer))
		return SPF_NODE_UNANSWERED;
	found = text_records_of(node->answer, spf_record_is);
	if (found.count != 1)
		return found.count == 0 ? SPF_NODE_NO_RECORD : SPF_NODE_SEVERAL;
	node->text = found.first->text;
	node->length = found.first->length;
	return spf_record_parse(w->arena, node->text, node->length, &node->record)
	    ? SPF_NODE_FINE
	    : SPF_NODE_SYNTAX;
}

static void
read_record(struct walk *w, struct spf_node *node)
{
	node->answer = facts_dns_confirmed(w->facts, node->name.text, DNS_TXT);
	w->pending = w->pending || node->answer == NULL;
	node->fault = choose_record(w, node);
	if (node->fault == SPF_NODE_FINE)
		use_terms(w, node);
}

static bool
has_addresses(const struct spf_use *use)
{
	return use->term != NULL && use->name.text != NULL &&
	    (use->term->mechanism == SPF_A || use->term->mechanism == SPF_MX ||
		use->term->mechanism == SPF_EXISTS);
}

/*
 * When all records are known, and so the number of each look-up. Beyond the limit the result is an
 * error whatever these names have: they are not asked for.
 */
static void
ask_addresses(struct walk *w)
{
	for (size_t i = 0; i < w->tree->use_count && i < SPF_LOOKUPS_MAX; i++)
		if (has_addresses(&w->tree->uses[i]))
			use_addresses(w, &w->tree->uses[i]);
}

void
spf_tree_walk(struct facts *facts, const char *domain, struct arena *arena, struct spf_tree *out)
{
	struct walk walk = { .facts = facts, .arena = arena, .tree = out };

	memset(out, 0, sizeof *out);
	out->root = add_node(&walk, NULL, NULL);
	out->root->name = (struct spf_name){ domain, domain };
	out->root->counts = true;
	read_record(&walk, out->root);
	if (!walk.pending)
		ask_addresses(&walk);
}

/* ---- what is asked of a tree */

unsigned
spf_tree_lookups(const struct spf_tree *tree)
{
	return tree->root->lookups;
}

unsigned
spf_tree_voids(const struct spf_tree *tree)
{
	unsigned ip4 = 0, ip6 = 0;

	for (size_t i = 0; i < tree->use_count; i++) {
		ip4 += tree->uses[i].void_ip4 == SPF_VOID;
		ip6 += tree->uses[i].void_ip6 == SPF_VOID;
	}
	return tree->has_ip6 && ip6 > ip4 ? ip6 : ip4;
}

static const struct spf_use *
redirect_of(const struct spf_tree *tree, const struct spf_node *node)
{
	for (size_t i = 0; i < tree->use_count; i++)
		if (tree->uses[i].node == node && tree->uses[i].term == NULL)
			return &tree->uses[i];
	return NULL; /* it lies beyond the end of the walk */
}

struct spf_default
spf_tree_default(const struct spf_tree *tree)
{
	struct spf_default found = { .node = tree->root };

	while (found.node->fault == SPF_NODE_FINE) {
		const struct spf_term *all = spf_record_all(&found.node->record);
		const struct spf_use *redirect;

		if (all != NULL || spf_record_redirect(&found.node->record) == NULL) {
			found.qualifier = all == NULL ? '?' : all->qualifier;
			break;
		}
		redirect = redirect_of(tree, found.node);
		found.dynamic = redirect != NULL && redirect->dynamic;
		if (redirect == NULL || redirect->leads_to == NULL)
			break;
		found.node = redirect->leads_to;
	}
	return found;
}

const struct dns_answer *
spf_tree_unanswered(const struct spf_tree *tree)
{
	for (size_t i = 0; i < tree->node_count; i++)
		if (tree->nodes[i]->fault == SPF_NODE_UNANSWERED)
			return tree->nodes[i]->answer;
	return NULL;
}

const char *
spf_node_path(const struct spf_node *node, struct arena *arena)
{
	if (node->parent == NULL)
		return node->name.octets;
	return arena_printf(arena, "%s, %s", spf_node_path(node->parent, arena), node->term);
}

const char *
spf_node_fault_text(const struct spf_node *node, struct arena *arena)
{
	static const char *const texts[] = {
		[SPF_NODE_FINE] = "a record",
		[SPF_NODE_UNANSWERED] = "no answer",
		[SPF_NODE_NO_NAME] = "no name that can be asked for",
		[SPF_NODE_NO_RECORD] = "no SPF record",
		[SPF_NODE_SEVERAL] = "more than one SPF record",
		[SPF_NODE_LOOP] = "it leads back to itself",
	};

	if (node->fault != SPF_NODE_SYNTAX)
		return texts[node->fault];
	return arena_printf(arena, "`%.80s`: %s", node->record.error_term, node->record.error_text);
}

bool
spf_node_is_included(const struct spf_node *node)
{
	for (; node->parent != NULL; node = node->parent)
		if (!node->redirected)
			return true;
	return false;
}
