/* Area smtp: what stands in the replies of a session, and in what form. */
#include "score/reply_judges.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/strbuf.h"
#include "score/sighting.h"

#include <string.h>
#include <strings.h>

enum { KEYWORDS_SHOWN = 512 }; /* octets */

static const struct smtp_observation *
session(const struct judged *j)
{
	return j->address->looks.better;
}

struct finding
judge_auth_in_clear(const struct judged *j)
{
	const char *line;
	struct finding finding;

	if (!sighting_reached(j, STAGE_EHLO, &finding))
		return finding;
	line = smtp_ehlo_keyword(session(j)->ehlo.text, "AUTH");
	if (line == NULL) /* as servers wrote it before RFC 2554, for clients of that time */
		line = strcasestr(session(j)->ehlo.text, "\nAUTH=");
	if (line == NULL)
		return finding_pass(NULL);
	line += *line == '\n';
	return finding_warn(arena_string_n(j->arena, line, strcspn(line, "\n")));
}

/* The first words of all lines but the first, which has the name. */
static const char *
keywords(const char *ehlo_text, struct arena *arena)
{
	struct strbuf words = { 0 };
	const char *line = strchr(ehlo_text, '\n'), *text;

	for (; line != NULL && words.length < KEYWORDS_SHOWN; line = strchr(line, '\n')) {
		line++;
		if (words.length > 0)
			strbuf_add_byte(&words, ' ');
		strbuf_add(&words, line, strcspn(line, " \n"));
	}
	text = words.length == 0 ? "none" : arena_string_n(arena, words.at, words.length);
	strbuf_free(&words);
	return text;
}

struct finding
judge_extensions(const struct judged *j)
{
	const struct smtp_observation *seen = session(j);
	const char *before;
	struct finding finding;

	if (!sighting_reached(j, STAGE_EHLO, &finding))
		return finding;
	before = keywords(seen->ehlo.text, j->arena);
	if (!seen->secure || seen->ehlo_again.code != 250)
		return finding_info(before);
	return finding_info(arena_printf(
	    j->arena, "%s; within TLS %s", before, keywords(seen->ehlo_again.text, j->arena)));
}

/* ---- the form of replies (RFC 5321 4.2, 4.5.3.1.5) */

struct form_fault {
	bool at_fault;
	const char *text;
};

static const char *
fault_of(const struct smtp_heard *heard)
{
	const struct form_fault faults[] = {
		{ heard->uncoded_line, "a line without a code" },
		{ heard->mixed_codes, "lines of one reply with different codes" },
		{ heard->bare_lf, "lines that end in LF alone" },
		{ heard->long_line, "a line of more than 512 octets" },
	};

	for (size_t i = 0; heard->code != 0 && i < sizeof faults / sizeof faults[0]; i++)
		if (faults[i].at_fault)
			return faults[i].text;
	return NULL;
}

struct finding
judge_reply_format(const struct judged *j)
{
	const struct smtp_observation *seen = session(j);
	const struct smtp_heard *const heard[] = { &seen->greeting, &seen->ehlo, &seen->starttls,
		&seen->ehlo_again };
	static const char *const places[] = { "greeting", "EHLO", "STARTTLS", "EHLO within TLS" };
	struct finding finding;

	if (!sighting_reached(j, STAGE_GREETING, &finding))
		return finding;
	for (size_t i = 0; i < sizeof heard / sizeof heard[0]; i++)
		if (fault_of(heard[i]) != NULL)
			return finding_warn(
			    arena_printf(j->arena, "%s: %s", places[i], fault_of(heard[i])));
	return finding_pass(NULL);
}

/* ---- which software it is, by its own words */

static const struct {
	const char *word; /* in the greeting, in any case */
	const char *product;
} products[] = {
	{ "postfix", "Postfix" },
	{ "exim", "Exim" },
	{ "sendmail", "Sendmail" },
	{ "microsoft esmtp mail service", "Microsoft Exchange" },
	{ "microsoft smtp server", "Microsoft Exchange" },
	{ "opensmtpd", "OpenSMTPD" },
	{ "qmail", "qmail" },
	{ "haraka", "Haraka" },
	{ "zimbra", "Zimbra" },
	{ "mdaemon", "MDaemon" },
	{ "mailenable", "MailEnable" },
	{ "hmailserver", "hMailServer" },
	{ "smartermail", "SmarterMail" },
	{ "icewarp", "IceWarp" },
	{ "kerio", "Kerio Connect" },
	{ "axigen", "Axigen" },
	{ "communigate", "CommuniGate" },
	{ "domino", "Domino" },
	{ "groupwise", "GroupWise" },
	{ "powermta", "PowerMTA" },
	{ "stalwart", "Stalwart" },
	{ "maddy", "maddy" },
	{ "courier", "Courier" },
	{ "surgemail", "SurgeMail" },
	{ "gsmtp", "Google" },
	{ "ironport", "Cisco IronPort" },
	{ "barracuda", "Barracuda" },
	{ "fortimail", "FortiMail" },
	{ "mailcleaner", "MailCleaner" },
	{ "smtp-sink", "smtp-sink" },
};

