/* The scorecard as JSON. A value that was not tested is null, never false. */
#include "report/scorecard_json.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/strbuf.h"
#include "report/dane_json.h"
#include "report/dkim_json.h"
#include "report/dmarc_json.h"
#include "report/json.h"
#include "report/output.h"
#include "report/profile_json.h"
#include "report/spf_json.h"
#include "report/tls_json.h"
#include "report/transport_json.h"
#include "score/ready.h"
#include "score/run_rows.h"
#include "score/waiver.h"

#include <stdlib.h>
#include <string.h>

static void
add_input(struct json *json, const struct report_row *row)
{
	json_key(json, "input");
	json_begin_object(json);
	for (size_t i = 0; i < row->carried_count; i++)
		json_key_string(json, row->carried_names[i], row->carried[i]);
	json_end_object(json);
}

static void
add_extensions(struct json *json, const char *ehlo_text)
{
	const char *line = strchr(ehlo_text, '\n');

	json_key(json, "extensions");
	json_begin_array(json);
	for (; line != NULL; line = strchr(line, '\n')) {
		line++;
		json_string_n(json, line, strcspn(line, " \n"));
	}
	json_end_array(json);
}

static const struct finding *
address_finding(const struct scorecard *card, const char *id, const struct address_result *address)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (strcmp(result->check->id, id) != 0)
			continue;
		for (size_t k = 0; k < result->subject_count; k++)
			if (result->subjects[k].ip == address->text)
				return &result->subjects[k].finding;
		return &result->finding;
	}
	return NULL;
}

static void
key_outcome(struct json *json, const char *key, const struct finding *finding)
{
	json_key_string(json, key, finding == NULL ? NULL : outcome_text(finding->outcome));
}

static void
add_session(struct json *json, const struct report_row *row, const struct address_result *address)
{
	const struct smtp_observation *seen = address->looks.better;
	const struct finding *connect = address_finding(row->card, "smtp.connect", address);
	const struct finding *greeting = address_finding(row->card, "smtp.greeting", address);
	const struct finding *judged =
	    connect != NULL && connect->outcome == OUTCOME_PASS ? greeting : connect;

	json_key(json, "smtp");
	json_begin_object(json);
	key_outcome(json, "outcome", judged);
	json_key_string(json, "reason",
	    judged == NULL || judged->reason == REASON_NONE ? NULL : reason_text(judged->reason));
	if (seen != NULL && address->stand_in.wanted)
		json_key_string(json, "basis", basis_text(address->stand_in.basis));
	if (seen != NULL) {
		json_key_string(json, "end", smtp_end_text(seen->end));
		json_key_string(json, "stage", smtp_stage_text(seen->stage));
		json_key_int(json, "connect_ms", seen->connect_ms);
		json_key_int(json, "greeting_ms", seen->greeting_ms);
		json_key_int(json, "total_ms", seen->total_ms);
		json_key_string(
		    json, "greeting", seen->greeting.code == 0 ? NULL : seen->greeting.text);
		json_key_int(json, "greeting_code", seen->greeting.code);
		json_key_string(json, "greeting_name", address->names.greeting);
		json_key_string(json, "ehlo_name", address->names.ehlo);
		add_extensions(json, seen->ehlo.text);
		json_key(json, "starttls");
		if (seen->ehlo.code == 250)
			json_bool(json, seen->offers_starttls);
		else
			json_null(json);
		tls_json_add(json, address, row->card->e->run->now, row->arena);
	}
	key_outcome(json, "relay", address_finding(row->card, "relay.open", address));
	json_end_object(json);
}

static void
add_codes(struct json *json, const struct dns_answer *answer)
{
	char text[IP_TEXT_MAX];

	json_key(json, "codes");
	json_begin_array(json);
	for (size_t i = 0; answer != NULL && i < answer->count; i++)
		json_string(json, ip_format(&answer->records[i].ip, text));
	json_end_array(json);
}

