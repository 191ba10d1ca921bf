#ifndef MXSWEEP_FACT_LIST_PURSE_H
#define MXSWEEP_FACT_LIST_PURSE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What one operator's day allows (max_per_day), days by UTC. A question is put by before it is
 * sent, so that no more wait than may be sent; some are kept for the tests. Pure: the day comes
 * from the caller.
 */
struct list_purse {
	uint32_t per_day; /* 0: no ceiling */
	int64_t day;      /* days since 1970 */
	uint32_t spent;   /* of that day */
	uint32_t put_by;  /* for questions that wait */
};

bool list_purse_put_by(struct list_purse *purse, int64_t day); /* one question; false: none left */
void list_purse_give_back(struct list_purse *purse);           /* it is not sent after all */
void list_purse_spend(struct list_purse *purse, int64_t day);  /* it is sent */
bool list_purse_spend_on_test(struct list_purse *purse, int64_t day);  /* false: none left */
uint32_t list_purse_left(const struct list_purse *purse, int64_t day); /* UINT32_MAX: any */

#endif
