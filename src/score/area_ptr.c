/* Area ptr: the reverse names of mail addresses. */
#include "base/arena.h"
#include "names/host_name.h"
#include "score/check.h"
#include "wire/dns_name.h"

#include <string.h>

static bool
gate(const struct judged *j, struct finding *out)
{
	const struct dns_answer *answer;

	if (area_mx.gate(j, out))
		return true;
	if (j->address == NULL)
		return false;
	answer = j->address->ptr.answer;
	if (j->address->special != NULL) {
		*out = finding_untested(REASON_NON_ROUTABLE_TARGET);
		return true;
	}
	if (!dns_is_answer(answer)) {
		*out = finding_of_dns(answer);
		return true;
	}
	return false;
}

/* Of a host that is named somewhere, nothing says that it has to do with mail. */
static struct finding
remark(const struct judged *j, const char *value)
{
	return j->address->use == USE_NAMED ? finding_info(value) : finding_warn(value);
}

/* Senders need a reverse name; at a host that only receives it is a matter of good order. */
static struct finding
by_use(const struct judged *j, const char *value)
{
	return j->address->use <= USE_RECEIVING ? remark(j, value) : finding_fail(value);
}

static struct finding
judge_present(const struct judged *j)
{
	const struct ptr_result *ptr = &j->address->ptr;

	if (ptr->name_count == 0)
		return by_use(j, dns_status_text(ptr->answer->status));
	return finding_pass(ptr->names[0]);
}

static struct finding
judge_forward_confirmed(const struct judged *j)
{
	const struct ptr_result *ptr = &j->address->ptr;

	if (ptr->name_count == 0)
		return finding_after("ptr.present");
	if (ptr->confirmed != NULL)
		return finding_pass(ptr->confirmed);
	if (ptr->transient != NULL)
		return finding_of_dns(ptr->transient);
	return by_use(j, ptr->names[0]);
}

static bool
equal_or_null(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool
is_related(const struct judged *j, const char *name, const char *other)
{
	return other != NULL && judged_names_related(j->tables, name, other);
}

static struct finding
judge_matches_host(const struct judged *j)
{
	const struct ptr_result *ptr = &j->address->ptr;
	const char *host = j->address->host == NULL ? NULL : j->address->host->name;
	const struct names_result *names = &j->address->names;
	const char *related = NULL;

	if (ptr->name_count == 0)
		return finding_after("ptr.present");
	if (host == NULL)
		return finding_not_applicable(CAUSE_NO_TARGET);
	for (size_t i = 0; i < ptr->name_count; i++) {
		const char *name = ptr->names[i];

		if (equal_or_null(name, host) || equal_or_null(name, names->ehlo) ||
		    equal_or_null(name, names->greeting))
			return finding_pass(name);
		if (is_related(j, name, host) || is_related(j, name, names->ehlo) ||
		    is_related(j, name, names->greeting))
			related = name;
	}
	return related != NULL ? finding_info(judged_relation_value(j, related))
			       : finding_warn(judged_relation_value(j, ptr->names[0]));
}

static struct finding
judge_generic(const struct judged *j)
{
	const struct ptr_result *ptr = &j->address->ptr;

	if (ptr->name_count == 0)
		return finding_after("ptr.present");
	for (size_t i = 0; i < ptr->name_count; i++)
		if (!ptr_is_generic(ptr->names[i], &j->address->ip))
			return finding_pass(NULL);
	return j->address->use <= USE_RECEIVING ? finding_info(ptr->names[0])
						: finding_warn(ptr->names[0]);
}

static struct finding
judge_count(const struct judged *j)
{
	size_t count = j->address->ptr.published;
	const char *value = arena_printf(j->arena, "%zu", count);

	if (count == 0)
		return finding_after("ptr.present");
	return count == 1 ? finding_pass(value)
	    : count <= 3  ? finding_info(value)
			  : remark(j, value);
}

static struct finding
judge_name_valid(const struct judged *j)
{
	const struct ptr_result *ptr = &j->address->ptr;

	if (ptr->name_count == 0)
		return finding_after("ptr.present");
	for (size_t i = 0; i < ptr->name_count; i++)
		if (!host_name_valid(ptr->names[i], NULL) ||
		    dns_name_at_or_below(ptr->names[i], "localhost") ||
		    dns_name_at_or_below(ptr->names[i], "in-addr.arpa"))
			return remark(j, ptr->names[i]);
	return finding_pass(NULL);
}

static const struct check checks[] = {
	{ .id = "ptr.present",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_PTR,
	    .judge = judge_present,
	    .title = "The address has a reverse name",
	    .rule = "pass: a PTR. fail: none, confirmed, at an address that sends. warn: none at "
		    "one that only receives. Of a host that only SPF or the domain's own address "
		    "names, all rows of this area say info at worst",
	    .advice = "Ask the owner of the address block to set the PTR of {ip} to {host}",
	    .ref = "RFC 1912 2.1; RFC 8501" },
	{ .id = "ptr.forward-confirmed",
	    .class = CLASS_CRITICAL,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_FCRDNS,
	    .judge = judge_forward_confirmed,
	    .title = "The reverse name leads back to the address",
	    .rule = "pass: some PTR name has this address. fail: none, at an address that sends. "
		    "warn: none "
		    "at one that only receives",
	    .advice =
		"Let {value} have the address {ip}, or give {ip} the PTR of a name that has it",
	    .ref = "RFC 8601 3" },
	{ .id = "ptr.matches-host",
	    .class = CLASS_MINOR,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_matches_host,
	    .title = "Reverse name and host name agree",
	    .rule = "pass: a PTR name equals the MX, EHLO or greeting name. info: the same "
		    "registrable domain "
		    "or provider. warn: unrelated",
	    .advice = "Use one name for PTR, greeting and MX: {host}",
	    .ref = "RFC 1912 2.1; RFC 5321 4.1.4" },
	{ .id = "ptr.generic",
	    .class = CLASS_MAJOR,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_generic,
	    .title = "The reverse name was chosen, not generated",
	    .rule = "pass: a name of its own. warn: every PTR name embeds the address or is a "
		    "network's "
		    "default, at an address that sends. info: at one that only receives",
	    .advice = "Receivers treat {value} as a home line: choose a name of your own for {ip}",
	    .ref = "RFC 5321 7.9" },
	{ .id = "ptr.count",
	    .class = CLASS_MINOR,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_count,
	    .title = "One reverse name for one mail address",
	    .rule = "pass: one. info: two or three. warn: more",
	    .advice = "Keep one PTR for {ip}",
	    .ref = "RFC 2181 10.2" },
	{ .id = "ptr.name-valid",
	    .class = CLASS_MINOR,
	    .subject = OF_ANY_ADDRESS,
	    .point = POINT_PTR,
	    .judge = judge_name_valid,
	    .title = "The reverse name is a full host name",
	    .rule = "pass: a host name of two labels or more. warn: an address as text, a single "
		    "label, "
		    "localhost, illegal octets, a name below in-addr.arpa",
	    .advice = "Set a full host name as the PTR of {ip}, not {value}",
	    .ref = "RFC 1123 2.1" },
};

const struct check_area area_ptr = { "ptr", checks, sizeof checks / sizeof checks[0], gate };
