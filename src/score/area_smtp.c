/* Area smtp: what the servers say on port 25. */
#include "base/arena.h"
#include "names/host_name.h"
#include "score/recipient_judges.h"
#include "score/reply_judges.h"
#include "score/refusal.h"
#include "score/session_time_judges.h"
#include "score/sighting.h"
#include "score/tls_visit_judges.h"

#include <string.h>
#include <strings.h>

static enum reason
why_no_session(const struct judged *j)
{
	return refusal_of_run(j->e->run);
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
	else if (j->address->no_touch)
		*out = finding_untested(REASON_NO_TOUCH);
	else if (j->address->special != NULL)
		*out = finding_untested(REASON_NON_ROUTABLE_TARGET);
	else if (sighting_is_ours(j, out))
		return true;
	else if (j->address->looks.better == NULL && j->address->stand_in.wanted)
		*out = finding_untested(REASON_PROVIDER_SAMPLED);
	else if (j->address->looks.better == NULL)
		*out = finding_untested(why_no_session(j));
	else
		return false;
	return true;
}

static const struct smtp_observation *
session(const struct judged *j)
{
	return j->address->looks.better;
}

static struct finding
judge_connect(const struct judged *j)
{
	struct sighting sighting = sighting_of(j, STAGE_CONNECT);
	const struct smtp_observation *seen = sighting.seen;

	if (sighting.word == LOOK_GOOD)
		return sighting_found(
		    &sighting, finding_pass(arena_printf(j->arena, "%u ms", seen->connect_ms)));
	if (sighting.word == LOOK_BAD)
		return sighting_found(&sighting, finding_fail(smtp_end_text(seen->end)));
	return finding_untested_value(
	    refusal_of_session(seen, j->e->run), smtp_end_text(seen->end));
}

/* What was said where a good reply was due; else how the session ended. */
static const char *
said(const struct smtp_observation *seen, const struct smtp_heard *heard)
{
	return heard->code != 0 ? heard->text : smtp_end_text(seen->end);
}

static struct finding
judge_greeting(const struct judged *j)
{
	struct sighting sighting = sighting_of(j, STAGE_GREETING);
	const struct smtp_observation *seen = sighting.seen;
	struct finding finding;

	if (sighting.word == LOOK_GOOD)
		return sighting_found(&sighting, finding_pass(seen->greeting.text));
	if (!sighting_reached(j, STAGE_CONNECT, &finding))
		return finding;
	if (sighting.word == LOOK_BAD)
		return sighting_found(&sighting, finding_fail(said(seen, &seen->greeting)));
	return finding_untested_value(refusal_of_session(seen, j->e->run), seen->greeting.text);
}

/* May the names of the greeting be judged? One that the path has masked is not the host's. */
static bool
greeting_is_its_own(const struct judged *j, struct finding *out)
{
	if (!sighting_reached(j, STAGE_GREETING, out))
		return false;
	if (!smtp_greeting_is_masked(session(j)->greeting.text))
		return true;
	*out = finding_untested_value(REASON_INTERCEPTED, session(j)->greeting.text);
	return false;
}

/* [192.0.2.1] or [IPv6:2001:db8::1] (RFC 5321 4.1.3). */
static bool
is_literal(const char *name)
{
	size_t length = strlen(name);
	char inner[IP_TEXT_MAX];
	struct ip ip;

	if (length < 3 || name[0] != '[' || name[length - 1] != ']')
		return false;
	name++;
	length -= 2;
	if (strncasecmp(name, "IPv6:", 5) == 0) {
		name += 5;
		length -= 5;
	}
	if (length >= sizeof inner)
		return false;
	memcpy(inner, name, length);
	inner[length] = '\0';
	return ip_parse(inner, &ip);
}

/* Of a name that is not the host's. */
static struct finding
by_relation(const struct judged *j, const char *name)
{
	const char *value = judged_relation_value(j, name);

	return judged_names_related(j->tables, name, j->address->session_name)
	    ? finding_info(value)
	    : finding_warn(value);
}

