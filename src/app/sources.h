#ifndef MXSWEEP_APP_SOURCES_H
#define MXSWEEP_APP_SOURCES_H

#include "app/options.h"
#include "fact/facts.h"

/* The addresses of this machine from which port 25 is visited. */
struct sources {
	struct ip at[OWN_ADDRESSES_MAX];
	size_t count;
	bool given; /* by --source-ip; else they are what the system would choose */
};

/* Those of --source-ip, and for a family that has none there, the system's choice where there is a
 * route. -1 with exit code 64 when one is no address of this machine. Sends nothing. */
int sources_choose(const struct options *options, struct sources *out, struct error *error);

/* Does our own name keep us from port 25 by every family that we speak? */
bool sources_forbidden(const struct sources *sources, const struct run_facts *run);

#endif
