#ifndef MXSWEEP_APP_HISTORY_FACTS_H
#define MXSWEEP_APP_HISTORY_FACTS_H

struct error;
struct history_facts;
struct night;

/*
 * What the history knows of the domains of a night goes into its night file while it is gathered:
 * so the finish needs nothing else. `out` is NULL where there is no history (path NULL) or no night
 * in it.
 */
int history_facts_open(const char *path, struct history_facts **out, struct error *error);
void history_facts_close(struct history_facts *history); /* NULL does nothing */

/* Puts what is known of a domain. What cannot be read is said once, and counts as not known. */
void history_facts_put(struct history_facts *history, struct night *night, const char *domain);

#endif
