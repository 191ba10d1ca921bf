/* The table of block lists: reading it, and what an answer means. */
#include "names/block_list.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum {
	COLUMNS = 16,
	COLUMNS_NEEDED = 13, /* the last ones are for people */
	LINE_SPACE = 16384,
	LISTS_MAX = 1024,
	CODES_MAX = 64,
	OCTET_VALUES = 256, /* a code below is about the last octet, any other is an address */
};

enum column {
	COLUMN_ZONE,
	COLUMN_KIND,
	COLUMN_ROLE,
	COLUMN_DEFAULT,
	COLUMN_MATCH,
	COLUMN_CODES,
	COLUMN_ERRORS,
	COLUMN_POSITIVE,
	COLUMN_NEGATIVE,
	COLUMN_SEVERITY,
	COLUMN_MAX_QPS,
	COLUMN_MAX_PER_DAY,
	COLUMN_NEEDS_KEY,
	COLUMN_HOMEPAGE,
};

/* A code as the table writes it: four octets, a range of them, or the value of the last octet. */
struct block_list_code {
	uint32_t first, last; /* as numbers; of a bit mask, both the bit */
	enum block_list_severity severity;
	const char *meaning;
};

struct block_lists {
	struct arena arena;
	struct block_list rows[LISTS_MAX];
	size_t count;
};

struct place {
	const char *path;
	unsigned line;
	struct error *error;
};

static const char *const severity_names[] = { "good", "info", "low", "policy", "medium", "high",
	"critical" };
static const char *const role_names[] = { "block", "allow", "info", "dead" };
static const char *const use_names[] = { "on", "opt-in", "key", "off", "never" };
static const char *const match_names[] = { "exact", "bitmask", "octet4", "range", "any",
	"bitmask-any", "last-octet" };
static const char any_other[] = "(any other answer)";

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static int
wrong(const struct place *place, const char *column, const char *text, const char *right)
{
	return error_set(place->error, EX_CONFIG, "%s:%u: %s: `%.60s` must be %s", place->path,
	    place->line, column, text, right);
}

/* The place of the word in the list, or `count`. */
static size_t
index_of(const char *word, size_t length, const char *const *words, size_t count)
{
	size_t i = 0;

	while (i < count && (strlen(words[i]) != length || strncmp(words[i], word, length) != 0))
		i++;
	return i;
}

static int
read_kinds(const struct place *place, const char *text, struct block_list *list)
{
	static const char *const names[] = { "ip4", "ip6", "domain", "any" };
	static const unsigned bits[] = { BLOCK_LIST_IP4, BLOCK_LIST_IP6, BLOCK_LIST_DOMAIN, 7 };
	const char *at = text;

	while (*at != '\0') {
		size_t length = strcspn(at, ",");
		size_t index = index_of(at, length, names, COUNT_OF(names));

		if (index == COUNT_OF(names))
			return wrong(
			    place, "kind", text, "ip4, ip6 or domain, separated by commas");
		list->kinds |= bits[index];
		at += length + (at[length] == ',');
	}
	return list->kinds != 0 ? 0 : wrong(place, "kind", text, "ip4, ip6 or domain");
}

/* Digits alone, up to UINT32_MAX. */
static bool
read_number(const char *text, uint32_t *out)
{
	char *end;
	unsigned long long value = strtoull(text, &end, 10);

	*out = (uint32_t)value;
	return text[0] >= '0' && text[0] <= '9' && *end == '\0' && value <= UINT32_MAX;
}

static uint32_t
number_of(const struct ip *ip)
{
	return (uint32_t)ip->octets[0] << 24 | (uint32_t)ip->octets[1] << 16 |
	    (uint32_t)ip->octets[2] << 8 | ip->octets[3];
}

/* "127.0.0.2", "127.0.10.*", or a number below 256. Lists answer in 127/8 alone (RFC 5782 2.1). */
static bool
read_bound(const char *text, size_t length, uint32_t *first, uint32_t *last)
{
	char copy[32];
	struct ip ip;
	bool any_last;

	if (length == 0 || length >= sizeof copy)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	any_last = length > 2 && strcmp(copy + length - 2, ".*") == 0;
	if (any_last)
		copy[length - 1] = '0';
	if (strchr(copy, '.') == NULL)
		return read_number(copy, first) && (*last = *first) < OCTET_VALUES;
	if (!ip_parse(copy, &ip) || ip.family != 4 || ip.octets[0] != 127)
		return false;
	*first = number_of(&ip);
	*last = any_last ? *first + 255 : *first;
	return true;
}