static struct finding
judge_greeting_name(const struct judged *j)
{
	const char *name = j->address->names.greeting;
	struct finding finding;

	if (!greeting_is_its_own(j, &finding))
		return finding;
	if (name != NULL && is_literal(name))
		return finding_info(name);
	if (name == NULL || !host_name_valid(name, NULL))
		return finding_warn(name != NULL ? name : "no name");
	return finding_pass(name);
}

static bool
is_own_name(const struct judged *j, const char *name)
{
	const struct ptr_result *ptr = j->address->session_ptr;

	if (strcmp(j->address->session_name, name) == 0)
		return true;
	for (size_t i = 0; i < ptr->name_count; i++)
		if (strcmp(ptr->names[i], name) == 0)
			return true;
	return false;
}

/* Where the first word is no full name, a later one on the line may be the host's. */
static const char *
later_name(const struct judged *j)
{
	char *line = arena_string(j->arena, session(j)->greeting.text), *rest = NULL;
	char name[HOST_NAME_SIZE];

	line[strcspn(line, "\n")] = '\0';
	for (char *word = strtok_r(line, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest))
		if (host_name_normalise(word, name) && is_own_name(j, name))
			return word;
	return NULL;
}

static struct finding
judge_greeting_matches(const struct judged *j)
{
	const char *name = j->address->names.greeting, *later;
	struct finding finding;

	if (!greeting_is_its_own(j, &finding))
		return finding;
	if (name != NULL && is_own_name(j, name))
		return finding_pass(name);
	if (name == NULL || !host_name_valid(name, NULL)) {
		later = later_name(j);
		if (later != NULL)
			return finding_info(later);
		return finding_warn(name != NULL ? name : "no name");
	}
	return by_relation(j, name);
}

static struct finding
judge_ehlo(const struct judged *j)
{
	struct sighting sighting = sighting_of(j, STAGE_EHLO);
	const struct smtp_observation *seen = sighting.seen;
	struct finding finding;

	if (sighting.word == LOOK_GOOD)
		return sighting_found(
		    &sighting, seen->only_helo ? finding_warn("only HELO") : finding_pass(NULL));
	if (!sighting_reached(j, STAGE_GREETING, &finding))
		return finding;
	if (sighting.word == LOOK_BAD)
		return sighting_found(&sighting, finding_fail(said(seen, &seen->ehlo)));
	return finding_untested_value(
	    refusal_of_session(seen, j->e->run), smtp_stage_text(seen->stage));
}

static struct finding
judge_ehlo_name(const struct judged *j)
{
	const char *name = j->address->names.ehlo;
	struct finding finding;

	if (!sighting_reached(j, STAGE_EHLO, &finding))
		return finding;
	if (smtp_greeting_is_masked(session(j)->ehlo.text))
		return finding_untested_value(REASON_INTERCEPTED, session(j)->ehlo.text);
	if (name == NULL)
		return finding_warn("no name");
	if (strcmp(name, j->address->session_name) == 0)
		return finding_pass(name);
	return by_relation(j, name);
}

