#ifndef MXSWEEP_APP_SIGNALS_H
#define MXSWEEP_APP_SIGNALS_H

#include <stdbool.h>

struct loop;

/*
 * SIGINT, SIGTERM and SIGHUP while gathering: calls back with the first that comes, after which
 * the second ends the process at once. Two within a tenth of a second are one: timeout(1) sends its
 * signal to the process and to its group. SIGHUP is left alone where the process was started to
 * outlive its terminal, as nohup(1) does.
 */
struct signals_watch;
typedef void (*signals_fn)(void *user, int number);
struct signals_watch *signals_watch_new(struct loop *loop, signals_fn fn, void *user);
void signals_watch_free(struct signals_watch *watch);

/*
 * The same while scorecards are written. The first is only noted, since what was gathered is worth
 * the seconds that are left; the second ends the process at once, and takes the files that are half
 * written with it.
 */
void signals_hold(bool first_came); /* one has come already: the next is the second */
int signals_release(void);          /* the one that was noted, or 0 */

/*
 * SIGUSR1: one line that says where the run is. While it gathers, the callback says it; otherwise
 * it is "mxsweep: " and a text that lives as long as it counts (NULL: SIGUSR1 does what it did
 * before).
 */
struct signals_question;
typedef void (*signals_question_fn)(void *user);
struct signals_question *
signals_question_new(struct loop *loop, signals_question_fn fn, void *user);
void signals_question_free(struct signals_question *question); /* and the text answers again */
void signals_answer(const char *text);

#endif
