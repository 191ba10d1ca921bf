#ifndef MXSWEEP_BASE_LIST_H
#define MXSWEEP_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A list whose links live in what it holds, so that anything leaves it in one step. Zeroed, a list
 * is empty and a link is in none.
 */
struct list_link {
	struct list_link *previous, *next;
};

struct list {
	struct list_link *first, *last;
};

/* What a link is a member of; the link must not be NULL. */
#define LIST_OWNER(link, type, member) ((type *)(void *)((char *)(link)-offsetof(type, member)))

static inline void
list_append(struct list *list, struct list_link *link)
{
	link->previous = list->last;
	link->next = NULL;
	if (list->last != NULL)
		list->last->next = link;
	else
		list->first = link;
	list->last = link;
}

static inline void
list_prepend(struct list *list, struct list_link *link)
{
	link->previous = NULL;
	link->next = list->first;
	if (list->first != NULL)
		list->first->previous = link;
	else
		list->last = link;
	list->first = link;
}

/* The link must be in the list; it is in none afterwards. */
static inline void
list_remove(struct list *list, struct list_link *link)
{
	if (link->previous != NULL)
		link->previous->next = link->next;
	else
		list->first = link->next;
	if (link->next != NULL)
		link->next->previous = link->previous;
	else
		list->last = link->previous;
	link->previous = link->next = NULL;
}

/* Is the link in the list, given that it is in no other? */
static inline bool
list_has(const struct list *list, const struct list_link *link)
{
	return link->previous != NULL || list->first == link;
}

#endif
