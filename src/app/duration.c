/* Durations as people write them. */
#include "app/duration.h"

#include "base/ascii.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct {
	const char *unit;
	uint64_t milliseconds;
} units[] = { { "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 }, { "d", 86400000 } };
enum { UNIT_WRITTEN = 3 }; /* the largest: 24h is plainer than 1d */

bool
duration_parse(const char *text, uint64_t *milliseconds_out)
{
	uint64_t number;
	char *unit;

	if (!ascii_is_digit(text[0]))
		return false;
	errno = 0;
	number = strtoumax(text, &unit, 10);
	for (size_t i = 0; i < sizeof units / sizeof units[0] && errno == 0; i++) {
		if (strcmp(unit, units[i].unit) != 0 || number > UINT64_MAX / units[i].milliseconds)
			continue;
		*milliseconds_out = number * units[i].milliseconds;
		return true;
	}
	return false;
}

const char *
duration_format(uint64_t milliseconds, char text[DURATION_SIZE])
{
	size_t unit = UNIT_WRITTEN;

	while (milliseconds == 0 || milliseconds % units[unit].milliseconds != 0) {
		if (unit == 0)
			break;
		unit--;
	}
	snprintf(text, DURATION_SIZE, "%" PRIu64 "%s", milliseconds / units[unit].milliseconds,
	    units[unit].unit);
	return text;
}

const char *
duration_clock(uint64_t milliseconds, char text[DURATION_SIZE])
{
	uint64_t seconds = (milliseconds + 999) / 1000;

	if (seconds < 3600)
		snprintf(text, DURATION_SIZE, "%" PRIu64 ":%02" PRIu64, seconds / 60, seconds % 60);
	else
		snprintf(text, DURATION_SIZE, "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64,
		    seconds / 3600, seconds / 60 % 60, seconds % 60);
	return text;
}

int
duration_check(const char *text, uint64_t least, uint64_t most, uint64_t *milliseconds_out,
    struct error *error)
{
	char shortest[DURATION_SIZE], longest[DURATION_SIZE];

	if (duration_parse(text, milliseconds_out) && *milliseconds_out >= least &&
	    *milliseconds_out <= most)
		return 0;
	return error_set(error, EX_USAGE,
	    "'%s' is no duration from %s to %s; a number and ms, s, m, h or d would be "
	    "right, such as 15s",
	    text, duration_format(least, shortest), duration_format(most, longest));
}
