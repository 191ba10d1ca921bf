/* Which sessions come first. */
#include "fact/session_order.h"

#include <stdlib.h>

static int
compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Within a provider: its best first, those of one domain together. */
static int
by_provider(const void *a, const void *b)
{
	const struct session_turn *one = a, *other = b;
	int order = compare(one->provider, other->provider);

	if (order == 0)
		order = compare(other->domains, one->domains);
	return order != 0 ? order : compare(one->first_domain, other->first_domain);
}

static int
by_turn(const void *a, const void *b)
{
	const struct session_turn *one = a, *other = b;
	int order = compare(other->domains, one->domains);

	if (order == 0)
		order = compare(one->rank, other->rank);
	if (order == 0)
		order = compare(one->first_domain, other->first_domain);
	return order != 0 ? order : compare(one->provider, other->provider);
}

void
session_order_sort(struct session_turn *turns, size_t count)
{
	if (count == 0)
		return;
	qsort(turns, count, sizeof *turns, by_provider);
	for (size_t i = 0; i < count; i++)
		turns[i].rank =
		    i > 0 && turns[i].provider == turns[i - 1].provider ? turns[i - 1].rank + 1 : 0;
	qsort(turns, count, sizeof *turns, by_turn);
}
