/* The sink that adds a night to the history. */
#include "report/history_sink.h"

#include "base/alloc.h"
#include "report/history_db.h"

#include <stdlib.h>

struct history_sink {
	struct sink sink; /* first member */
	struct history_db *db;
	bool ours; /* closed at the end */
	bool begun;
	uint64_t keep;
};

/* What the run was is known from the first row on. */
static int
begin_night(struct history_sink *history, const struct scorecard *card, struct error *error)
{
	if (history->begun)
		return 0;
	history->begun = true;
	return history_db_begin(history->db, card->e->run, error);
}

static int
history_row(struct sink *sink, const struct report_row *row, struct error *error)
{
	struct history_sink *history = (struct history_sink *)sink;
	struct observation observation;

	if (begin_night(history, row->card, error) != 0)
		return -1;
	if (row->card->e->domain == NULL)
		return 0;
	observation_of(row, row->arena, &observation);
	return history_db_put(history->db, row->card, &observation, error);
}

static void
history_abandon(struct sink *sink)
{
	struct history_sink *history = (struct history_sink *)sink;

	if (history->ours)
		history_db_close(history->db);
	free(history);
}

static int
history_end(struct sink *sink, const struct report_totals *totals, struct error *error)
{
	struct history_sink *history = (struct history_sink *)sink;
	int result = 0;

	if (history->begun && history->keep > 0)
		result = history_db_keep(history->db, history->keep, error);
	if (history->begun && result == 0)
		result = history_db_end(history->db, totals->tally, error);
	history_abandon(sink);
	return result;
}

struct sink *
history_sink_into(struct history_db *db)
{
	struct history_sink *history = alloc_zeroed(1, sizeof *history);

	history->sink =
	    (struct sink){ .row = history_row, .end = history_end, .abandon = history_abandon };
	history->db = db;
	return &history->sink;
}

int
history_sink_open(const char *path, uint64_t keep, struct sink **sink_out, struct error *error)
{
	struct history_db *db;
	struct history_sink *history;

	if (history_db_create(path, &db, error) != 0)
		return -1;
	*sink_out = history_sink_into(db);
	history = (struct history_sink *)*sink_out;
	history->ours = true;
	history->keep = keep;
	return 0;
}
