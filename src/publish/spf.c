/* SPF records to publish: terms are kept, added and removed as texts. */
#include "publish/spf.h"

#include "base/arena.h"
#include "base/strbuf.h"

#include <string.h>
#include <strings.h>

enum {
	TERMS_MAX = 256,    /* of a record; ten of them may ask the DNS */
	VERSION_LENGTH = 6, /* v=spf1 */
};

struct terms {
	const char *at[TERMS_MAX];
	size_t count;
	const char *all; /* the one `all`, as written */
	bool too_many;
};

/* `all` with its qualifier, from weak to strict: +all last, for nobody is to wish for it. */
static const char cautious[] = "?~-+";

static bool
is_all(const char *term)
{
	return strcasecmp(term + (strchr("+-~?", *term) != NULL), "all") == 0;
}

/* Modifiers stand behind the mechanisms (RFC 7208 6). */
static bool
is_modifier(const char *term)
{
	size_t name = strcspn(term, "=:/");

	return term[name] == '=';
}

static bool
is_in(const struct terms *terms, const char *term)
{
	for (size_t i = 0; i < terms->count; i++)
		if (strcasecmp(terms->at[i], term) == 0)
			return true;
	return false;
}

static void
insert(struct terms *terms, size_t place, const char *term)
{
	if (terms->count == TERMS_MAX) {
		terms->too_many = true;
		return;
	}
	memmove(
	    &terms->at[place + 1], &terms->at[place], (terms->count - place) * sizeof terms->at[0]);
	terms->at[place] = term;
	terms->count++;
}

static void
take(struct terms *terms, const char *term)
{
	size_t place = terms->count;

	if (is_in(terms, term))
		return;
	if (!is_modifier(term))
		while (place > 0 && is_modifier(terms->at[place - 1]))
			place--;
	insert(terms, place, term);
}

static int
caution(const char *all)
{
	const char *rank = strchr(cautious, *all);

	return (int)((rank == NULL ? strchr(cautious, '+') : rank) - cautious);
}

/* The terms of one record. Of two records' `all` the less strict holds: nobody's mail is lost. */
static void
take_record(struct terms *terms, const char *record, struct arena *arena)
{
	for (const char *at = record + VERSION_LENGTH; *at != '\0';) {
		size_t length = strcspn(at, " ");
		const char *term = arena_string_n(arena, at, length);

		if (length > 0 && !is_all(term))
			take(terms, term);
		else if (length > 0 && (terms->all == NULL || caution(term) < caution(terms->all)))
			terms->all = term;
		at += length + strspn(at + length, " ");
	}
}

static bool
remove_term(
    struct terms *terms, const char *term, struct publish_remarks *remarks, struct arena *arena)
{
	for (size_t i = 0; i < terms->count; i++)
		if (strcasecmp(terms->at[i], term) == 0) {
			memmove(&terms->at[i], &terms->at[i + 1],
			    (terms->count - i - 1) * sizeof terms->at[0]);
			terms->count--;
			return true;
		}
	if (terms->all != NULL && strcasecmp(terms->all, term) == 0) {
		terms->all = NULL;
		return true;
	}
	remarks->problem = arena_printf(arena, "no term `%s` to remove is published", term);
	return false;
}

static bool
meet_wishes(struct terms *terms, const struct publish_wishes *wishes, struct arena *arena,
    struct publish_remarks *remarks)
{
	for (size_t i = 0; i < wishes->remove.count; i++)
		if (!remove_term(terms, wishes->remove.at[i], remarks, arena))
			return false;
	for (size_t i = 0; i < wishes->add.count; i++) {
		const char *term = wishes->add.at[i];

		if (*term == '\0' || strpbrk(term, " \t\"") != NULL) {
			remarks->problem = arena_printf(arena,
			    "`%s` is no term: one such as ip4:192.0.2.1 or include:example.com "
			    "would be right",
			    term);
			return false;
		}
		if (is_all(term))
			terms->all = term;
		else
			take(terms, term);
	}
	return true;
}

static const char *
write_record(const struct terms *terms, struct arena *arena)
{
	struct strbuf out = { 0 };
	const char *all = terms->all, *text;
	size_t i = 0;

	strbuf_add_string(&out, "v=spf1");
	for (; i < terms->count && !is_modifier(terms->at[i]); i++)
		strbuf_printf(&out, " %s", terms->at[i]);
	if (all != NULL)
		strbuf_printf(&out, " %s", all);
	for (; i < terms->count; i++)
		strbuf_printf(&out, " %s", terms->at[i]);
	text = arena_string(arena, out.at);
	strbuf_free(&out);
	return text;
}

const char *
publish_spf(const char *const *published, size_t count, bool has_exchanges,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_remarks *remarks)
{
	struct terms terms = { .count = 0 };

	for (size_t i = 0; i < count; i++)
		take_record(&terms, published[i], arena);
	if (count > 1)
		publish_remark(remarks, arena, "%zu records are merged into one", count);
	if (count == 0 && has_exchanges)
		take(&terms, "mx");
	if (count == 0)
		terms.all = "~all";
	if (!meet_wishes(&terms, wishes, arena, remarks))
		return NULL;
	if (terms.too_many) {
		remarks->problem = "there are more terms than any reader takes";
		return NULL;
	}
	return write_record(&terms, arena);
}
