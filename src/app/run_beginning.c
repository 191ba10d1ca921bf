/* The facts of a run before its first packet. */
#include "app/run_beginning.h"

#include "app/areas.h"
#include "app/port25.h"
#include "app/resume.h"
#include "app/visits.h"
#include "dns/client.h"
#include "score/scorecard.h"

#include <string.h>
#include <sys/random.h>
#include <sysexits.h>
#include <time.h>

static int
draw_seed(const struct options *options, struct run_facts *run, struct error *error)
{
	if (options_given(options, "seed"))
		run->seed[0] = options->seed;
	else if (getrandom(run->seed, sizeof run->seed, 0) != (ssize_t)sizeof run->seed)
		return error_set(error, EX_OSERR, "no random numbers are to be had");
	run->seed[0] >>= 1; /* SQLite and people read it as a signed number */
	run->seed[1] >>= 1;
	return 0;
}

/* The clock and the seed of the run: of its first part, when this is another. What was drawn on the
 * night that much is taken from is drawn again, or else it would be asked anew. */
static int
set_clock_and_seed(const struct options *options, struct night *night,
    struct run_beginning *beginning, struct run_facts *run, struct error *error)
{
	beginning->resumed = resume_load(night, &beginning->arena, &beginning->earlier);
	if (beginning->resumed) {
		run->now = beginning->earlier.now;
		memcpy(run->seed, beginning->earlier.seed, sizeof run->seed);
		return resume_check(&beginning->earlier, run, error);
	}
	if (rescan_open(options, run->resolvers, &beginning->rescan, error) != 0)
		return -1;
	run->now = (int64_t)time(NULL);
	if (beginning->rescan == NULL || options_given(options, "seed"))
		return draw_seed(options, run, error);
	memcpy(run->seed, rescan_then(beginning->rescan)->seed, sizeof run->seed);
	return 0;
}

void
run_beginning_way_out(const struct run_beginning *beginning, struct run_facts *run)
{
	const struct run_facts *then = beginning->resumed ? &beginning->earlier
	    : beginning->rescan != NULL                   ? rescan_then(beginning->rescan)
							  : NULL;

	if (then == NULL)
		return;
	if (run->egress == EGRESS_UNKNOWN && then->egress == EGRESS_OPEN)
		run->egress = EGRESS_OPEN;
	run->keywords_masked |= then->keywords_masked;
	if (run->shared_greeting == NULL)
		run->shared_greeting = then->shared_greeting;
}

int
run_beginning_set(const struct options *options, const struct tables *tables, struct night *night,
    const struct dns_client *dns, struct run_beginning *beginning, struct run_facts *run,
    struct error *error)
{
	const struct scorecard_options areas = areas_selected(options);

	run->resolvers = (uint8_t)dns_client_resolvers(dns);
	if (set_clock_and_seed(options, night, beginning, run, error) != 0)
		return -1;
	run->sessions = areas_need_sessions(options);
	run->policies = scorecard_area_selected(&areas, "mta_sts");
	if (run->sessions)
		run->without_route = port25_without_route();
	run->list_resolver = options->list_resolvers.count > 0;
	tables_lend(tables, run);
	run->allowed = options->allowed.at;
	run->allowed_count = options->allowed.count;
	if (options->ehlo == NULL)
		own_name_find(beginning->ehlo_name);
	run->ehlo_name = options->ehlo != NULL ? options->ehlo : beginning->ehlo_name;
	run->ehlo_unchecked = options->ehlo_unchecked;
	no_touch_set(options, &beginning->arena, run);
	if (visits_set(options, night, &beginning->arena, run, error) != 0)
		return -1;
	return run->sessions ? sources_choose(options, &beginning->sources, error) : 0;
}
