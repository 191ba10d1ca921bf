#ifndef MXSWEEP_FACT_LIST_ACCOUNTS_H
#define MXSWEEP_FACT_LIST_ACCOUNTS_H

#include "base/arena.h"
#include "base/map.h"
#include "fact/list_purse.h"

struct block_list;
struct budget;
struct list_desk_options;

/* Ceilings that lists of one operator share: his by homepage; a key is a contract of its own. */
struct list_account {
	const char *name;
	struct budget *pace; /* NULL: no ceiling by second */
	struct list_purse purse;
};

struct list_accounts {
	struct map all; /* by name */
	struct arena arena;
};

/* The account of a list of the desk, opened with what is left of the day. */
struct list_account *list_accounts_find(struct list_accounts *accounts,
    const struct list_desk_options *desk, const struct block_list *row, int64_t now);
void list_accounts_free(struct list_accounts *accounts);

#endif
