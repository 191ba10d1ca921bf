#ifndef MXSWEEP_APP_RESOLVERS_WATCH_H
#define MXSWEEP_APP_RESOLVERS_WATCH_H

#include "app/options.h"

struct dns_client;
struct loop;
struct resolvers_watch;
struct run_facts;

struct resolvers_watch_options {
	const struct options *options; /* which resolvers there are */
	struct loop *loop;
	const struct dns_client *dns; /* that is watched */
	const struct run_facts *run;  /* its seed makes names */
	const char *zone;     /* in which nobody has a random name, and whose servers answer */
	uint64_t patience_ms; /* with that silence; then `lost` comes, once */
	void (*lost)(void *user);
	void *user;
};

/*
 * Warns, once, when the resolvers have all fallen silent: that costs verdicts, not the run. Silence
 * alone tells nothing where only names are left whose servers are dead, so a question that has an
 * answer is asked meanwhile, of each resolver and apart from all others. All of it is borrowed.
 */
struct resolvers_watch *resolvers_watch_new(const struct resolvers_watch_options *options);
bool resolvers_watch_silent(const struct resolvers_watch *watch); /* they are it still */
void resolvers_watch_free(struct resolvers_watch *watch);

#endif
