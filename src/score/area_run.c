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
	{
	    .id = "run.resolver-validates",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "The resolver checks DNSSEC signatures, and its word can be taken",
	    .rule = "pass: it is on loopback or named with --trust-ad, sets AD in the signed probe "
		    "zone and not in the unsigned one, and gives SERVFAIL in the broken one. Else "
		    "DANE counts as not tested",
	    .advice = "Run a validating resolver on this machine",
	    .ref = "RFC 4035 4.9.3; RFC 6840 5.7",
	},
};

const struct check_area area_run = { "run", checks, sizeof checks / sizeof checks[0], NULL };
