/* SPF: the record of a domain and what it leads to. */
#include "rule/spf.h"

#include "base/arena.h"
#include "names/suffix.h"
#include "rule/spf_macro.h"
#include "rule/text_records.h"
#include "wire/dns_name.h"

#include <string.h>
#include <strings.h>

/* ---- names that somebody else might register */

/* What is certain of a name that may hang on the sender: all that follows its last macro. */
static const char *
certain_end(const char *spec, struct arena *arena)
{
	struct spf_macro_use use;
	struct spf_name name;

	spf_macro_check(spec, strlen(spec), SPF_MACRO_IN_TARGET, &use);
	spec += use.last_macro_end;
	if (use.last_macro_end > 0 && *spec++ != '.')
		return NULL;
	spf_name_make(arena, spec, strlen(spec), &name);
	return name.text;
}

/* What was found there is registered; only of other names must more be asked. */
static bool
was_found(const struct spf_use *use)
{
	if (use->leads_to != NULL)
		return use->leads_to->answer == NULL ||
		    use->leads_to->answer->status != DNS_NXDOMAIN;
	return use->void_ip4 != SPF_VOID || use->void_ip6 != SPF_VOID;
}

static bool
is_known(const struct spf_result *spf, const char *domain)
{
	for (size_t i = 0; i < spf->takeover_count; i++)
		if (spf->takeovers[i].registration.domain != NULL &&
		    strcmp(spf->takeovers[i].registration.domain, domain) == 0)
			return true;
	return false;
}

static void
add_takeover(struct facts *facts, const char *domain, const char *term, const char *name,
    struct arena *arena, struct spf_result *out)
{
	const struct suffix_list *suffixes = facts->run->suffixes;
	char registrable[SUFFIX_NAME_SIZE];
	struct spf_takeover *takeover = &out->takeovers[out->takeover_count];

	if (suffix_related(suffixes, name, domain) ||
	    (suffix_list_registrable(suffixes, name, registrable) && is_known(out, registrable)))
		return;
	takeover->term = term;
	registration_evaluate(facts, name, arena, &takeover->registration);
	out->takeover_count++;
}

static void
find_takeovers(struct facts *facts, const char *domain, struct arena *arena, struct spf_result *out)
{
	const struct spf_tree *tree = &out->tree;
	const struct spf_modifier *exp = &out->record.explanation;

	out->takeovers = arena_zeroed(arena, tree->use_count + 1, sizeof *out->takeovers);
	for (size_t i = 0; i < tree->use_count; i++) {
		const struct spf_use *use = &tree->uses[i];
		const char *name = use->dynamic ? certain_end(use->spec->spec, arena)
		    : was_found(use)            ? NULL
						: use->name.text;

		if (name != NULL)
			add_takeover(facts, domain, use->text, name, arena, out);
	}
	if (exp->text != NULL && (out->explanation == NULL || out->explanation->count == 0)) {
		const char *name = certain_end(exp->target.spec, arena);

		if (name != NULL)
			add_takeover(facts, domain, exp->text, name, arena, out);
	}
}

/* ---- the explanation */

static void
ask_explanation(struct facts *facts, struct arena *arena, struct spf_result *out)
{
	const char *spec = out->record.explanation.target.spec;
	struct spf_name name;

	if (spec == NULL || strchr(spec, '%') != NULL)
		return;
	spf_name_make(arena, spec, strlen(spec), &name);
	if (name.text != NULL)
		out->explanation = facts_dns_confirmed(facts, name.text, DNS_TXT);
}

void
spf_evaluate(struct facts *facts, const char *domain, struct arena *arena, struct spf_result *out)
{
	const struct spf_node *root;

	memset(out, 0, sizeof *out);
	spf_tree_walk(facts, domain, arena, &out->tree);
	root = out->tree.root;
	out->answer = root->answer;
	if (out->answer == NULL || out->answer->status != DNS_DATA)
		return;
	out->records = text_records_of(out->answer, spf_record_is).count;
	out->text = root->text;
	out->length = root->length;
	out->record = root->record;
	if (root->fault != SPF_NODE_FINE)
		return;
	ask_explanation(facts, arena, out);
	find_takeovers(facts, domain, arena, out);
}

void
spf_obsolete_evaluate(struct facts *facts, const char *domain, struct spf_obsolete *out)
{
	static const char sender_id[] = "spf2.0/";
	const struct dns_answer *texts = facts_dns_confirmed(facts, domain, DNS_TXT);

	out->type99 = facts_dns(facts, domain, DNS_SPF);
	out->sender_id = NULL;
	for (size_t i = 0; texts != NULL && i < texts->count; i++)
		if (strncasecmp(texts->records[i].text, sender_id, sizeof sender_id - 1) == 0)
			out->sender_id = texts->records[i].text;
}

bool
spf_denies_all(const struct spf_result *spf)
{
	return spf->text != NULL && spf->record.error == SPF_NO_ERROR &&
	    spf_record_is_exactly_deny(&spf->record);
}

bool
spf_lets_some_pass(const struct spf_result *spf)
{
	return spf->text != NULL && spf->record.error == SPF_NO_ERROR &&
	    spf_record_passing(&spf->record) != SPF_PASSES_NOTHING;
}
