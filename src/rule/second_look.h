#ifndef MXSWEEP_RULE_SECOND_LOOK_H
#define MXSWEEP_RULE_SECOND_LOOK_H

#include "fact/facts.h"

/*
 * A negative at port 25 that we could have caused ourselves counts when it was seen twice. These
 * are the stages of a session at which one can be seen, each of which needs the one before it, and
 * what one session says of them.
 */
enum look_stage {
	STAGE_CONNECT,
	STAGE_GREETING,
	STAGE_EHLO,
	STAGE_STARTTLS,  /* is it offered? */
	STAGE_HANDSHAKE, /* does it lead to TLS? */
	LOOK_STAGE_COUNT,
};

enum look_word {
	LOOK_LESS,  /* it did not come so far */
	LOOK_VAGUE, /* it did, and says nothing that counts: deferred, late, about us */
	LOOK_BAD,
	LOOK_GOOD,
};

enum look_word second_look_word(
    enum look_stage stage, const struct smtp_observation *seen, const struct run_facts *run);

/* Has the library no word for what the server speaks? Then no second look tells more. */
bool second_look_not_spoken_here(const struct smtp_observation *seen);

/* Whether a first look is to be followed by a second one, and when. */
enum session_again
second_look_again(const struct smtp_observation *seen, const struct run_facts *run);

/* The one of two that came further; the first of equals. `second` may be NULL. */
const struct smtp_observation *second_look_better(const struct smtp_observation *first,
    const struct smtp_observation *second, const struct run_facts *run);

/* What was seen at (address, MX name); NULL what was not had. */
struct session_looks {
	const struct smtp_observation *first, *second, *better;
};
struct session_looks second_look_at(struct facts *facts, const struct ip *ip, const char *mx_name);

#endif
