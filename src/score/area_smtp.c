/* Area smtp: what the servers say on port 25. */
#include "base/arena.h"
#include "names/host_name.h"
#include "score/check.h"
#include "score/refusal.h"

#include <string.h>

/* Limits of good manners, in milliseconds. */
enum {
	CONNECT_GOOD = 2000,
	CONNECT_FAIR = 5000,
	GREETING_GOOD = 5000,
	GREETING_FAIR = 30000, /* a greet delay, often deliberate */
	TOTAL_GOOD = 30000,
	TOTAL_FAIR = 60000,
};

static enum reason
why_no_session(const struct judged *j)
{
	return j->e->run->interrupted ? REASON_CANCELLED : REASON_NOT_RECORDED;
}

static bool
gate(const struct judged *j, struct finding *out)
{
	if (!j->e->run->sessions) { /* nobody asked for port 25: no other reason counts */
		*out = finding_untested(REASON_SKIPPED);
		return true;
	}
	if (area_mx.gate(j, out))
		return true;
	if (!role_receives(j->e->role))
		*out = finding_not_applicable(CAUSE_ROLE);
	else if (j->address == NULL)
		return false;
	else if (j->address->special != NULL)
		*out = finding_untested(REASON_NON_ROUTABLE_TARGET);
	else if (j->address->session == NULL)
		*out = finding_untested(why_no_session(j));
	else
		return false;
	return true;
}

static const struct smtp_observation *
session(const struct judged *j)
{
	return j->address->session;
}

static bool
connected(const struct judged *j)
{
	return session(j)->stage > SMTP_CONNECT;
}

/* The session's own word on why it says nothing about a later stage. */
static struct finding
untested(const struct judged *j)
{
	if (!connected(j))
		return finding_untested(REASON_PREREQUISITE);
	return finding_untested_value(
	    refusal_of_session(session(j), j->e->run), smtp_stage_text(session(j)->stage));
}

static struct finding
judge_connect(const struct judged *j)
{
	if (connected(j))
		return finding_pass(arena_printf(j->arena, "%u ms", session(j)->connect_ms));
	return finding_untested_value(
	    refusal_of_session(session(j), j->e->run), smtp_end_text(session(j)->end));
}

static struct finding
judge_greeting(const struct judged *j)
{
	if (smtp_greeted(session(j)))
		return finding_pass(session(j)->greeting.text);
	if (!connected(j))
		return untested(j);
	return finding_untested_value(
	    refusal_of_session(session(j), j->e->run), session(j)->greeting.text);
}

static bool
greeted(const struct judged *j)
{
	return smtp_greeted(session(j));
}

static struct finding
judge_greeting_name(const struct judged *j)
{
	const char *name = j->address->names.greeting;

	if (!greeted(j))
		return untested(j);
	if (name != NULL && name[0] == '[')
		return finding_info(name);
	if (name == NULL || !host_name_valid(name, NULL))
		return finding_warn(name != NULL ? name : "no name");
	return finding_pass(name);
}

static bool
is_ptr_name(const struct judged *j, const char *name)
{
	for (size_t i = 0; i < j->address->ptr.name_count; i++)
		if (strcmp(j->address->ptr.names[i], name) == 0)
			return true;
	return false;
}

static struct finding
judge_greeting_matches(const struct judged *j)
{
	const char *name = j->address->names.greeting;

	if (!greeted(j))
		return untested(j);
	if (name == NULL)
		return finding_warn("no name");
	if (strcmp(name, j->host->name) == 0 || is_ptr_name(j, name))
		return finding_pass(name);
	return judged_names_related(j->tables, name, j->host->name) ? finding_info(name)
								    : finding_warn(name);
}

static bool
said_hello(const struct judged *j)
{
	return session(j)->ehlo.code == 250;
}

static struct finding
judge_ehlo(const struct judged *j)
{
	if (!said_hello(j))
		return untested(j);
	return session(j)->only_helo ? finding_warn("only HELO") : finding_pass(NULL);
}

static struct finding
judge_ehlo_name(const struct judged *j)
{
	const char *name = j->address->names.ehlo;

	if (!said_hello(j))
		return untested(j);
	if (name == NULL)
		return finding_warn("no name");
	if (strcmp(name, j->host->name) == 0)
		return finding_pass(name);
	return judged_names_related(j->tables, name, j->host->name) ? finding_info(name)
								    : finding_warn(name);
}

static struct finding
judge_name_resolves(const struct judged *j)
{
	const struct names_result *names = &j->address->names;

	if (!greeted(j))
		return untested(j);
	if (names->judged == NULL)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	switch (names->leads) {
	case NAME_LEADS_BACK:
		return finding_pass(names->judged);
	case NAME_LEADS_ELSEWHERE:
		return finding_warn(names->judged);
	case NAME_LEADS_NOWHERE:
		return finding_fail(names->judged);
	case NAME_LEADS_UNKNOWN:
		break;
	}
	return finding_of_dns(names->answer);
}

static struct finding
judge_starttls(const struct judged *j)
{
	if (!said_hello(j))
		return untested(j);
	if (session(j)->offers_starttls)
		return finding_pass(NULL);
	return finding_untested(smtp_ehlo_is_masked(session(j)->ehlo.text)
		? REASON_STARTTLS_STRIPPED
		: REASON_UNCONFIRMED);
}

