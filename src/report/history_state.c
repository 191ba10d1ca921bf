/* What nights in a row have shown. */
#include "report/history_state.h"

#include "base/strbuf.h"
#include "fact/history_fact.h"

#include <string.h>

static bool
is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

struct history_state
history_state_at(const struct history_span *spans, size_t count, size_t which,
    history_shown_fn shown, int64_t night, uint64_t confirm)
{
	struct history_state run = { .shown = NULL };

	for (size_t i = count; i-- > 0;) {
		const char *here = shown(&spans[i], which);
		int64_t last = spans[i].last < night ? spans[i].last : night;

		if (spans[i].first > night || here == NULL)
			continue;
		if (run.shown == NULL || !is_same(run.shown, here)) {
			run.began = run.shown != NULL;
			if (run.shown != NULL && run.nights >= (int64_t)confirm)
				return run;
			run = (struct history_state){ .shown = here };
		}
		run.nights += last - spans[i].first + 1;
		run.first = spans[i].first;
	}
	return run;
}

/* ---- as a fact of the night that follows */

static const char *
shown_value(const struct history_span *span, size_t which)
{
	return span->seen.values.at[which];
}

static const char *
shown_policy(const struct history_span *span, size_t which)
{
	(void)which;
	return span->seen.values.policy;
}

static const char *
shown_role(const struct history_span *span, size_t which)
{
	(void)which;
	return span->seen.role;
}

/* The spans, and where what they tell goes. */
struct telling {
	const struct history_span *spans;
	size_t count;
	int64_t night; /* the last one */
	const int64_t *starts;
	struct strbuf *out;
};

static void
tell(const struct telling *t, const char *name, const char *text, const struct history_state *state)
{
	const struct history_entry entry = {
		.name = name,
		.text = text,
		.since = t->starts[state->first],
		.nights = (uint64_t)state->nights,
		.began = state->began,
	};

	fact_encode_history_entry(t->out, &entry);
}

static void
tell_shown(const struct telling *t, const char *name, history_shown_fn shown, size_t which)
{
	struct history_state state =
	    history_state_at(t->spans, t->count, which, shown, t->night, 1);

	if (state.shown != NULL)
		tell(t, name, state.shown, &state);
}

/* Lists of things: which each of them is there by itself. */
typedef const char *(*items_fn)(const struct history_span *span);

static const char *
dkim_items(const struct history_span *span)
{
	return span->seen.values.at[KEY_DKIM];
}

static const char *
listed_items(const struct history_span *span)
{
	return span->seen.listed;
}

static const char *
find_item(const char *items, const char *item, size_t length, const char *separator)
{
	size_t gap = strlen(separator);

	for (const char *at = items; at != NULL; at = strstr(at, separator)) {
		at += at == items ? 0 : gap;
		if (strncmp(at, item, length) == 0 &&
		    (at[length] == '\0' || strncmp(at + length, separator, gap) == 0))
			return at;
	}
	return NULL;
}

/* Backwards from the newest span, for as long as each that says anything has the item. */
static struct history_state
item_state(
    const struct telling *t, items_fn items, const char *item, size_t length, const char *separator)
{
	struct history_state state = { .shown = item };

	for (size_t i = t->count; i-- > 0 && !state.began;) {
		const struct history_span *span = &t->spans[i];
		const char *all = items(span);

		if (all == NULL)
			continue;
		state.began = find_item(all, item, length, separator) == NULL;
		if (state.began)
			break;
		state.nights += (span->last < t->night ? span->last : t->night) - span->first + 1;
		state.first = span->first;
	}
	return state;
}

static void
tell_items(const struct telling *t, const char *name, items_fn items, const char *separator)
{
	const char *all = NULL;
	struct strbuf item = { 0 };

	for (size_t i = t->count; i-- > 0 && all == NULL;)
		all = items(&t->spans[i]);
	while (all != NULL && *all != '\0') {
		const char *end = strstr(all, separator);
		size_t length = end == NULL ? strlen(all) : (size_t)(end - all);
		struct history_state state = item_state(t, items, all, length, separator);

		strbuf_reset(&item);
		strbuf_add(&item, all, length);
		tell(t, name, item.at, &state);
		all = end == NULL ? NULL : end + strlen(separator);
	}
	strbuf_free(&item);
}

void
history_state_encode(const struct history_span *spans, size_t count, int64_t last_night,
    const int64_t *starts, struct strbuf *out)
{
	const struct telling t = { spans, count, last_night, starts, out };
	int64_t seen = spans[count - 1].last < last_night ? spans[count - 1].last : last_night;

	fact_encode_history(out, starts[seen]);
	for (int i = 0; i < KEY_VALUES; i++)
		tell_shown(&t, key_value_text((enum key_value)i), shown_value, (size_t)i);
	tell_shown(&t, "policy", shown_policy, 0);
	tell_shown(&t, "role", shown_role, 0);
	tell_items(&t, "dkim_key", dkim_items, " ");
	tell_items(&t, "listing", listed_items, ", ");
}
