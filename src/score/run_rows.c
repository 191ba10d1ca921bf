/* Judging the scanner itself. */
#include "score/run_rows.h"

#include "base/arena.h"
#include "base/bits.h"
#include "names/block_list.h"

#include <string.h>

enum { BOTH_FAMILIES = 1u << 4 | 1u << 6 };

/* What one row is judged from. */
struct seen {
	const struct run_facts *run;
	const struct own_address *own;  /* of a row about an address */
	const struct list_health *list; /* of one about a list */
	struct arena *arena;
};

static bool
is_kept_away(const struct run_facts *run)
{
	return run_own_name_forbids(run, 4) || run_own_name_forbids(run, 6);
}

static struct finding
judge_egress(const struct seen *s)
{
	switch (s->run->egress) {
	case EGRESS_OPEN:
		return finding_pass(NULL);
	case EGRESS_BLOCKED:
		return finding_fail("no host let us in");
	case EGRESS_UNKNOWN:
		break;
	}
	if (!s->run->sessions)
		return finding_untested(REASON_SKIPPED);
	if (is_kept_away(s->run))
		return finding_untested(REASON_PREREQUISITE);
	return finding_untested_value(REASON_CONNECT_TIMEOUT, "no host let us in, of few");
}

static struct finding
judge_path(const struct seen *s)
{
	if (s->run->shared_greeting != NULL)
		return finding_fail(s->run->shared_greeting);
	if (s->run->keywords_masked)
		return finding_fail("keywords of several providers are masked");
	if (s->run->egress == EGRESS_OPEN)
		return finding_pass(NULL);
	return finding_untested(s->run->sessions ? REASON_PREREQUISITE : REASON_SKIPPED);
}

static struct finding
judge_families(const struct seen *s)
{
	if (!s->run->sessions)
		return finding_untested(REASON_SKIPPED);
	switch (s->run->without_route & BOTH_FAMILIES) {
	case 0:
		return finding_pass("IPv4 and IPv6");
	case 1u << 4:
		return finding_info("IPv6 alone");
	case 1u << 6:
		return finding_info("IPv4 alone");
	}
	return finding_untested(REASON_NET_UNREACHABLE);
}

static const char *
of_resolvers(const struct seen *s, unsigned bits)
{
	return arena_printf(s->arena, "%u of %u", bits_count(bits), s->run->resolvers);
}

static struct finding
judge_honest(const struct seen *s)
{
	const struct run_facts *run = s->run;

	if (run->lying_resolvers != 0)
		return finding_fail(arena_printf(
		    s->arena, "%s invent answers", of_resolvers(s, run->lying_resolvers)));
	if (bits_count(run->honest_resolvers) == run->resolvers)
		return finding_pass(of_resolvers(s, run->honest_resolvers));
	return finding_untested_value(REASON_DNS_TIMEOUT, of_resolvers(s, run->honest_resolvers));
}

static struct finding
judge_validates(const struct seen *s)
{
	const char *value = of_resolvers(s, s->run->validating_resolvers);

	if (bits_count(s->run->validating_resolvers) == s->run->resolvers)
		return finding_pass(value);
	return finding_untested_value(REASON_NO_VALIDATING_RESOLVER, value);
}

const char *
run_rows_own_name(const struct run_facts *run, const struct own_address *own, struct arena *arena)
{
	char ip[IP_TEXT_MAX];

	ip_format(&own->ip, ip);
	switch (own->name) {
	case OWN_NAME_NOT_FULL:
		return arena_printf(arena, "%s is no full name", run->ehlo_name);
	case OWN_NAME_NOWHERE:
		return arena_printf(arena, "%s has no IPv%u address, ours is %s", run->ehlo_name,
		    (unsigned)own->ip.family, ip);
	case OWN_NAME_ELSEWHERE:
		return arena_printf(arena, "%s leads elsewhere, not to %s%s", run->ehlo_name,
		    own->seen_as.family == 0 ? "a public address in the place of " : "", ip);
	case OWN_NAME_NO_PTR:
		return arena_printf(arena, "%s of %s has no reverse name",
		    own->seen_as.family == 0 ? "the address" : ip, run->ehlo_name);
	case OWN_NAME_OTHER_PTR:
		return arena_printf(
		    arena, "the reverse name is %s, not %s", own->ptr, run->ehlo_name);
	case OWN_NAME_UNKNOWN:
	case OWN_NAME_GOOD:
	case OWN_NAME_BEHIND_NAT:
	case OWN_NAME_STATE_COUNT:
		break;
	}
	return NULL;
}

