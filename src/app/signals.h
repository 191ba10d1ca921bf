#ifndef MXSWEEP_APP_SIGNALS_H
#define MXSWEEP_APP_SIGNALS_H

#include <stdbool.h>

/*
 * SIGINT, SIGTERM and SIGHUP while scorecards are written. The first is only noted, since what was
 * gathered is worth the seconds that are left; the second ends the process at once, and takes the
 * files that are half written with it.
 */
void signals_hold(bool first_came); /* one has come already: the next is the second */
int signals_release(void);          /* the one that was noted, or 0 */

/* Was the process started to outlive its terminal, as nohup(1) does? */
bool signals_hangup_ignored(void);

#endif
