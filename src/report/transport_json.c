/* MTA-STS, TLS-RPT and BIMI as JSON. */
#include "report/transport_json.h"

static void
begin(struct json *json, const char *key, const char *record, size_t length)
{
	json_key(json, key);
	json_begin_object(json);
	json_key_string_n(json, "record", record, length);
}

/* Null where there is no record, or where it could not be asked for. */
static void
add_valid(struct json *json, size_t records, bool valid)
{
	json_key(json, "valid");
	if (records == 0)
		json_null(json);
	else
		json_bool(json, valid);
}

static void
end_with_errors(struct json *json, size_t records, const char *problem)
{
	json_key(json, "errors");
	json_begin_array(json);
	if (records > 1)
		json_string(json, "several records");
	if (problem != NULL)
		json_string(json, problem);
	json_end_array(json);
	json_end_object(json);
}

/* Why there is no file, as a word and in the library's words. */
static void
add_failure(struct json *json, const struct https_observation *look)
{
	json_string(json, look->end == HTTPS_ANSWERED ? "status" : https_end_text(look->end));
	if (look->problem[0] != '\0')
		json_string(json, look->problem);
}

static void
add_policy_errors(struct json *json, const struct mta_sts_result *mta_sts)
{
	json_key(json, "errors");
	json_begin_array(json);
	if (!mta_sts_fetched(mta_sts))
		add_failure(json, mta_sts->look);
	else if (mta_sts->policy.problem != NULL)
		json_string(json, mta_sts->policy.problem);
	json_end_array(json);
}

static void
add_policy(struct json *json, const struct mta_sts_result *mta_sts)
{
	const struct mta_sts_policy *policy = &mta_sts->policy;
	bool fetched = mta_sts_fetched(mta_sts);

	json_key(json, "policy");
	if (mta_sts->look == NULL) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_key_bool(json, "valid", fetched, policy->fault != MTA_STS_UNUSABLE);
	json_key_string(json, "mode", fetched ? mta_sts_mode_text(policy->mode) : NULL);
	json_key_known_int(json, "max_age", fetched && policy->has_max_age, policy->max_age);
	json_key(json, "mx");
	json_begin_array(json);
	for (size_t i = 0; i < policy->pattern_count; i++)
		json_string(json, policy->patterns[i]);
	json_end_array(json);
	json_key_known_int(json, "status", mta_sts->look->status != 0, mta_sts->look->status);
	json_key_string(json, "media_type", fetched ? mta_sts->look->media_type : NULL);
	json_key_bool(json, "flap", true, mta_sts->flap);
	add_policy_errors(json, mta_sts);
	json_end_object(json);
}

static void
add_mta_sts(struct json *json, const struct mta_sts_result *mta_sts)
{
	begin(json, "mta_sts", mta_sts->text, mta_sts->length);
	add_valid(json, mta_sts->records, mta_sts_record_valid(mta_sts));
	json_key(json, "id");
	json_string(json, mta_sts->id);
	add_policy(json, mta_sts);
	end_with_errors(json, mta_sts->records, mta_sts->problem);
}

static void
add_tls_rpt(struct json *json, const struct tls_rpt_result *tls_rpt)
{
	begin(json, "tls_rpt", tls_rpt->text, tls_rpt->length);
	add_valid(json, tls_rpt->records, tls_rpt_record_valid(tls_rpt));
	json_key(json, "rua");
	json_begin_array(json);
	for (size_t i = 0; i < tls_rpt->uri_count; i++)
		json_string(json, tls_rpt->uris[i].text);
	json_end_array(json);
	end_with_errors(json, tls_rpt->records, tls_rpt->problem);
}

static void
add_bimi(struct json *json, const struct bimi_result *bimi)
{
	begin(json, "bimi", bimi->text, bimi->length);
	add_valid(json, bimi->records, bimi->records == 1 && bimi->problem == NULL);
	end_with_errors(json, bimi->records, bimi->problem);
}

void
transport_json_add(struct json *json, const struct evaluation *e)
{
	add_mta_sts(json, &e->mta_sts);
	add_tls_rpt(json, &e->tls_rpt);
	add_bimi(json, &e->bimi);
}
