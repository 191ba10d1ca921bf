/* Area run: the scanner's own state. Its rows are judged before any domain is, and score none. */
#include "score/check.h"

static const struct check checks[] = {
	{
	    .id = "run.resolver-honest",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "The resolver tells the truth about names that do not exist",
	    .rule = "pass: a random name in the signed and in the unsigned probe zone gives "
		    "NXDOMAIN. fail: "
		    "data; then what this resolver denies counts as not tested",
	    .advice = "Use an own recursive resolver",
	    .ref = "RFC 8020 2",
	},
};

const struct check_area area_run = { "run", checks, sizeof checks / sizeof checks[0], NULL };
