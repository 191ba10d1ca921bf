#ifndef MXSWEEP_NAMES_REFUSALS_H
#define MXSWEEP_NAMES_REFUSALS_H

#include <stdbool.h>

struct error;
struct refusals;

enum {
	REFUSALS_MAX = 256,     /* rows; each is looked for in every refusal */
	REFUSAL_WORDS_MAX = 64, /* octets */
};

/* Of what words in a refusal speak. */
enum refusal_kind {
	REFUSAL_OF_CLIENT, /* of who connects: a block list, a reverse name */
	REFUSAL_OF_POLICY, /* of who connects, where neither sender nor recipient was named yet */
	REFUSAL_OF_RECIPIENT, /* of the recipient: relaying */
	REFUSAL_KIND_COUNT,
};

/*
 * Reads a table of such words: kind, words, note. Words are in lower case and stand for themselves
 * in any case, as whole words; with * at an end they may go on there. -1 with `error` set
 * ("FILE:LINE: column: what is wrong, what would be right"), `*out` NULL. Release with
 * refusals_free.
 */
int refusals_load(const char *path, struct refusals **out, struct error *error);
void refusals_free(struct refusals *refusals); /* NULL does nothing */

/* Reads one more table: its rows are added, or take the place of the row with the same words. With
 * a fault in the file nothing changes. */
int refusals_add(struct refusals *refusals, const char *path, struct error *error);

/* Does the text of a reply have words of that kind? Without a table (NULL) none has. */
bool refusals_speak_of(const struct refusals *refusals, enum refusal_kind kind, const char *text);

#endif
