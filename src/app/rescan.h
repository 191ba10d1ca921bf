#ifndef MXSWEEP_APP_RESCAN_H
#define MXSWEEP_APP_RESCAN_H

#include "app/options.h"
#include "app/tables.h"

#include <stdio.h>

struct error;
struct night;
struct rescan;
struct run_facts;

/* Do --since and --rescan go together, and with the other options? -1 with exit code 64. */
int rescan_check(const struct options *options, struct error *error);

/*
 * The earlier night of --since; NULL when there is none. -1 with an error when it is damaged, was
 * interrupted, or asked another number of resolvers: answers are recorded by their numbers.
 */
int rescan_open(
    const struct options *options, unsigned resolvers, struct rescan **out, struct error *error);
void rescan_close(struct rescan *rescan);

/* What is true of that night; it lives until rescan_close. */
const struct run_facts *rescan_then(const struct rescan *rescan);

struct rescan_counts {
	uint64_t domains, taken;
	bool port25_alone; /* nothing else was taken: the DNS was asked anew */
	int64_t night;     /* when that night began, Unix seconds; 0: there is none */
};

/*
 * Takes what is still good of that night into the night file, whose rows are read: for each domain
 * that is not asked anew what it would ask for, but for what others that are asked anew ask for as
 * well, so that it is asked once for both. To be called before gathering begins.
 */
int rescan_take(struct rescan *rescan, const struct tables *tables, struct night *night,
    const struct run_facts *run, struct rescan_counts *counts_out, struct error *error);

/* In one line what was not asked tonight; nothing where there is no earlier night. */
void rescan_say(const struct rescan_counts *counts, FILE *out);

#endif
