/* What the checks of an area find, within the JSON of that area. */
#include "report/area_json.h"

#include <string.h>

static void
add_outcome(struct json *json, const char *prefix, enum outcome outcome,
    const struct scorecard *card, struct arena *arena)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (strncmp(result->check->id, prefix, strlen(prefix)) != 0 ||
		    result->finding.outcome != outcome)
			continue;
		json_string(json,
		    result->finding.value != NULL ? result->finding.value
						  : scorecard_advice(card, result, arena));
	}
}

void
area_json_add_findings(
    struct json *json, const char *prefix, const struct scorecard *card, struct arena *arena)
{
	json_key(json, "errors");
	json_begin_array(json);
	add_outcome(json, prefix, OUTCOME_FAIL, card, arena);
	json_end_array(json);
	json_key(json, "warnings");
	json_begin_array(json);
	add_outcome(json, prefix, OUTCOME_WARN, card, arena);
	json_end_array(json);
}
