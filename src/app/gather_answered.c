/* Whether there was anybody to ask. */
#include "app/gather.h"

#include <sysexits.h>

int
gather_answered(const struct gather_report *report, struct error *error)
{
	if (!report->resolver_dead)
		return 0;
	return error_set(
	    error, EX_TEMPFAIL, "no resolver answers; name a working one with --resolver ADDR");
}
