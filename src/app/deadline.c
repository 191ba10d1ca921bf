/* When gathering ends although not all is had. */
#include "app/deadline.h"

#include "app/duration.h"
#include "base/alloc.h"
#include "base/ascii.h"
#include "net/loop.h"

#include <stdlib.h>
#include <sysexits.h>

enum {
	LEAST_MS = 1000,
	HOURS_MOST = 30 * 24,
	HOUR_MS = 3600000,
	LANDING_MS = 10000, /* most sessions that are under way end within that, with QUIT */
};

struct deadline {
	struct loop *loop;
	struct deadline_events events;
	struct loop_timer *half, *strike, *landing;
	uint64_t at; /* of the loop's clock */
};

/* One or two digits below `most`, and what stands behind them. */
static bool
parse_part(const char **text, int most, int *out)
{
	const char *at = *text;
	int number = 0;

	while (ascii_is_digit(*at) && at - *text < 2)
		number = number * 10 + (*at++ - '0');
	*out = number;
	if (at == *text || number >= most)
		return false;
	*text = at;
	return true;
}

static bool
parse_time_of_day(const char *text, struct option_deadline *out)
{
	const char *minutes;

	if (!parse_part(&text, 24, &out->hour) || *text++ != ':')
		return false;
	minutes = text;
	return parse_part(&text, 60, &out->minute) && text - minutes == 2 && *text == '\0';
}

int
deadline_parse(const char *text, struct option_deadline *out, struct error *error)
{
	struct option_deadline of_day = { .given = true, .of_day = true };

	*out = (struct option_deadline){ .given = true };
	if (parse_time_of_day(text, &of_day)) {
		*out = of_day;
		return 0;
	}
	if (duration_parse(text, &out->after_ms) && out->after_ms >= LEAST_MS &&
	    out->after_ms <= (uint64_t)HOURS_MOST * HOUR_MS)
		return 0;
	return error_set(error, EX_USAGE,
	    "'%s' is neither a time of day nor a duration from 1s to 720h; 05:30 or 6h would be "
	    "right",
	    text);
}

/* That time on the day that lies so many days ahead; a summer time that begins or ends on the way
 * is mktime's to know. */
static time_t
on_day(const struct option_deadline *deadline, time_t now, int days)
{
	struct tm tm;

	localtime_r(&now, &tm);
	tm.tm_mday += days;
	tm.tm_hour = deadline->hour;
	tm.tm_min = deadline->minute;
	tm.tm_sec = 0;
	tm.tm_isdst = -1;
	return mktime(&tm);
}

uint64_t
deadline_from(const struct option_deadline *deadline, time_t now)
{
	time_t at;

	if (!deadline->of_day)
		return deadline->after_ms;
	at = on_day(deadline, now, 0);
	if (at <= now)
		at = on_day(deadline, now, 1);
	return at > now ? (uint64_t)(at - now) * 1000 : 0;
}

/* ---- of a run */

static void
on_half(void *user)
{
	struct deadline *deadline = user;

	deadline->events.half(deadline->events.user);
}

static void
on_strike(void *user)
{
	struct deadline *deadline = user;

	loop_timer_start(deadline->landing, LANDING_MS, 0);
	deadline->events.struck(deadline->events.user);
}

static void
on_landing(void *user)
{
	struct deadline *deadline = user;

	deadline->events.landed(deadline->events.user);
}

struct deadline *
deadline_new(struct loop *loop, uint64_t after_ms, const struct deadline_events *events)
{
	struct deadline *deadline = alloc_zeroed(1, sizeof *deadline);

	deadline->loop = loop;
	deadline->events = *events;
	deadline->at = loop_now(loop) + after_ms;
	deadline->half = loop_timer_new(loop, on_half, deadline);
	deadline->strike = loop_timer_new(loop, on_strike, deadline);
	deadline->landing = loop_timer_new(loop, on_landing, deadline);
	loop_timer_start(deadline->half, after_ms / 2, 0);
	loop_timer_start(deadline->strike, after_ms, 0);
	return deadline;
}

void
deadline_free(struct deadline *deadline)
{
	if (deadline == NULL)
		return;
	loop_timer_free(deadline->half);
	loop_timer_free(deadline->strike);
	loop_timer_free(deadline->landing);
	free(deadline);
}

uint64_t
deadline_left(const struct deadline *deadline)
{
	uint64_t now = loop_now(deadline->loop);

	return deadline->at > now ? deadline->at - now : 0;
}
