/* First and second look together. */
#include "score/sighting.h"

#include "names/provider.h"
#include "score/refusal.h"

#include <string.h>

enum { PROVISIONAL_S = 60 };

static bool
is_silent(const struct smtp_observation *seen)
{
	return seen->end == SMTP_END_TIMEOUT;
}

/* Nobody there, twice and in the same way, counts while others let us in. */
static bool
confirms_connect(const struct judged *j)
{
	const struct address_result *address = j->address;

	return is_silent(address->looks.first) == is_silent(address->looks.second) &&
	    address->looks.second->witnesses >= WITNESSES_NEEDED &&
	    (!is_silent(address->looks.first) || j->e->run->egress == EGRESS_OPEN);
}

bool
sightings_are_near(const struct smtp_observation *first, const struct smtp_observation *again)
{
	return again->seen_at - first->seen_at < PROVISIONAL_S;
}

static struct sighting
good(const struct judged *j, enum look_stage stage, const enum look_word words[2])
{
	const struct address_result *address = j->address;
	bool better = second_look_word(stage, address->looks.better, j->e->run) == LOOK_GOOD;

	return (struct sighting){
		.word = LOOK_GOOD,
		.seen = better              ? address->looks.better
		    : words[0] == LOOK_GOOD ? address->looks.first
					    : address->looks.second,
		.flap = words[0] == LOOK_BAD || words[1] == LOOK_BAD,
	};
}

/* Hosts of known providers offer it. */
bool
sighting_is_stripped(const struct judged *j)
{
	return smtp_ehlo_is_masked(j->address->looks.better->ehlo.text) ||
	    j->e->run->keywords_masked ||
	    providers_match(j->tables->providers, j->host->name) != NULL;
}

/* Does it count that both looks show something bad there? */
static bool
confirms(const struct judged *j, enum look_stage stage)
{
	return stage == STAGE_CONNECT ? confirms_connect(j)
	    : stage == STAGE_STARTTLS ? !sighting_is_stripped(j)
				      : true;
}

struct sighting
sighting_of(const struct judged *j, enum look_stage stage)
{
	const struct address_result *address = j->address;
	const enum look_word words[2] = {
		second_look_word(stage, address->looks.first, j->e->run),
		address->looks.second == NULL
		    ? LOOK_LESS
		    : second_look_word(stage, address->looks.second, j->e->run),
	};
	bool twice = words[0] == LOOK_BAD && words[1] == LOOK_BAD;

	if (words[0] == LOOK_GOOD || words[1] == LOOK_GOOD)
		return good(j, stage, words);
	if (twice && confirms(j, stage))
		return (struct sighting){ .word = LOOK_BAD,
			.seen = address->looks.first,
			.provisional =
			    sightings_are_near(address->looks.first, address->looks.second) };
	return (struct sighting){
		.word = words[0] == LOOK_LESS && words[1] == LOOK_LESS ? LOOK_LESS : LOOK_VAGUE,
		.seen =
		    !twice && words[1] != LOOK_LESS ? address->looks.second : address->looks.first,
	};
}

static const char *const check_of_stage[] = {
	[STAGE_CONNECT] = "smtp.connect",
	[STAGE_GREETING] = "smtp.greeting",
	[STAGE_EHLO] = "smtp.ehlo",
	[STAGE_STARTTLS] = "smtp.starttls",
	[STAGE_HANDSHAKE] = "tls.handshake",
};

bool
sighting_reached(const struct judged *j, enum look_stage stage, struct finding *out)
{
	for (int at = 0; at <= (int)stage; at++) {
		struct sighting sighting = sighting_of(j, (enum look_stage)at);

		if (sighting.word == LOOK_GOOD)
			continue;
		if (sighting.word == LOOK_BAD)
			*out = finding_after(check_of_stage[at]);
		else if (at == STAGE_CONNECT)
			*out = finding_untested(REASON_PREREQUISITE);
		else
			*out = finding_untested_value(refusal_of_session(sighting.seen, j->e->run),
			    smtp_stage_text(sighting.seen->stage));
		return false;
	}
	return true;
}

struct finding
sighting_found(const struct sighting *sighting, struct finding finding)
{
	finding.flap = sighting->flap;
	finding.provisional = sighting->provisional;
	return finding;
}

static bool
has_no_route(const struct judged *j)
{
	const struct smtp_observation *seen = j->address->looks.better;

	return seen != NULL && seen->end == SMTP_END_NO_ROUTE &&
	    (j->e->run->without_route & 1u << j->address->ip.family) != 0;
}

static bool
is_intercepted(const struct judged *j)
{
	const char *shared = j->e->run->shared_greeting;
	char form[SMTP_GREETING_FORM_SIZE];

	if (shared == NULL || j->address->looks.better->greeting.code == 0)
		return false;
	smtp_greeting_form(j->address->looks.better->greeting.text, form);
	return strcmp(form, shared) == 0;
}

bool
sighting_is_ours(const struct judged *j, struct finding *out)
{
	const struct smtp_observation *seen = j->address->looks.better;

	if (seen == NULL && run_own_name_forbids(j->e->run, j->address->ip.family))
		*out = finding_untested(REASON_PREREQUISITE);
	else if (has_no_route(j))
		*out = finding_untested(
		    j->address->ip.family == 4 ? REASON_NO_LOCAL_IPV4 : REASON_NO_LOCAL_IPV6);
	else if (seen == NULL || seen->stage == SMTP_CONNECT) {
		if (j->e->run->egress != EGRESS_BLOCKED)
			return false;
		*out = finding_untested(REASON_EGRESS_BLOCKED);
	} else if (is_intercepted(j)) {
		*out = finding_untested_value(REASON_INTERCEPTED, seen->greeting.text);
	} else {
		return false;
	}
	return true;
}
