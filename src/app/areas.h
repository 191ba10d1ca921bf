#ifndef MXSWEEP_APP_AREAS_H
#define MXSWEEP_APP_AREAS_H

#include "app/options.h"
#include "score/scorecard.h"

/* What --depth, --only and --skip leave. Borrows from the options. */
struct scorecard_options areas_selected(const struct options *options);

/*
 * Are there checks that need port 25? Those of DANE and the relay test do where --only names them;
 * else they make do with the sessions that are had for others, and with none where port 25 is not
 * wanted.
 */
bool areas_need_sessions(const struct options *options);

/* Says which areas named in --only this version has no checks for: else nothing would be checked.
 */
void areas_warn(const struct options *options);

#endif
