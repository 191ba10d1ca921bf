/* Area tls: the handshake and the certificate's dates. */
#include "base/arena.h"
#include "cert/leaf.h"
#include "score/check.h"
#include "score/refusal.h"

#include <string.h>
#include <time.h>

enum {
	DAY = 86400,
	DAYS_GOOD = 30,
	DAYS_FAIR = 14,
};

static bool
gate(const struct judged *j, struct finding *out)
{
	return area_smtp.gate(j, out);
}

static struct finding
judge_handshake(const struct judged *j)
{
	const struct smtp_observation *seen = j->address->session;

	if (seen->secure)
		return finding_pass(seen->tls_version);
	if (!seen->offers_starttls)
		return finding_untested(REASON_PREREQUISITE);
	return finding_untested_value(refusal_of_session(seen, j->e->run),
	    seen->tls_error[0] != '\0' ? seen->tls_error : seen->starttls.text);
}

static struct finding
judge_version(const struct judged *j)
{
	static const char *const good[] = { "TLSv1.3", "TLSv1.2" };
	const struct smtp_observation *seen = j->address->session;

	if (!seen->secure)
		return finding_untested(REASON_PREREQUISITE);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (strcmp(seen->tls_version, good[i]) == 0)
			return finding_pass(good[i]);
	return strncmp(seen->tls_version, "SSL", 3) == 0 ? finding_fail(seen->tls_version)
							 : finding_warn(seen->tls_version);
}

static const char *
date_text(const struct judged *j, int64_t when)
{
	time_t seconds = (time_t)when;
	struct tm tm;
	char text[32];

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof text, "%Y-%m-%d", &tm);
	return arena_string(j->arena, text);
}

static struct finding
judge_expiry(const struct judged *j)
{
	const struct smtp_observation *seen = j->address->session;
	const struct cert_leaf *leaf = seen->certificate;
	int64_t now = j->e->run->now, left;
	const char *ends;

	if (!seen->secure)
		return finding_untested(REASON_PREREQUISITE);
	if (leaf == NULL)
		return finding_warn("no certificate that can be read");
	if (leaf->not_before > now)
		return finding_warn(
		    arena_printf(j->arena, "not valid before %s", date_text(j, leaf->not_before)));
	left = leaf->not_after - now;
	ends = date_text(j, leaf->not_after);
	return left > (int64_t)DAYS_GOOD * DAY ? finding_pass(ends)
	    : left > (int64_t)DAYS_FAIR * DAY  ? finding_info(ends)
					       : finding_warn(ends);
}

static const struct check checks[] = {
	{ .id = "tls.handshake",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_STARTTLS,
	    .redundant = true,
	    .judge = judge_handshake,
	    .title = "The TLS handshake succeeds",
	    .rule =
		"pass: it completes. fail: it fails twice. not_tested: deferred, or seen once only",
	    .advice = "TLS on {ip} fails: {value}",
	    .ref = "RFC 3207 4, 4.2" },
	{ .id = "tls.version",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_version,
	    .title = "The TLS version is current",
	    .rule = "pass: 1.3 or 1.2. warn: 1.1 or 1.0. fail: older",
	    .advice = "Enable TLS 1.2 and 1.3 on {host}; it negotiates {value}",
	    .ref = "RFC 8996; RFC 9325 3.1.1" },
	{ .id = "tls.expiry",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_expiry,
	    .title = "The certificate is valid for a while",
	    .rule = "pass: more than 30 days left. info: 15 to 30 days. warn: up to 14 days, "
		    "expired, or not "
		    "yet valid",
	    .advice = "Renew the certificate of {host}: {value}",
	    .ref = "RFC 5280 4.1.2.5" },
};

const struct check_area area_tls = { "tls", checks, sizeof checks / sizeof checks[0], gate };
