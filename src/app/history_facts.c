/* From the history into the night file. */
#include "app/history_facts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "fact/history_fact.h"
#include "fact/night.h"
#include "report/history_db.h"
#include "report/history_state.h"

#include <stdlib.h>

struct history_facts {
	struct history_db *db;
	int64_t last;    /* night */
	int64_t *starts; /* of the nights, by number */
	struct strbuf key, value;
};

int
history_facts_open(const char *path, struct history_facts **out, struct error *error)
{
	struct history_night last;
	struct history_facts *history;
	struct history_db *db;

	*out = NULL;
	if (path == NULL)
		return 0;
	if (history_db_create(path, &db, error) != 0)
		return -1;
	if (!history_db_night(db, INT64_MAX, &last)) {
		history_db_close(db);
		return 0;
	}
	*out = history = alloc_zeroed(1, sizeof *history);
	history->db = db;
	history->last = last.id;
	history->starts = alloc_zeroed((size_t)last.id + 1, sizeof *history->starts);
	for (int64_t i = 1; i <= last.id; i++)
		history->starts[i] = history_db_started_at(db, i);
	return 0;
}

void
history_facts_close(struct history_facts *history)
{
	if (history == NULL)
		return;
	history_db_close(history->db);
	strbuf_free(&history->key);
	strbuf_free(&history->value);
	free(history->starts);
	free(history);
}

static int
encode(void *user, const struct history_span *spans, size_t count, struct error *error)
{
	struct history_facts *history = user;

	(void)error;
	history_state_encode(spans, count, history->last, history->starts, &history->value);
	return 0;
}

void
history_facts_put(struct history_facts *history, struct night *night, const char *domain)
{
	struct error error;

	if (history == NULL || history->db == NULL)
		return;
	strbuf_reset(&history->key);
	strbuf_reset(&history->value);
	fact_key_history(&history->key, domain);
	if (history_db_domain(history->db, domain, history->last, encode, history, &error) != 0) {
		log_warn("%s; what hangs on earlier nights is not tested", error.text);
		history_db_close(history->db);
		history->db = NULL;
		return;
	}
	if (history->value.length > 0)
		night_put_fact(night, history->key.at, history->key.length, history->value.at,
		    history->value.length);
}
