/* The table of mail providers: reading it, and finding the row of a host. */
#include "names/provider.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/map.h"
#include "names/host_name.h"
#include "names/table_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* Upper bounds against slips of the keyboard. */
enum { MAX_CONN_MAX = 1000, PER_MIN_MAX = 60000, GAP_MAX_MS = 3600 * 1000, SAMPLE_MAX = 1000000 };

struct row_list {
	struct provider **at;
	size_t count;
	size_t capacity;
};

struct providers {
	struct arena arena; /* rows and their text */
	struct row_list rows;
	struct map by_suffix; /* to struct provider */
	struct provider *fallback;
};

static const char *const group_names[] = {
	[PROVIDER_GROUP_PROVIDER] = "provider",
	[PROVIDER_GROUP_SITE] = "site",
	[PROVIDER_GROUP_HOST] = "host",
	[PROVIDER_GROUP_IP] = "ip",
};

static const char *const probe_names[] = {
	[PROVIDER_PROBE_EACH] = "each",
	[PROVIDER_PROBE_FIRST] = "first",
	[PROVIDER_PROBE_SAMPLE] = "sample",
	[PROVIDER_PROBE_NONE] = "none",
};

enum { GROUP_COUNT = sizeof group_names / sizeof group_names[0] };
enum { PROBE_COUNT = sizeof probe_names / sizeof probe_names[0] };

/*
 * Each reader of a column gives NULL, or what would be right in place of the text. The text lives
 * as long as the row.
 */
typedef const char *(*column_fn)(const char *text, struct provider *row);

static const char *
read_suffix(const char *text, struct provider *row)
{
	const char *name = text + (text[0] == '.');
	enum host_name_fault fault;

	row->suffix = text;
	if (strcmp(text, "*") == 0)
		return NULL;
	if (strncmp(text, "*.", 2) == 0)
		return "must begin with '.' in place of '*.' to mean any name below";
	if (text[0] != '\0' && text[strlen(text) - 1] == '.')
		return "must not end in a dot: host names are compared without it";
	if (strpbrk(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL)
		return "must be in lower case, as host names are when compared";
	if (!host_name_valid(name, &fault) && fault != HOST_NAME_SINGLE_LABEL &&
	    fault != HOST_NAME_UNDERSCORE)
		return "must be a host name, a dot and a name (any name below it), or *";
	return NULL;
}

static const char *
read_name(const char *text, struct provider *row)
{
	row->name = text;
	return text[0] == '\0' ? "must be a word that names the provider" : NULL;
}

/* The place of the word in the list, or `count`. */
static unsigned
word_index(const char *const *words, unsigned count, const char *text, size_t length)
{
	unsigned i = 0;

	while (i < count && (strlen(words[i]) != length || strncmp(words[i], text, length) != 0))
		i++;
	return i;
}

static const char *
read_group(const char *text, struct provider *row)
{
	unsigned group = word_index(group_names, GROUP_COUNT, text, strlen(text));

	if (group == GROUP_COUNT)
		return "must be provider, site, host or ip";
	row->group = (enum provider_group)group;
	return NULL;
}

static bool
read_number(const char *text, uint32_t least, uint32_t most, uint32_t *out)
{
	uint32_t value = 0;

	if (text[0] == '\0' || strlen(text) > 9)
		return false;
	for (; *text != '\0'; text++) {
		if (!ascii_is_digit(*text))
			return false;
		value = value * 10 + (uint32_t)(*text - '0');
	}
	*out = value;
	return value >= least && value <= most;
}

static const char *
read_max_conn(const char *text, struct provider *row)
{
	bool fine = read_number(text, 1, MAX_CONN_MAX, &row->max_conn);

	return fine ? NULL : "must be a number from 1 to 1000";
}

static const char *
read_per_min(const char *text, struct provider *row)
{
	bool fine = read_number(text, 1, PER_MIN_MAX, &row->per_min);

	return fine ? NULL : "must be a number from 1 to 60000";
}

static const char *
read_min_gap(const char *text, struct provider *row)
{
	bool fine = read_number(text, 0, GAP_MAX_MS, &row->min_gap_ms);

	return fine ? NULL : "must be a number of milliseconds from 0 to 3600000";
}

static const char *
read_probe(const char *text, struct provider *row)
{
	size_t length = strcspn(text, ":");
	unsigned probe = word_index(probe_names, PROBE_COUNT, text, length);
	bool counted = text[length] == ':';

	row->probe = (enum provider_probe)probe;
	if (probe == PROBE_COUNT || counted != (probe == PROVIDER_PROBE_SAMPLE))
		return "must be each, first, sample:N or none";
	if (counted && !read_number(text + length + 1, 1, SAMPLE_MAX, &row->sample))
		return "must have a number from 1 to 1000000 after 'sample:'";
	return NULL;
}

static const char *
read_conf(const char *text, struct provider *row)
{
	row->conf = text[0];
	return strlen(text) == 1 && strchr("SKI", text[0]) != NULL ? NULL : "must be S, K or I";
}

static const char *
read_note(const char *text, struct provider *row)
{
	row->note = strcmp(text, "-") == 0 ? "" : text;
	return NULL;
}

static const char *const columns[] = { "mx_suffix", "provider", "group", "max_conn", "per_min",
	"min_gap_ms", "probe", "conf", "note" };

static const column_fn readers[] = { read_suffix, read_name, read_group, read_max_conn,
	read_per_min, read_min_gap, read_probe, read_conf, read_note };

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

/* A file under way. */
struct reading {
	struct arena *arena;
	struct row_list rows;
	struct map seen; /* suffixes of this file */
};

static void
row_list_add(struct row_list *list, struct provider *row)
{
	if (list->count == list->capacity) {
		list->capacity = list->capacity == 0 ? 256 : list->capacity * 2;
		list->at = alloc_resize(list->at, list->capacity * sizeof *list->at);
	}
	list->at[list->count++] = row;
}

/* A note that begins with "witness HOST" marks a host that may be greeted to test the own path. */
static int
read_witness(struct reading *reading, const struct table_place *place, struct provider *row)
{
	static const char mark[] = "witness ";
	char word[HOST_NAME_SIZE] = "", host[HOST_NAME_SIZE];

	if (strncmp(row->note, mark, strlen(mark)) != 0)
		return 0;
	sscanf(row->note + strlen(mark), "%253[^ ,;]", word);
	if (!host_name_normalise(word, host) || !host_name_valid(host, NULL))
		return table_place_fault(
		    place, "note", row->note, "must have a full host name after 'witness'");
	row->witness = arena_string(reading->arena, host);
	return 0;
}

static int
read_row(void *user, const struct table_place *place, char *const *fields)
{
	struct reading *reading = user;
	struct provider *row = arena_zeroed(reading->arena, 1, sizeof *row);

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *fault = readers[i](fields[i], row);

		if (fault != NULL)
			return table_place_fault(place, columns[i], fields[i], fault);
	}
	if (map_get_string(&reading->seen, row->suffix) != NULL)
		return table_place_fault(place, columns[0], row->suffix,
		    "stands in this file already; one row for each suffix is right");
	if (read_witness(reading, place, row) != 0)
		return -1;
	map_put_string(&reading->seen, row->suffix, row);
	row_list_add(&reading->rows, row);
	return 0;
}

