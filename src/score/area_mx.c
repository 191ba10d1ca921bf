/* Area mx: the exchanges of a domain. */
#include "base/arena.h"
#include "names/provider.h"
#include "score/mx_target_judges.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

/* Rows about hosts do not arise for a domain that is not to have any. */
static bool
gate(const struct judged *j, struct finding *out)
{
	const struct mx_result *mx = &j->e->mx;

	if (!dns_is_answer(mx->mx)) {
		*out = finding_of_dns(mx->mx);
		return true;
	}
	if (mx->mx->status == DNS_NODATA && !mx->implicit) {
		const struct dns_answer *address = dns_is_answer(mx->a) ? mx->aaaa : mx->a;

		if (!dns_is_answer(address)) {
			*out = finding_of_dns(address);
			return true;
		}
	}
	return false;
}

static struct finding
no_hosts(const struct judged *j)
{
	return finding_not_applicable(role_receives(j->e->role) ? CAUSE_NO_TARGET : CAUSE_ROLE);
}

static struct finding
judge_exists(const struct judged *j)
{
	const struct mx_result *mx = &j->e->mx;
	bool receives = role_receives(j->e->role);

	if (mx->null_alone)
		return receives ? finding_fail("null MX") : finding_pass("null MX");
	if (mx->implicit)
		return finding_warn("no MX: the address of the domain is used");
	if (mx->host_count > 0)
		return finding_pass(arena_printf(j->arena, "%zu", mx->host_count));
	return receives ? finding_fail("no MX and no address") : finding_not_applicable(CAUSE_ROLE);
}

static struct finding
judge_null_wellformed(const struct judged *j)
{
	const struct mx_result *mx = &j->e->mx;

	if (!mx->null_mx)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (mx->null_preference != 0)
		return finding_info(arena_printf(j->arena, "preference %u", mx->null_preference));
	return finding_pass("0 .");
}

static struct finding
judge_null_alone(const struct judged *j)
{
	if (!j->e->mx.null_mx)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	return j->e->mx.null_alone ? finding_pass(NULL)
				   : finding_fail("\".\" beside other exchanges");
}

static struct finding
judge_null_advised(const struct judged *j)
{
	if (j->e->mx.implicit && spf_denies_all(&j->e->spf))
		return finding_info("an address, no MX, and an SPF record that denies all");
	return finding_not_applicable(CAUSE_FEATURE_ABSENT);
}

static struct finding
judge_duplicate(const struct judged *j)
{
	for (size_t i = 0; i < j->e->mx.host_count; i++)
		if (j->e->mx.hosts[i].times > 1)
			return finding_warn(j->e->mx.hosts[i].name);
	return j->e->mx.host_count > 0 ? finding_pass(NULL) : no_hosts(j);
}

static int
compare_ips(const void *a, const void *b)
{
	return ip_compare(a, b);
}

static size_t
distinct_addresses(const struct judged *j)
{
	struct ip *ips = arena_bytes(j->arena, j->e->address_count * sizeof *ips);
	size_t count = 0, distinct = 0;

	for (size_t i = 0; i < j->e->address_count; i++)
		if (j->e->addresses[i].host != NULL)
			ips[count++] = j->e->addresses[i].ip;
	qsort(ips, count, sizeof *ips, compare_ips);
	for (size_t i = 0; i < count; i++)
		distinct += i == 0 || !ip_equal(&ips[i], &ips[i - 1]);
	return distinct;
}

/* A host whose addresses are not all known makes any count of addresses a guess. */
static const struct dns_answer *
unknown_addresses(const struct evaluation *e)
{
	for (size_t i = 0; i < e->mx.host_count; i++) {
		const struct mx_host *host = &e->mx.hosts[i];

		if (!host->looked_up)
			continue;
		if (!dns_is_answer(host->a))
			return host->a;
		if (!dns_is_answer(host->aaaa))
			return host->aaaa;
	}
	return NULL;
}

