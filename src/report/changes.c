/* Comparing two nights of a domain. */
#include "report/changes.h"

#include "base/alloc.h"
#include "report/history_state.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_texts[CHANGE_KINDS] = {
#define X(name, text) [name] = text,
	CHANGE_MAP(X)
#undef X
};

const char *
change_text(enum change_kind kind)
{
	return kind_texts[kind];
}

bool
change_is_regression(enum change_kind kind)
{
	return kind == CHANGE_NEW || kind == CHANGE_WORSE;
}

/* ---- states */

static const char *
shown_outcome(const struct history_span *span, size_t place)
{
	static const char known[] = "P\0I\0W\0F\0N";
	size_t length = strlen(span->seen.outcomes);
	char letter = place < length ? span->seen.outcomes[place] : '-';

	for (size_t i = 0; i < sizeof known; i += 2)
		if (known[i] == letter)
			return &known[i];
	return NULL;
}

static const char *
shown_value(const struct history_span *span, size_t which)
{
	return span->seen.values.at[which];
}

char
changes_state(const struct history_span *spans, size_t count, size_t place, int64_t night,
    uint64_t confirm, int64_t *nights_out)
{
	struct history_state state =
	    history_state_at(spans, count, place, shown_outcome, night, confirm);

	*nights_out = state.nights;
	return state.shown == NULL ? '\0' : *state.shown;
}

/* ---- one domain */

struct comparing {
	struct history_db *db;
	int64_t before, now;
	uint64_t confirm;
	changes_fn fn;
	void *user;
	struct change *changes;
	size_t count, capacity;
};

static struct change *
add_change(struct comparing *c, enum change_kind kind, const char *what)
{
	struct change *change;

	if (c->count == c->capacity) {
		c->capacity = c->capacity * 2 + 64;
		c->changes = alloc_resize(c->changes, c->capacity * sizeof *c->changes);
	}
	change = &c->changes[c->count++];
	*change = (struct change){ .kind = kind, .what = what };
	return change;
}

static const struct history_span *
span_at(const struct history_span *spans, size_t count, int64_t night)
{
	for (size_t i = count; i-- > 0;)
		if (spans[i].first <= night && spans[i].last >= night)
			return &spans[i];
	return NULL;
}

static bool
is_bad(const char *letter)
{
	return *letter == 'W' || *letter == 'F';
}

/* CHANGE_KINDS: none. A question that no longer arises was not answered, and of one that was never
 * tested before nobody knows since when it is so. */
static enum change_kind
kind_of(const char *before, const char *now)
{
	if (before == NULL)
		return CHANGE_KINDS;
	if (!is_bad(before))
		return is_bad(now) ? CHANGE_NEW : CHANGE_KINDS;
	if (!is_bad(now))
		return *now == 'N' ? CHANGE_KINDS : CHANGE_FIXED;
	return *before == *now ? CHANGE_KINDS : *now == 'F' ? CHANGE_WORSE : CHANGE_BETTER;
}

static const char *
letter_text(const char *letter)
{
	return letter == NULL ? NULL : observation_letter_text(*letter);
}

static bool
is_untested(const struct observation *seen, size_t place)
{
	return place < strlen(seen->outcomes) && seen->outcomes[place] == 'T';
}

static void
compare_check(struct comparing *c, const struct history_span *spans, size_t count,
    const struct domain_changes *domain, size_t place)
{
	const char *what = history_db_check(c->db, place);
	struct history_state before =
	    history_state_at(spans, count, place, shown_outcome, c->before, c->confirm);
	struct history_state now =
	    history_state_at(spans, count, place, shown_outcome, c->now, c->confirm);
	struct change *change = NULL;
	enum change_kind kind = now.shown == NULL ? CHANGE_KINDS : kind_of(before.shown, now.shown);

	if (kind != CHANGE_KINDS) {
		change = add_change(c, kind, what);
		change->now = letter_text(now.shown);
		change->nights = now.nights;
	} else if (before.shown != NULL && is_bad(before.shown) &&
	    is_untested(domain->now, place) && !is_untested(domain->before, place)) {
		change = add_change(c, CHANGE_UNTESTED, what);
		change->now = outcome_text(OUTCOME_NOT_TESTED);
		change->nights = 1;
	}
	if (change == NULL)
		return;
	change->before = letter_text(before.shown);
	change->nights_before = before.nights;
}

static void
compare_value(
    struct comparing *c, const struct history_span *spans, size_t count, enum key_value value)
{
	struct history_state before =
	    history_state_at(spans, count, value, shown_value, c->before, c->confirm);
	struct history_state now =
	    history_state_at(spans, count, value, shown_value, c->now, c->confirm);
	struct change *change;

	if (before.shown == NULL || now.shown == NULL || strcmp(before.shown, now.shown) == 0)
		return;
	change = add_change(c, CHANGE_VALUE, key_value_text(value));
	change->before = before.shown;
	change->now = now.shown;
	change->nights_before = before.nights;
	change->nights = now.nights;
}

/* It came or went; only then is there nothing to compare. */
static void
compare_presence(struct comparing *c, const struct history_span *spans, size_t count,
    const struct domain_changes *domain)
{
	struct change *change;

	if (domain->now == NULL) {
		change = add_change(c, CHANGE_GONE, "domain");
		change->before = domain->before->verdict;
	} else {
		change = add_change(c,
		    count > 0 && spans[0].first <= c->before ? CHANGE_RETURNED : CHANGE_FIRST_SEEN,
		    "domain");
		change->now = domain->now->verdict;
	}
}

static void
compare_nights(struct comparing *c, const struct history_span *spans, size_t count,
    const struct domain_changes *domain)
{
	size_t places = strlen(domain->now->outcomes);

	for (size_t i = 0; i < places && history_db_check(c->db, i) != NULL; i++)
		compare_check(c, spans, count, domain, i);
	for (int i = 0; i < KEY_VALUES; i++)
		compare_value(c, spans, count, (enum key_value)i);
}

static int
compare_domain(void *user, const struct history_span *spans, size_t count, struct error *error)
{
	struct comparing *c = user;
	const struct history_span *before = span_at(spans, count, c->before);
	const struct history_span *now = span_at(spans, count, c->now);
	struct domain_changes domain = {
		.domain = spans[0].seen.domain,
		.before = before == NULL ? NULL : &before->seen,
		.now = now == NULL ? NULL : &now->seen,
	};

	c->count = 0;
	if (before == NULL && now == NULL) /* it came and went in between */
		return 0;
	if (before == NULL || now == NULL)
		compare_presence(c, spans, count, &domain);
	else
		compare_nights(c, spans, count, &domain);
	domain.at = c->changes;
	domain.count = c->count;
	return c->count == 0 ? 0 : c->fn(c->user, &domain, error);
}

int
changes_each(struct history_db *db, const struct history_night *before,
    const struct history_night *now, uint64_t confirm, changes_fn fn, void *user,
    struct error *error)
{
	struct comparing c = {
		.db = db,
		.before = before->id,
		.now = now->id,
		.confirm = confirm,
		.fn = fn,
		.user = user,
	};
	int result = history_db_each_changed(
	    db, before->id, now->id, confirm > 1, compare_domain, &c, error);

	free(c.changes);
	return result;
}