static const struct table_form form = { columns, COLUMN_COUNT, read_row };

static void
merge(struct providers *providers, const struct row_list *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct provider *row = rows->at[i];
		struct provider *old = map_get_string(&providers->by_suffix, row->suffix);

		if (old != NULL) {
			*old = *row;
			continue;
		}
		map_put_string(&providers->by_suffix, row->suffix, row);
		row_list_add(&providers->rows, row);
	}
	providers->fallback = map_get_string(&providers->by_suffix, "*");
}

int
providers_add(struct providers *providers, const char *path, struct error *error)
{
	struct reading reading = { .arena = &providers->arena };
	int status;

	map_init(&reading.seen);
	status = table_file_read(&form, path, &providers->arena, &reading, error);
	if (status == 0)
		merge(providers, &reading.rows);
	map_free(&reading.seen);
	free(reading.rows.at);
	return status;
}

int
providers_load(const char *path, struct providers **out, struct error *error)
{
	struct providers *providers = alloc_zeroed(1, sizeof *providers);
	int status;

	map_init(&providers->by_suffix);
	status = providers_add(providers, path, error);
	if (status == 0 && providers->fallback == NULL)
		status = error_set(error, EX_CONFIG,
		    "%s: mx_suffix: no row '*'; one must say how to treat hosts of "
		    "no known provider",
		    path);
	if (status != 0) {
		providers_free(providers);
		providers = NULL;
	}
	*out = providers;
	return status;
}

void
providers_free(struct providers *providers)
{
	if (providers == NULL)
		return;
	map_free(&providers->by_suffix);
	free(providers->rows.at);
	arena_free(&providers->arena);
	free(providers);
}

const struct provider *
providers_match(const struct providers *providers, const char *mx_host)
{
	char host[HOST_NAME_SIZE];
	const struct provider *found;

	if (!host_name_normalise(mx_host, host) || strcmp(host, "*") == 0)
		return NULL;
	found = map_get_string(&providers->by_suffix, host);
	for (const char *at = host; found == NULL && (at = strchr(at, '.')) != NULL; at++)
		found = map_get_string(&providers->by_suffix, at);
	return found;
}

const struct provider *
providers_find(const struct providers *providers, const char *mx_host)
{
	const struct provider *found = providers_match(providers, mx_host);

	return found != NULL ? found : providers->fallback;
}

const struct provider *
providers_next(const struct providers *providers, size_t *cursor)
{
	return *cursor < providers->rows.count ? providers->rows.at[(*cursor)++] : NULL;
}

const char *
provider_group_name(enum provider_group group)
{
	return group_names[group];
}

const char *
provider_probe_name(enum provider_probe probe)
{
	return probe_names[probe];
}
