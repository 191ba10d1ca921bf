/* Record names that may be aliases. */
#include "rule/alias.h"

const struct dns_answer *
alias_answer(struct facts *facts, const char *name, enum dns_type type)
{
	const struct dns_answer *answer = facts_dns(facts, name, type);

	if (answer != NULL && alias_dangles(answer))
		answer = facts_dns_confirmed(facts, name, type);
	return answer;
}

bool
alias_dangles(const struct dns_answer *answer)
{
	return answer->aliases > 0 && dns_is_negative(answer);
}
