#ifndef MXSWEEP_NAMES_SUFFIX_H
#define MXSWEEP_NAMES_SUFFIX_H

#include <stdbool.h>

struct error;
struct suffix_list;

enum { SUFFIX_NAME_SIZE = 256 };

/*
 * The public suffix list (publicsuffix.org, both of its sections; a top-level domain that it does
 * not name counts as a public suffix). Names are lower-case A-labels without trailing dot; an
 * address, an empty label or an over-long name is no name and has no registrable domain.
 *
 * All questions may be asked without a list (NULL): then the last two labels count as registrable
 * and no name as public, and whoever asked has to mark the answer as approximate.
 */

/*
 * Opens the file at `path` (text or DAFSA), or with NULL the newest of the list of the system and
 * the one built into libpsl. 0, or -1 with `error` set and `*out` NULL. Close with
 * suffix_list_close.
 */
int suffix_list_open(const char *path, struct suffix_list **out, struct error *error);
void suffix_list_close(struct suffix_list *list); /* NULL does nothing */

/* The public suffix and one label more; false, and `out` empty, if there is none. */
bool suffix_list_registrable(
    const struct suffix_list *list, const char *name, char out[SUFFIX_NAME_SIZE]);

bool suffix_list_is_public(const struct suffix_list *list, const char *name);

/*
 * Is the name, a public suffix, one of a registry, and not of a company that lets others have names
 * below its own (the private section of the list)?
 */
bool suffix_list_is_registry(const struct suffix_list *list, const char *name);

/* Do both have the same registrable domain? */
bool suffix_related(const struct suffix_list *list, const char *a, const char *b);

#endif
