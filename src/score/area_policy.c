/* Area policy: what the row itself expects, and what it published before. */
#include "score/history_judges.h"

static const struct check checks[] = {
	{ .id = "policy.change",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = history_judge_change,
	    .title = "What is published is what was published the last night",
	    .rule = "MX, NS, SPF, DKIM keys, DMARC, id of MTA-STS. pass: as in the last night of "
		    "--db, as far as both are known. info: changed; old and new value. not_tested: "
		    "there is no earlier night",
	    .advice = "Confirm that the change was meant: {value}",
	    .ref = "RFC 7208 3" },
};

const struct check_area area_policy = { "policy", checks, sizeof checks / sizeof checks[0], NULL };
