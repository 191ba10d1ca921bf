/* Counting what there may be very many of. */
#include "report/lossy.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void
lossy_init(
    struct lossy *lossy, size_t most, size_t entry_size, void (*clear)(struct lossy_entry *entry))
{
	*lossy = (struct lossy){ .most = most, .entry_size = entry_size, .clear = clear };
	map_init(&lossy->map);
}

static void
free_entry(struct lossy *lossy, struct lossy_entry *entry)
{
	if (lossy->clear != NULL)
		lossy->clear(entry);
	free(entry);
}

void
lossy_free(struct lossy *lossy)
{
	struct lossy_entry *entry;
	size_t cursor = 0;

	while ((entry = map_next(&lossy->map, &cursor)) != NULL)
		free_entry(lossy, entry);
	map_free(&lossy->map);
}

/* Until half of the room is free, those that few rows share go. */
static void
prune(struct lossy *lossy)
{
	while (lossy->map.count > lossy->most / 2) {
		struct map kept;
		struct lossy_entry *entry;
		size_t cursor = 0;

		lossy->floor++;
		map_init(&kept);
		while ((entry = map_next(&lossy->map, &cursor)) != NULL)
			if (entry->rows + entry->missed > lossy->floor)
				map_put(&kept, entry->key, entry->key_length, entry);
			else
				free_entry(lossy, entry);
		map_free(&lossy->map);
		lossy->map = kept;
	}
}

static struct lossy_entry *
add(struct lossy *lossy, const void *bytes, size_t length)
{
	struct lossy_entry *entry;
	char *key;

	if (lossy->map.count >= lossy->most)
		prune(lossy);
	entry = alloc_zeroed(1, lossy->entry_size + length + 1);
	key = (char *)entry + lossy->entry_size;
	memcpy(key, bytes, length);
	entry->key = key;
	entry->key_length = length;
	entry->last_line = UINT64_MAX;
	entry->missed = lossy->floor;
	map_put(&lossy->map, key, length, entry);
	return entry;
}

struct lossy_entry *
lossy_count(struct lossy *lossy, const void *key, size_t length, uint64_t line, bool *new_out)
{
	struct lossy_entry *entry = map_get(&lossy->map, key, length);

	*new_out = entry == NULL;
	if (entry == NULL)
		entry = add(lossy, key, length);
	if (entry->last_line == line)
		return entry;
	entry->last_line = line;
	entry->rows++;
	return entry;
}

struct lossy_entry **
lossy_sorted(
    const struct lossy *lossy, int (*compare)(const void *, const void *), size_t *count_out)
{
	struct lossy_entry **all = alloc_zeroed(lossy->map.count + 1, sizeof *all);
	struct lossy_entry *entry;
	size_t cursor = 0, count = 0;

	while ((entry = map_next(&lossy->map, &cursor)) != NULL)
		all[count++] = entry;
	qsort(all, count, sizeof *all, compare);
	*count_out = count;
	return all;
}