static struct finding
judge_distinct_addresses(const struct judged *j)
{
	size_t distinct = distinct_addresses(j);

	if (j->e->mx.host_count < 2)
		return j->e->mx.host_count == 1 ? finding_not_applicable(CAUSE_NO_TARGET)
						: no_hosts(j);
	if (distinct >= 2)
		return finding_pass(arena_printf(j->arena, "%zu", distinct));
	if (unknown_addresses(j->e) != NULL)
		return finding_of_dns(unknown_addresses(j->e));
	if (distinct == 0)
		return finding_after("mx.target-resolves");
	if (providers_match(j->tables->providers, j->e->mx.hosts[0].name) != NULL)
		return finding_info("one address, of a known provider");
	return finding_warn("all names lead to one address");
}

static struct finding
judge_redundancy(const struct judged *j)
{
	const char *expected = j->e->known[KNOWN_EXPECTED_MX_COUNT];
	size_t wanted = expected == NULL ? 0 : strtoul(expected, NULL, 10);
	size_t distinct = distinct_addresses(j);

	if (j->e->mx.host_count == 0)
		return no_hosts(j);
	if (j->e->mx.host_count < wanted)
		return finding_warn(
		    arena_printf(j->arena, "%zu of %zu", j->e->mx.host_count, wanted));
	if (distinct >= 2)
		return finding_pass(arena_printf(j->arena, "%zu addresses", distinct));
	if (unknown_addresses(j->e) != NULL)
		return finding_of_dns(unknown_addresses(j->e));
	if (distinct == 0)
		return finding_after("mx.target-resolves");
	return finding_info("one address");
}

static struct finding
judge_preference(const struct judged *j)
{
	const struct mx_result *mx = &j->e->mx;
	const char *list = "";
	bool equal = mx->host_count > 1;

	if (mx->host_count == 0)
		return no_hosts(j);
	for (size_t i = 0; i < mx->host_count; i++) {
		equal = equal && mx->hosts[i].preference == mx->hosts[0].preference;
		if (i < MX_HOSTS_MAX)
			list = arena_printf(
			    j->arena, "%s%s%u", list, i > 0 ? " " : "", mx->hosts[i].preference);
	}
	return equal ? finding_info(list) : finding_pass(list);
}

static struct finding
judge_count(const struct judged *j)
{
	size_t count = j->e->mx.host_count;
	const char *value = arena_printf(j->arena, "%zu", count);

	if (count == 0)
		return no_hosts(j);
	return count <= 5 ? finding_pass(value)
	    : count <= 10 ? finding_info(value)
			  : finding_warn(value);
}

static bool
host_works(const struct evaluation *e, const struct mx_host *host)
{
	for (size_t i = 0; i < e->address_count; i++)
		if (e->addresses[i].host == host && e->addresses[i].looks.better != NULL &&
		    smtp_greeted(e->addresses[i].looks.better))
			return true;
	return false;
}

static bool
is_refusal(const struct smtp_observation *seen)
{
	return seen != NULL && seen->end == SMTP_END_REFUSED;
}

/* How many looks found that each of its addresses refuses to be connected to. */
static unsigned
refusals(const struct evaluation *e, const struct mx_host *host)
{
	unsigned least = 0;
	bool any = false;

	for (size_t i = 0; i < e->address_count; i++) {
		const struct session_looks *looks = &e->addresses[i].looks;
		unsigned times;

		if (e->addresses[i].host != host)
			continue;
		times = is_refusal(looks->better) ? 1u + is_refusal(looks->second) : 0;
		least = any && least < times ? least : times;
		any = true;
	}
	return least;
}