static struct finding
by_time(const struct judged *j, uint32_t ms, uint32_t good, uint32_t fair)
{
	const char *value = arena_printf(j->arena, "%u.%03u s", ms / 1000, ms % 1000);

	return ms <= good ? finding_pass(value)
	    : ms <= fair  ? finding_info(value)
			  : finding_warn(value);
}

static struct finding
judge_time_connect(const struct judged *j)
{
	if (!connected(j))
		return untested(j);
	return by_time(j, session(j)->connect_ms, CONNECT_GOOD, CONNECT_FAIR);
}

static struct finding
judge_time_greeting(const struct judged *j)
{
	if (!greeted(j))
		return untested(j);
	return by_time(j, session(j)->greeting_ms, GREETING_GOOD, GREETING_FAIR);
}

static struct finding
judge_time_total(const struct judged *j)
{
	if (!said_hello(j))
		return untested(j);
	return by_time(j, session(j)->total_ms, TOTAL_GOOD, TOTAL_FAIR);
}

static const struct check checks[] = {
	{ .id = "smtp.connect",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ADDRESS,
	    .point = POINT_SMTP,
	    .redundant = true,
	    .judge = judge_connect,
	    .title = "Port 25 answers",
	    .rule = "pass: connected. fail: refused, unreachable or silent, twice. not_tested: "
		    "seen once only",
	    .advice = "Start the service or open port 25 on {ip}",
	    .ref = "RFC 5321 5.1" },
	{ .id = "smtp.greeting",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ADDRESS,
	    .point = POINT_SMTP,
	    .redundant = true,
	    .judge = judge_greeting,
	    .title = "The server greets with 220",
	    .rule = "pass: 220. fail: a 5xx about the service, or no SMTP at all, twice. "
		    "not_tested: deferred, "
		    "refused for our sake, silent, or seen once only",
	    .advice = "{host} refuses service: {value}",
	    .ref = "RFC 5321 3.1, 4.3.1, 4.5.3.2.1" },
	{ .id = "smtp.greeting-name",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_greeting_name,
	    .title = "The greeting begins with a full host name",
	    .rule =
		"pass: a full host name. info: an address literal. warn: missing, a single label",
	    .advice = "Let the greeting of {ip} begin with `220 {host}`",
	    .ref = "RFC 5321 4.2, 4.3.1" },
	{ .id = "smtp.greeting-matches",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_SMTP,
	    .judge = judge_greeting_matches,
	    .title = "The greeting names the host",
	    .rule = "pass: it equals the MX name or a PTR name. info: the same registrable domain "
		    "or provider. "
		    "warn: another",
	    .advice = "Set the server's name to {host}; it says {value}",
	    .ref = "RFC 5321 4.3.1" },
	{ .id = "smtp.ehlo",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .redundant = true,
	    .judge = judge_ehlo,
	    .title = "The server accepts EHLO",
	    .rule = "pass: 250 to EHLO. warn: only HELO works. fail: both refused with 5xx, twice",
	    .advice = "Enable EHLO on {host}",
	    .ref = "RFC 5321 4.1.1.1" },
	{ .id = "smtp.ehlo-name",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_HELO,
	    .judge = judge_ehlo_name,
	    .title = "The server calls itself by its MX name",
	    .rule = "pass: the name in the EHLO reply equals the MX name. info: the same "
		    "registrable domain or "
		    "provider. warn: another, or none",
	    .advice = "Set myhostname (or its like) to {host}; the server says {value}",
	    .ref = "RFC 5321 4.1.1.1" },
	{ .id = "smtp.name-resolves",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_HELO,
	    .judge = judge_name_resolves,
	    .title = "The server's own name leads to its address",
	    .rule = "pass: EHLO name, else greeting name, resolves to the address. warn: "
		    "elsewhere. fail: "
		    "nowhere, confirmed",
	    .advice = "Add an address record: {value} must have {ip}",
	    .ref = "RFC 5321 2.3.5, 4.1.4" },
	{ .id = "smtp.starttls",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_STARTTLS,
	    .redundant = true,
	    .judge = judge_starttls,
	    .title = "The server offers STARTTLS",
	    .rule = "pass: offered. fail: not offered in two sessions. not_tested: seen once only",
	    .advice = "Install a certificate and enable STARTTLS on {host}",
	    .ref = "RFC 3207 2, 4" },
	{ .id = "smtp.time-connect",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_SMTP,
	    .judge = judge_time_connect,
	    .title = "Connecting is quick",
	    .rule = "pass: up to 2 s. info: up to 5 s. warn: more",
	    .advice = "Connecting to {ip} takes {value}",
	    .ref = "RFC 5321 4.5.3.2" },
	{ .id = "smtp.time-greeting",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_SMTP,
	    .judge = judge_time_greeting,
	    .title = "The greeting comes quickly",
	    .rule = "pass: up to 5 s after connecting. info: up to 30 s. warn: more",
	    .advice = "Shorten the greet delay of {ip}: some senders give up",
	    .ref = "RFC 5321 4.5.3.2.1" },
	{ .id = "smtp.time-total",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_SMTP,
	    .judge = judge_time_total,
	    .title = "The session is quick",
	    .rule = "pass: up to 30 s. info: up to 60 s. warn: more",
	    .advice = "The session with {ip} takes {value}",
	    .ref = "RFC 5321 4.5.3.2" },
};

const struct check_area area_smtp = { "smtp", checks, sizeof checks / sizeof checks[0], gate };
