/* The SPF rules as rows: check_host, and the tree of a record. */
#include "rule/rule_case.h"
#include "rule/spf_check.h"
#include "rule/spf_tree.h"
#include "unit.h"

#include <string.h>

/* ---- spf_check: see spf_check_cases.h */

static void
read_sender(char *subject, struct spf_sender *out)
{
	char *helo = strchr(subject, '|'), *mail_from;
	struct ip_network client; /* which stays IPv4-mapped, as in a record */

	assert_non_null(helo);
	*helo++ = '\0';
	mail_from = strchr(helo, '|');
	assert_non_null(mail_from);
	*mail_from++ = '\0';
	assert_true(ip_network_parse(subject, &client));
	out->ip = client.ip;
	out->helo = helo;
	out->mail_from = mail_from;
}

static void
run_spf_check(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct spf_sender sender;
	struct spf_check check;

	read_sender(arena_string(arena, subject), &sender);
	spf_check_host(facts, &sender, arena, &check);
	strbuf_printf(
	    out, "%s %u %u", spf_verdict_text(check.verdict), check.lookups, check.void_lookups);
	if (check.mechanism != NULL)
		strbuf_printf(out, " %s of %s", check.mechanism, check.matched_domain);
	if (check.explanation != NULL)
		strbuf_printf(out, ": %s", check.explanation);
	if (check.problem != NULL)
		strbuf_printf(out, " (%s)", check.problem);
	assert_true(
	    (check.verdict == SPF_TEMPERROR) == (check.unanswered != NULL) || facts->unknown > 0);
}

const struct rule_row rule_spf_check = { "spf_check", run_spf_check };

/* ---- spf_tree */

static void
write_node(const struct spf_node *node, struct arena *arena, struct strbuf *out)
{
	static const char *const faults[] = {
		[SPF_NODE_FINE] = "",
		[SPF_NODE_UNANSWERED] = ": unanswered",
		[SPF_NODE_NO_NAME] = ": no name",
		[SPF_NODE_NO_RECORD] = ": none",
		[SPF_NODE_SEVERAL] = ": several",
		[SPF_NODE_SYNTAX] = ": syntax",
		[SPF_NODE_LOOP] = ": loop",
	};

	strbuf_printf(out, "; %s%s", spf_node_path(node, arena), faults[node->fault]);
}

static void
write_voids(const struct spf_tree *tree, struct strbuf *out)
{
	unsigned ip4 = 0, ip6 = 0;

	for (size_t i = 0; i < tree->use_count; i++) {
		ip4 += tree->uses[i].void_ip4 == SPF_VOID;
		ip6 += tree->uses[i].void_ip6 == SPF_VOID;
	}
	strbuf_printf(out, " %u/%u", ip4, ip6);
}

static void
run_spf_tree(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct spf_tree tree;
	struct spf_default end;

	spf_tree_walk(facts, subject, arena, &tree);
	end = spf_tree_default(&tree);
	if (tree.more)
		strbuf_printf(out, ">%d", SPF_TREE_LOOKUPS_MAX);
	else
		strbuf_printf(out, "%u", spf_tree_lookups(&tree));
	write_voids(&tree, out);
	if (end.qualifier != 0)
		strbuf_printf(out, " %c", end.qualifier);
	else
		strbuf_add_string(out, end.dynamic ? " dynamic" : " unknown");
	for (size_t i = 0; i < tree.node_count; i++)
		write_node(tree.nodes[i], arena, out);
	if (tree.use_count > SPF_LOOKUPS_MAX)
		strbuf_printf(out, "; over %s", tree.uses[SPF_LOOKUPS_MAX].text);
}

const struct rule_row rule_spf_tree = { "spf_tree", run_spf_tree };
