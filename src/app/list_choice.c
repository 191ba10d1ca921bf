/* Which block lists a run asks, and by which keys. */
#include "app/list_choice.h"

#include "base/arena.h"
#include "fact/list_key.h"
#include "names/block_list.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

enum { KEY_SIZE = 64 + 2 }; /* a key is a label of 63 octets at most; a line's end; NUL */

static const char registered[] = "registered";

/* Is `end` the zone, or the end of it behind a dot? */
static bool
ends_in(const char *zone, const char *end, size_t length)
{
	size_t whole = strlen(zone);

	return whole >= length && strncasecmp(zone + whole - length, end, length) == 0 &&
	    (whole == length || zone[whole - length - 1] == '.');
}

/* What --list-key says of the zone; NULL when it says nothing. The last word counts. */
static const char *
given_for(const struct options *options, const char *zone)
{
	const char *found = NULL;

	for (size_t i = 0; i < options->list_keys.count; i++) {
		const char *word = options->list_keys.at[i], *equals = strchr(word, '=');

		if (equals != NULL && ends_in(zone, word, (size_t)(equals - word)))
			found = equals + 1;
	}
	return found;
}

/* Letters, digits and hyphens: it becomes a label of a name. */
static int
check_key(char *key, const char *zone, const char *source, struct error *error)
{
	size_t length;

	key[strcspn(key, "\r\n")] = '\0';
	length = strlen(key);
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)key[i]) && key[i] != '-' && key[i] != '_')
			length = 0;
	if (length == 0 || length > 63)
		return error_set(error, EX_CONFIG,
		    "--list-key %s: %s holds no key; one line of letters, digits and hyphens, at "
		    "most 63, would be right",
		    zone, source);
	return 0;
}

static int
read_file(const char *path, const char *zone, char key[KEY_SIZE], struct error *error)
{
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return error_set(error, EX_NOINPUT,
		    "--list-key %s: %s: %s; FILE or env:NAME holds the key", zone, path,
		    strerror(errno));
	if (fgets(key, KEY_SIZE, file) == NULL)
		key[0] = '\0';
	fclose(file);
	return 0;
}

static int
read_key(const char *source, const char *zone, struct arena *arena, const char **key_out,
    struct error *error)
{
	char key[KEY_SIZE] = "";

	if (strncmp(source, "env:", 4) == 0) {
		const char *value = getenv(source + 4);

		if (value == NULL)
			return error_set(error, EX_CONFIG,
			    "--list-key %s: the environment has no %s", zone, source + 4);
		snprintf(key, sizeof key, "%s", value);
	} else if (read_file(source, zone, key, error) != 0) {
		return -1;
	}
	if (check_key(key, zone, source, error) != 0)
		return -1;
	*key_out = arena_string(arena, key);
	return 0;
}

static bool
takes_key(const struct block_list *list)
{
	return strstr(list->zone, LIST_KEY_MARK) != NULL;
}

/* Adds the list, if it is one of the run. */
static int
add(const struct options *options, const struct block_list *list, struct arena *arena,
    struct list_choice *out, struct error *error)
{
	const char *given = given_for(options, list->zone);
	struct list_health *health = &out->health[out->count];

	if (list->use == BLOCK_LIST_NEVER || list->role == BLOCK_LIST_DEAD)
		return given == NULL
		    ? 0
		    : error_set(error, EX_CONFIG,
			  "--list-key %s: the list is dead and is never asked", list->zone);
	if (given == NULL && list->use != BLOCK_LIST_ON && list->use != BLOCK_LIST_KEY)
		return 0;
	*health = (struct list_health){ .zone = list->zone, .tested = list->kinds };
	if (given == NULL && (list->use == BLOCK_LIST_KEY || takes_key(list)))
		health->fault = LIST_NO_KEY;
	else if (given != NULL && takes_key(list) &&
	    read_key(given, list->zone, arena, &out->keys[out->count], error) != 0)
		return -1;
	out->count++;
	return 0;
}

/* Each word must be for some list, and of the form that the list takes. */
static int
check_word(const char *word, const struct block_lists *table, struct error *error)
{
	const char *equals = strchr(word, '=');
	size_t length = equals == NULL ? 0 : (size_t)(equals - word);

	if (length == 0 || equals[1] == '\0')
		return error_set(error, EX_CONFIG,
		    "--list-key %.200s: ZONE=FILE, ZONE=env:NAME or ZONE=registered would be right",
		    equals == NULL ? word : "");
	for (size_t i = 0; i < block_lists_count(table); i++) {
		const struct block_list *list = block_lists_at(table, i);

		if (!ends_in(list->zone, word, length))
			continue;
		if (takes_key(list) == (strcmp(equals + 1, registered) == 0))
			return error_set(error, EX_CONFIG, "--list-key %.*s: %s", (int)length, word,
			    takes_key(list) ? "it takes a key, in a FILE or as env:NAME"
					    : "it takes no key; ZONE=registered switches it on");
		return 0;
	}
	return error_set(error, EX_CONFIG,
	    "--list-key %.*s: no list of the table has that zone; mxsweep lists shows them",
	    (int)length, word);
}

int
list_choice_make(const struct options *options, const struct block_lists *table,
    struct arena *arena, struct list_choice *out, struct error *error)
{
	size_t most = block_lists_count(table);

	*out = (struct list_choice){ arena_zeroed(arena, most, sizeof *out->health),
		arena_zeroed(arena, most, sizeof *out->keys), 0 };
	for (size_t i = 0; i < options->list_keys.count; i++)
		if (check_word(options->list_keys.at[i], table, error) != 0)
			return -1;
	for (size_t i = 0; i < most; i++)
		if (add(options, block_lists_at(table, i), arena, out, error) != 0)
			return -1;
	return 0;
}
