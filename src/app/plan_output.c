/* What --dry-run prints. */
#include "app/plan_output.h"

#include "app/duration.h"
#include "app/plan.h"
#include "report/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SLOWEST = 10 }; /* providers in the table; the others share a line */

/* ---- for people */

static const char *
plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void
add_head(const struct plan *plan, struct strbuf *out)
{
	strbuf_printf(out,
	    "%" PRIu64 " domain%s, %" PRIu64 " mail host%s at %" PRIu64 " address%s, "
	    "%zu provider%s\n",
	    plan->domains, plural(plan->domains), plan->hosts, plural(plan->hosts), plan->addresses,
	    plan->addresses == 1 ? "" : "es", plan->provider_count, plural(plan->provider_count));
	if (!plan->sessions_wanted)
		strbuf_add_string(out, "port 25 is not asked for: no session\n");
}

static void
add_provider(const struct plan_provider *row, struct strbuf *out)
{
	char clock[DURATION_SIZE];

	strbuf_printf(out, "%-32.60s %7" PRIu64 " %9" PRIu64 " %8" PRIu64 " %8" PRIu64 " %10s",
	    row->name, row->hosts, row->addresses, row->sessions, row->domains,
	    duration_clock(row->takes_ms, clock));
	if (row->late_sessions > 0)
		strbuf_printf(out, " %6" PRIu64, row->late_sessions);
	strbuf_add_string(out, "\n");
}

static void
add_others(const struct plan *plan, struct strbuf *out)
{
	struct plan_provider others = { 0 };
	char name[64];

	if (plan->provider_count <= SLOWEST)
		return;
	for (size_t i = SLOWEST; i < plan->provider_count; i++) {
		const struct plan_provider *row = &plan->providers[i];

		others.sessions += row->sessions;
		others.hosts += row->hosts;
		others.addresses += row->addresses;
		others.domains += row->domains;
		others.late_sessions += row->late_sessions;
	}
	others.takes_ms = plan->providers[SLOWEST].takes_ms;
	snprintf(name, sizeof name, "%zu others, none longer", plan->provider_count - SLOWEST);
	others.name = name;
	add_provider(&others, out);
}

static void
add_providers(const struct plan *plan, struct strbuf *out)
{
	struct plan_provider sum = { .name = "all",
		.sessions = plan->sessions,
		.hosts = plan->hosts,
		.addresses = plan->addresses,
		.takes_ms = plan->takes_ms,
		.late_sessions = plan->late_sessions };

	if (plan->sessions == 0)
		return;
	strbuf_printf(out, "\n%-32s %7s %9s %8s %8s %10s%s\n", "provider", "hosts", "addresses",
	    "sessions", "domains", "takes", plan->late_sessions > 0 ? "   late" : "");
	for (size_t i = 0; i < plan->provider_count; i++)
		sum.domains += plan->providers[i].domains;
	for (size_t i = 0; i < plan->provider_count && i < SLOWEST; i++)
		add_provider(&plan->providers[i], out);
	add_others(plan, out);
	add_provider(&sum, out);
	strbuf_printf(out, "each session is taken to last %d s; second looks come on top\n",
	    PLAN_SESSION_MS / 1000);
	if (plan->visits > 0)
		strbuf_printf(out,
		    "behind them, where EHLO is accepted, up to %" PRIu64
		    " visit%s that you opted in to\n",
		    plan->visits, plural(plan->visits));
}

enum { LEFT_SIZE = 12 };

static const char *
left_text(const struct plan_list *list, char out[LEFT_SIZE])
{
	if (list->left_today == UINT32_MAX)
		return "-";
	snprintf(out, LEFT_SIZE, "%" PRIu32, list->left_today);
	return out;
}

static void
add_lists(const struct plan *plan, struct strbuf *out)
{
	char clock[DURATION_SIZE], left[LEFT_SIZE];

	if (plan->list_count == 0)
		return;
	strbuf_printf(out, "\n%-32s %9s %8s %8s %8s %10s %7s\n", "block list", "questions",
	    "a second", "a day", "left", "takes", "beyond");
	for (size_t i = 0; i < plan->list_count; i++) {
		const struct plan_list *list = &plan->lists[i];

		strbuf_printf(out,
		    "%-32.60s %9" PRIu64 " %8" PRIu32 " %8" PRIu32 " %8s %10s %7" PRIu64 "\n",
		    list->zone, list->questions, list->max_qps, list->max_per_day,
		    left_text(list, left), duration_clock(list->takes_ms, clock), list->beyond);
	}
}

