#ifndef MXSWEEP_RULE_SPF_TREE_H
#define MXSWEEP_RULE_SPF_TREE_H

#include "fact/facts.h"
#include "rule/spf_name.h"
#include "rule/spf_record.h"

struct arena;

/*
 * An SPF record and all that it includes or redirects to, for no sender in particular: what a check
 * meets that never matches (RFC 7208 4.6.4). Where a name hangs on the sender, the term counts and
 * is not followed.
 */

enum {
	SPF_TREE_LOOKUPS_MAX = 40, /* the walk ends there: four times what is allowed */
};

enum spf_node_fault {
	SPF_NODE_FINE,
	SPF_NODE_UNANSWERED, /* of its question there is no answer, or none yet */
	SPF_NODE_NO_NAME,    /* the name cannot be asked for */
	SPF_NODE_NO_RECORD,
	SPF_NODE_SEVERAL,
	SPF_NODE_SYNTAX,
	SPF_NODE_LOOP, /* the name is on its own path */
};

/* A record, or why there is none. */
struct spf_node {
	const struct spf_node *parent; /* NULL at the root */
	const char *term;              /* of the parent, which leads here; NULL at the root */
	bool redirected;               /* that term is a redirect */
	struct spf_name name;
	const struct dns_answer *answer; /* TXT; NULL for NO_NAME and LOOP */
	enum spf_node_fault fault;
	struct spf_record record; /* of FINE and SYNTAX */
	const char *text;         /* the record as published, of FINE and SYNTAX */
	size_t length;
	bool counts;      /* a match of its terms with pass is a pass of the root */
	unsigned lookups; /* of all terms below */
};

/* Why a term finds nothing, for clients of one family. */
enum spf_void { SPF_NOT_VOID, SPF_VOID, SPF_VOID_UNANSWERED };

/* A term that causes questions, in the order in which they are met. */
struct spf_use {
	const struct spf_node *node;
	const struct spf_term *term; /* NULL: the redirect */
	const char *text;            /* as written */
	const struct spf_target *spec;
	struct spf_name name;                /* that it asks for; no text for dynamic ones */
	bool dynamic;                        /* the name hangs on the sender */
	const struct spf_node *leads_to;     /* of include and redirect */
	const struct dns_answer *mx;         /* of mx */
	bool too_many;                       /* of mx: more than ten names */
	enum spf_void void_ip4, void_ip6;    /* of a, mx, exists */
	const struct dns_answer *unanswered; /* a question of a, mx, exists without an answer */
};

/* Addresses that a term lets pass: of ip4 and ip6, and around those of a and mx. */
struct spf_range {
	const struct spf_node *node;
	const struct spf_term *term;
	struct ip_network network;
};

struct spf_tree {
	struct spf_node *root;
	struct spf_node **nodes; /* every record, from the root down */
	size_t node_count;
	struct spf_use *uses;
	size_t use_count;
	struct spf_range *ranges; /* that let pass, wherever they stand */
	size_t range_count;
	bool more;    /* there are more look-ups than were followed */
	bool has_ptr; /* a ptr term is reached */
	bool has_ip6; /* some range is IPv6 */
};

/* Fans out: all that is independent is asked in one pass. */
void
spf_tree_walk(struct facts *facts, const char *domain, struct arena *arena, struct spf_tree *out);

/* Of all terms, each as often as it stands; at most SPF_TREE_LOOKUPS_MAX + 1. */
unsigned spf_tree_lookups(const struct spf_tree *tree);

/* Terms that find nothing, for IPv4 or for IPv6 clients, whichever are more; IPv6 counts only where
 * some IPv6 address may send. */
unsigned spf_tree_voids(const struct spf_tree *tree);

/* What becomes of a sender that nothing matches, redirects followed (RFC 7208 4.7, 6.1). */
struct spf_default {
	char qualifier; /* '?' as well where there is no `all`; 0: it cannot be known */
	bool dynamic;   /* because the redirect hangs on the sender */
	const struct spf_node *node; /* where it is said, or where the way ends */
};
struct spf_default spf_tree_default(const struct spf_tree *tree);

/* The first question of a record that has no answer; NULL if there is none. */
const struct dns_answer *spf_tree_unanswered(const struct spf_tree *tree);

/* The way to a record, as `a.com, include:b.com, redirect=c.com`. */
const char *spf_node_path(const struct spf_node *node, struct arena *arena);
const char *spf_node_fault_text(const struct spf_node *node, struct arena *arena);
bool spf_node_is_included(const struct spf_node *node); /* there is an include on the way to it */

#endif
