#ifndef MXSWEEP_NET_LOOP_H
#define MXSWEEP_NET_LOOP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The one event loop, and what the rooms above need of libuv: timers, "soon", descriptors to watch,
 * work in the background, signals. Everything runs on the loop's thread but loop_background's work.
 *
 * Objects are made with a callback and a user pointer, and given up with their _free function,
 * after which the callback does not come again; their memory goes in libuv's own close callback.
 */
struct loop;
typedef void (*loop_fn)(void *user);

struct loop *loop_new(void); /* ends the process with a message when the system has none to give */
void loop_run(struct loop *loop);      /* until loop_stop */
void loop_run_once(struct loop *loop); /* waits for something to happen */
void loop_stop(struct loop *loop);
void loop_free(struct loop *loop);          /* waits for handles that are closing */
uint64_t loop_now(const struct loop *loop); /* milliseconds, monotonic, as of this turn */
uint64_t loop_clock(void);                  /* milliseconds, monotonic, now */

/*
 * Has the loop come to its events more than LOOP_LAG_MS late since `then` (of loop_now)? A long
 * turn does that, and a machine that gives us no processor; a time taken meanwhile is not a peer's.
 */
enum { LOOP_LAG_MS = 250 };
bool loop_lagged_since(const struct loop *loop, uint64_t then);

struct loop_timer;
struct loop_timer *loop_timer_new(struct loop *loop, loop_fn fn, void *user);
void loop_timer_start(struct loop_timer *timer, uint64_t after_ms, uint64_t repeat_ms);
void loop_timer_stop(struct loop_timer *timer);
void loop_timer_free(struct loop_timer *timer);

/* Runs once in the next turn of the loop, however often it was asked for until then. */
struct loop_soon;
struct loop_soon *loop_soon_new(struct loop *loop, loop_fn fn, void *user);
void loop_soon_ask(struct loop_soon *soon);
void loop_soon_free(struct loop_soon *soon);

struct loop_watch;
typedef void (*loop_watch_fn)(void *user, int fd, bool readable, bool writable);
struct loop_watch *loop_watch_new(struct loop *loop, int fd, loop_watch_fn fn, void *user);
void loop_watch_set(struct loop_watch *watch, bool readable, bool writable);
void loop_watch_free(struct loop_watch *watch); /* before the descriptor is closed */

/* Runs `work` on a thread of libuv's pool, then `done` on the loop. */
void loop_background(struct loop *loop, loop_fn work, loop_fn done, void *user);

struct loop_signal;
struct loop_signal *loop_signal_new(struct loop *loop, int number, loop_fn fn, void *user);
void loop_signal_free(struct loop_signal *signal);

struct uv_loop_s;
struct uv_loop_s *loop_uv(struct loop *loop); /* for the files of this room */

#endif
