/* The plan's arithmetic. */
#include "app/plan.h"

#include "app/list_tests.h"
#include "base/alloc.h"
#include "fact/session_budgets.h"
#include "fact/session_order.h"
#include "names/block_list.h"
#include "net/limiter.h"

#include <stdlib.h>
#include <string.h>

/* A session on its way through the limiter. */
struct planned {
	struct limiter_ticket ticket;
	struct planning *planning;
	const struct session_left *session;
	struct planned *next; /* of those that are under way, the first to end first */
	const char *provider;
	uint64_t ends;
};

struct planning {
	const struct plan_input *input;
	struct plan *plan;
	struct limiter *limiter;
	struct session_budgets *budgets;
	struct planned *all;
	struct planned *first, **last; /* under way */
	uint64_t now;
};

/* ---- through the limiter */

static void
on_granted(void *user)
{
	struct planned *planned = user;
	struct planning *p = planned->planning;

	planned->ends = p->now + PLAN_SESSION_MS;
	planned->next = NULL;
	*p->last = planned;
	p->last = &planned->next;
}

static void
end_due(struct planning *p)
{
	while (p->first != NULL && p->first->ends <= p->now) {
		limiter_leave(p->limiter, &p->first->ticket);
		p->first = p->first->next;
	}
	if (p->first == NULL)
		p->last = &p->first;
}

static void
enter_all(struct planning *p)
{
	size_t count = p->input->session_count;
	struct session_turn *turns = alloc_zeroed(count + 1, sizeof *turns);

	for (size_t i = 0; i < count; i++) {
		const struct session_left *session = p->all[i].session;

		turns[i] = (struct session_turn){ .domains = session->domains,
			.first_domain = session->first_domain,
			.provider =
			    session_budgets_provider(p->budgets, session->ip, session->mx_name),
			.session = &p->all[i] };
	}
	session_order_sort(turns, count);
	for (size_t i = 0; i < count; i++)
		limiter_enter(p->limiter, &((struct planned *)turns[i].session)->ticket);
	free(turns);
}

static void
run(struct planning *p)
{
	uint64_t due;

	enter_all(p);
	for (;;) {
		due = limiter_turn(p->limiter, p->now);
		if (p->first != NULL && p->first->ends < due)
			due = p->first->ends;
		if (due == UINT64_MAX)
			return;
		p->now = due;
		end_due(p);
	}
}

static void
prepare(struct planning *p)
{
	const struct plan_input *input = p->input;
	char name[SESSION_BUDGETS_NAME_SIZE];

	for (size_t i = 0; i < input->session_count; i++) {
		struct planned *planned = &p->all[i];
		const struct session_left *session = &input->sessions[i];

		planned->planning = p;
		planned->session = session;
		planned->ticket.granted = on_granted;
		planned->ticket.user = planned;
		session_budgets_fill(p->budgets, session->ip, session->mx_name, &planned->ticket);
		session_budgets_name(p->budgets, session->ip, session->mx_name, name);
		planned->provider = arena_string(&p->plan->arena, name);
	}
}

/* ---- the figures */

static int
by_provider_and_host(const void *a, const void *b)
{
	const struct planned *one = *(struct planned *const *)a;
	const struct planned *other = *(struct planned *const *)b;
	int order = strcmp(one->provider, other->provider);

	return order != 0 ? order : strcmp(one->session->mx_name, other->session->mx_name);
}

static int
by_provider_and_address(const void *a, const void *b)
{
	const struct planned *one = *(struct planned *const *)a;
	const struct planned *other = *(struct planned *const *)b;
	int order = strcmp(one->provider, other->provider);

	return order != 0 ? order : ip_compare(one->session->ip, other->session->ip);
}

static bool
is_late(const struct planning *p, const struct planned *planned)
{
	return planned->ends > p->input->deadline_ms;
}

/* The sessions come by provider: its figures are the last ones, or are begun. */
static struct plan_provider *
provider_of(struct plan *plan, const struct planned *planned)
{
	struct plan_provider *next = &plan->providers[plan->provider_count];

	if (plan->provider_count > 0 && strcmp(next[-1].name, planned->provider) == 0)
		return next - 1;
	next->name = planned->provider;
	plan->provider_count++;
	return next;
}

static void
add_session(const struct planning *p, struct plan_provider *provider, const struct planned *planned)
{
	provider->sessions++;
	provider->domains += planned->session->domains;
	if (planned->ends > provider->takes_ms)
		provider->takes_ms = planned->ends;
	provider->late_sessions += is_late(p, planned);
}

/* Of sessions by provider and host. */
static void
count_hosts(struct planning *p, struct planned *const *sorted)
{
	bool late = false; /* the host was counted as late */

	for (size_t i = 0; i < p->input->session_count; i++) {
		bool again = i > 0 && by_provider_and_host(&sorted[i - 1], &sorted[i]) == 0;
		struct plan_provider *provider = provider_of(p->plan, sorted[i]);

		add_session(p, provider, sorted[i]);
		provider->hosts += !again;
		late = again && late;
		provider->late_hosts += is_late(p, sorted[i]) && !late;
		late = late || is_late(p, sorted[i]);
	}
}

