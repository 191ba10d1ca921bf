/* The table of words by which servers refuse: reading it, and finding them in a text. */
#include "names/refusals.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"
#include "names/table_file.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum column { COLUMN_KIND, COLUMN_WORDS, COLUMN_NOTE, COLUMN_COUNT };

static const char *const columns[COLUMN_COUNT] = { "kind", "words", "note" };

static const char *const kinds[REFUSAL_KIND_COUNT] = {
	[REFUSAL_OF_CLIENT] = "client",
	[REFUSAL_OF_POLICY] = "policy",
	[REFUSAL_OF_RECIPIENT] = "recipient",
};

struct refusal {
	enum refusal_kind kind;
	const char *stated; /* as the table has them */
	const char *words;  /* without asterisks */
	bool open_before, open_behind;
};

struct refusals {
	struct arena arena;
	struct refusal at[REFUSALS_MAX];
	size_t count;
};

static bool
kind_of(const char *text, enum refusal_kind *out)
{
	for (int kind = 0; kind < REFUSAL_KIND_COUNT; kind++)
		if (strcmp(kinds[kind], text) == 0) {
			*out = (enum refusal_kind)kind;
			return true;
		}
	return false;
}

/* What is wrong with the words, or NULL. */
static const char *
words_fault(const struct refusal *row)
{
	size_t length = strlen(row->words);

	if (length == 0 || length > REFUSAL_WORDS_MAX)
		return "must be of 1 to 64 octets";
	if (row->words[0] == ' ' || row->words[length - 1] == ' ')
		return "must neither begin nor end with a blank";
	for (size_t i = 0; i < length; i++) {
		if (ascii_is_upper(row->words[i]))
			return "must be in lower case; it stands for any case";
		if (row->words[i] < 0x20 || row->words[i] > 0x7e)
			return "must be of printable ASCII octets";
		if (row->words[i] == '*')
			return "must have * at its ends alone";
	}
	return NULL;
}

static void
cut_asterisks(struct arena *arena, struct refusal *row)
{
	size_t length = strlen(row->stated);

	row->open_before = length > 0 && row->stated[0] == '*';
	row->open_behind = length > 1 && row->stated[length - 1] == '*';
	row->words = arena_string_n(
	    arena, row->stated + row->open_before, length - row->open_before - row->open_behind);
}

static struct refusal *
find(struct refusals *refusals, const char *stated)
{
	for (size_t i = 0; i < refusals->count; i++)
		if (strcmp(refusals->at[i].stated, stated) == 0)
			return &refusals->at[i];
	return NULL;
}

static int
read_row(void *user, const struct table_place *place, char *const *fields)
{
	struct refusals *reading = user;
	struct refusal row = { .stated = arena_string(&reading->arena, fields[COLUMN_WORDS]) };
	const char *fault;

	if (!kind_of(fields[COLUMN_KIND], &row.kind))
		return table_place_fault(place, columns[COLUMN_KIND], fields[COLUMN_KIND],
		    "must be client, policy or recipient");
	cut_asterisks(&reading->arena, &row);
	fault = words_fault(&row);
	if (fault == NULL && find(reading, row.stated) != NULL)
		fault = "stands in this file already; one row for the same words is right";
	if (fault == NULL && reading->count == REFUSALS_MAX)
		fault = "is one row too many; 256 at most are right";
	if (fault != NULL)
		return table_place_fault(place, columns[COLUMN_WORDS], row.stated, fault);
	reading->at[reading->count++] = row;
	return 0;
}

int
refusals_load(const char *path, struct refusals **out, struct error *error)
{
	static const struct table_form form = { columns, COLUMN_COUNT, read_row };
	struct refusals *refusals = alloc_zeroed(1, sizeof *refusals);

	*out = NULL;
	if (table_file_read(&form, path, &refusals->arena, refusals, error) != 0) {
		refusals_free(refusals);
		return -1;
	}
	*out = refusals;
	return 0;
}

void
refusals_free(struct refusals *refusals)
{
	if (refusals == NULL)
		return;
	arena_free(&refusals->arena);
	free(refusals);
}

/* A copy of the row, in the place of the one with its words. */
static void
put(struct refusals *refusals, const struct refusal *row)
{
	struct refusal *place = find(refusals, row->stated);

	if (place == NULL)
		place = &refusals->at[refusals->count++];
	place->kind = row->kind;
	place->stated = arena_string(&refusals->arena, row->stated);
	cut_asterisks(&refusals->arena, place);
}

int
refusals_add(struct refusals *refusals, const char *path, struct error *error)
{
	struct refusals *more;
	size_t fresh = 0;

	if (refusals_load(path, &more, error) != 0)
		return -1;
	for (size_t i = 0; i < more->count; i++)
		fresh += find(refusals, more->at[i].stated) == NULL;
	if (refusals->count + fresh > REFUSALS_MAX) {
		refusals_free(more);
		return error_set(error, EX_CONFIG,
		    "%s: with these there are more than %d rows of words; fewer are right", path,
		    REFUSALS_MAX);
	}
	for (size_t i = 0; i < more->count; i++)
		put(refusals, &more->at[i]);
	refusals_free(more);
	return 0;
}

static bool
is_of_word(char octet)
{
	return ascii_is_letter(octet) || ascii_is_digit(octet);
}

/* A code such as 5.7.1 is no part of 15.7.1 or 1.5.7.1. */
static bool
begins_word(const struct refusal *row, const char *text, const char *at)
{
	if (row->open_before || at == text)
		return true;
	return !is_of_word(at[-1]) && !(ascii_is_digit(*at) && at[-1] == '.');
}

static bool
stands_in(const struct refusal *row, const char *text)
{
	size_t length = strlen(row->words);

	for (const char *at = text; (at = strcasestr(at, row->words)) != NULL; at++)
		if (begins_word(row, text, at) && (row->open_behind || !is_of_word(at[length])))
			return true;
	return false;
}

bool
refusals_speak_of(const struct refusals *refusals, enum refusal_kind kind, const char *text)
{
	for (size_t i = 0; refusals != NULL && i < refusals->count; i++)
		if (refusals->at[i].kind == kind && stands_in(&refusals->at[i], text))
			return true;
	return false;
}
