/* A thin cover over libuv, so that uv.h stays in this room. */
#include "net/loop.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <uv.h>

enum { BEAT_MS = 100 };

struct loop {
	uv_loop_t uv;
	uv_timer_t beat;    /* keeps no loop running; that it comes late shows a lag */
	uint64_t beat_due;  /* loop milliseconds */
	uint64_t lagged_at; /* likewise: when the last lag was noticed; 0: never */
};

struct loop_timer {
	uv_timer_t uv;
	loop_fn fn;
	void *user;
};

struct loop_soon {
	uv_idle_t uv;
	loop_fn fn;
	void *user;
};

struct loop_watch {
	uv_poll_t uv;
	int fd;
	loop_watch_fn fn;
	void *user;
};

struct loop_signal {
	uv_signal_t uv;
	loop_fn fn;
	void *user;
};

struct background {
	uv_work_t uv;
	loop_fn work, done;
	void *user;
};

static bool
is_late(const struct loop *loop)
{
	return uv_now(&loop->uv) > loop->beat_due + LOOP_LAG_MS;
}

static void
on_beat(uv_timer_t *uv)
{
	struct loop *loop = uv->data;

	if (is_late(loop))
		loop->lagged_at = uv_now(&loop->uv);
	loop->beat_due = uv_now(&loop->uv) + BEAT_MS;
}

static void
start_beat(struct loop *loop)
{
	uv_timer_init(&loop->uv, &loop->beat);
	loop->beat.data = loop;
	loop->beat_due = uv_now(&loop->uv) + BEAT_MS;
	uv_timer_start(&loop->beat, on_beat, BEAT_MS, BEAT_MS);
	uv_unref((uv_handle_t *)&loop->beat);
}

/* The loop's own beat is asked as well, for it may be due behind the event that is looked at. */
bool
loop_lagged_since(const struct loop *loop, uint64_t then)
{
	return loop->lagged_at > then || is_late(loop);
}

struct loop *
loop_new(void)
{
	struct loop *loop = alloc_zeroed(1, sizeof *loop);

	int status = uv_loop_init(&loop->uv);

	if (status != 0) { /* like memory: there is no going on without it */
		fprintf(
		    stderr, "mxsweep: the event loop cannot be made: %s\n", uv_strerror(status));
		_Exit(EX_OSERR);
	}
	start_beat(loop);
	return loop;
}

