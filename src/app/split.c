/* Files by the values of a column. */
#include "app/split.h"

#include "app/outputs.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/hash.h"
#include "base/map.h"
#include "report/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sysexits.h>

enum {
	VALUES_MAX = 100000, /* of a column: more folders are of use to nobody */
	FOLDER_MAX = 64,     /* octets of a value that may be a name as it is */
	MARK_LENGTH = 17,    /* "-" and a digest */
};

struct group {
	struct group *next; /* in the order in which values came */
	const char *value;
	size_t index, count;
};

struct split {
	const struct options *options;
	const struct carried_columns *columns;
	size_t column;
	struct arena arena;
	struct map groups; /* by value */
	struct map
	    folders; /* that were given out, in lower case: not every file system tells case */
	struct group *first, **end;
	struct group *at;   /* whose turn it is */
	uint32_t *group_of; /* of each row */
	size_t rows, room;
	int64_t *ids; /* of the rows, by groups; from split_next on */
	size_t done;  /* of these */
};

/* ---- names */

/* Names that are devices on Windows, whatever stands behind a dot. */
static bool
is_device(const char *name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul", "com", "lpt" };
	size_t length = strcspn(name, ".");

	for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
		if (strncasecmp(name, devices[i], 3) == 0 &&
		    (length == 3 || (i >= 4 && length == 4 && ascii_is_digit(name[3]))))
			return true;
	return false;
}

static bool
is_name_octet(char octet)
{
	return ascii_is_letter(octet) || ascii_is_digit(octet) || octet == '-' || octet == '_' ||
	    octet == '.';
}

static bool
has_mark(const char *name, size_t length)
{
	if (length < MARK_LENGTH || name[length - MARK_LENGTH] != '-')
		return false;
	return strspn(name + length - MARK_LENGTH + 1, "0123456789abcdef") == MARK_LENGTH - 1;
}

static bool
is_name(const char *value)
{
	size_t length = strlen(value);

	for (size_t i = 0; i < length; i++)
		if (!is_name_octet(value[i]))
			return false;
	return length > 0 && length <= FOLDER_MAX && value[0] != '.' && value[0] != '-' &&
	    value[length - 1] != '.' && !is_device(value) && !has_mark(value, length);
}

const char *
split_folder(const char *value, bool marked, struct arena *arena)
{
	size_t length = strlen(value), shown = length < FOLDER_MAX ? length : FOLDER_MAX;
	char *name;

	if (!marked && is_name(value))
		return value;
	name = arena_string_n(arena, value, shown);
	for (size_t i = 0; i < shown; i++)
		if (!is_name_octet(name[i]) || (i == 0 && (name[i] == '.' || name[i] == '-')))
			name[i] = '_';
	return arena_printf(arena, "%s-%016llx", length == 0 ? "empty" : name,
	    (unsigned long long)hash_keyed(0, 0, value, length));
}

/* Each value has a folder of its own. */
static const char *
take_folder(struct split *split, const char *value, struct error *error)
{
	for (int marked = 0; marked < 2; marked++) {
		const char *name = split_folder(value, marked, &split->arena);
		char *key = arena_string(&split->arena, name);

		ascii_lower_text(key);
		if (map_get_string(&split->folders, key) != NULL)
			continue;
		map_put_string(&split->folders, key, key);
		return name;
	}
	error_set(error, EX_CANTCREAT,
	    "--split-by %s: two values have one folder, the second is %s", split->options->split_by,
	    value);
	return NULL;
}

/* ---- rows */

static int
find_column(const struct options *options, const struct carried_columns *columns,
    size_t *column_out, struct error *error)
{
	struct arena arena = { 0 };
	const char *names = "";

	for (size_t i = 0; i < columns->count; i++) {
		*column_out = i;
		if (strcasecmp(columns->names[i], options->split_by) == 0)
			break;
		names =
		    arena_printf(&arena, "%s%s%s", names, i == 0 ? "" : ", ", columns->names[i]);
		*column_out = columns->count;
	}
	if (columns->count == 0 || *column_out == columns->count)
		error_set(error, EX_USAGE, "--split-by %s: the input has no such column%s%s",
		    options->split_by,
		    columns->count == 0 ? " besides the domain's" : "; it has: ", names);
	arena_free(&arena);
	return columns->count == 0 || *column_out == columns->count ? -1 : 0;
}

