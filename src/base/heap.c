/* A binary heap whose nodes know their place, so that a time can be moved or taken back. */
#include "base/heap.h"

#include "base/alloc.h"

#include <stdlib.h>

static void
place(struct heap *heap, struct heap_node *node, size_t index)
{
	heap->nodes[index - 1] = node;
	node->index = index;
}

static void
sift_up(struct heap *heap, struct heap_node *node)
{
	size_t index = node->index;

	while (index > 1 && heap->nodes[index / 2 - 1]->time > node->time) {
		place(heap, heap->nodes[index / 2 - 1], index);
		index /= 2;
	}
	place(heap, node, index);
}

static void
sift_down(struct heap *heap, struct heap_node *node)
{
	size_t index = node->index;

	for (;;) {
		size_t child = index * 2;

		if (child > heap->count)
			break;
		if (child < heap->count && heap->nodes[child]->time < heap->nodes[child - 1]->time)
			child++;
		if (heap->nodes[child - 1]->time >= node->time)
			break;
		place(heap, heap->nodes[child - 1], index);
		index = child;
	}
	place(heap, node, index);
}

void
heap_set(struct heap *heap, struct heap_node *node, uint64_t time)
{
	if (node->index == 0) {
		if (heap->count == heap->capacity) {
			heap->capacity = heap->capacity == 0 ? 64 : heap->capacity * 2;
			heap->nodes =
			    alloc_resize(heap->nodes, heap->capacity * sizeof(struct heap_node *));
		}
		place(heap, node, ++heap->count);
	}
	node->time = time;
	sift_up(heap, node);
	sift_down(heap, node);
}

void
heap_remove(struct heap *heap, struct heap_node *node)
{
	struct heap_node *last;
	size_t index = node->index;

	if (index == 0)
		return;
	last = heap->nodes[--heap->count];
	node->index = 0;
	if (last == node)
		return;
	place(heap, last, index);
	sift_up(heap, last);
	sift_down(heap, last);
}

struct heap_node *
heap_first(const struct heap *heap)
{
	return heap->count == 0 ? NULL : heap->nodes[0];
}

void
heap_free(struct heap *heap)
{
	free(heap->nodes);
	*heap = (struct heap){ 0 };
}