static const char *
peaks_text(const struct seen *s, bool above)
{
	const char *text = "";

	for (size_t i = 0; i < s->run->peak_count; i++) {
		const struct session_peak *peak = &s->run->peaks[i];

		if (!above || peak->peak > peak->limit)
			text = arena_printf(s->arena, "%s%s%s %u of %u", text,
			    *text != '\0' ? ", " : "", peak->whose, peak->peak, peak->limit);
	}
	return text;
}

/* Measured, and not what was granted: the limiter cannot vouch for itself. */
static struct finding
judge_concurrency(const struct seen *s)
{
	const char *above = peaks_text(s, true);

	if (!s->run->sessions)
		return finding_untested(REASON_SKIPPED);
	if (*above != '\0')
		return finding_fail(above);
	if (s->run->peak_count == 0)
		return finding_pass("no session was had");
	return finding_pass(peaks_text(s, false));
}

static struct finding
without_address(const struct run_facts *run)
{
	if (!run->sessions)
		return finding_untested(REASON_SKIPPED);
	if ((run->without_route & BOTH_FAMILIES) == BOTH_FAMILIES)
		return finding_untested(REASON_NET_UNREACHABLE);
	return finding_untested(REASON_NOT_RECORDED);
}

static struct finding
judge_own_name(const struct seen *s)
{
	const struct run_facts *run = s->run;
	char text[IP_TEXT_MAX];

	if (s->own == NULL)
		return without_address(run);
	if (own_name_is_wrong(s->own->name))
		return finding_fail(run_rows_own_name(run, s->own, s->arena));
	switch (s->own->name) {
	case OWN_NAME_GOOD:
		return finding_pass(run->ehlo_name);
	case OWN_NAME_BEHIND_NAT:
		return finding_info(arena_printf(
		    s->arena, "%s, behind %s", run->ehlo_name, ip_format(&s->own->seen_as, text)));
	default:
		return finding_untested_value(REASON_DNS_TIMEOUT, run->ehlo_name);
	}
}

/* Lists whose word on such addresses counts: they passed both tests. */
static const struct list_health *
health_of(const struct run_facts *run, const char *zone, size_t length, unsigned kind)
{
	for (size_t i = 0; i < run->list_count; i++) {
		const struct list_health *list = &run->lists[i];

		if ((list->passed_start & list->passed_end & kind) != 0 &&
		    strlen(list->zone) == length && strncmp(list->zone, zone, length) == 0)
			return list;
	}
	return NULL;
}

static size_t
count_healthy(const struct run_facts *run, unsigned kind)
{
	size_t count = 0;

	for (size_t i = 0; i < run->list_count; i++)
		count += (run->lists[i].passed_start & run->lists[i].passed_end & kind) != 0;
	return count;
}

static bool
is_listed(const struct seen *s, unsigned kind)
{
	for (const char *zone = s->own->listed_on; *zone != '\0';) {
		size_t length = strcspn(zone, " ");

		if (health_of(s->run, zone, length, kind) != NULL)
			return true;
		zone += length + strspn(zone + length, " ");
	}
	return false;
}

static struct finding
judge_own_listing(const struct seen *s)
{
	unsigned kind;

	if (s->own == NULL)
		return without_address(s->run);
	if (s->run->list_count == 0)
		return finding_untested(REASON_SKIPPED);
	if (s->own->seen_as.family == 0) /* private, and nobody knows as whom we are seen */
		return finding_untested(REASON_NON_ROUTABLE_TARGET);
	kind = block_list_kind_of(&s->own->seen_as);
	if (s->own->listed_on == NULL || count_healthy(s->run, kind) == 0)
		return finding_untested(
		    s->run->interrupted ? REASON_CANCELLED : REASON_LIST_UNAVAILABLE);
	if (is_listed(s, kind))
		return finding_warn(s->own->listed_on);
	if (s->own->listed_on[0] != '\0')
		return finding_untested_value(REASON_LIST_UNCONFIRMED, s->own->listed_on);
	return finding_pass(arena_printf(s->arena, "on none of %zu", count_healthy(s->run, kind)));
}

