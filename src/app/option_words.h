#ifndef MXSWEEP_APP_OPTION_WORDS_H
#define MXSWEEP_APP_OPTION_WORDS_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Words that stand in values of options. Each function looks at one, may write it in its usual form
 * in place, and gives -1 with exit code 64 and a text that says what would be right.
 */
int option_word_area(char *word, struct error *error);
int option_word_opt_in(char *word, struct error *error); /* the id of a check to opt in */
int
option_word_suffix(char *word, struct error *error); /* a host name; a dot may stand before it */
/* A host, a dot and a name, or a network. */
int option_word_target(char *word, struct error *error);
int option_word_mailbox(char *word, struct error *error); /* an address that mail can be sent to */

/* What EHLO may carry: a domain or an address literal (RFC 5321 4.1.3), never a blank. */
bool option_word_is_host(const char *text);

#endif
