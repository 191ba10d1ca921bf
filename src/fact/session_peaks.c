/* Counting sessions that are open at once. */
#include "fact/session_peaks.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/map.h"
#include "net/limiter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHOSE_MAX = 128 };

/* Sessions that are open now, of one budget. */
struct open_count {
	unsigned open;
	char key[];
};

struct highest {
	unsigned peak, limit;
	char whose[WHOSE_MAX];
};

struct session_peaks {
	struct map counts;   /* to struct open_count, while any is open */
	struct map highests; /* to struct highest */
};

struct session_peaks *
session_peaks_new(void)
{
	struct session_peaks *peaks = alloc_zeroed(1, sizeof *peaks);

	map_init(&peaks->counts);
	map_init(&peaks->highests);
	return peaks;
}

static void
free_values(struct map *map)
{
	size_t cursor = 0;
	void *value;

	while ((value = map_next(map, &cursor)) != NULL)
		free(value);
	map_free(map);
}

void
session_peaks_free(struct session_peaks *peaks)
{
	if (peaks == NULL)
		return;
	free_values(&peaks->counts);
	free_values(&peaks->highests);
	free(peaks);
}

/* Providers keep their names; of the others there are as many as a run has hosts. */
static void
whose_of(const char *key, char whose[WHOSE_MAX])
{
	size_t first = strcspn(key, " ");
	bool named =
	    strncmp(key, "provider ", first + 1) == 0 || strncmp(key, "site ", first + 1) == 0;
	size_t length = first;

	if (named && key[first] != '\0')
		length += 1 + strcspn(key + first + 1, " ");
	snprintf(whose, WHOSE_MAX, "%.*s", (int)length, key);
}

/* The one that comes nearest to its limit, or is furthest beyond it. */
static bool
is_higher(unsigned peak, unsigned limit, const struct highest *than)
{
	return (uint64_t)peak * than->limit > (uint64_t)than->peak * limit ||
	    (peak > than->peak && limit >= than->limit);
}

static void
note_highest(struct session_peaks *peaks, const struct budget *budget, unsigned peak)
{
	unsigned limit = limiter_cap(budget);
	char whose[WHOSE_MAX];
	struct highest *highest;

	whose_of(limiter_key(budget), whose);
	highest = map_get_string(&peaks->highests, whose);
	if (highest == NULL) {
		highest = alloc_zeroed(1, sizeof *highest);
		memcpy(highest->whose, whose, sizeof whose);
		map_put_string(&peaks->highests, highest->whose, highest);
	} else if (!is_higher(peak, limit, highest)) {
		return;
	}
	highest->peak = peak;
	highest->limit = limit;
}

static struct open_count *
count_of(struct session_peaks *peaks, const char *key)
{
	struct open_count *count = map_get_string(&peaks->counts, key);

	if (count != NULL)
		return count;
	count = alloc_zeroed(1, sizeof *count + strlen(key) + 1);
	strcpy(count->key, key);
	map_put_string(&peaks->counts, count->key, count);
	return count;
}

/* A budget without a cap at once, as that of a host's name, has nothing to be measured by. */
void
session_peaks_begin(struct session_peaks *peaks, const struct limiter_ticket *ticket)
{
	for (size_t i = 0; i < ticket->count; i++)
		if (limiter_cap(ticket->budgets[i]) > 0)
			note_highest(peaks, ticket->budgets[i],
			    ++count_of(peaks, limiter_key(ticket->budgets[i]))->open);
}

void
session_peaks_end(struct session_peaks *peaks, const struct limiter_ticket *ticket)
{
	for (size_t i = 0; i < ticket->count; i++) {
		const char *key = limiter_key(ticket->budgets[i]);
		struct open_count *count = map_get_string(&peaks->counts, key);

		if (count == NULL || --count->open > 0)
			continue;
		map_remove(&peaks->counts, key, strlen(key));
		free(count);
	}
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(
	    ((const struct session_peak *)a)->whose, ((const struct session_peak *)b)->whose);
}

void
session_peaks_tell(const struct session_peaks *peaks, struct arena *arena, struct run_facts *run)
{
	const struct highest *highest;
	struct session_peak *out;
	size_t cursor = 0, count = 0;

	while (map_next(&peaks->highests, &cursor) != NULL)
		count++;
	out = arena_zeroed(arena, count + 1, sizeof *out);
	cursor = count = 0;
	while ((highest = map_next(&peaks->highests, &cursor)) != NULL)
		out[count++] =
		    (struct session_peak){ highest->whose, highest->peak, highest->limit };
	qsort(out, count, sizeof *out, by_name);
	run->peaks = out;
	run->peak_count = count;
}
