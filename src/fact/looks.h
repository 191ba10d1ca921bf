#ifndef MXSWEEP_FACT_LOOKS_H
#define MXSWEEP_FACT_LOOKS_H

#include "fact/facts.h"

/* What tells two visits of one kind apart. */
enum look_about {
	ABOUT_NAME,    /* address and MX name */
	ABOUT_ADDRESS, /* the address alone, whatever the name */
	ABOUT_DOMAIN,  /* the address, and a domain that is spoken of there */
};

/* What it comes behind: what must have been had in the session of its address and MX name. Rules
 * run at no visit that comes behind another. */
enum look_behind {
	BEHIND_NOTHING,
	BEHIND_EHLO,
	BEHIND_TLS,
};

/* The kinds of visits, one row each. */
struct look_row {
	char key;                /* of its facts in the night file; never given twice */
	const char *fact;        /* what `mxsweep facts` calls them */
	enum session_look first; /* itself, or the kind of visit that this one repeats or follows */
	enum session_look again; /* the kind that repeats or follows it; itself: none does */
	enum look_about about;
	enum look_behind behind;
	bool rested;     /* some while behind it, as AGAIN_RESTED */
	bool other_port; /* tells nothing of port 25 */
};

const struct look_row *look_row(enum session_look look);

#endif
