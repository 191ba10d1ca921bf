/* The scanner's own name. */
#include "rule/own_name.h"

#include "base/arena.h"
#include "names/host_name.h"
#include "rule/ptr.h"

#include <string.h>

enum { ADDRESSES_MAX = 8 }; /* of the name, behind NAT: which one is ours, only its PTR tells */

static bool
has_name(const struct ptr_result *ptr, const char *name)
{
	for (size_t i = 0; i < ptr->name_count; i++)
		if (strcmp(ptr->names[i], name) == 0)
			return true;
	return false;
}

/* What a resolver denies that is not known to be honest may be there all the same. */
static bool
is_denied(const struct facts *facts, const struct dns_answer *answer)
{
	return dns_is_negative(answer) && (answer->resolvers & facts->run->honest_resolvers) != 0;
}

/* What the reverse name of the address makes of a name that leads to it. */
static enum own_name_state
judge_reverse(const struct facts *facts, const struct ptr_result *ptr, const char *name)
{
	if (ptr->answer == NULL || !dns_is_answer(ptr->answer))
		return OWN_NAME_UNKNOWN;
	if (ptr->name_count == 0)
		return is_denied(facts, ptr->answer) ? OWN_NAME_NO_PTR : OWN_NAME_UNKNOWN;
	return has_name(ptr, name) ? OWN_NAME_GOOD : OWN_NAME_OTHER_PTR;
}

static const char *
first_name(const struct ptr_result *ptr, const char *wanted)
{
	return has_name(ptr, wanted) ? wanted : ptr->name_count > 0 ? ptr->names[0] : NULL;
}

static void
judge_public(struct facts *facts, const char *name, struct arena *arena, struct own_address *own)
{
	const struct dns_answer *answer = NULL;
	struct ptr_result ptr;

	ptr_evaluate(facts, &own->ip, arena, &ptr);
	own->seen_as = own->ip;
	own->ptr = first_name(&ptr, name);
	if (!host_name_valid(name, NULL)) {
		own->name = OWN_NAME_NOT_FULL;
		return;
	}
	switch (name_leads_to(facts, name, &own->ip, &answer)) {
	case NAME_LEADS_BACK:
		own->name = judge_reverse(facts, &ptr, name);
		return;
	case NAME_LEADS_ELSEWHERE:
		own->name = OWN_NAME_ELSEWHERE;
		return;
	case NAME_LEADS_NOWHERE:
		own->name = is_denied(facts, answer) ? OWN_NAME_NOWHERE : OWN_NAME_UNKNOWN;
		return;
	case NAME_LEADS_UNKNOWN:
		own->name = OWN_NAME_UNKNOWN;
		return;
	}
}

/* One address of the name; true when it is settled that this is the one. */
static bool
judge_outside(struct facts *facts, const char *name, const struct ip *ip, struct arena *arena,
    struct own_address *own)
{
	enum own_name_state state;
	struct ptr_result ptr;

	ptr_evaluate(facts, ip, arena, &ptr);
	state = judge_reverse(facts, &ptr, name);
	if (own->name == OWN_NAME_ELSEWHERE || state == OWN_NAME_GOOD) {
		own->name = state == OWN_NAME_GOOD ? OWN_NAME_BEHIND_NAT : state;
		own->ptr = first_name(&ptr, name);
	}
	if (state == OWN_NAME_GOOD && facts_not_public(facts, ip) == NULL)
		own->seen_as = *ip;
	return state == OWN_NAME_GOOD;
}

/* Nobody inside knows as whom the world sees us: an address of the name that leads back to it is
 * taken for ours. A resolver inside may know the private address alone. */
static void
judge_private(struct facts *facts, const char *name, struct arena *arena, struct own_address *own)
{
	enum dns_type type = own->ip.family == 4 ? DNS_A : DNS_AAAA;
	const struct dns_answer *answer;

	own->name = OWN_NAME_NOT_FULL;
	if (!host_name_valid(name, NULL))
		return;
	answer = facts_dns_confirmed(facts, name, type);
	own->name = OWN_NAME_UNKNOWN;
	if (answer == NULL || !dns_is_answer(answer))
		return;
	if (answer->count > 0)
		own->name = OWN_NAME_ELSEWHERE;
	else if (is_denied(facts, answer))
		own->name = OWN_NAME_NOWHERE;
	for (size_t i = 0; i < answer->count && i < ADDRESSES_MAX; i++)
		if ((facts_not_public(facts, &answer->records[i].ip) == NULL ||
			ip_equal(&answer->records[i].ip, &own->ip)) &&
		    judge_outside(facts, name, &answer->records[i].ip, arena, own))
			return;
}

void
own_name_evaluate(
    struct facts *facts, const char *ehlo_name, struct arena *arena, struct own_address *own)
{
	char *name = arena_bytes(arena, HOST_NAME_SIZE);

	own->seen_as = (struct ip){ 0 };
	own->ptr = NULL;
	host_name_normalise(ehlo_name, name);
	if (facts_not_public(facts, &own->ip) == NULL)
		judge_public(facts, name, arena, own);
	else
		judge_private(facts, name, arena, own);
}
