/* Area run: the scanner's own state. Its rows are judged before any domain is, and score none. */
#include "score/check.h"

static const struct check checks[] = {
	{ .id = "run.egress-25",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "Port 25 leaves this network",
	    .rule = "pass: some host was connected to. fail: none of ten or more, of three or more "
		    "providers, witnesses included, or this machine forbids it; then what had no "
		    "session counts as not tested",
	    .advice = "Ask the network operator to open outgoing port 25",
	    .ref = "RFC 5321 4.5.4.2" },
	{ .id = "run.path-honest",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "Nothing on the path answers in the place of mail hosts",
	    .rule = "pass: greetings of unrelated hosts differ. fail: three unrelated providers "
		    "show the same one, or have their keywords masked; then hosts that show it, "
		    "or miss STARTTLS, count as not tested",
	    .advice = "Switch off SMTP inspection on the firewall",
	    .ref = "RFC 3207 6" },
	{ .id = "run.families",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "This machine has routes for IPv4 and IPv6",
	    .rule = "pass: for both. info: for one; then hosts that it has no route to count as "
		    "not tested",
	    .advice = "Add IPv6 to test IPv6 hosts",
	    .ref = "RFC 5321 5.2" },
	{ .id = "run.resolver-honest",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "The resolver tells the truth about names that do not exist",
	    .rule = "pass: a random name in the signed and in the unsigned probe zone gives "
		    "NXDOMAIN. fail: data; then what this resolver denies counts as not tested",
	    .advice = "Use an own recursive resolver",
	    .ref = "RFC 8020 2" },
	{ .id = "run.resolver-validates",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "The resolver checks DNSSEC signatures, and its word can be taken",
	    .rule = "pass: it is on loopback or named with --trust-ad, sets AD in the signed probe "
		    "zone and not in the unsigned one, and gives SERVFAIL in the broken one. Else "
		    "DANE counts as not tested",
	    .advice = "Run a validating resolver on this machine",
	    .ref = "RFC 4035 4.9.3; RFC 6840 5.7" },
	{ .id = "run.own-name",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "The scanner's name leads to its address, and back",
	    .rule =
		"pass: the EHLO name is full and resolves to the source address, whose PTR is "
		"the name; for each source address. info: the source address is private "
		"(NAT), and the name leads to a public one and back, or to it where the resolver "
		"is inside too. fail: anything else; then port 25 is not tried by that family "
		"without --ehlo-unchecked",
	    .advice = "Set PTR and address of the scanner, and name it with --ehlo",
	    .ref = "RFC 5321 4.1.4" },
	{ .id = "run.own-listing",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "The scanner's addresses are on no block list",
	    .rule = "pass: on none of those that passed their tests. warn: listed; refusals are "
		    "expected",
	    .advice = "Scan from a clean address that sends no mail",
	    .ref = "RFC 5782 2" },
	{ .id = "run.list-health",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "The block lists tell listed from not listed",
	    .rule = "pass: every test of the list passed, before the rows and behind them. fail: "
		    "one did not; then its cells count as not tested",
	    .advice = "Remove the list or repair access",
	    .ref = "RFC 5782 5" },
	{ .id = "run.provider-concurrency",
	    .class = CLASS_NONE,
	    .subject = OF_RUN,
	    .point = POINT_OTHER,
	    .title = "No provider had more sessions at once than its limit",
	    .rule =
		"pass: the measured peak of simultaneous sessions was never above the limit, of "
		"each provider, site, domain and address; the value lists them. fail: a peak "
		"above the limit, which is a defect of this program",
	    .advice = "Report this as a defect: {value}",
	    .ref = "RFC 5321 4.5.4.1" },
};

const struct check_area area_run = { "run", checks, sizeof checks / sizeof checks[0], NULL };
