#ifndef MXSWEEP_NAMES_PRESSURE_H
#define MXSWEEP_NAMES_PRESSURE_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct pressure_words;

/* One row of pressure.tsv: words with which servers say that we come too often. */
struct pressure_row {
	const char *code; /* three digits, "4xx", "5xx" or "*" */
	const char
	    *enhanced;    /* how the enhanced status code begins (RFC 3463); "" for any or none */
	const char *text; /* words of the reply, in lower case; "" for any */
	bool about_pressure; /* false: a reply that only looks like it */
	bool night;          /* nothing more there in this run */
	unsigned cool_s;     /* how long it is left in peace */
};

/* -1 with `error` set ("FILE:LINE: column: what is wrong, what would be right"), `*out` NULL.
 * Release with pressure_free. */
int pressure_load(const char *path, struct pressure_words **out, struct error *error);
void pressure_free(struct pressure_words *refusals); /* NULL does nothing */

/* Reads one more table: its rows come before those that are there. With a fault in the file nothing
 * changes. */
int pressure_add(struct pressure_words *refusals, const char *path, struct error *error);

/*
 * The first row that fits a reply of this code, if it is about how often we come; else NULL. The
 * text is that of all lines, without codes but with the enhanced ones. `refusals` may be NULL.
 */
const struct pressure_row *
pressure_match(const struct pressure_words *refusals, int code, const char *text);

#endif
