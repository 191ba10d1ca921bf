/* What the chosen profiles say. */
#include "report/profile_json.h"

#include "score/profile.h"

static void
add_words(struct json *json, const struct scorecard *card)
{
	json_key(json, "profiles");
	json_begin_object(json);
	for (size_t i = 0; i < card->profile_count; i++) {
		const struct profile_verdict *verdict = &card->profiles[i];

		json_key_string(json, verdict->profile->id,
		    verdict->word == PROFILE_UNBOUND ? NULL : profile_word_text(verdict->word));
	}
	json_end_object(json);
}

static void
add_deciders(struct json *json, const struct profile_verdict *verdict)
{
	json_key(json, "decided_by");
	json_begin_array(json);
	for (size_t i = 0; i < verdict->ruling_count; i++)
		if (profile_decided_by(verdict, &verdict->rulings[i]))
			json_string(json, verdict->rulings[i].rule->id);
	json_end_array(json);
}

static void
add_not_built(struct json *json, const struct profile_verdict *verdict)
{
	json_key(json, "not_built");
	json_begin_array(json);
	for (size_t i = 0; i < verdict->ruling_count; i++)
		if (verdict->rulings[i].state == RULING_NOT_BUILT)
			json_string(json, verdict->rulings[i].rule->id);
	json_end_array(json);
}

static void
add_rules(struct json *json, const struct profile_verdict *verdict)
{
	json_key(json, verdict->profile->id);
	json_begin_object(json);
	json_key_string(json, "version", verdict->profile->version);
	add_deciders(json, verdict);
	add_not_built(json, verdict);
	json_key_int(json, "should", (int64_t)verdict->shoulds);
	json_key_int(json, "should_met", (int64_t)verdict->shoulds_met);
	json_end_object(json);
}

void
profile_json_add(struct json *json, const struct scorecard *card)
{
	add_words(json, card);
	json_key(json, "profile_rules");
	json_begin_object(json);
	for (size_t i = 0; i < card->profile_count; i++)
		if (card->profiles[i].word != PROFILE_UNBOUND)
			add_rules(json, &card->profiles[i]);
	json_end_object(json);
}
