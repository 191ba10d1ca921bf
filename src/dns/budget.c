/* Restraint towards one resolver. */
#include "dns/budget.h"

#include <assert.h>

enum {
	SLOT_MS = 16,
	SECOND_MS = 1000,
	LOSS_PART = 8,   /* one in eight: what a bad network loses, and dead names, is less */
	SAMPLE_MIN = 16, /* answers and losses: a second with fewer of either says nothing */
	FLOOR_PART = 32,
	FLOOR_MIN = 16,
	GROW_PART = 16,
	FORGET_PART = 8,
	UNHEARD_MAX = 64, /* so many names in a row are not all dead */
	AWAY_MS = 5000,
};

void
dns_budget_init(struct dns_budget *budget, unsigned in_flight, unsigned per_second)
{
	*budget = (struct dns_budget){
		.most = in_flight,
		.allowed = in_flight,
		.per_second = per_second,
		.tokens = 1,
		.room = UINT32_MAX,
	};
}

static void
refill(struct dns_budget *budget, uint64_t now)
{
	double most = budget->per_second / 10.0 + 1;

	budget->tokens += budget->per_second * (double)(now - budget->refilled) / SECOND_MS;
	if (budget->tokens > most)
		budget->tokens = most;
	budget->refilled = now;
}

static unsigned
floor_of(const struct dns_budget *budget)
{
	unsigned least =
	    budget->most / FLOOR_PART > FLOOR_MIN ? budget->most / FLOOR_PART : FLOOR_MIN;

	return least < budget->most ? least : budget->most;
}

/* Losses come seconds after the answers that were not lost, so these are remembered for a while. */
static void
end_second(struct dns_budget *budget, uint64_t now)
{
	unsigned all = budget->heard + budget->lost;

	budget->second_began = now;
	if (budget->lost >= SAMPLE_MIN && budget->heard >= SAMPLE_MIN &&
	    budget->lost > all / LOSS_PART) {
		budget->allowed /= 2;
		if (budget->allowed < floor_of(budget))
			budget->allowed = floor_of(budget);
		budget->heard = budget->lost = 0;
		return;
	}
	budget->heard -= budget->heard / FORGET_PART;
	budget->lost -= budget->lost / FORGET_PART;
	if (budget->heard >= SAMPLE_MIN)
		budget->allowed += budget->most / GROW_PART + 1;
	if (budget->allowed > budget->most)
		budget->allowed = budget->most;
}

void
dns_budget_pass_time(struct dns_budget *budget, uint64_t now)
{
	uint32_t slot = (uint32_t)(now / SLOT_MS);

	if (slot != budget->slot) {
		budget->young[1] = slot == budget->slot + 1 ? budget->young[0] : 0;
		budget->young[0] = 0;
		budget->slot = slot;
	}
	refill(budget, now);
	if (now - budget->second_began >= SECOND_MS)
		end_second(budget, now);
}

bool
dns_budget_may_send(const struct dns_budget *budget)
{
	return budget->in_flight < budget->allowed &&
	    budget->young[0] + budget->young[1] < budget->room &&
	    (budget->per_second == 0 || budget->tokens >= 1);
}

uint32_t
dns_budget_sent(struct dns_budget *budget)
{
	budget->in_flight++;
	budget->young[0]++;
	budget->tokens -= 1;
	return budget->slot;
}

void
dns_budget_dropped(struct dns_budget *budget, uint32_t sent)
{
	uint32_t age = budget->slot - sent;

	assert(budget->in_flight > 0);
	budget->in_flight--;
	if (age < 2)
		budget->young[age]--;
}

void
dns_budget_heard(struct dns_budget *budget, uint32_t sent, bool after_loss)
{
	dns_budget_dropped(budget, sent);
	budget->unheard = 0;
	budget->away_until = 0;
	budget->heard++;
	if (after_loss)
		budget->lost++;
}

void
dns_budget_given_up(struct dns_budget *budget, uint32_t sent, uint64_t now)
{
	dns_budget_dropped(budget, sent);
	budget->lost++;
	if (++budget->unheard < UNHEARD_MAX)
		return;
	budget->unheard = 0;
	budget->away_until = now + AWAY_MS;
}

void
dns_budget_refused(struct dns_budget *budget, uint64_t now)
{
	budget->away_until = now + AWAY_MS;
}

bool
dns_budget_is_away(const struct dns_budget *budget, uint64_t now)
{
	return now < budget->away_until;
}
