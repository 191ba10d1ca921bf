/* DANE of each MX host as JSON. */
#include "report/dane_json.h"

#include "report/row.h"

#include <string.h>

/* From good to bad, as far as they say anything of a host. */
static const enum outcome badness[] = { OUTCOME_NOT_APPLICABLE, OUTCOME_NOT_TESTED, OUTCOME_PASS,
	OUTCOME_FAIL };

static size_t
badness_of(enum outcome outcome)
{
	size_t i = 0;

	while (i + 1 < sizeof badness / sizeof badness[0] && badness[i] != outcome)
		i++;
	return i;
}

/* What dane.match says of the host's addresses; the worst of it. */
static enum outcome
match_outcome(const struct scorecard *card, const char *host)
{
	const struct check_result *result = row_result(card, "dane.match");
	size_t worst = 0;

	if (result->subject_count == 0) /* settled for the whole row */
		return result->finding.outcome;
	for (size_t i = 0; i < result->subject_count; i++) {
		const struct subject_finding *one = &result->subjects[i];

		if (strcmp(one->host, host) == 0 && badness_of(one->finding.outcome) > worst)
			worst = badness_of(one->finding.outcome);
	}
	return badness[worst];
}

/* Null where it could not be asked for; none where senders ask for none. */
static void
add_records(struct json *json, const struct dane_host *host, struct arena *arena)
{
	json_key(json, "records");
	if (host->tlsa != NULL && !dns_is_answer(host->tlsa)) {
		json_null(json);
		return;
	}
	json_begin_array(json);
	for (size_t i = 0; i < host->record_count; i++)
		json_string(json, tlsa_text(&host->records[i], arena));
	json_end_array(json);
}

/* Signed are the addresses; and the records, where there are any. */
static void
add_secure(struct json *json, const struct dane_host *host)
{
	enum answer_security security = host->record_count > 0 ? host->security : host->addresses;

	json_key_bool(json, "secure", security != ANSWER_UNCHECKED, security == ANSWER_SECURE);
}

void
dane_json_add(struct json *json, const struct scorecard *card, struct arena *arena)
{
	const struct evaluation *e = card->e;

	json_key(json, "dane");
	json_begin_array(json);
	for (size_t i = 0; i < e->dane.host_count; i++) {
		const struct mx_host *mx_host = &e->mx.hosts[i];

		if (mx_host->addresses_published == 0)
			continue;
		json_begin_object(json);
		json_key_string(json, "host", mx_host->name);
		json_key_string(json, "base", e->dane.hosts[i].base);
		add_records(json, &e->dane.hosts[i], arena);
		add_secure(json, &e->dane.hosts[i]);
		json_key_string(json, "outcome", outcome_text(match_outcome(card, mx_host->name)));
		json_end_object(json);
	}
	json_end_array(json);
}
