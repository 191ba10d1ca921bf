/* What one session says of each stage, and whether it is to be had again. */
#include "rule/second_look.h"

#include "rule/about_us.h"

#include <string.h>

static enum look_word
word_of_connect(const struct smtp_observation *seen)
{
	if (seen->stage > SMTP_CONNECT)
		return LOOK_GOOD;
	return seen->end == SMTP_END_REFUSED || seen->end == SMTP_END_UNREACHABLE ||
		seen->end == SMTP_END_TIMEOUT
	    ? LOOK_BAD
	    : LOOK_VAGUE;
}

/* A refusal for good counts when it is not about us; so does what is no SMTP. */
static enum look_word
word_of_end(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	if (seen->end == SMTP_END_GARBAGE)
		return LOOK_BAD;
	return seen->end == SMTP_END_REPLY && heard->code >= 500 && !about_us(seen, heard, run) &&
		!about_pressure(heard, run)
	    ? LOOK_BAD
	    : LOOK_VAGUE;
}

static enum look_word
word_of_greeting(const struct smtp_observation *seen, const struct run_facts *run)
{
	if (smtp_greeted(seen))
		return LOOK_GOOD;
	return seen->stage < SMTP_GREETING ? LOOK_LESS : word_of_end(seen, &seen->greeting, run);
}

static enum look_word
word_of_ehlo(const struct smtp_observation *seen, const struct run_facts *run)
{
	if (seen->ehlo.code == 250)
		return LOOK_GOOD;
	return seen->stage < SMTP_EHLO ? LOOK_LESS : word_of_end(seen, &seen->ehlo, run);
}

/* A word that is masked may have been this one. */
static enum look_word
word_of_starttls(const struct smtp_observation *seen)
{
	if (seen->ehlo.code != 250)
		return LOOK_LESS;
	if (seen->offers_starttls)
		return LOOK_GOOD;
	return smtp_ehlo_is_masked(seen->ehlo.text) ? LOOK_VAGUE : LOOK_BAD;
}

bool
second_look_not_spoken_here(const struct smtp_observation *seen)
{
	static const char *const words[] = { "unsupported protocol",
		"tlsv1 alert protocol version" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(seen->tls_error, words[i]) == 0)
			return true;
	return false;
}

static enum look_word
word_of_handshake(const struct smtp_observation *seen, const struct run_facts *run)
{
	if (seen->secure)
		return LOOK_GOOD;
	if (!seen->offers_starttls || seen->stage < SMTP_STARTTLS)
		return LOOK_LESS;
	if (seen->end == SMTP_END_TLS)
		return second_look_not_spoken_here(seen) ? LOOK_VAGUE : LOOK_BAD;
	return word_of_end(seen, &seen->starttls, run);
}

enum look_word
second_look_word(
    enum look_stage stage, const struct smtp_observation *seen, const struct run_facts *run)
{
	switch (stage) {
	case STAGE_CONNECT:
		return word_of_connect(seen);
	case STAGE_GREETING:
		return word_of_greeting(seen, run);
	case STAGE_EHLO:
		return word_of_ehlo(seen, run);
	case STAGE_STARTTLS:
		return word_of_starttls(seen);
	case STAGE_HANDSHAKE:
		return word_of_handshake(seen, run);
	case LOOK_STAGE_COUNT:
		break;
	}
	return LOOK_LESS;
}

/* Connected to, and not greeted within the limits of the first look. */
static bool
greets_late(const struct smtp_observation *seen)
{
	return seen->stage == SMTP_GREETING &&
	    (seen->end == SMTP_END_TIMEOUT || seen->end == SMTP_END_TOTAL);
}

enum session_again
second_look_again(const struct smtp_observation *seen, const struct run_facts *run)
{
	static const enum session_again kinds[LOOK_STAGE_COUNT] = {
		[STAGE_CONNECT] = AGAIN_LATER_WITH_OTHERS,
		[STAGE_GREETING] = AGAIN_LATER,
		[STAGE_EHLO] = AGAIN_LATER,
		[STAGE_STARTTLS] = AGAIN_SOON,
		[STAGE_HANDSHAKE] = AGAIN_SOON,
	};

	if (greets_late(seen))
		return AGAIN_LATER_PATIENTLY;
	if (seen->end == SMTP_END_REPLY && about_pressure(smtp_last_heard(seen), run))
		return AGAIN_LATER; /* then we shall press less */
	for (int stage = 0; stage < LOOK_STAGE_COUNT; stage++)
		if (second_look_word((enum look_stage)stage, seen, run) == LOOK_BAD)
			return kinds[stage];
	return seen->end == SMTP_END_CLOSED && seen->stage < SMTP_EHLO_AGAIN ? AGAIN_LATER
									     : AGAIN_NEVER;
}

static int
stages_of(const struct smtp_observation *seen, const struct run_facts *run)
{
	int stage = 0;

	while (stage < LOOK_STAGE_COUNT &&
	    second_look_word((enum look_stage)stage, seen, run) == LOOK_GOOD)
		stage++;
	return stage;
}

const struct smtp_observation *
second_look_better(const struct smtp_observation *first, const struct smtp_observation *second,
    const struct run_facts *run)
{
	return second != NULL && stages_of(second, run) > stages_of(first, run) ? second : first;
}

struct session_looks
second_look_at(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	struct session_looks looks = { .first = facts_session(facts, LOOK_FIRST, ip, mx_name) };

	if (looks.first == NULL)
		return looks;
	looks.second = facts_session(facts, LOOK_SECOND, ip, mx_name);
	looks.better = second_look_better(looks.first, looks.second, facts->run);
	return looks;
}
