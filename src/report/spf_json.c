/* SPF in the JSON form of a scorecard. */
#include "report/spf_json.h"

#include "report/area_json.h"

static void
add_record(struct json *json, const struct spf_result *spf)
{
	json_key_string_n(json, "record", spf->text, spf->length);
	json_key(json, "valid");
	if (spf->answer == NULL || !dns_is_answer(spf->answer) || spf->records == 0)
		json_null(json);
	else
		json_bool(json, spf->records == 1 && spf->record.error == SPF_NO_ERROR);
}

static const char *
default_text(const struct spf_tree *tree)
{
	switch (spf_tree_default(tree).qualifier) {
	case '-':
		return "fail";
	case '~':
		return "softfail";
	case '?':
		return "neutral";
	case '+':
		return "pass";
	default:
		return NULL;
	}
}

/* Each address once: two hosts may share one. */
static bool
is_first(const struct evaluation *e, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (ip_equal(&e->addresses[i].ip, &e->addresses[index].ip))
			return false;
	return true;
}

static void
add_authorised(struct json *json, const struct evaluation *e)
{
	json_key(json, "authorises");
	json_begin_array(json);
	for (size_t i = 0; e->spf.records == 1 && i < e->address_count; i++) {
		if (!is_first(e, i) || e->addresses[i].use == USE_NAMED)
			continue;
		json_begin_object(json);
		json_key(json, "ip");
		json_string(json, e->addresses[i].text);
		json_key(json, "result");
		json_string(json, spf_verdict_text(e->addresses[i].spf.verdict));
		json_end_object(json);
	}
	json_end_array(json);
}

void
spf_json_add(struct json *json, const struct scorecard *card, struct arena *arena)
{
	const struct spf_tree *tree = &card->e->spf.tree;
	bool asked = tree->root != NULL; /* of a missing domain nothing is */
	bool readable = asked && tree->root->fault == SPF_NODE_FINE;
	bool whole = readable && spf_tree_unanswered(tree) == NULL;

	json_key(json, "spf");
	json_begin_object(json);
	add_record(json, &card->e->spf);
	json_key_known_int(json, "lookups", whole, whole ? spf_tree_lookups(tree) : 0);
	json_key_known_int(json, "void_lookups", whole, whole ? spf_tree_voids(tree) : 0);
	json_key(json, "all");
	json_string(json, readable ? default_text(tree) : NULL);
	add_authorised(json, card->e);
	area_json_add_findings(json, "spf.", card, arena);
	json_end_object(json);
}

enum spf_verdict
spf_worst_of_hosts(const struct evaluation *e)
{
	static const enum spf_verdict by_badness[] = { SPF_PERMERROR, SPF_FAIL, SPF_SOFTFAIL,
		SPF_NEUTRAL, SPF_TEMPERROR, SPF_PASS, SPF_NONE };

	for (size_t worst = 0; e->domain != NULL && e->spf.records == 1 &&
	     worst < sizeof by_badness / sizeof by_badness[0];
	     worst++)
		for (size_t i = 0; i < e->address_count; i++)
			if (e->addresses[i].host != NULL &&
			    e->addresses[i].spf.verdict == by_badness[worst])
				return by_badness[worst];
	return SPF_VERDICT_COUNT;
}