/* The word behind a product's name, where it is a number: "4.97", "8.17.1/8.17.1". */
static const char *
version_behind(const char *text)
{
	text += strcspn(text, " \n");
	text += *text == ' ';
	text += *text == '(';
	return ascii_is_digit(*text) ? text : NULL;
}

struct finding
judge_software(const struct judged *j)
{
	const char *text = session(j)->greeting.text, *version, *at;
	struct finding finding;

	if (!sighting_reached(j, STAGE_GREETING, &finding))
		return finding;
	if (smtp_greeting_is_masked(text))
		return finding_untested_value(REASON_INTERCEPTED, text);
	text += strcspn(text, " \n"); /* the name of the host says nothing of it */
	for (size_t i = 0; i < sizeof products / sizeof products[0]; i++) {
		at = strcasestr(text, products[i].word);
		if (at == NULL)
			continue;
		version = version_behind(at + strlen(products[i].word));
		if (version == NULL)
			return finding_info(products[i].product);
		return finding_info(arena_printf(j->arena, "%s %.*s", products[i].product,
		    (int)strcspn(version, " ;,)\n"), version));
	}
	return finding_pass(NULL);
}

/* ---- the addresses of one host */

/* What one of them shows, as far as it is known. */
struct setup {
	const struct address_result *address;
	bool starttls;
	const char *ehlo, *names;
};

static bool
read_setup(const struct judged *j, const struct address_result *address, struct setup *out)
{
	const struct smtp_observation *seen = address->looks.better;
	struct judged at = *j;
	struct finding ours;

	at.address = address;
	if (seen == NULL || seen->ehlo.code != 250 || sighting_is_ours(&at, &ours))
		return false;
	*out = (struct setup){
		.address = address,
		.starttls = seen->offers_starttls,
		.ehlo = address->names.ehlo != NULL ? address->names.ehlo : "no name",
		.names = address->tls.chain != NULL ? address->tls.chain->names : NULL,
	};
	return true;
}

/* What sets two of them apart; NULL when nothing does. */
static const char *
difference(const struct setup *one, const struct setup *other, struct arena *arena)
{
	if (one->starttls != other->starttls)
		return arena_printf(arena, "STARTTLS at %s, not at %s",
		    one->starttls ? one->address->text : other->address->text,
		    one->starttls ? other->address->text : one->address->text);
	if (strcmp(one->ehlo, other->ehlo) != 0)
		return arena_printf(arena, "%s calls itself %s, %s %s", one->address->text,
		    one->ehlo, other->address->text, other->ehlo);
	if (one->names != NULL && other->names != NULL && strcmp(one->names, other->names) != 0)
		return arena_printf(arena, "the certificate of %s names %s, that of %s %s",
		    one->address->text, one->names, other->address->text, other->names);
	return NULL;
}

struct finding
judge_consistent(const struct judged *j)
{
	struct setup first = { 0 }, other;
	const char *apart = NULL;
	size_t addresses = 0, tested = 0;
	struct finding settled;

	if (judged_without_address(j, &settled))
		return settled;
	for (size_t i = 0; i < j->e->address_count; i++) {
		const struct address_result *address = &j->e->addresses[i];

		if (address->host != j->host)
			continue;
		addresses++;
		if (!read_setup(j, address, &other))
			continue;
		if (tested++ == 0)
			first = other;
		else if (apart == NULL)
			apart = difference(&first, &other, j->arena);
	}
	if (addresses < 2)
		return finding_not_applicable(CAUSE_NO_TARGET);
	if (apart != NULL)
		return finding_warn(apart);
	return tested < 2 ? finding_untested(REASON_PREREQUISITE) : finding_pass(NULL);
}
