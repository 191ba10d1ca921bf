/* Advice: the words of the table with the values of the row. */
#include "base/arena.h"
#include "base/escape.h"
#include "base/strbuf.h"
#include "score/ready.h"
#include "score/scorecard.h"

#include <string.h>

/* What an advice is filled in with. */
struct filling {
	const struct scorecard *card;
	const struct check_result *result;
	const struct subject_finding *subject; /* one; NULL: the one that decided */
	bool apart;                            /* records stand below it */
};

/* The first record, or words for it. */
static const char *
record_of(const struct filling *filling, struct arena *arena)
{
	struct ready ready;

	ready_records(filling->card, filling->result, filling->subject, arena, &ready);
	if (ready.count == 0)
		return "a record";
	if (filling->apart)
		return ready.count > 1 ? "the records below" : "the record below";
	return arena_printf(arena, "`%s`", ready_line(&ready.at[0], arena));
}

static const char *
value_of(const struct filling *filling, const char *name, size_t length, struct arena *arena)
{
	const struct evaluation *e = filling->card->e;
	const struct subject_finding *subject =
	    filling->subject != NULL ? filling->subject : filling->result->decided_by;
	const struct finding *finding =
	    filling->subject != NULL ? &filling->subject->finding : &filling->result->finding;
	const struct {
		const char *name, *value;
	} values[] = {
		{ "d", e->domain != NULL ? e->domain : e->input },
		{ "host", subject == NULL ? NULL : subject->host },
		{ "ip", subject == NULL ? NULL : subject->ip },
		{ "subject", subject == NULL ? NULL : subject->subject },
		{ "value", finding->value },
	};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (strlen(values[i].name) == length && strncmp(values[i].name, name, length) == 0)
			return values[i].value;
	return length == strlen("record") && strncmp("record", name, length) == 0
	    ? record_of(filling, arena)
	    : NULL;
}

static const char *
fill(const struct filling *filling, struct arena *arena)
{
	struct strbuf out = { 0 };
	const char *text;

	for (const char *at = filling->result->check->advice; *at != '\0';) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;
		const char *value;

		if (end == NULL) {
			strbuf_add_byte(&out, *at++);
			continue;
		}
		value = value_of(filling, at + 1, (size_t)(end - at - 1), arena);
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
	return fill(&(struct filling){ card, result, NULL, false }, arena);
}

const char *
scorecard_subject_advice(const struct scorecard *card, const struct check_result *result,
    const struct subject_finding *subject, struct arena *arena)
{
	return fill(&(struct filling){ card, result, subject, false }, arena);
}

const char *
scorecard_advice_apart(
    const struct scorecard *card, const struct check_result *result, struct arena *arena)
{
	return fill(&(struct filling){ card, result, NULL, true }, arena);
}

const char *
scorecard_evidence(const char *text, struct arena *arena)
{
	return text == NULL ? NULL : escape_controls(arena, text, strnlen(text, EVIDENCE_MAX));
}
