/* Signals while finishing. */
#include "app/signals.h"

#include "report/output.h"

#include <signal.h>
#include <stddef.h>

static const int held[] = { SIGINT, SIGTERM, SIGHUP };
enum { HELD = sizeof held / sizeof held[0] };

static struct sigaction before[HELD];
static volatile sig_atomic_t came, noted;

static void
on_signal(int number)
{
	if (!came) {
		came = 1;
		noted = number;
		return;
	}
	output_remove_unfinished();
	signal(number, SIG_DFL);
	raise(number); /* delivered when this handler has returned */
}

void
signals_hold(bool first_came)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	came = first_came;
	noted = 0;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < HELD; i++) {
		sigaction(held[i], NULL, &before[i]);
		if (before[i].sa_handler != SIG_IGN)
			sigaction(held[i], &action, NULL);
	}
}

int
signals_release(void)
{
	for (size_t i = 0; i < HELD; i++)
		sigaction(held[i], &before[i], NULL);
	return noted;
}

bool
signals_hangup_ignored(void)
{
	struct sigaction now;

	return sigaction(SIGHUP, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}
