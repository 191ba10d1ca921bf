/* Advice: the words of the table with the values of the row. */
#include "base/arena.h"
#include "base/escape.h"
#include "base/strbuf.h"
#include "publish/plan.h"
#include "score/scorecard.h"

#include <string.h>

static const char *
value_of(const struct scorecard *card, const struct subject_finding *subject,
    const struct finding *finding, const char *name, size_t length)
{
	const struct {
		const char *name, *value;
	} values[] = {
		{ "d", card->e->domain != NULL ? card->e->domain : card->e->input },
		{ "host", subject == NULL ? NULL : subject->host },
		{ "ip", subject == NULL ? NULL : subject->ip },
		{ "subject", subject == NULL ? NULL : subject->subject },
		{ "value", finding->value },
	};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (strlen(values[i].name) == length && strncmp(values[i].name, name, length) == 0)
			return values[i].value;
	return NULL;
}

/* "record:KIND" stands for the record to publish. */
static const char *
record_named(const struct scorecard *card, const char *name, size_t length, struct arena *arena)
{
	static const char prefix[] = "record:";
	enum publish_kind kind;

	if (length < sizeof prefix || strncmp(name, prefix, sizeof prefix - 1) != 0)
		return NULL;
	name = arena_string_n(arena, name + sizeof prefix - 1, length - (sizeof prefix - 1));
	return publish_kind_parse(name, &kind) ? publish_first_line(kind, card->e, arena) : NULL;
}

static const char *
fill(const struct scorecard *card, const struct check *check, const struct subject_finding *subject,
    const struct finding *finding, struct arena *arena)
{
	struct strbuf out = { 0 };
	const char *text;

	for (const char *at = check->advice; *at != '\0';) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		const char *value;

		if (end == NULL) {
			strbuf_add_byte(&out, *at++);
			continue;
		}
		value = value_of(card, subject, finding, at + 1, (size_t)(end - at - 1));
		if (value == NULL)
			value = record_named(card, at + 1, (size_t)(end - at - 1), arena);
		if (value != NULL)
			strbuf_add_string(&out, value);
		at = end + 1;
	}
	while (out.length > 0 && strchr(" :", out.at[out.length - 1]) != NULL)
		out.at[--out.length] = '\0'; /* the value was to follow, and there is none */
	text = arena_string_n(arena, out.at, out.length);
	strbuf_free(&out);
	return text;
}

const char *
scorecard_advice(
    const struct scorecard *card, const struct check_result *result, struct arena *arena)
{
	return fill(card, result->check, result->decided_by, &result->finding, arena);
}

const char *
scorecard_subject_advice(const struct scorecard *card, const struct check_result *result,
    const struct subject_finding *subject, struct arena *arena)
{
	return fill(card, result->check, subject, &subject->finding, arena);
}

const char *
scorecard_evidence(const char *text, struct arena *arena)
{
	return text == NULL ? NULL : escape_controls(arena, text, strnlen(text, EVIDENCE_MAX));
}