void
loop_run(struct loop *loop)
{
	uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void
loop_run_once(struct loop *loop)
{
	uv_run(&loop->uv, UV_RUN_ONCE);
}

void
loop_stop(struct loop *loop)
{
	uv_stop(&loop->uv);
}

/* A loop_stop that nobody has seen yet makes the first run return at once. */
void
loop_free(struct loop *loop)
{
	uv_close((uv_handle_t *)&loop->beat, NULL);
	for (int tries = 0; uv_loop_close(&loop->uv) != 0; tries++) {
		if (tries == 2)
			abort();                   /* a handle was never freed: a bug */
		uv_run(&loop->uv, UV_RUN_DEFAULT); /* close callbacks of what was freed */
	}
	free(loop);
}

uint64_t
loop_now(const struct loop *loop)
{
	return uv_now(&loop->uv);
}

uint64_t
loop_clock(void)
{
	return uv_hrtime() / 1000000;
}

struct uv_loop_s *
loop_uv(struct loop *loop)
{
	return &loop->uv;
}

static void
free_handle(uv_handle_t *handle)
{
	free(handle); /* the handle is the first member of what was allocated */
}

static void
on_timer(uv_timer_t *uv)
{
	struct loop_timer *timer = (struct loop_timer *)uv;

	timer->fn(timer->user);
}

struct loop_timer *
loop_timer_new(struct loop *loop, loop_fn fn, void *user)
{
	struct loop_timer *timer = alloc_zeroed(1, sizeof *timer);

	uv_timer_init(&loop->uv, &timer->uv);
	timer->fn = fn;
	timer->user = user;
	return timer;
}

void
loop_timer_start(struct loop_timer *timer, uint64_t after_ms, uint64_t repeat_ms)
{
	uv_timer_start(&timer->uv, on_timer, after_ms, repeat_ms);
}

void
loop_timer_stop(struct loop_timer *timer)
{
	uv_timer_stop(&timer->uv);
}

void
loop_timer_free(struct loop_timer *timer)
{
	if (timer != NULL)
		uv_close((uv_handle_t *)&timer->uv, free_handle);
}

static void
on_idle(uv_idle_t *uv)
{
	struct loop_soon *soon = (struct loop_soon *)uv;

	uv_idle_stop(uv);
	soon->fn(soon->user);
}

struct loop_soon *
loop_soon_new(struct loop *loop, loop_fn fn, void *user)
{
	struct loop_soon *soon = alloc_zeroed(1, sizeof *soon);

	uv_idle_init(&loop->uv, &soon->uv);
	soon->fn = fn;
	soon->user = user;
	return soon;
}

void
loop_soon_ask(struct loop_soon *soon)
{
	uv_idle_start(&soon->uv, on_idle);
}

void
loop_soon_free(struct loop_soon *soon)
{
	if (soon != NULL)
		uv_close((uv_handle_t *)&soon->uv, free_handle);
}

static void
on_poll(uv_poll_t *uv, int status, int events)
{
	struct loop_watch *watch = (struct loop_watch *)uv;

	if (status < 0) /* let the owner read: it will see the error itself */
		events = UV_READABLE;
	watch->fn(watch->user, watch->fd, (events & UV_READABLE) != 0, (events & UV_WRITABLE) != 0);
}

struct loop_watch *
loop_watch_new(struct loop *loop, int fd, loop_watch_fn fn, void *user)
{
	struct loop_watch *watch = alloc_zeroed(1, sizeof *watch);

	if (uv_poll_init(&loop->uv, &watch->uv, fd) != 0) {
		free(watch);
		return NULL;
	}
	watch->fd = fd;
	watch->fn = fn;
	watch->user = user;
	return watch;
}

void
loop_watch_set(struct loop_watch *watch, bool readable, bool writable)
{
	uv_poll_start(
	    &watch->uv, (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0), on_poll);
}

void
loop_watch_free(struct loop_watch *watch)
{
	if (watch == NULL)
		return;
	uv_poll_stop(&watch->uv);
	uv_close((uv_handle_t *)&watch->uv, free_handle);
}

static void
do_work(uv_work_t *uv)
{
	struct background *background = (struct background *)uv;

	background->work(background->user);
}

static void
work_done(uv_work_t *uv, int status)
{
	struct background background = *(struct background *)uv;

	(void)status;
	free(uv);
	background.done(background.user);
}

void
loop_background(struct loop *loop, loop_fn work, loop_fn done, void *user)
{
	struct background *background = alloc_zeroed(1, sizeof *background);

	background->work = work;
	background->done = done;
	background->user = user;
	uv_queue_work(&loop->uv, &background->uv, do_work, work_done);
}

static void
on_signal(uv_signal_t *uv, int number)
{
	struct loop_signal *signal = (struct loop_signal *)uv;

	(void)number;
	signal->fn(signal->user);
}

struct loop_signal *
loop_signal_new(struct loop *loop, int number, loop_fn fn, void *user)
{
	struct loop_signal *signal = alloc_zeroed(1, sizeof *signal);

	uv_signal_init(&loop->uv, &signal->uv);
	signal->fn = fn;
	signal->user = user;
	uv_signal_start(&signal->uv, on_signal, number);
	return signal;
}

void
loop_signal_free(struct loop_signal *signal)
{
	if (signal != NULL)
		uv_close((uv_handle_t *)&signal->uv, free_handle);
}
