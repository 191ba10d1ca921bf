#ifndef MXSWEEP_APP_AREAS_H
#define MXSWEEP_APP_AREAS_H

#include "app/options.h"
#include "score/scorecard.h"

struct arena;
struct gather_rule;

/* What --depth, --only and --skip leave. Borrows from the options. */
struct scorecard_options areas_selected(const struct options *options);

/*
 * Are there checks that need port 25? Those of DANE and the relay test do where --only names them;
 * else they make do with the sessions that are had for others, and with none where port 25 is not
 * wanted.
 */
bool areas_need_sessions(const struct options *options);

/* The rules that gather, without those that ask for what no check of the run looks at; of a dry run
 * only those that say who is visited. In the arena. */
const struct gather_rule *areas_rules(
    const struct scorecard_options *areas, bool dry_run, struct arena *arena, size_t *count_out);

/* Says which areas named in --only this version has no checks for: else nothing would be checked.
 */
void areas_warn(const struct options *options);

#endif
