/* Commands and options by their names, and names that may be meant. */
#include "app/options.h"

#include <string.h>
#include <sysexits.h>

enum { NAME_MAX_LENGTH = 63 }; /* of what may be a misspelt name */

const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(command_table[i].name, name) == 0)
			return &command_table[i];
	return NULL;
}

int
command_unknown(const char *name, struct error *error)
{
	const char *names[COMMANDS_MAX + 1] = { NULL };
	const char *near;

	for (size_t i = 0; i < command_count; i++)
		names[i] = command_table[i].name;
	near = option_nearest(name, names);
	if (near != NULL)
		return error_set(
		    error, EX_USAGE, "unknown command %s; did you mean %s?", name, near);
	return error_set(
	    error, EX_USAGE, "unknown command %s; \"mxsweep --help\" lists the commands", name);
}

const struct option_row *
option_find(const char *name, size_t length)
{
	for (size_t i = 0; i < option_count; i++)
		if (strlen(option_table[i].name) == length &&
		    memcmp(option_table[i].name, name, length) == 0)
			return &option_table[i];
	return NULL;
}

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MAX_LENGTH + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];
	size_t width = strlen(b);

	for (size_t j = 0; j <= width; j++)
		last[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t j = 1; j <= width; j++) {
			now[j] = smaller(
			    last[j - 1] + (a[i - 1] != b[j - 1]), smaller(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = smaller(now[j], before[j - 2] + 1);
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[width];
}

const char *
option_nearest(const char *text, const char *const *names)
{
	size_t length = strlen(text);
	size_t best = 1 + (length < 6 ? length / 2 : 2 + length / 8); /* farther is another word */
	const char *nearest = NULL;

	if (length > NAME_MAX_LENGTH)
		return NULL;
	for (; *names != NULL; names++) {
		size_t steps = distance(text, *names);

		if (steps < best) {
			best = steps;
			nearest = *names;
		}
	}
	return nearest;
}
