#ifndef MXSWEEP_FACT_LOOKS_H
#define MXSWEEP_FACT_LOOKS_H

#include "fact/facts.h"

/* What tells two visits of one kind apart. */
enum look_about {
	ABOUT_NAME,    /* address and MX name */
	ABOUT_ADDRESS, /* the address alone, whatever the name */
	ABOUT_DOMAIN,  /* the address, and a domain that is spoken of there */
};

/* The kinds of visits, one row each. */
struct look_row {
	char key;                /* of its facts in the night file; never given twice */
	const char *fact;        /* what `mxsweep facts` calls them */
	enum session_look first; /* itself, or the kind of visit that this one repeats */
	enum session_look again; /* the kind that repeats it; itself: none does */
	enum look_about about;
	bool follows; /* comes behind the session of its address and MX name, where EHLO is
			 accepted there; rules run at none of them */
};

const struct look_row *look_row(enum session_look look);

#endif
