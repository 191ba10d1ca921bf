/* DKIM keys in the JSON form of a scorecard. */
#include "report/dkim_json.h"

/* Of a record that cannot be read nothing more is known; of a revoked key no size. */
static void
add_key(struct json *json, const struct dkim_key *key)
{
	const struct dkim_record *record = &key->record;
	bool readable = key->text != NULL && record->fault != DKIM_UNUSABLE;

	json_key_string(json, "key_type", readable ? record->key_type : NULL);
	json_key_known_int(json, "bits",
	    readable && !record->revoked && record->kind != DKIM_KEY_UNKNOWN, record->key.bits);
	json_key_bool(json, "testing", readable, record->testing);
	json_key_bool(json, "revoked", readable, record->revoked);
}

static void
add_errors(struct json *json, const struct dkim_key *key)
{
	json_key(json, "errors");
	json_begin_array(json);
	if (key->text != NULL && key->record.problem != NULL)
		json_string(json, key->record.problem);
	if (key->records > 1)
		json_string(json, "several records");
	json_end_array(json);
}

static void
add_selector(struct json *json, const struct dkim_key *key)
{
	json_begin_object(json);
	json_key_string(json, "selector", key->selector);
	json_key_string_n(json, "record", key->text, key->length);
	json_key_bool(
	    json, "valid", key->text != NULL && !key->wildcard, key->record.fault != DKIM_UNUSABLE);
	add_key(json, key);
	add_errors(json, key);
	json_end_object(json);
}

void
dkim_json_add(struct json *json, const struct dkim_result *dkim)
{
	json_key(json, "dkim");
	json_begin_array(json);
	for (size_t i = 0; i < dkim->count; i++)
		add_selector(json, &dkim->keys[i]);
	json_end_array(json);
}