static struct finding
judge_nolisting(const struct judged *j)
{
	const struct mx_result *mx = &j->e->mx;
	unsigned times;

	if (mx->host_count == 0)
		return no_hosts(j);
	times = refusals(j->e, &mx->hosts[0]);
	for (size_t i = 1; times > 0 && i < mx->host_count; i++)
		if (host_works(j->e, &mx->hosts[i]))
			return times > 1 ? finding_info(mx->hosts[0].name)
					 : finding_untested(REASON_UNCONFIRMED);
	return finding_pass(NULL);
}

static struct finding
judge_provider(const struct judged *j)
{
	const struct mx_result *mx = &j->e->mx;
	const struct provider *first;

	if (mx->host_count == 0)
		return no_hosts(j);
	first = providers_match(j->tables->providers, mx->hosts[0].name);
	for (size_t i = 1; i < mx->host_count; i++) {
		const struct provider *other =
		    providers_match(j->tables->providers, mx->hosts[i].name);

		if ((first == NULL) != (other == NULL) ||
		    (first != NULL && strcmp(first->name, other->name) != 0))
			return finding_info("mixed");
	}
	if (first != NULL)
		return finding_info(first->name);
	return finding_info(
	    dns_name_at_or_below(mx->hosts[0].name, j->e->domain) ? "self" : "unknown");
}