static bool
read_code_value(const char *text, size_t length, struct block_list_code *code)
{
	const char *dash = memchr(text, '-', length);
	uint32_t first_of_last, last_of_first;

	if (dash == NULL)
		return read_bound(text, length, &code->first, &code->last);
	return read_bound(text, (size_t)(dash - text), &code->first, &last_of_first) &&
	    read_bound(dash + 1, length - (size_t)(dash + 1 - text), &first_of_last, &code->last) &&
	    last_of_first <= first_of_last &&
	    (code->first < OCTET_VALUES) == (code->last < OCTET_VALUES);
}

/* The severity stands behind the last colon of the meaning, where there is one. */
static void
read_meaning(struct arena *arena, const char *text, size_t length, struct block_list_code *code)
{
	const char *colon = memrchr(text, ':', length);
	size_t index = COUNT_OF(severity_names);

	if (colon != NULL)
		index = index_of(colon + 1, length - (size_t)(colon + 1 - text), severity_names,
		    COUNT_OF(severity_names));
	code->severity =
	    index < COUNT_OF(severity_names) ? (enum block_list_severity)index : SEVERITY_LOW;
	if (index < COUNT_OF(severity_names))
		length = (size_t)(colon - text);
	code->meaning = arena_string_n(arena, text, length);
}

/* VALUE=meaning:severity, joined by '|'. What stands in parentheses is no code. */
static int
read_codes(const struct place *place, struct arena *arena, const char *column, const char *text,
    struct block_list_code *codes, size_t *count, bool *any_other_out)
{
	const char *at = text;

	while (*at != '\0') {
		size_t length = strcspn(at, "|");
		const char *equals = memchr(at, '=', length);

		if (equals == NULL || *count == CODES_MAX)
			return wrong(
			    place, column, at, "VALUE=meaning, at most 64 of them joined by |");
		if (*at == '(') {
			*any_other_out =
			    *any_other_out || strncmp(at, any_other, sizeof any_other - 1) == 0;
		} else {
			if (!read_code_value(at, (size_t)(equals - at), &codes[*count]))
				return wrong(place, column, arena_string_n(arena, at, length),
				    "an address in 127.0.0.0/8, a number below 256, or LOW-HIGH of "
				    "such");
			read_meaning(arena, equals + 1, length - (size_t)(equals + 1 - at),
			    &codes[(*count)++]);
		}
		at += length + (at[length] == '|');
	}
	return 0;
}

static int
read_all_codes(
    const struct place *place, struct arena *arena, char *const *cells, struct block_list *list)
{
	struct block_list_code codes[CODES_MAX], errors[CODES_MAX];
	bool ignored = false;

	if (read_codes(place, arena, "codes", cells[COLUMN_CODES], codes, &list->code_count,
		&ignored) != 0 ||
	    read_codes(place, arena, "error_codes", cells[COLUMN_ERRORS], errors,
		&list->error_count, &list->any_other_is_error) != 0)
		return -1;
	list->codes = arena_copy(arena, codes, list->code_count * sizeof codes[0]);
	list->errors = arena_copy(arena, errors, list->error_count * sizeof errors[0]);
	return 0;
}

static int
read_words(const struct place *place, char *const *cells, struct block_list *list)
{
	const char *role = cells[COLUMN_ROLE], *use = cells[COLUMN_DEFAULT];
	const char *match = cells[COLUMN_MATCH];

	list->role =
	    (enum block_list_role)index_of(role, strlen(role), role_names, COUNT_OF(role_names));
	if ((size_t)list->role == COUNT_OF(role_names))
		return wrong(place, "role", role, "block, allow, info or dead");
	list->use = (enum block_list_use)index_of(use, strlen(use), use_names, COUNT_OF(use_names));
	if ((size_t)list->use == COUNT_OF(use_names))
		return wrong(place, "default", use, "on, opt-in, key, off or never");
	if (list->use != BLOCK_LIST_NEVER &&
	    index_of(match, strlen(match), match_names, COUNT_OF(match_names)) ==
		COUNT_OF(match_names))
		return wrong(place, "match", match,
		    "exact, bitmask, octet4, range, any, bitmask-any or last-octet");
	return 0;
}

