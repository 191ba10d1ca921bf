#ifndef MXSWEEP_SCORE_SIGHTING_H
#define MXSWEEP_SCORE_SIGHTING_H

#include "rule/second_look.h"
#include "score/check.h"

/*
 * What the sessions at an address show of one stage, both looks together. When they disagree, the
 * better one stands; a negative that we could have caused ourselves stands when it was seen twice.
 */
struct sighting {
	enum look_word word; /* LOOK_BAD: both show it */
	const struct smtp_observation
	    *seen;        /* that shows it, or says why there is no more to tell */
	bool flap;        /* good in one, bad in the other */
	bool provisional; /* bad in both, with less than a minute between them */
};

/* Were two looks so near to each other that what they agree on may be gone soon? */
bool sightings_are_near(const struct smtp_observation *first, const struct smtp_observation *again);

/* The judged address must have had a session. */
struct sighting sighting_of(const struct judged *j, enum look_stage stage);

/* Are all stages up to this one good? If not, what is to be said of whatever comes behind it. */
bool sighting_reached(const struct judged *j, enum look_stage stage, struct finding *out);

/* Where STARTTLS is missing: is it the path that keeps it from us? */
bool sighting_is_stripped(const struct judged *j);

/* What is found, with the marks of the sighting. */
struct finding sighting_found(const struct sighting *sighting, struct finding finding);

/* What the run knows of its own way there settles all rows of the area: no route, port 25 closed,
 * something on the path that answers in the place of others. */
bool sighting_is_ours(const struct judged *j, struct finding *out);

#endif
