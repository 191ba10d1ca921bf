/* The addresses that an SPF tree lets pass. */
#include "rule/spf_ranges.h"

#include "base/arena.h"

#include <stdlib.h>

enum { IP6_NONE = 129 };

struct interval {
	uint64_t first, last;
};

enum whose { OWN = 1, INCLUDED = 2 };

static enum whose
whose_is(const struct spf_range *range)
{
	return spf_node_is_included(range->node) ? INCLUDED : OWN;
}

static struct interval
interval_of(const struct ip_network *network)
{
	const uint8_t *octets = network->ip.octets;
	uint64_t size = UINT64_C(1) << (32 - network->length);
	uint64_t address = (uint64_t)octets[0] << 24 | (uint64_t)octets[1] << 16 |
	    (uint64_t)octets[2] << 8 | octets[3];
	uint64_t first = address & ~(size - 1);

	return (struct interval){ first, first + size - 1 };
}

static int
compare_intervals(const void *a, const void *b)
{
	const struct interval *one = a, *other = b;

	return one->first < other->first ? -1 : one->first > other->first;
}

/* The intervals are sorted, and may overlap. */
static uint64_t
measure(const struct interval *at, size_t count)
{
	uint64_t sum = 0, next = 0; /* all below `next` is counted */

	for (size_t i = 0; i < count; i++) {
		uint64_t first = at[i].first > next ? at[i].first : next;

		if (at[i].last < first)
			continue;
		sum += at[i].last - first + 1;
		next = at[i].last + 1;
	}
	return sum;
}

static uint64_t
count_ip4(const struct spf_tree *tree, unsigned whose, struct arena *arena)
{
	struct interval *intervals = arena_bytes(arena, tree->range_count * sizeof *intervals);
	size_t count = 0;

	for (size_t i = 0; i < tree->range_count; i++)
		if (tree->ranges[i].network.ip.family == 4 &&
		    (whose_is(&tree->ranges[i]) & whose) != 0)
			intervals[count++] = interval_of(&tree->ranges[i].network);
	qsort(intervals, count, sizeof *intervals, compare_intervals);
	return measure(intervals, count);
}

/* By IPv4 addresses, or with nothing but IPv6 by the length of the prefix. */
static bool
is_larger(const struct spf_range *range, const struct spf_range *other)
{
	const struct ip_network *one = &range->network, *two = &other->network;

	if (one->ip.family != two->ip.family)
		return one->ip.family == 4;
	return one->length < two->length;
}

void
spf_breadth_of(const struct spf_tree *tree, struct arena *arena, struct spf_breadth *breadth_out)
{
	*breadth_out = (struct spf_breadth){
		.ip4 = count_ip4(tree, OWN | INCLUDED, arena),
		.ip4_own = count_ip4(tree, OWN, arena),
		.ip4_included = count_ip4(tree, INCLUDED, arena),
		.ip6_length = IP6_NONE,
	};
	for (size_t i = 0; i < tree->range_count; i++) {
		const struct spf_range *range = &tree->ranges[i];

		if (range->network.ip.family == 6 &&
		    range->network.length < breadth_out->ip6_length)
			breadth_out->ip6_length = range->network.length;
		if (breadth_out->largest == NULL || is_larger(range, breadth_out->largest))
			breadth_out->largest = range;
	}
}