/* Of sessions by provider and address: providers come in the order in which they were counted. */
static void
count_addresses(struct planning *p, struct planned *const *sorted)
{
	struct plan_provider *provider = p->plan->providers;

	for (size_t i = 0; i < p->input->session_count; i++) {
		if (strcmp(provider->name, sorted[i]->provider) != 0)
			provider++;
		provider->addresses +=
		    i == 0 || by_provider_and_address(&sorted[i - 1], &sorted[i]) != 0;
	}
}

static int
by_address(const void *a, const void *b)
{
	const struct planned *one = *(struct planned *const *)a;
	const struct planned *other = *(struct planned *const *)b;

	return ip_compare(one->session->ip, other->session->ip);
}

/* One address may be that of hosts of several. */
static uint64_t
all_addresses(const struct planning *p, struct planned **sorted)
{
	size_t count = p->input->session_count;
	uint64_t addresses = 0;

	qsort(sorted, count, sizeof *sorted, by_address);
	for (size_t i = 0; i < count; i++)
		addresses += i == 0 || by_address(&sorted[i - 1], &sorted[i]) != 0;
	return addresses;
}

static int
by_time(const void *a, const void *b)
{
	const struct plan_provider *one = a, *other = b;

	if (one->takes_ms != other->takes_ms)
		return one->takes_ms > other->takes_ms ? -1 : 1;
	return strcmp(one->name, other->name);
}

/* An address stands for one host in two providers' sums, where both have it; a host never. */
static void
sum_up(struct plan *plan)
{
	qsort(plan->providers, plan->provider_count, sizeof *plan->providers, by_time);
	for (size_t i = 0; i < plan->provider_count; i++) {
		struct plan_provider *provider = &plan->providers[i];

		provider->domains =
		    (provider->domains + SESSION_ORDER_DOMAIN / 2) / SESSION_ORDER_DOMAIN;
		plan->sessions += provider->sessions;
		plan->hosts += provider->hosts;
		plan->late_sessions += provider->late_sessions;
		plan->late_hosts += provider->late_hosts;
	}
	plan->takes_ms = plan->provider_count == 0 ? 0 : plan->providers[0].takes_ms;
}

static void
count_all(struct planning *p)
{
	size_t count = p->input->session_count;
	struct planned **sorted = alloc_zeroed(count + 1, sizeof *sorted);
	struct plan *plan = p->plan;

	for (size_t i = 0; i < count; i++)
		sorted[i] = &p->all[i];
	plan->providers = arena_zeroed(&plan->arena, count + 1, sizeof *plan->providers);
	qsort(sorted, count, sizeof *sorted, by_provider_and_host);
	count_hosts(p, sorted);
	qsort(sorted, count, sizeof *sorted, by_provider_and_address);
	count_addresses(p, sorted);
	plan->addresses = all_addresses(p, sorted);
	sum_up(plan);
	free(sorted);
}

void
plan_make(const struct plan_input *input, struct plan *out)
{
	struct planning p = { .input = input, .plan = out };

	out->deadline_ms = input->deadline_ms;
	p.last = &p.first;
	p.limiter = limiter_new(NULL, input->seed[0]);
	p.budgets =
	    session_budgets_new(p.limiter, input->providers, input->suffixes, input->sessions_max);
	session_budgets_speak_from(p.budgets, input->sources, input->source_count, input->seed);
	p.all = alloc_zeroed(input->session_count + 1, sizeof *p.all);
	prepare(&p);
	run(&p);
	count_all(&p);
	free(p.all);
	session_budgets_free(p.budgets);
	limiter_free(p.limiter);
}

/* ---- block lists */

static void
add_list(struct plan *plan, const struct block_list *list, uint32_t left_today,
    const struct plan_subjects *subjects)
{
	struct plan_list *out = &plan->lists[plan->list_count++];

	*out = (struct plan_list){ .zone = list->zone,
		.tests = (uint64_t)2 * list_tests_questions(list),
		.max_qps = list->max_qps,
		.max_per_day = list->max_per_day };
	out->questions = out->tests;
	out->questions += (list->kinds & BLOCK_LIST_IP4) != 0 ? subjects->addresses[0] : 0;
	out->questions += (list->kinds & BLOCK_LIST_IP6) != 0 ? subjects->addresses[1] : 0;
	out->questions += (list->kinds & BLOCK_LIST_DOMAIN) != 0 ? subjects->names : 0;
	if (list->max_qps > 0)
		out->takes_ms = out->questions * 1000 / list->max_qps;
	out->left_today = left_today;
	if (left_today != UINT32_MAX && out->questions > left_today)
		out->beyond = out->questions - left_today;
}

void
plan_add_lists(struct plan *plan, const struct block_lists *lists, const struct list_health *asked,
    size_t count, const struct plan_subjects *subjects)
{
	plan->lists = arena_zeroed(&plan->arena, count + 1, sizeof *plan->lists);
	for (size_t i = 0; i < count; i++) {
		const struct block_list *list = block_lists_find(lists, asked[i].zone);
		uint32_t day = list->max_per_day == 0 ? UINT32_MAX : list->max_per_day;

		if (asked[i].fault != LIST_NO_KEY)
			add_list(plan, list,
			    subjects->left_today == NULL ? day : subjects->left_today[i], subjects);
	}
}

void
plan_free(struct plan *plan)
{
	arena_free(&plan->arena);
}