static struct finding
judge_list_health(const struct seen *s)
{
	const struct list_health *list = s->list;
	const char *fault =
	    list == NULL || list->fault == LIST_WELL ? NULL : list_fault_text(list->fault);

	if (list == NULL)
		return finding_untested(REASON_SKIPPED);
	if (list->fault == LIST_NO_KEY)
		return finding_untested(REASON_LIST_NO_KEY);
	if (list->fault == LIST_SPENT)
		return finding_untested(REASON_LIST_QUOTA);
	if (list->passed_start != list->tested)
		return finding_fail(list->passed_start == 0 ? fault : "in part");
	if (list->passed_end == list->tested)
		return finding_pass(NULL);
	if (s->run->interrupted && fault == NULL)
		return finding_untested(REASON_CANCELLED);
	return finding_fail(fault == NULL
		? "at the end of the run"
		: arena_printf(s->arena, "%s, found out later than at the start", fault));
}

/* What a check has a row for. */
enum span { OF_ALL, OF_OWN_ADDRESSES, OF_LISTS };

static const struct {
	const char *id;
	enum span span;
	struct finding (*judge)(const struct seen *seen);
} judges[] = {
	{ "run.egress-25", OF_ALL, judge_egress },
	{ "run.path-honest", OF_ALL, judge_path },
	{ "run.families", OF_ALL, judge_families },
	{ "run.resolver-honest", OF_ALL, judge_honest },
	{ "run.resolver-validates", OF_ALL, judge_validates },
	{ "run.own-name", OF_OWN_ADDRESSES, judge_own_name },
	{ "run.own-listing", OF_OWN_ADDRESSES, judge_own_listing },
	{ "run.list-health", OF_LISTS, judge_list_health },
	{ "run.provider-concurrency", OF_ALL, judge_concurrency },
};

enum { JUDGES = sizeof judges / sizeof judges[0] };

static size_t
count_of(const struct run_facts *run, enum span span)
{
	return span == OF_OWN_ADDRESSES ? run->own_count : span == OF_LISTS ? run->list_count : 0;
}

static void
add_row(struct run_rows *out, size_t judge, const struct seen *seen)
{
	struct run_row *row = &out->at[out->count++];
	char text[IP_TEXT_MAX];

	row->check = check_find(judges[judge].id);
	row->finding = judges[judge].judge(seen);
	if (seen->list != NULL)
		row->subject = seen->list->zone;
	else if (seen->own != NULL)
		row->subject = arena_string(seen->arena, ip_format(&seen->own->ip, text));
}

void
run_rows_judge(const struct run_facts *run, struct arena *arena, struct run_rows *out)
{
	size_t most = JUDGES + 2 * run->own_count + run->list_count;

	out->count = 0;
	out->at = arena_zeroed(arena, most, sizeof *out->at);
	for (size_t judge = 0; judge < JUDGES; judge++) {
		size_t count = count_of(run, judges[judge].span), i = 0;

		do {
			bool one = i < count;
			struct seen seen = { .run = run, .arena = arena };

			if (one && judges[judge].span == OF_OWN_ADDRESSES)
				seen.own = &run->own[i];
			else if (one)
				seen.list = &run->lists[i];
			add_row(out, judge, &seen);
		} while (++i < count);
	}
}

bool
run_row_is_telling(const struct run_row *row)
{
	const struct finding *finding = &row->finding;

	return outcome_is_bad(finding->outcome) ||
	    (finding->outcome == OUTCOME_NOT_TESTED && finding->reason != REASON_SKIPPED);
}

const char *
run_row_words(const struct run_row *row, struct arena *arena)
{
	const char *const parts[] = { row->subject, reason_text(row->finding.reason),
		row->finding.value };
	const char *text = "";

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i] != NULL && *parts[i] != '\0')
			text = *text == '\0' ? parts[i]
					     : arena_printf(arena, "%s%s%s", text,
						   text == row->subject ? ": " : ", ", parts[i]);
	return text;
}
