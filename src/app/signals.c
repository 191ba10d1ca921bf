/* Signals that end a run, and the one that asks where it is. */
#include "app/signals.h"

#include "base/alloc.h"
#include "net/loop.h"
#include "report/output.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
enum { ENDING = sizeof ending / sizeof ending[0] };

static bool
is_ignored(int number)
{
	struct sigaction now;

	return sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

/* ---- what the second does */

/* timeout(1) sends its signal to the process and then to its group: within this, two are one. */
enum { ECHO_MS = 100 };

static struct sigaction before[ENDING];
static bool held;
static volatile sig_atomic_t came, noted;
static volatile uint64_t came_ms;

/* Safe in a handler. */
static uint64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void
note_first(int number)
{
	came = 1;
	noted = number;
	came_ms = now_ms();
}

static void
on_signal(int number)
{
	if (!came) {
		note_first(number);
		return;
	}
	if (now_ms() - came_ms < ECHO_MS)
		return;
	output_remove_unfinished();
	signal(number, SIG_DFL);
	raise(number); /* delivered when this handler has returned */
}

static void
take_over(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	if (held)
		return; /* what was before is on record */
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ENDING; i++) {
		sigaction(ending[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(ending[i], &action, NULL);
	}
	held = true;
}

/* ---- while gathering */

struct watched {
	struct signals_watch *watch;
	struct loop_signal *signal; /* NULL when it is left alone */
	int number;
};

struct signals_watch {
	struct watched at[ENDING];
	signals_fn fn;
	void *user;
};

static void
stop_watching(struct signals_watch *watch)
{
	for (size_t i = 0; i < ENDING; i++) {
		loop_signal_free(watch->at[i].signal);
		watch->at[i].signal = NULL;
	}
}

static void
on_first(void *user)
{
	struct watched *watched = user;

	stop_watching(watched->watch);
	note_first(watched->number);
	take_over();
	watched->watch->fn(watched->watch->user, watched->number);
}

struct signals_watch *
signals_watch_new(struct loop *loop, signals_fn fn, void *user)
{
	struct signals_watch *watch = alloc_zeroed(1, sizeof *watch);

	watch->fn = fn;
	watch->user = user;
	for (size_t i = 0; i < ENDING; i++) {
		struct watched *watched = &watch->at[i];

		watched->watch = watch;
		watched->number = ending[i];
		if (ending[i] != SIGHUP || !is_ignored(SIGHUP))
			watched->signal = loop_signal_new(loop, ending[i], on_first, watched);
	}
	return watch;
}

void
signals_watch_free(struct signals_watch *watch)
{
	if (watch == NULL)
		return;
	stop_watching(watch);
	free(watch);
}

/* ---- while finishing */

void
signals_hold(bool first_came)
{
	came = first_came;
	noted = 0;
	take_over();
}

int
signals_release(void)
{
	for (size_t i = 0; i < ENDING; i++)
		sigaction(ending[i], &before[i], NULL);
	held = false;
	return noted;
}

/* ---- where the run is */

static const char *volatile answer;
static struct sigaction before_answer;

/* Only what is safe in a handler. */
static void
write_text(const char *text)
{
	if (write(STDERR_FILENO, text, strlen(text)) < 0)
		return;
}

static void
on_question(int number)
{
	int kept = errno;

	(void)number;
	write_text("mxsweep: ");
	write_text(answer);
	write_text("\n");
	errno = kept;
}

static void
answer_with_text(struct sigaction *before_out)
{
	struct sigaction action = { .sa_handler = on_question, .sa_flags = SA_RESTART };

	sigemptyset(&action.sa_mask);
	sigaction(SIGUSR1, &action, before_out);
}

void
signals_answer(const char *text)
{
	bool answered = answer != NULL;

	if (text == NULL) {
		if (answered)
			sigaction(SIGUSR1, &before_answer, NULL);
		answer = NULL;
		return;
	}
	answer = text;
	if (!answered)
		answer_with_text(&before_answer);
}

struct signals_question {
	struct loop_signal *signal;
};

struct signals_question *
signals_question_new(struct loop *loop, signals_question_fn fn, void *user)
{
	struct signals_question *question = alloc_zeroed(1, sizeof *question);

	question->signal = loop_signal_new(loop, SIGUSR1, fn, user);
	return question;
}

void
signals_question_free(struct signals_question *question)
{
	if (question == NULL)
		return;
	loop_signal_free(question->signal);
	free(question);
	if (answer != NULL)
		answer_with_text(NULL);
}
