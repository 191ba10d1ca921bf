#ifndef MXSWEEP_APP_RESCAN_CHOICE_H
#define MXSWEEP_APP_RESCAN_CHOICE_H

#include "app/options.h"

struct scorecard;
struct strbuf;

/* One word of --rescan; -1 with exit code 64 and what would be right. */
int rescan_choice_add(struct option_rescan *choice, const char *word, struct error *error);
/* The words again, commas between. */
void rescan_choice_text(const struct option_rescan *choice, struct strbuf *out);

bool rescan_choice_judges(const struct option_rescan *choice); /* does it hang on scorecards? */
/* Is a domain asked anew because of what this scorecard says? */
bool rescan_choice_wants(const struct option_rescan *choice, const struct scorecard *card);

#endif
