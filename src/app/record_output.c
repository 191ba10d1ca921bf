/* Records to publish, as people and programs take them. */
#include "app/record_output.h"

#include "base/arena.h"
#include "base/escape.h"
#include "base/strbuf.h"
#include "report/json.h"

#include <stdio.h>
#include <string.h>

/* What the checks find wanting, one line each. */
typedef void (*remark_fn)(void *user, const char *remark);

static void
each_remark(const struct publish_plan *plan, const struct scorecard *card, struct arena *arena,
    remark_fn fn, void *user)
{
	for (size_t i = 0; i < plan->remarks.count; i++)
		fn(user, escape_controls(arena, plan->remarks.at[i], strlen(plan->remarks.at[i])));
	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (result->in_set && outcome_is_bad(result->finding.outcome))
			fn(user,
			    arena_printf(arena, "%s: %s", result->check->id,
				scorecard_evidence(scorecard_advice(card, result, arena), arena)));
	}
}

/* ---- text */

static void
print_remark(void *user, const char *remark)
{
	(void)user;
	printf("; %s\n", remark);
}

static void
print_published(const struct publish_set *set)
{
	struct strbuf data = { 0 };

	if (publish_set_stands(set))
		printf("; %s. is published as it should be\n", set->name);
	else if (set->answer->status == DNS_NOT_RECORDED)
		printf("; what is published at %s. was not looked at\n", set->name);
	else if (set->published_count == 0)
		printf("; nothing of the kind is published at %s.\n", set->name);
	else
		printf("; in place of what is published at %s.:\n", set->name);
	for (size_t i = 0; i < set->published_count && !publish_set_stands(set); i++) {
		strbuf_reset(&data);
		publish_record_write(&data, &set->published[i]);
		printf(";   %s\n", data.at);
	}
	strbuf_free(&data);
}

static void
print_zone_line(const struct publish_set *set)
{
	struct strbuf line = { 0 };

	publish_set_write(&line, set);
	puts(line.at);
	strbuf_free(&line);
}

static void
print_panel_form(const struct publish_set *set)
{
	struct strbuf value = { 0 };

	publish_record_write_plain(&value, &set->wanted);
	printf("name   %s\ntype   %s\nvalue  %s\n", set->name, dns_type_text(set->wanted.type),
	    value.at);
	strbuf_free(&value);
}

static void
print_file(const struct publish_plan *plan, bool panel)
{
	const char *begin = panel ? "" : "; ";

	printf("; the file at %s, its lines ended by CR LF:\n", plan->file_url);
	for (const char *at = plan->file_text; *at != '\0';) {
		int length = (int)strcspn(at, "\r");

		printf("%s%.*s\n", begin, length, at);
		at += length + 2;
	}
}

static void
print_text(const struct publish_plan *plan, const struct scorecard *card, bool panel)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < plan->count; i++) {
		print_published(&plan->sets[i]);
		(panel ? print_panel_form : print_zone_line)(&plan->sets[i]);
	}
	if (plan->file_text != NULL)
		print_file(plan, panel);
	each_remark(plan, card, &arena, print_remark, NULL);
	arena_free(&arena);
}

/* ---- JSON */

static void
add_remark(void *user, const char *remark)
{
	json_string(user, remark);
}

static void
add_data(struct json *json, const struct publish_record *record)
{
	struct strbuf data = { 0 };

	publish_record_write_plain(&data, record);
	json_string(json, data.at);
	strbuf_free(&data);
}

static void
add_set(struct json *json, const struct publish_set *set)
{
	struct strbuf line = { 0 };

	publish_set_write(&line, set);
	json_begin_object(json);
	json_key_string(json, "name", set->name);
	json_key_string(json, "type", dns_type_text(set->wanted.type));
	json_key(json, "value");
	add_data(json, &set->wanted);
	json_key_string(json, "zone_line", line.at);
	json_key(json, "published");
	json_begin_array(json);
	for (size_t i = 0; i < set->published_count; i++)
		add_data(json, &set->published[i]);
	json_end_array(json);
	json_key(json, "stands");
	json_bool(json, publish_set_stands(set));
	json_end_object(json);
	strbuf_free(&line);
}

static void
print_json(const struct publish_plan *plan, const struct scorecard *card)
{
	struct strbuf line = { 0 };
	struct json json = json_over(&line);
	struct arena arena = { 0 };

	json_begin_object(&json);
	json_key_string(&json, "domain", card->e->domain);
	json_key(&json, "records");
	json_begin_array(&json);
	for (size_t i = 0; i < plan->count; i++)
		add_set(&json, &plan->sets[i]);
	json_end_array(&json);
	json_key_string(&json, "file_url", plan->file_url);
	json_key_string(&json, "file_text", plan->file_text);
	json_key(&json, "remarks");
	json_begin_array(&json);
	each_remark(plan, card, &arena, add_remark, &json);
	json_end_array(&json);
	json_end_object(&json);
	puts(line.at);
	arena_free(&arena);
	strbuf_free(&line);
}

void
record_output_print(
    const struct options *options, const struct publish_plan *plan, const struct scorecard *card)
{
	if (options->json)
		print_json(plan, card);
	else
		print_text(plan, card, options->panel != 0);
}
