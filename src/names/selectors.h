#ifndef MXSWEEP_NAMES_SELECTORS_H
#define MXSWEEP_NAMES_SELECTORS_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct selectors;

enum {
	SELECTORS_COMMON_MAX =
	    20, /* each may cost a question for a domain of which nothing is known */
	SELECTORS_HINT_MAX = 8,
	SELECTOR_SIZE = 64, /* what DKIM-Signature can carry is longer; nobody uses it */
};

/*
 * The table of DKIM selectors that are worth trying: names that providers give to the keys of their
 * customers, and the commonest of all. A row is a hint and its selectors: "mx:NAME" for the
 * customers of a provider of providers.tsv, "spf:NAME" for those whose SPF includes that name or
 * one below it, "*" for all. "-" stands for no selectors.
 */
struct selector_list {
	const char *const *at;
	size_t count;
};

/*
 * Reads a table. -1 with `error` set ("FILE:LINE: column: what is wrong, what would be right"),
 * `*out` NULL. Release with selectors_free.
 */
int selectors_load(const char *path, struct selectors **out, struct error *error);
void selectors_free(struct selectors *selectors); /* NULL does nothing */

/*
 * Reads one more table: its rows are added, or take the place of the row with the same hint. With
 * a fault in the file nothing changes.
 */
int selectors_add(struct selectors *selectors, const char *path, struct error *error);

/* Most frequent first; empty where the table says nothing, or is NULL. */
struct selector_list selectors_common(const struct selectors *selectors);
struct selector_list selectors_of_provider(const struct selectors *selectors, const char *provider);
/* `name` in lower case; of several hints the longest name counts. */
struct selector_list selectors_of_spf(const struct selectors *selectors, const char *name);

/* The rows in no order, from cursor 0: a hint and its selectors; NULL at the end. */
const char *
selectors_next(const struct selectors *selectors, size_t *cursor, struct selector_list *list_out);

/* Labels of letters, digits, hyphens and underscores (RFC 6376 3.1), in lower case. */
bool selector_valid(const char *text);

#endif