static const struct check checks[] = {
	{ .id = "mx.exists",
	    .class = CLASS_CRITICAL,
	    .point = POINT_MX,
	    .judge = judge_exists,
	    .title = "The domain says who takes its mail",
	    .rule = "pass: an MX other than \".\", or a null MX of a domain that takes no mail. "
		    "warn: no MX but "
		    "an address. fail: no MX and no address, or a null MX where mail is expected",
	    .advice = "Publish an MX for {d}: `{d}. MX 10 mail.{d}.`, or `{d}. MX 0 .` if it takes "
		      "no mail",
	    .ref = "RFC 5321 5.1" },
	{ .id = "mx.null-wellformed",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_null_wellformed,
	    .title = "The null MX has preference 0",
	    .rule = "pass: `0 .`. info: another preference",
	    .advice = "Use exactly {record}",
	    .ref = "RFC 7505 3" },
	{ .id = "mx.null-alone",
	    .class = CLASS_MAJOR,
	    .point = POINT_OTHER,
	    .judge = judge_null_alone,
	    .title = "The null MX stands alone",
	    .rule = "pass: alone. fail: beside other exchanges",
	    .advice = "Remove either `.` or the other MX of {d}",
	    .ref = "RFC 7505 3" },
	{ .id = "mx.null-advised",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = judge_null_advised,
	    .title = "A null MX would say that the domain takes no mail",
	    .rule = "info: no MX, an address, and SPF exactly `v=spf1 -all`",
	    .advice = "Say that {d} takes no mail: {record}",
	    .ref = "RFC 7505 4.2" },
	{ .id = "mx.target-resolves",
	    .class = CLASS_CRITICAL,
	    .subject = OF_HOST,
	    .point = POINT_MX,
	    .redundant = true,
	    .judge = mx_judge_target_resolves,
	    .title = "The MX host has an address",
	    .rule = "pass: A or AAAA. fail: neither, confirmed",
	    .advice = "Give {host} an address or remove the MX",
	    .ref = "RFC 5321 5.1" },
	{ .id = "mx.target-not-cname",
	    .class = CLASS_MAJOR,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = mx_judge_target_not_cname,
	    .title = "The MX names the host itself, not an alias",
	    .rule = "pass: no CNAME on the way. fail: a CNAME",
	    .advice = "Name the real host in the MX: {value}",
	    .ref = "RFC 2181 10.3; RFC 5321 5.1" },
	{ .id = "mx.target-not-address",
	    .class = CLASS_MAJOR,
	    .subject = OF_HOST,
	    .point = POINT_MX,
	    .judge = mx_judge_target_not_address,
	    .title = "The MX names a host, not an address",
	    .rule =
		"pass: a name. fail: an address in any notation, or a last label of digits alone",
	    .advice = "An MX needs a host name, not an address: {value}",
	    .ref = "RFC 1035 3.3.9; RFC 5321 2.3.5" },
	{ .id = "mx.target-name-valid",
	    .class = CLASS_MINOR,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = mx_judge_target_name_valid,
	    .title = "The MX host has a legal host name",
	    .rule = "pass: letters, digits and hyphens, two labels or more. warn: an underscore, a "
		    "single "
		    "label. fail: other octets, an empty label",
	    .advice = "Rename {host}: {value}",
	    .ref = "RFC 1123 2.1; RFC 5321 2.3.5" },
	{ .id = "mx.target-reserved",
	    .class = CLASS_MINOR,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = mx_judge_target_reserved,
	    .title = "The MX host is no reserved name",
	    .rule = "pass: an ordinary name. warn: below .invalid. fail: localhost, .local, .test, "
		    ".example, "
		    ".internal, .onion",
	    .advice = "Remove the left-over record {host}",
	    .ref = "RFC 6761; RFC 7686" },
	{ .id = "mx.target-registrable",
	    .class = CLASS_CRITICAL,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .fatal = true,
	    .judge = mx_judge_target_registrable,
	    .title = "The domain of the MX host is registered",
	    .rule = "pass: it is. fail: by the registry's own word it is not: who registers it "
		    "gets the mail. warn: below a private registry, which may not give it out",
	    .advice = "Remove this MX today; {value} can be registered by anyone",
	    .ref = "RFC 8020 2; RFC 2308 3" },
	{ .id = "mx.duplicate",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_duplicate,
	    .title = "Each MX host is named once",
	    .rule = "pass: once. warn: the same name twice",
	    .advice = "Remove the double entry {value}",
	    .ref = "" },
	{ .id = "mx.distinct-addresses",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_distinct_addresses,
	    .title = "Several MX hosts are several machines",
	    .rule = "pass: two addresses or more. info: one address of a known provider. warn: "
		    "several names, "
		    "one address",
	    .advice = "The second MX is the same machine: no redundancy",
	    .ref = "RFC 5321 5.1" },
	{ .id = "mx.redundancy",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_redundancy,
	    .title = "Mail has a second way in",
	    .rule = "pass: two addresses or more, and as many names as the row expects. info: one "
		    "address, no "
		    "expectation. warn: fewer names than the row expects",
	    .advice = "Add a second exchanger for {d}",
	    .ref = "RFC 5321 5.1" },
	{ .id = "mx.preference",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = judge_preference,
	    .title = "Preferences of the exchanges",
	    .rule = "pass: distinct. info: all equal",
	    .advice = "No action needed",
	    .ref = "RFC 5321 5.1" },
	{ .id = "mx.count",
	    .class = CLASS_MINOR,
	    .point = POINT_OTHER,
	    .judge = judge_count,
	    .title = "A sensible number of exchanges",
	    .rule = "pass: 1 to 5. info: 6 to 10. warn: more (it breaks an `mx` term in SPF); ten "
		    "are contacted",
	    .advice = "Reduce the number of MX records of {d}",
	    .ref = "RFC 7208 4.6.4" },
	{ .id = "mx.nolisting",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = judge_nolisting,
	    .title = "The first exchange answers",
	    .rule = "pass: it does, or none does. info: it refuses twice while a later one works",
	    .advice = "If not deliberate, start the service on the first exchange of {d}",
	    .ref = "RFC 5321 5.1" },
	{ .id = "mx.provider",
	    .class = CLASS_NONE,
	    .point = POINT_OTHER,
	    .judge = judge_provider,
	    .title = "Who runs the exchanges",
	    .rule = "info: the provider that all names match, `mixed`, `self` or `unknown`",
	    .advice = "No action needed",
	    .ref = "" },
};

const struct check_area area_mx = { "mx", checks, sizeof checks / sizeof checks[0], gate };
