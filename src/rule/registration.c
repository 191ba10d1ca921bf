/* Whether the domain behind a name is registered. */
#include "rule/registration.h"

#include "base/arena.h"
#include "names/suffix.h"
#include "rule/mx.h"
#include "wire/dns_name.h"

#include <string.h>

static enum registration_state
state_of_missing(const struct facts *facts, const char *suffix, const struct dns_answer *answer)
{
	const char *owner = answer->soa_owner;

	if (owner == NULL)
		return REGISTRATION_UNKNOWN;
	if (strcmp(owner, ".") == 0)
		return REGISTRATION_EXISTS; /* the suffix itself is not there: nobody sells it */
	if (!dns_name_at_or_below(suffix, owner))
		return REGISTRATION_UNKNOWN;
	return suffix_list_is_registry(facts->run->suffixes, suffix) ? REGISTRATION_FREE
								     : REGISTRATION_PERHAPS;
}

void
registration_evaluate(
    struct facts *facts, const char *name, struct arena *arena, struct registration *out)
{
	char domain[SUFFIX_NAME_SIZE];
	const struct dns_answer *answer;

	*out = (struct registration){ .state = REGISTRATION_EXISTS };
	if (name_reserved_kind(name) != NAME_ORDINARY)
		return;
	if (facts->run->suffixes == NULL) {
		out->state = REGISTRATION_NO_LIST;
		return;
	}
	if (!suffix_list_registrable(facts->run->suffixes, name, domain))
		return;
	out->domain = arena_string(arena, domain);
	answer = out->answer = facts_dns_confirmed(facts, domain, DNS_SOA);
	if (answer == NULL || !dns_is_answer(answer))
		out->state = REGISTRATION_UNKNOWN;
	else if (answer->status == DNS_NXDOMAIN && answer->aliases == 0)
		out->state = state_of_missing(facts, dns_name_parent(out->domain), answer);
}