static void
add_listings(struct json *json, const struct report_row *row, const struct address_result *address)
{
	const struct check_result *result = row_result(row->card, "dnsbl.address");

	json_key(json, "dnsbl");
	json_begin_array(json);
	for (size_t i = 0; i < address->lists.count; i++) {
		const struct list_word *word = &address->lists.at[i];
		const struct finding *finding = row_subject_finding(
		    result, arena_printf(row->arena, "%s %s", word->list->zone, address->text));

		json_begin_object(json);
		json_key_string(json, "list", word->list->zone);
		key_outcome(json, "outcome", finding);
		add_codes(json, word->answer);
		json_key_string(json, "meaning", finding == NULL ? NULL : finding->value);
		json_key_string(json, "text",
		    word->text == NULL || word->text->count == 0 ? NULL
								 : word->text->records[0].text);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
add_address(struct json *json, const struct report_row *row, const struct address_result *address)
{
	json_begin_object(json);
	json_key_string(json, "ip", address->text);
	json_key(json, "ptr");
	json_begin_array(json);
	for (size_t i = 0; i < address->ptr.name_count; i++)
		json_string(json, address->ptr.names[i]);
	json_end_array(json);
	key_outcome(json, "fcrdns", address_finding(row->card, "ptr.forward-confirmed", address));
	add_session(json, row, address);
	add_listings(json, row, address);
	json_end_object(json);
}

static void
add_mx(struct json *json, const struct report_row *row)
{
	const struct evaluation *e = row->card->e;

	json_key(json, "mx");
	json_begin_array(json);
	for (size_t i = 0; i < e->mx.host_count; i++) {
		const struct mx_host *host = &e->mx.hosts[i];

		json_begin_object(json);
		json_key_int(json, "preference", host->preference);
		json_key_string(json, "host", host->name);
		json_key(json, "addresses");
		json_begin_array(json);
		for (size_t k = 0; k < e->address_count; k++)
			if (e->addresses[k].host == host)
				add_address(json, row, &e->addresses[k]);
		json_end_array(json);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
key_true(struct json *json, const char *key, bool is)
{
	if (!is)
		return;
	json_key(json, key);
	json_bool(json, true);
}

/* What failed before it, or who excused it and until when. */
static void
add_cause(struct json *json, const struct scorecard *card, const struct check_result *result)
{
	const struct finding *finding = &result->finding;

	if (finding->reason == CAUSE_PREREQUISITE_FAILED && finding->named != NULL)
		json_key_string(json, "prerequisite", finding->named);
	if (finding->reason == CAUSE_WAIVED) {
		json_key_string(json, "observed", outcome_text(finding->observed));
		json_key_string(json, "waived_until", finding->named);
	}
	for (size_t i = 0; i < card->waivers.count; i++) {
		const struct waiver *waiver = &card->waivers.at[i];

		if (waiver->check == result->check && waiver->state == WAIVER_EXPIRED)
			json_key_string(json, "waiver_expired", waiver->until);
	}
}

/* Of an answer of an earlier night, and how old it is in seconds. */
static void
add_basis(struct json *json, const struct finding *finding)
{
	if (finding != NULL && finding->basis != BASIS_OBSERVED)
		json_key_string(json, "basis", basis_text(finding->basis));
	if (finding == NULL || finding->age == 0)
		return;
	json_key_string(json, "basis", "cached");
	json_key_int(json, "age", finding->age);
}

/* What may be published as it stands, as lines of a zone file. */
static void
add_ready(struct json *json, const struct scorecard *card, const struct check_result *result,
    struct arena *arena)
{
	struct ready ready;

	ready_records(card, result, NULL, arena, &ready);
	if (ready.count == 0)
		return;
	json_key(json, "publish");
	json_begin_array(json);
	for (size_t i = 0; i < ready.count; i++)
		json_string(json, ready_line(&ready.at[i], arena));
	json_end_array(json);
}

static void
add_result(struct json *json, const struct scorecard *card, const struct check_result *result,
    struct arena *arena)
{
	const struct finding *finding = &result->finding;

	json_begin_object(json);
	json_key_string(json, "id", result->check->id);
	json_key_string(json, "outcome", outcome_text(finding->outcome));
	if (finding->reason != REASON_NONE)
		json_key_string(json, "reason", reason_text(finding->reason));
	if (result->decided_by != NULL)
		json_key_string(json, "subject", result->decided_by->subject);
	if (finding->value != NULL)
		json_key_string(json, "value", finding->value);
	add_cause(json, card, result);
	key_true(json, "flap", finding->flap);
	key_true(json, "provisional", finding->provisional);
	add_basis(json, finding);
	if (outcome_is_bad(finding->outcome)) {
		json_key_string(json, "advice", scorecard_advice(card, result, arena));
		add_ready(json, card, result, arena);
	}
	json_end_object(json);
}

static void
add_checks(struct json *json, const struct report_row *row)
{
	json_key(json, "checks");
	json_begin_array(json);
	for (size_t i = 0; i < row->card->count; i++)
		add_result(json, row->card, &row->card->results[i], row->arena);
	json_end_array(json);
}

/* Checks of the scanner itself that did not pass: why so much may be missing above. */
static void
add_run(struct json *json, const struct run_rows *run)
{
	json_key(json, "run");
	json_begin_array(json);
	for (size_t i = 0; run != NULL && i < run->count; i++) {
		const struct run_row *row = &run->at[i];

		if (!run_row_is_telling(row))
			continue;
		json_begin_object(json);
		json_key_string(json, "id", row->check->id);
		json_key_string(json, "outcome", outcome_text(row->finding.outcome));
		if (row->finding.reason != REASON_NONE)
			json_key_string(json, "reason", reason_text(row->finding.reason));
		if (row->subject != NULL)
			json_key_string(json, "subject", row->subject);
		if (row->finding.value != NULL)
			json_key_string(json, "value", row->finding.value);
		json_end_object(json);
	}
	json_end_array(json);
}

void
scorecard_json_add(struct strbuf *out, const struct report_row *row)
{
	const struct scorecard *card = row->card;
	const struct evaluation *e = card->e;
	struct json json = json_over(out);

	json_begin_object(&json);
	json_key_int(&json, "schema", SCORECARD_SCHEMA);
	json_key_string(&json, "domain", e->domain != NULL ? e->domain : e->input);
	if (row->unicode != NULL)
		json_key_string(&json, "domain_unicode", row->unicode);
	json_key_int(&json, "line", (int64_t)row->line);
	add_input(&json, row);
	json_key_string(&json, "verdict", verdict_text(card->verdict));
	json_key_known_int(&json, "score", card->score != SCORE_NONE, card->score);
	json_key_known_int(&json, "score_raw", card->score_raw != SCORE_NONE, card->score_raw);
	json_key_known_int(&json, "score_full", card->score_full != SCORE_NONE, card->score_full);
	json_key_int(&json, "confidence", card->confidence);
	json_key_string(&json, "grade", card->grade);
	if (e->domain != NULL && !e->missing) {
		const struct finding *provider = row_finding(card, "mx.provider");

		json_key_string(&json, "role", role_text(e->role));
		json_key_string(&json, "provider", provider == NULL ? NULL : provider->value);
		add_mx(&json, row);
		spf_json_add(&json, card, row->arena);
		dkim_json_add(&json, &e->dkim);
		dmarc_json_add(&json, card, row->arena);
		transport_json_add(&json, e);
		dane_json_add(&json, card, row->arena);
	}
	add_checks(&json, row);
	json_key_string(&json, "checks_selected", card->deep ? "deep" : "core");
	json_key_string(&json, "weights", card->weights);
	profile_json_add(&json, card);
	add_run(&json, row->run);
	json_key_string(&json, "scanned_at", row_time_text(row->scanned_at, row->arena));
	json_key_int(&json, "elapsed_ms", row->elapsed_ms);
	json_end_object(&json);
}

struct ndjson_sink {
	struct sink sink;
	struct output *output;
	struct strbuf line;
};

static int
ndjson_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct ndjson_sink *ndjson = (struct ndjson_sink *)sink;

	strbuf_reset(&ndjson->line);
	scorecard_json_add(&ndjson->line, row);
	strbuf_add_byte(&ndjson->line, '\n');
	return output_write(ndjson->output, ndjson->line.at, ndjson->line.length, error);
}

static void
free_sink(struct ndjson_sink *ndjson)
{
	strbuf_free(&ndjson->line);
	free(ndjson);
}

static int
ndjson_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct ndjson_sink *ndjson = (struct ndjson_sink *)sink;
	int result = output_commit(ndjson->output, error);

	(void)totals;
	free_sink(ndjson);
	return result;
}

static void
ndjson_abandon(struct sink *sink)
{
	struct ndjson_sink *ndjson = (struct ndjson_sink *)sink;

	output_abandon(ndjson->output);
	free_sink(ndjson);
}

int
scorecard_ndjson_open(const char *path, struct sink **sink_out, struct error *error)
{
	struct ndjson_sink *ndjson = alloc_zeroed(1, sizeof *ndjson);

	ndjson->sink =
	    (struct sink){ .row = ndjson_row, .end = ndjson_end, .abandon = ndjson_abandon };
	if (output_open(path, &ndjson->output, error) != 0) {
		free(ndjson);
		return -1;
	}
	*sink_out = &ndjson->sink;
	return 0;
}
