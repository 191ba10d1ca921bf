#ifndef MXSWEEP_FACT_LIST_MEMORY_H
#define MXSWEEP_FACT_LIST_MEMORY_H

#include "wire/dns_message.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct list_memory;
struct list_purse;
struct loop;
struct state;

/*
 * What block lists have said on earlier nights, and what their operators' day has seen of us, in
 * --state. An answer is kept once it counts: when its list has passed the next test. It is of use
 * for seven days.
 */
enum { LIST_MEMORY_DAYS = 7 };

struct list_memory *list_memory_new(struct state *state, size_t lists, struct loop *loop);
void list_memory_free(struct list_memory *memory);

/* The answer to the name (which holds no key), in the arena; NULL when none is kept. */
const struct dns_answer *list_memory_find(struct list_memory *memory, const char *name,
    enum dns_type type, int64_t now, struct arena *arena);

/* An answer that does not count yet; then whether all that were noted of the list do. */
void list_memory_note(struct list_memory *memory, size_t list, unsigned kind, const char *name,
    enum dns_type type, const struct dns_answer *answer);
void list_memory_settle(struct list_memory *memory, size_t list, unsigned passed);

void list_memory_load_purse(
    struct list_memory *memory, const char *account, int64_t now, struct list_purse *purse);
void list_memory_save_purse(
    struct list_memory *memory, const char *account, const struct list_purse *purse);

#endif