int
split_check(
    const struct options *options, const struct carried_columns *columns, struct error *error)
{
	size_t column;

	return options->split_by == NULL ? 0 : find_column(options, columns, &column, error);
}

int
split_new(const struct options *options, const struct carried_columns *columns,
    struct split **split_out, struct error *error)
{
	struct split *split;
	size_t column;

	*split_out = NULL;
	if (options->split_by == NULL)
		return 0;
	if (find_column(options, columns, &column, error) != 0)
		return -1;
	split = alloc_zeroed(1, sizeof *split);
	split->options = options;
	split->columns = columns;
	split->column = column;
	split->end = &split->first;
	map_init(&split->groups);
	map_init(&split->folders);
	*split_out = split;
	return 0;
}

void
split_free(struct split *split)
{
	if (split == NULL)
		return;
	map_free(&split->groups);
	map_free(&split->folders);
	arena_free(&split->arena);
	free(split->group_of);
	free(split->ids);
	free(split);
}

static struct group *
add_group(struct split *split, const char *value)
{
	struct group *group = arena_zeroed(&split->arena, 1, sizeof *group);

	group->value = arena_string(&split->arena, value);
	group->index = split->groups.count;
	map_put_string(&split->groups, group->value, group);
	*split->end = group;
	split->end = &group->next;
	return group;
}

int
split_note(struct split *split, size_t cell_count, const char *const *cells, struct error *error)
{
	const char *value = split->column < cell_count ? cells[split->column] : "";
	struct group *group = map_get_string(&split->groups, value);

	if (group == NULL && split->groups.count == VALUES_MAX)
		return error_set(error, EX_USAGE,
		    "--split-by %s: the column has more than %d values; name one that has fewer",
		    split->options->split_by, VALUES_MAX);
	if (group == NULL)
		group = add_group(split, value);
	if (split->rows == split->room) {
		split->room = split->room == 0 ? 1024 : split->room * 2;
		split->group_of =
		    alloc_resize(split->group_of, split->room * sizeof *split->group_of);
	}
	split->group_of[split->rows++] = (uint32_t)group->index;
	group->count++;
	return 0;
}

/* All rows, those of one group beside each other, each group in input order. */
static void
sort_rows(struct split *split)
{
	size_t *next = alloc_zeroed(split->groups.count + 1, sizeof *next);
	size_t at = 0;

	for (const struct group *group = split->first; group != NULL; group = group->next) {
		next[group->index] = at;
		at += group->count;
	}
	split->ids = alloc_zeroed(split->rows + 1, sizeof *split->ids);
	for (size_t i = 0; i < split->rows; i++)
		split->ids[next[split->group_of[i]]++] = (int64_t)i + 1;
	free(next);
}

bool
split_next(struct split *split, const int64_t **ids_out, size_t *count_out)
{
	if (split->ids == NULL) {
		sort_rows(split);
		split->at = split->first;
	} else if (split->at != NULL) {
		split->done += split->at->count;
		split->at = split->at->next;
	}
	if (split->at == NULL)
		return false;
	*ids_out = split->ids + split->done;
	*count_out = split->at->count;
	return true;
}

/* ---- files */

static int
make_folder(const char *path, struct error *error)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return 0;
	return error_set(error, EX_CANTCREAT, "%s: cannot be made: %s", path, strerror(errno));
}

int
split_open(struct split *split, struct sinks *sinks_out, struct error *error)
{
	struct options options = *split->options;
	const char *folder = take_folder(split, split->at->value, error);
	struct arena arena = { 0 };
	char **paths[] = { &options.csv, &options.ndjson, &options.findings, &options.xlsx,
		&options.html, &options.prometheus };
	int result = -1;

	*sinks_out = (struct sinks){ .count = 0 };
	if (folder == NULL)
		return -1;
	folder = arena_printf(&arena, "%s/%s", options.split_dir, folder);
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		*paths[i] = outputs_is_file(*paths[i])
		    ? arena_printf(&arena, "%s/%s", folder, output_name(*paths[i]))
		    : NULL;
	options.mail = false;
	options.db = NULL;
	if (make_folder(options.split_dir, error) == 0 && make_folder(folder, error) == 0)
		result = sinks_open(&options, split->columns, sinks_out, error);
	arena_free(&arena);
	return result;
}
