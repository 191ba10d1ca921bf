/* Changes as a worksheet. */
#include "report/changes_sheet.h"

#include "base/arena.h"
#include "report/changes.h"

#include <string.h>

struct writing {
	struct sheet *sheet;
	struct arena arena; /* of one domain */
};

static void
write_known(struct sheet *sheet, bool known, int64_t number)
{
	if (known)
		sheet_number(sheet, (double)number);
	else
		sheet_text(sheet, NULL, NULL);
}

/* Outcomes and verdicts have colours; what is published has none, whatever it says. */
static void
write_state(struct writing *w, enum change_kind kind, const char *text)
{
	if (kind == CHANGE_VALUE || text == NULL)
		sheet_text(w->sheet, text, &w->arena);
	else
		sheet_word(w->sheet, text);
}

static void
write_verdict(struct sheet *sheet, const struct observation *seen)
{
	sheet_word(sheet, seen == NULL ? "" : seen->verdict);
}

static void
write_score(struct sheet *sheet, const struct observation *seen)
{
	bool known = seen != NULL && seen->score != SCORE_NONE;

	write_known(sheet, known, known ? seen->score : 0);
}

static void
write_change(struct writing *w, const struct domain_changes *changes, const struct change *change)
{
	sheet_row(w->sheet);
	sheet_text(w->sheet, changes->domain, &w->arena);
	sheet_word(w->sheet, change_text(change->kind));
	sheet_text(w->sheet, change->what, &w->arena);
	write_state(w, change->kind, change->before);
	write_state(w, change->kind, change->now);
	write_known(w->sheet, change->nights_before > 0, change->nights_before);
	write_known(w->sheet, change->nights > 0, change->nights);
	write_verdict(w->sheet, changes->before);
	write_verdict(w->sheet, changes->now);
	write_score(w->sheet, changes->before);
	write_score(w->sheet, changes->now);
}

static int
write_domain(void *user, const struct domain_changes *changes, struct error *error)
{
	struct writing *w = user;

	(void)error;
	for (size_t i = 0; i < changes->count; i++)
		write_change(w, changes, &changes->at[i]);
	arena_reset(&w->arena);
	return 0;
}

int
changes_sheet_write(struct sheet *sheet, const struct changes_source *source, int64_t started_at,
    struct error *error)
{
	struct writing w = { .sheet = sheet };
	struct history_night before, now;
	struct history_db *db;
	int result = 0;

	if (history_db_open(source->history, &db, error) != 0)
		return -1;
	if (history_db_night(db, INT64_MAX, &now) && now.started_at == started_at &&
	    history_db_night(db, now.id - 1, &before))
		result = changes_each(db, &before, &now, source->confirm, write_domain, &w, error);
	history_db_close(db);
	arena_free(&w.arena);
	return result;
}
