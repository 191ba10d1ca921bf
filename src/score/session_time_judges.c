/* Area smtp: how long a server lets others wait. */
#include "score/session_time_judges.h"

#include "base/arena.h"
#include "score/sighting.h"

/* Limits of good manners, in milliseconds. */
enum {
	CONNECT_GOOD = 2000,
	CONNECT_FAIR = 5000,
	GREETING_GOOD = 5000,
	GREETING_FAIR = 30000, /* a greet delay, often deliberate */
	TOTAL_GOOD = 30000,
	TOTAL_FAIR = 60000,
};

static const struct smtp_observation *
session(const struct judged *j)
{
	return j->address->looks.better;
}

static struct finding
by_time(const struct judged *j, uint32_t ms, uint32_t good, uint32_t fair)
{
	const char *value = arena_printf(j->arena, "%u.%03u s", ms / 1000, ms % 1000);

	return ms <= good ? finding_pass(value)
	    : ms <= fair  ? finding_info(value)
			  : finding_warn(value);
}

struct finding
judge_time_connect(const struct judged *j)
{
	struct finding finding;

	if (!sighting_reached(j, STAGE_CONNECT, &finding))
		return finding;
	if (session(j)->scanner_busy && session(j)->connect_ms > CONNECT_GOOD)
		return finding_untested(REASON_SCANNER_BUSY); /* a lag only adds to a time */
	return by_time(j, session(j)->connect_ms, CONNECT_GOOD, CONNECT_FAIR);
}

struct finding
judge_time_greeting(const struct judged *j)
{
	struct finding finding;

	if (!sighting_reached(j, STAGE_GREETING, &finding))
		return finding;
	return by_time(j, session(j)->greeting_ms, GREETING_GOOD, GREETING_FAIR);
}

struct finding
judge_time_total(const struct judged *j)
{
	struct finding finding;

	if (!sighting_reached(j, STAGE_EHLO, &finding))
		return finding;
	return by_time(j, session(j)->total_ms, TOTAL_GOOD, TOTAL_FAIR);
}
