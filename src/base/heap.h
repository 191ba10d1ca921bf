#ifndef MXSWEEP_BASE_HEAP_H
#define MXSWEEP_BASE_HEAP_H

#include <stddef.h>
#include <stdint.h>

/*
 * A binary heap of things to do at a time, least time first. The node lives in its owner; a zeroed
 * node is in no heap. All operations are O(log n), heap_first O(1).
 */
struct heap_node {
	uint64_t time;
	size_t index; /* place in the heap, counted from 1; 0 = in none */
};

struct heap {
	struct heap_node **nodes;
	size_t count, capacity;
};

void heap_set(struct heap *heap, struct heap_node *node, uint64_t time); /* adds or moves */
void heap_remove(struct heap *heap, struct heap_node *node);             /* no matter if in none */
struct heap_node *heap_first(const struct heap *heap);                   /* NULL when empty */
void heap_free(struct heap *heap);

#endif
