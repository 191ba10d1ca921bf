/* Which block lists a run asks. */
#include "app/list_choice.h"

#include "base/arena.h"
#include "names/block_list.h"

#include <string.h>

size_t
lists_choose(const struct options *options, const struct block_lists *table, struct arena *arena,
    struct list_health **health_out)
{
	struct list_health *health = arena_zeroed(arena, block_lists_count(table), sizeof *health);
	size_t count = 0;

	(void)options;
	for (size_t i = 0; i < block_lists_count(table); i++) {
		const struct block_list *list = block_lists_at(table, i);

		if (list->use != BLOCK_LIST_ON || list->role == BLOCK_LIST_DEAD)
			continue;
		health[count].zone = list->zone;
		health[count++].tested = list->kinds;
	}
	*health_out = health;
	return count;
}
