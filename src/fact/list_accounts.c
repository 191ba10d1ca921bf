/* Whose ceilings count at which list. */
#include "fact/list_accounts.h"

#include "base/alloc.h"
#include "fact/list_desk.h"
#include "fact/list_key.h"
#include "fact/list_memory.h"
#include "names/block_list.h"
#include "net/limiter.h"

#include <stdlib.h>
#include <string.h>

enum { PER_SECOND_MOST = 1000000 }; /* what is above is no ceiling */

static const char *
name_of(struct arena *arena, const struct block_list *row)
{
	const char *name = row->homepage[0] != '\0' ? row->homepage : row->zone;

	return strstr(row->zone, LIST_KEY_MARK) == NULL
	    ? name
	    : arena_printf(arena, "%s " LIST_KEY_MARK, name);
}

static uint32_t
lower(uint32_t a, uint32_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

/* Of all lists that share it the lower ceilings. */
static struct list_account *
open_account(struct list_accounts *accounts, const struct list_desk_options *desk, const char *name,
    int64_t now)
{
	struct list_account *account = alloc_zeroed(1, sizeof *account);
	struct limiter_caps caps = { 0 };
	uint32_t per_second = 0;

	account->name = name;
	for (size_t i = 0; i < desk->count; i++) {
		const struct block_list *row = block_lists_find(desk->table, desk->lists[i].zone);

		if (strcmp(name_of(&accounts->arena, row), name) != 0)
			continue;
		per_second = lower(per_second, row->max_qps);
		account->purse.per_day = lower(account->purse.per_day, row->max_per_day);
	}
	caps.per_minute = per_second > PER_SECOND_MOST ? 0 : per_second * 60;
	if (caps.per_minute != 0)
		account->pace = limiter_budget(desk->limiter, name, caps);
	if (desk->memory != NULL)
		list_memory_load_purse(desk->memory, name, now, &account->purse);
	map_put_string(&accounts->all, name, account);
	return account;
}

struct list_account *
list_accounts_find(struct list_accounts *accounts, const struct list_desk_options *desk,
    const struct block_list *row, int64_t now)
{
	const char *name = name_of(&accounts->arena, row);
	struct list_account *account = map_get_string(&accounts->all, name);

	return account != NULL ? account : open_account(accounts, desk, name, now);
}

void
list_accounts_free(struct list_accounts *accounts)
{
	struct list_account *account;
	size_t cursor = 0;

	while ((account = map_next(&accounts->all, &cursor)) != NULL)
		free(account);
	map_free(&accounts->all);
	arena_free(&accounts->arena);
}