static void
add_deadline(const struct plan *plan, struct strbuf *out)
{
	char clock[DURATION_SIZE];

	if (plan->deadline_ms == PLAN_NO_DEADLINE)
		return;
	duration_clock(plan->deadline_ms, clock);
	if (plan->late_sessions == 0)
		strbuf_printf(out, "\nall sessions are had before the deadline, in %s\n", clock);
	else
		strbuf_printf(out,
		    "\nat the deadline, in %s, %" PRIu64 " session%s at %" PRIu64
		    " host%s will be left: rate_limited\n",
		    clock, plan->late_sessions, plural(plan->late_sessions), plan->late_hosts,
		    plural(plan->late_hosts));
}

void
plan_text(const struct plan *plan, struct strbuf *out)
{
	add_head(plan, out);
	add_providers(plan, out);
	add_lists(plan, out);
	add_deadline(plan, out);
}

/* ---- for programs */

static void
provider_json(struct json *json, const struct plan_provider *row)
{
	json_begin_object(json);
	json_key_string(json, "provider", row->name);
	json_key_int(json, "hosts", (int64_t)row->hosts);
	json_key_int(json, "addresses", (int64_t)row->addresses);
	json_key_int(json, "sessions", (int64_t)row->sessions);
	json_key_int(json, "domains", (int64_t)row->domains);
	json_key_int(json, "takes_ms", (int64_t)row->takes_ms);
	json_key_int(json, "late_sessions", (int64_t)row->late_sessions);
	json_key_int(json, "late_hosts", (int64_t)row->late_hosts);
	json_end_object(json);
}

static void
list_json(struct json *json, const struct plan_list *list)
{
	json_begin_object(json);
	json_key_string(json, "list", list->zone);
	json_key_int(json, "questions", (int64_t)list->questions);
	json_key_int(json, "of_them_tests", (int64_t)list->tests);
	json_key_known_int(json, "max_per_second", list->max_qps > 0, list->max_qps);
	json_key_known_int(json, "max_per_day", list->max_per_day > 0, list->max_per_day);
	json_key_known_int(json, "left_today", list->left_today != UINT32_MAX, list->left_today);
	json_key_int(json, "takes_ms", (int64_t)list->takes_ms);
	json_key_int(json, "beyond", (int64_t)list->beyond);
	json_end_object(json);
}

void
plan_json(const struct plan *plan, struct strbuf *out)
{
	struct json json = json_over(out);
	bool has_deadline = plan->deadline_ms != PLAN_NO_DEADLINE;

	json_begin_object(&json);
	json_key_int(&json, "domains", (int64_t)plan->domains);
	json_key_int(&json, "hosts", (int64_t)plan->hosts);
	json_key_int(&json, "addresses", (int64_t)plan->addresses);
	json_key_int(&json, "sessions", (int64_t)plan->sessions);
	json_key_int(&json, "visits", (int64_t)plan->visits);
	json_key_int(&json, "session_ms", PLAN_SESSION_MS);
	json_key_int(&json, "takes_ms", (int64_t)plan->takes_ms);
	json_key_known_int(&json, "deadline_ms", has_deadline, (int64_t)plan->deadline_ms);
	json_key_int(&json, "late_sessions", (int64_t)plan->late_sessions);
	json_key_int(&json, "late_hosts", (int64_t)plan->late_hosts);
	json_key(&json, "providers");
	json_begin_array(&json);
	for (size_t i = 0; i < plan->provider_count; i++)
		provider_json(&json, &plan->providers[i]);
	json_end_array(&json);
	json_key(&json, "lists");
	json_begin_array(&json);
	for (size_t i = 0; i < plan->list_count; i++)
		list_json(&json, &plan->lists[i]);
	json_end_array(&json);
	json_end_object(&json);
}