static int
read_row(const struct place *place, struct block_lists *lists, char *const *cells,
    struct block_list *list)
{
	static const char per[] = "per "; /* contract, account */

	memset(list, 0, sizeof *list);
	list->zone = arena_string(&lists->arena, cells[COLUMN_ZONE]);
	list->match = arena_string(&lists->arena, cells[COLUMN_MATCH]);
	list->positive = arena_string(&lists->arena, cells[COLUMN_POSITIVE]);
	list->negative = arena_string(&lists->arena, cells[COLUMN_NEGATIVE]);
	list->homepage = arena_string(&lists->arena, cells[COLUMN_HOMEPAGE]);
	if (list->zone[0] == '\0' || list->zone[strlen(list->zone) - 1] == '.')
		return wrong(place, "zone", list->zone, "a name without a dot at its end");
	if (read_kinds(place, cells[COLUMN_KIND], list) != 0 ||
	    read_words(place, cells, list) != 0 ||
	    read_all_codes(place, &lists->arena, cells, list) != 0)
		return -1;
	if (!read_number(cells[COLUMN_MAX_QPS], &list->max_qps))
		return wrong(place, "max_qps", cells[COLUMN_MAX_QPS], "a number");
	if (strncmp(cells[COLUMN_MAX_PER_DAY], per, sizeof per - 1) == 0)
		list->max_per_day = 0;
	else if (!read_number(cells[COLUMN_MAX_PER_DAY], &list->max_per_day))
		return wrong(
		    place, "max_per_day", cells[COLUMN_MAX_PER_DAY], "a number, or `per contract`");
	return 0;
}

static size_t
split(char *line, char *cells[COLUMNS])
{
	size_t count = 0;

	line[strcspn(line, "\r\n")] = '\0';
	while (count < COLUMNS && line != NULL)
		cells[count++] = strsep(&line, "\t");
	for (size_t i = count; i < COLUMNS; i++)
		cells[i] = strchr(cells[count - 1], '\0');
	return count;
}

static struct block_list *
slot_for(struct block_lists *lists, const char *zone)
{
	for (size_t i = 0; i < lists->count; i++)
		if (strcmp(lists->rows[i].zone, zone) == 0)
			return &lists->rows[i];
	return lists->count < LISTS_MAX ? &lists->rows[lists->count++] : NULL;
}

/* "*.rfc-ignorant.org" stands for all below it. */
static bool
stands_for(const char *row, const char *zone)
{
	size_t length = strlen(zone), tail = strlen(row + 1);

	if (row[0] != '*')
		return strcmp(row, zone) == 0;
	return length > tail && strcmp(zone + length - tail, row + 1) == 0;
}

/* Is it one that nobody may ask any more, by a row that was read before? */
static bool
is_given_up(const struct block_lists *lists, const char *zone)
{
	for (size_t i = 0; i < lists->count; i++)
		if (lists->rows[i].use == BLOCK_LIST_NEVER && stands_for(lists->rows[i].zone, zone))
			return true;
	return false;
}

static int
read_line(const struct place *place, struct block_lists *lists, char *line)
{
	char *cells[COLUMNS];
	struct block_list row, *slot;

	if (line[0] == '#' || line[0] == '\n' || strncmp(line, "zone\t", 5) == 0)
		return 0;
	if (strchr(line, '\n') == NULL && strlen(line) + 1 == LINE_SPACE)
		return wrong(place, "line", line, "shorter than 16 KiB");
	if (split(line, cells) < COLUMNS_NEEDED)
		return wrong(place, "columns", cells[0], "followed by 12 more, separated by tabs");
	if (read_row(place, lists, cells, &row) != 0)
		return -1;
	if (row.use != BLOCK_LIST_NEVER && is_given_up(lists, row.zone))
		return wrong(place, "zone", row.zone,
		    "a list that is alive: a row before says `never` (dead lists answer for "
		    "whoever bought their name)");
	slot = slot_for(lists, row.zone);
	if (slot == NULL)
		return wrong(place, "zone", row.zone, "one of at most 1024");
	*slot = row;
	return 0;
}