static struct finding
judge_name_resolves(const struct judged *j)
{
	const struct names_result *names = &j->address->names;
	struct finding finding;

	if (!greeting_is_its_own(j, &finding))
		return finding;
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
	struct sighting sighting = sighting_of(j, STAGE_STARTTLS);
	struct finding finding;

	if (sighting.word == LOOK_GOOD)
		return sighting_found(&sighting, finding_pass(NULL));
	if (!sighting_reached(j, STAGE_EHLO, &finding))
		return finding;
	if (sighting_is_stripped(j))
		return finding_untested(REASON_STARTTLS_STRIPPED);
	if (sighting.word == LOOK_BAD)
		return sighting_found(&sighting, finding_fail("not offered"));
	return finding_untested(REASON_UNCONFIRMED);
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
	    .rule = "pass: up to 2 s. info: up to 5 s. warn: more. not_tested: the scanner itself "
		    "came late to it",
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
	{ .id = "smtp.auth-in-clear",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_auth_in_clear,
	    .title = "Passwords are not asked for in clear",
	    .rule = "pass: no AUTH before TLS. warn: AUTH is offered in clear on port 25",
	    .advice = "Offer AUTH only after STARTTLS on {host}",
	    .ref = "RFC 4954 4, 9" },
	{ .id = "smtp.extensions",
	    .class = CLASS_NONE,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_extensions,
	    .title = "What the server can do",
	    .rule = "info: the keywords of its EHLO replies, before and within TLS",
	    .advice = "No action needed",
	    .ref = "RFC 1870; RFC 2920; RFC 6152; RFC 6531; RFC 3030; RFC 8689; RFC 9422" },
	{ .id = "smtp.reply-format",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_reply_format,
	    .title = "Replies have the form of the standard",
	    .rule = "pass: lines end in CRLF, have at most 512 octets, and all of a reply the "
		    "same code. warn: otherwise, or a line without a code",
	    .advice = "Update the server software of {host}; {value}",
	    .ref = "RFC 5321 4.2, 4.5.3.1.5" },
	{ .id = "smtp.software",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_software,
	    .title = "Which software the server is",
	    .rule = "pass: its greeting does not tell. info: what it tells, a guess",
	    .advice = "Hide the version in the greeting of {host}",
	    .ref = "RFC 5321 7.5" },
	{ .id = "smtp.consistent",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_consistent,
	    .title = "All addresses of the MX host are set up alike",
	    .rule = "pass: STARTTLS, EHLO name and names in the certificate are the same. warn: "
		    "they differ",
	    .advice = "Give the addresses of {host} the same set-up: {value}",
	    .ref = "RFC 5321 5.1" },
	{ .id = NULL_SENDER_CHECK,
	    .class = CLASS_MAJOR,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_null_sender,
	    .title = "The server takes bounces",
	    .rule = "MAIL FROM:<> at the operator's own hosts. pass: 2xx. fail: 5xx, twice. "
		    "not_tested: deferred, or refused once only",
	    .advice = "Accept the empty sender on {host}: bounces use it; it said {value}",
	    .ref = "RFC 5321 4.5.5" },
	{ .id = POSTMASTER_CHECK,
	    .class = CLASS_MINOR,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_DOMAIN,
	    .point = POINT_OTHER,
	    .judge = judge_postmaster,
	    .title = "The domain has a postmaster",
	    .rule = "RCPT postmaster@ the domain, at the operator's own hosts, never DATA. pass: "
		    "2xx. warn: 5xx. not_tested: deferred or greylisted",
	    .advice = "Create postmaster@{d}",
	    .ref = "RFC 5321 4.5.1" },
	{ .id = ABUSE_CHECK,
	    .class = CLASS_NONE,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_DOMAIN,
	    .point = POINT_OTHER,
	    .judge = judge_abuse,
	    .title = "The domain has a mailbox for abuse",
	    .rule = "RCPT abuse@ the domain, likewise. pass: 2xx. info: 5xx. not_tested: deferred "
		    "or greylisted",
	    .advice = "Create abuse@{d}",
	    .ref = "RFC 2142 4" },
	{ .id = HOSTED_CHECK,
	    .class = CLASS_CRITICAL,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_DOMAIN,
	    .point = POINT_OTHER,
	    .judge = judge_domain_hosted,
	    .title = "Its MX hosts know the domain",
	    .rule = "RCPT postmaster@ the domain, likewise. pass: 2xx, or a 5xx about the mailbox "
		    "alone. fail: a 5xx that says relaying is denied or the domain is not hosted. "
		    "not_tested: deferred or greylisted",
	    .advice = "Add {d} to the domains of the host, or correct the MX: {value}",
	    .ref = "RFC 5321 3.6.2; RFC 3463 3.8" },
	{ .id = SUBMISSION_CHECK,
	    .class = CLASS_NONE,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_submission_ports,
	    .title = "The ports at which users hand in mail",
	    .rule = "one session each at ports 465 and 587 of the host's first address. info: how "
		    "they answer. not_tested: neither does",
	    .advice = "Offer 465 with TLS to users of {host}, if it serves any",
	    .ref = "RFC 8314 3; RFC 6409 3.1" },
};

const struct check_area area_smtp = { "smtp", checks, sizeof checks / sizeof checks[0], gate };
