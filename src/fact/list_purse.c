/* Questions of a day. */
#include "fact/list_purse.h"

enum {
	TEST_SHARE = 50,    /* one question in so many is for the tests ... */
	TEST_LEAST = 40,    /* ... and no less than these, of two lists at start and end, ... */
	TEST_MOST_PART = 2, /* ... but never more than this part of the day */
};

static void
turn_day(struct list_purse *purse, int64_t day)
{
	if (day != purse->day)
		purse->spent = 0;
	purse->day = day;
}

static uint32_t
for_tests(const struct list_purse *purse)
{
	uint32_t share = purse->per_day / TEST_SHARE, most = purse->per_day / TEST_MOST_PART;

	if (share < TEST_LEAST)
		share = TEST_LEAST;
	return share < most ? share : most;
}

bool
list_purse_put_by(struct list_purse *purse, int64_t day)
{
	turn_day(purse, day);
	if (purse->per_day != 0 &&
	    (uint64_t)purse->spent + purse->put_by + for_tests(purse) >= purse->per_day)
		return false;
	purse->put_by++;
	return true;
}

void
list_purse_give_back(struct list_purse *purse)
{
	purse->put_by--;
}

void
list_purse_spend(struct list_purse *purse, int64_t day)
{
	turn_day(purse, day);
	purse->put_by--;
	purse->spent++;
}

bool
list_purse_spend_on_test(struct list_purse *purse, int64_t day)
{
	turn_day(purse, day);
	if (purse->per_day != 0 && (uint64_t)purse->spent + purse->put_by >= purse->per_day)
		return false;
	purse->spent++;
	return true;
}

uint32_t
list_purse_left(const struct list_purse *purse, int64_t day)
{
	uint64_t gone = (uint64_t)(day == purse->day ? purse->spent : 0) + purse->put_by;

	if (purse->per_day == 0)
		return UINT32_MAX;
	return gone >= purse->per_day ? 0 : purse->per_day - (uint32_t)gone;
}
