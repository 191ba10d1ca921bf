/* The table of the kinds of visits. */
#include "fact/looks.h"

static const struct look_row rows[LOOK_COUNT] = {
	[LOOK_FIRST] = { 'S', "session", LOOK_FIRST, LOOK_SECOND, ABOUT_NAME, false },
	[LOOK_SECOND] = { 'R', "second_session", LOOK_FIRST, LOOK_SECOND, ABOUT_NAME, false },
	[LOOK_WITNESS] = { 'W', "witness", LOOK_WITNESS, LOOK_WITNESS, ABOUT_NAME, false },
	[LOOK_RELAY] = { 'L', "relay_test", LOOK_RELAY, LOOK_RELAY_AGAIN, ABOUT_ADDRESS, true },
	[LOOK_RELAY_AGAIN] = { 'l', "second_relay_test", LOOK_RELAY, LOOK_RELAY_AGAIN,
	    ABOUT_ADDRESS, true },
	[LOOK_NULL_SENDER] = { 'N', "null_sender", LOOK_NULL_SENDER, LOOK_NULL_SENDER_AGAIN,
	    ABOUT_ADDRESS, true },
	[LOOK_NULL_SENDER_AGAIN] = { 'n', "second_null_sender", LOOK_NULL_SENDER,
	    LOOK_NULL_SENDER_AGAIN, ABOUT_ADDRESS, true },
	[LOOK_RECIPIENTS] = { 'M', "recipients", LOOK_RECIPIENTS, LOOK_RECIPIENTS, ABOUT_DOMAIN,
	    true },
};

const struct look_row *
look_row(enum session_look look)
{
	return &rows[look];
}
