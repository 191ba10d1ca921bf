/* A run in parts: what of the earlier ones holds for all of it. */
#include "app/resume.h"

#include "base/arena.h"
#include "base/error.h"
#include "fact/run_facts.h"

#include <sysexits.h>

bool
resume_load(struct night *night, struct arena *arena, struct run_facts *earlier_out)
{
	struct error error;

	return run_facts_load(night, arena, earlier_out, &error) == 0;
}

int
resume_check(const struct run_facts *earlier, const struct run_facts *run, struct error *error)
{
	if (earlier->resolvers == run->resolvers)
		return 0;
	return error_set(error, EX_USAGE,
	    "the run was begun with %u resolver%s, and there %s %u now; --resolver names those of "
	    "then",
	    earlier->resolvers, earlier->resolvers == 1 ? "" : "s",
	    run->resolvers == 1 ? "is" : "are", run->resolvers);
}

void
resume_resolvers(const struct run_facts *earlier, struct run_facts *run)
{
	run->lying_resolvers |= earlier->lying_resolvers;
	run->honest_resolvers =
	    (uint8_t)((run->honest_resolvers | earlier->honest_resolvers) & ~run->lying_resolvers);
	run->validating_resolvers &= earlier->validating_resolvers;
}
