/* Second looks in the order of their time. */
#include "fact/second_looks.h"

static uint64_t
wait_of(const struct second_looks *looks, enum session_again kind)
{
	if (kind == AGAIN_RESTED)
		return SECOND_LOOK_RESTED_MS;
	return kind == AGAIN_SOON && looks->wait_ms > SECOND_LOOK_SOON_MS ? SECOND_LOOK_SOON_MS
									  : looks->wait_ms;
}

bool
second_looks_add(
    struct second_looks *looks, struct second_look *look, enum session_again kind, uint64_t since)
{
	if (kind == AGAIN_NEVER || wait_of(looks, kind) == 0)
		return false;
	look->kind = kind;
	heap_set(&looks->due, &look->due, since + wait_of(looks, kind));
	return true;
}

struct second_look *
second_looks_take(struct second_looks *looks, uint64_t now)
{
	struct heap_node *first = heap_first(&looks->due);

	if (first == NULL || first->time > now)
		return NULL;
	heap_remove(&looks->due, first);
	return (struct second_look *)first;
}

bool
second_looks_greet(struct second_looks *looks, uint64_t now)
{
	if (looks->greeting || now < looks->rested_at)
		return false;
	looks->greeting = true;
	return true;
}

static void
wait_for_witnesses(struct second_looks *looks, struct second_look *look)
{
	look->next = looks->unwitnessed;
	looks->unwitnessed = look;
	looks->unwitnessed_count++;
}

enum second_look_advice
second_looks_unwitnessed(struct second_looks *looks, struct second_look *look, uint64_t now)
{
	bool greet = second_looks_greet(looks, now);

	if (looks->greeting) {
		wait_for_witnesses(looks, look);
		return greet ? SECOND_LOOK_GREET : SECOND_LOOK_WAITING;
	}
	if (looks->rested_at - now >
	    looks->wait_ms) /* that would be more patience than asked for */
		return SECOND_LOOK_GO;
	heap_set(&looks->due, &look->due, looks->rested_at);
	return SECOND_LOOK_WAITING;
}

struct second_look *
second_looks_greeted(struct second_looks *looks, uint64_t now)
{
	struct second_look *waited = looks->unwitnessed;

	looks->greeting = false;
	looks->rested_at = now + WITNESS_REST_MS;
	looks->unwitnessed = NULL;
	looks->unwitnessed_count = 0;
	return waited;
}

size_t
second_looks_count(const struct second_looks *looks)
{
	return looks->due.count + looks->unwitnessed_count;
}

uint64_t
second_looks_next(const struct second_looks *looks)
{
	const struct heap_node *first = heap_first(&looks->due);

	return first == NULL ? UINT64_MAX : first->time;
}

void
second_looks_free(struct second_looks *looks)
{
	heap_free(&looks->due);
}
