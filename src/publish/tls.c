/* Records and the policy file of TLS between mail servers. */
#include "publish/tls.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "publish/field.h"
#include "rule/mta_sts_policy.h"
#include "rule/mx.h"
#include "rule/tls_rpt.h"

#include <string.h>
#include <time.h>

/* ---- TLS-RPT */

static const struct publish_field tls_rpt_fields[] = { { "rua", FIELD_REPORTS, NULL, 0 } };

static const char *
published_reports(const char *published, struct arena *arena, struct publish_remarks *remarks)
{
	struct tls_rpt_result old = { 0 };
	struct strbuf out = { 0 };
	const char *text = NULL;

	tls_rpt_record_parse(published, strlen(published), arena, &old);
	for (size_t i = 0; i < old.uri_count; i++) {
		if (old.uris[i].kind == URI_MAILTO || old.uris[i].kind == URI_HTTPS)
			strbuf_printf(&out, "%s%s", out.length > 0 ? "," : "", old.uris[i].text);
		else
			publish_remark(remarks, arena, "left out: no report can be sent to %s",
			    old.uris[i].text);
	}
	if (out.length > 0)
		text = arena_string(arena, out.at);
	strbuf_free(&out);
	return text;
}

const char *
publish_tls_rpt(const char *published, const struct publish_wishes *wishes, struct arena *arena,
    struct publish_remarks *remarks)
{
	struct publish_values values = { { NULL } };

	if (published != NULL)
		values.at[0] = published_reports(published, arena, remarks);
	if (!publish_values_set(&values, tls_rpt_fields, 1, &wishes->set, arena, &remarks->problem))
		return NULL;
	if (values.at[0] == NULL) {
		remarks->problem = "reports need a place: --set rua=reports@example.com would name "
				   "one";
		return NULL;
	}
	return arena_printf(arena, "v=TLSRPTv1; rua=%s", values.at[0]);
}

/* ---- MTA-STS */

enum { MTA_STS_MODE, MTA_STS_MX, MTA_STS_AGE, MTA_STS_ID, MTA_STS_FIELDS, ID_MAX = 32 };

static const struct publish_field mta_sts_fields[MTA_STS_FIELDS] = {
	[MTA_STS_MODE] = { "mode", FIELD_CHOICE, "testing enforce none", 0 },
	[MTA_STS_MX] = { "mx", FIELD_PATTERNS, NULL, 0 },
	[MTA_STS_AGE] = { "max_age", FIELD_NUMBER, NULL, MTA_STS_MAX_AGE_MAX },
	[MTA_STS_ID] = { "id", FIELD_WORD, NULL, ID_MAX },
};

static const char *
exchanges(const struct mx_result *mx, struct arena *arena)
{
	const char *names = NULL;

	for (size_t i = 0; i < mx->host_count; i++)
		names = names == NULL ? mx->hosts[i].name
				      : arena_printf(arena, "%s,%s", names, mx->hosts[i].name);
	return names;
}

static const char *
id_of(int64_t now, struct arena *arena)
{
	char text[sizeof "20260101000000"];
	time_t seconds = (time_t)now;
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc);
	return arena_string(arena, text);
}

static const char *
write_policy(const struct publish_values *values, struct arena *arena)
{
	struct strbuf out = { 0 };
	const char *text;

	strbuf_printf(&out, "version: STSv1\r\nmode: %s\r\n", values->at[MTA_STS_MODE]);
	for (const char *at = values->at[MTA_STS_MX]; at != NULL && *at != '\0';) {
		int length = (int)strcspn(at, ",");

		strbuf_printf(&out, "mx: %.*s\r\n", length, at);
		at += length + (at[length] == ',');
	}
	strbuf_printf(&out, "max_age: %s\r\n", values->at[MTA_STS_AGE]);
	text = arena_string(arena, out.at);
	strbuf_free(&out);
	return text;
}

/* The policy as senders will read it: does it cover each exchange? */
static void
remark_uncovered(const struct mx_result *mx, const char *text, struct arena *arena,
    struct publish_remarks *remarks)
{
	struct mta_sts_policy policy = { 0 };

	mta_sts_policy_parse(arena, text, strlen(text), &policy);
	if (policy.fault != MTA_STS_SOUND) {
		remarks->problem = policy.pattern_count > 0
		    ? policy.problem
		    : "a policy needs exchanges, and none are known: --set mx=mail.example.com "
		      "would "
		      "name one";
		return;
	}
	for (size_t i = 0; i < mx->host_count; i++)
		if (!mta_sts_policy_covers(&policy, mx->hosts[i].name))
			publish_remark(remarks, arena,
			    "no mx line covers the exchange %s: in mode enforce it gets no mail",
			    mx->hosts[i].name);
}

bool
publish_mta_sts(const struct mx_result *mx, int64_t now, const struct publish_wishes *wishes,
    struct arena *arena, struct publish_remarks *remarks, struct publish_mta_sts *out)
{
	struct publish_values values = { {
	    [MTA_STS_MODE] = "testing",
	    [MTA_STS_MX] = exchanges(mx, arena),
	    [MTA_STS_AGE] = "604800",
	    [MTA_STS_ID] = id_of(now, arena),
	} };

	if (!publish_values_set(
		&values, mta_sts_fields, MTA_STS_FIELDS, &wishes->set, arena, &remarks->problem))
		return false;
	for (size_t i = 0; i < MTA_STS_FIELDS; i++)
		if (values.at[i] == NULL && i != MTA_STS_MX) {
			remarks->problem =
			    arena_printf(arena, "%s= cannot be left out", mta_sts_fields[i].name);
			return false;
		}
	out->record = arena_printf(arena, "v=STSv1; id=%s", values.at[MTA_STS_ID]);
	out->policy = write_policy(&values, arena);
	remark_uncovered(mx, out->policy, arena, remarks);
	return remarks->problem == NULL;
}
