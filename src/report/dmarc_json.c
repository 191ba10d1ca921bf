/* DMARC in the JSON form of a scorecard. */
#include "report/dmarc_json.h"

#include "base/arena.h"
#include "report/area_json.h"

static void
add_record(struct json *json, const struct dmarc_result *dmarc)
{
	const struct dmarc_step *applying = dmarc->applying;

	json_key_string_n(json, "record", applying == NULL ? NULL : applying->text,
	    applying == NULL ? 0 : applying->length);
	json_key_string(json, "location", applying == NULL ? NULL : applying->name);
	json_key(json, "valid");
	if (applying == NULL)
		json_null(json);
	else
		json_bool(json, dmarc_record_policies_valid(&dmarc->record));
}

/* What the record states, then what becomes of it; null where there is no policy or none is known.
 */
static void
add_policies(struct json *json, const struct dmarc_result *dmarc)
{
	const struct {
		const char *key;
		enum dmarc_policy policy;
	} policies[] = {
		{ "policy", dmarc->record.p },
		{ "subdomain_policy", dmarc->record.sp },
		{ "nonexistent_policy", dmarc->record.np },
		{ "effective_policy", dmarc->effective[DMARC_THE_NAME] },
		{ "effective_subdomain_policy", dmarc->effective[DMARC_SUBDOMAINS] },
		{ "effective_nonexistent_policy", dmarc->effective[DMARC_NONEXISTENT] },
	};

	for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++)
		json_key_string(json, policies[i].key, dmarc_policy_text(policies[i].policy));
	json_key(json, "testing");
	if (dmarc->applying == NULL)
		json_null(json);
	else
		json_bool(json, dmarc->record.testing);
}

static void
add_uris(struct json *json, const char *key, const struct dmarc_uris *uris)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < uris->count; i++)
		json_string(json, uris->at[i].text);
	json_end_array(json);
}

void
dmarc_json_add(struct json *json, const struct scorecard *card, struct arena *arena)
{
	const struct dmarc_result *dmarc = &card->e->dmarc;

	json_key(json, "dmarc");
	json_begin_object(json);
	add_record(json, dmarc);
	add_policies(json, dmarc);
	json_key_string(json, "organizational_domain", dmarc->walk.organizational);
	json_key_string(json, "psl_domain", dmarc->older.organizational);
	json_key(json, "queries");
	json_begin_array(json);
	for (size_t i = 0; i < dmarc->walk.count; i++)
		json_string(json, arena_printf(arena, "_dmarc.%s", dmarc->walk.steps[i].name));
	json_end_array(json);
	add_uris(json, "rua", &dmarc->record.rua);
	add_uris(json, "ruf", &dmarc->record.ruf);
	area_json_add_findings(json, "dmarc.", card, arena);
	json_end_object(json);
}
