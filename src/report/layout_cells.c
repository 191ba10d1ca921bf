/* What layouts of other programs have in common. */
#include "report/layout_cells.h"

#include "base/arena.h"
#include "base/escape.h"

#include <string.h>

const char *
layout_yes_no(bool known, bool value)
{
	if (!known)
		return "";
	return value ? "True" : "False";
}

/* Whether a check found what it looks for at every subject; empty when it could not tell. */
const char *
layout_check_word(const struct report_row *row, const char *id)
{
	const struct finding *finding = row_finding(row->card, id);

	if (finding == NULL || finding->outcome == OUTCOME_NOT_TESTED ||
	    finding->outcome == OUTCOME_NOT_APPLICABLE)
		return "";
	return layout_yes_no(true, finding->outcome == OUTCOME_PASS);
}

/* Texts with something between them. */
const char *
layout_join(const struct report_row *row, const char *list, const char *between, const char *text)
{
	return *list == '\0' ? text : arena_printf(row->arena, "%s%s%s", list, between, text);
}

/* What the checks of an area say that have this outcome. */
const char *
layout_said(
    const struct report_row *row, const char *area, enum outcome outcome, const char *between)
{
	const struct scorecard *card = row->card;
	const char *list = "";

	for (size_t i = 0; i < card->count; i++) {
		const struct check_result *result = &card->results[i];

		if (result->finding.outcome != outcome || !result->in_set ||
		    strncmp(result->check->id, area, strlen(area)) != 0)
			continue;
		list = layout_join(row, list, between, scorecard_advice(card, result, row->arena));
	}
	return list;
}

bool
layout_has_failed(const struct report_row *row, const char *const *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = row_finding(row->card, ids[i]);

		if (finding != NULL && finding->outcome == OUTCOME_FAIL)
			return true;
	}
	return false;
}

bool
layout_is_swept(const struct report_row *row)
{
	return row->card->e->domain != NULL && !row->card->e->missing;
}

const char *
layout_base_domain(const struct report_row *row)
{
	const char *name = row->card->e->dmarc.older.organizational;

	return name == NULL ? "" : name;
}

const char *
layout_spf_valid(const struct report_row *row)
{
	static const char *const breaking[] = { "spf.present", "spf.single", "spf.syntax",
		"spf.lookup-limit", "spf.void-lookups", "spf.include-valid", "spf.redirect-valid",
		"spf.loop" };
	const struct spf_result *spf = &row->card->e->spf;
	bool known = layout_is_swept(row) && spf->answer != NULL && dns_is_answer(spf->answer);

	return layout_yes_no(known,
	    spf->records == 1 &&
		!layout_has_failed(row, breaking, sizeof breaking / sizeof breaking[0]));
}

const char *
layout_spf_record(const struct report_row *row)
{
	const struct spf_result *spf = &row->card->e->spf;

	return spf->text == NULL ? "" : escape_controls(row->arena, spf->text, spf->length);
}

bool
layout_dmarc_is_known(const struct report_row *row)
{
	return layout_is_swept(row) && row->card->e->dmarc.walk.transient == NULL;
}

const char *
layout_step_text(const struct report_row *row, const struct dmarc_step *step)
{
	return step == NULL || step->text == NULL
	    ? ""
	    : escape_controls(row->arena, step->text, step->length);
}

/* A tag of the record that applies, or what holds without it. */
const char *
layout_dmarc_tag(const struct report_row *row, const char *name, const char *without)
{
	const struct dmarc_result *dmarc = &row->card->e->dmarc;
	const struct tag *tag;

	if (dmarc->applying == NULL)
		return "";
	tag = tag_list_find(&dmarc->record.tags, name);
	return tag == NULL ? without : escape_controls(row->arena, tag->value, tag->value_length);
}

const char *
layout_dmarc_p(const struct report_row *row)
{
	return layout_dmarc_tag(row, "p", "");
}

const char *
layout_dmarc_sp(const struct report_row *row)
{
	return layout_dmarc_tag(row, "sp", layout_dmarc_p(row));
}

const char *
layout_dmarc_pct(const struct report_row *row)
{
	return layout_dmarc_tag(row, "pct", "100");
}

const char *
layout_join_uris(const struct report_row *row, const struct dmarc_uris *uris, const char *between)
{
	const char *list = "";

	for (size_t i = 0; i < uris->count; i++)
		list = layout_join(row, list, between, uris->at[i].text);
	return list;
}

const char *
layout_starttls(const struct report_row *row)
{
	return layout_check_word(row, "smtp.starttls");
}

/* There are facts for it at no depth. */
const char *
layout_nothing(const struct report_row *row)
{
	(void)row;
	return "";
}