int
block_lists_add(struct block_lists *lists, const char *path, struct error *error)
{
	struct place place = { path, 0, error };
	FILE *file = fopen(path, "re");
	char line[LINE_SPACE];
	int result = 0;

	if (file == NULL)
		return error_set(error, EX_NOINPUT, "%s: %s; --lists names a table of block lists",
		    path, strerror(errno));
	while (result == 0 && fgets(line, sizeof line, file) != NULL) {
		place.line++;
		result = read_line(&place, lists, line);
	}
	fclose(file);
	return result;
}

int
block_lists_load(const char *path, struct block_lists **out, struct error *error)
{
	struct block_lists *lists = alloc_zeroed(1, sizeof *lists);

	*out = NULL;
	if (block_lists_add(lists, path, error) != 0) {
		block_lists_free(lists);
		return -1;
	}
	*out = lists;
	return 0;
}

void
block_lists_free(struct block_lists *lists)
{
	if (lists == NULL)
		return;
	arena_free(&lists->arena);
	free(lists);
}

size_t
block_lists_count(const struct block_lists *lists)
{
	return lists->count;
}

const struct block_list *
block_lists_at(const struct block_lists *lists, size_t index)
{
	return &lists->rows[index];
}

const struct block_list *
block_lists_find(const struct block_lists *lists, const char *zone)
{
	for (size_t i = 0; i < lists->count; i++)
		if (strcmp(lists->rows[i].zone, zone) == 0)
			return &lists->rows[i];
	return NULL;
}

/* ---- decoding */

static bool
is_mask(const struct block_list *list)
{
	return strncmp(list->match, "bitmask", 7) == 0;
}

/* The last octet: a bit of it where the list is a mask, else its value. */
static bool
code_matches(
    const struct block_list *list, const struct block_list_code *code, const struct ip *answer)
{
	uint32_t value = number_of(answer), last_octet = answer->octets[3];

	if (code->last >= OCTET_VALUES)
		return value >= code->first && value <= code->last;
	if (is_mask(list))
		return (last_octet & code->first) != 0;
	return last_octet >= code->first && last_octet <= code->last;
}

static const struct block_list_code *
find_error(const struct block_list *list, const struct ip *answer)
{
	for (size_t i = 0; i < list->error_count; i++)
		if (code_matches(list, &list->errors[i], answer))
			return &list->errors[i];
	return NULL;
}

/* Of the bits of a mask the worst counts. */
static const struct block_list_code *
find_code(const struct block_list *list, const struct ip *answer)
{
	const struct block_list_code *worst = NULL;

	for (size_t i = 0; i < list->code_count; i++) {
		const struct block_list_code *code = &list->codes[i];

		if (code_matches(list, code, answer) &&
		    (worst == NULL || code->severity > worst->severity))
			worst = code;
	}
	if (worst == NULL && strcmp(list->match, "any") == 0 && list->code_count > 0)
		return &list->codes[0];
	return worst;
}

static bool
is_refusal_range(const struct ip *answer)
{
	return answer->octets[1] == 255 && answer->octets[2] == 255;
}

enum block_list_kind
block_list_kind_of(const struct ip *ip)
{
	return ip->family == 4 ? BLOCK_LIST_IP4 : BLOCK_LIST_IP6;
}

struct block_list_saying
block_list_decode(const struct block_list *list, const struct ip *answer)
{
	static const char refused[] = "the list refuses to answer";
	const struct block_list_code *code;

	if (answer->family != 4 || answer->octets[0] != 127)
		return (struct block_list_saying){ BLOCK_LIST_OUTSIDE, SEVERITY_INFO, NULL };
	code = find_error(list, answer);
	if (code != NULL || is_refusal_range(answer))
		return (struct block_list_saying){ BLOCK_LIST_ERROR, SEVERITY_INFO,
			code != NULL ? code->meaning : refused };
	code = find_code(list, answer);
	if (code != NULL)
		return (
		    struct block_list_saying){ BLOCK_LIST_LISTED, code->severity, code->meaning };
	if (list->any_other_is_error)
		return (struct block_list_saying){ BLOCK_LIST_ERROR, SEVERITY_INFO, refused };
	if (number_of(answer) == 0x7f000001)
		return (struct block_list_saying){ BLOCK_LIST_NOT_A_LISTING, SEVERITY_INFO, NULL };
	return (struct block_list_saying){ BLOCK_LIST_UNKNOWN_CODE, SEVERITY_LOW, NULL };
}

const char *
block_list_severity_name(enum block_list_severity severity)
{
	return severity_names[severity];
}
