/* What a domain is for. */
#include "rule/evaluation.h"

#include "names/suffix.h"

#include <string.h>
#include <strings.h>

static const char *const role_texts[] = {
	[ROLE_MAIL] = "mail",
	[ROLE_RECEIVE_ONLY] = "receive-only",
	[ROLE_SEND_ONLY] = "send-only",
	[ROLE_PARKED] = "parked",
	[ROLE_PUBLIC_SUFFIX] = "public-suffix",
};

bool
role_receives(enum domain_role role)
{
	return role == ROLE_MAIL || role == ROLE_RECEIVE_ONLY;
}

bool
role_sends(enum domain_role role)
{
	return role == ROLE_MAIL || role == ROLE_SEND_ONLY;
}

const char *
role_text(enum domain_role role)
{
	return role_texts[role];
}

bool
role_parse(const char *text, enum domain_role *role_out)
{
	size_t length;

	text += strspn(text, " \t");
	length = strcspn(text, " \t");
	for (int role = 0; role < ROLE_COUNT; role++)
		if (strlen(role_texts[role]) == length &&
		    strncasecmp(text, role_texts[role], length) == 0) {
			*role_out = (enum domain_role)role;
			return text[length + strspn(text + length, " \t")] == '\0';
		}
	return false;
}

static enum domain_role
derived_role(const struct evaluation *e)
{
	bool null_mx = e->mx.null_alone; /* beside other exchanges it says nothing */

	if (e->public_suffix)
		return ROLE_PUBLIC_SUFFIX;
	if (null_mx && spf_lets_some_pass(&e->spf))
		return ROLE_SEND_ONLY;
	if (null_mx && e->spf.records == 0 && dns_is_answer(e->spf.answer))
		return ROLE_PARKED;
	if (!spf_denies_all(&e->spf))
		return ROLE_MAIL;
	if (mx_usable(&e->mx) && !e->mx.implicit)
		return ROLE_RECEIVE_ONLY;
	return dns_is_answer(e->mx.mx) && !e->mx.implicit ? ROLE_PARKED : ROLE_MAIL;
}

void
evaluation_set_role(struct evaluation *e)
{
	const char *word = e->known[KNOWN_ROLE];

	e->public_suffix = suffix_list_is_public(e->run->suffixes, e->domain);
	if (word != NULL && *word != '\0') {
		e->role_declared = role_parse(word, &e->role);
		if (e->role_declared)
			return;
		e->role_unknown = word;
	}
	e->role = derived_role(e);
	if (!dns_is_answer(e->mx.mx))
		e->receives_unknown = e->mx.mx;
	else if (!mx_usable(&e->mx) && !dns_is_answer(e->spf.answer))
		e->receives_unknown = e->spf.answer;
	if (!dns_is_answer(e->spf.answer))
		e->sends_unknown = e->spf.answer;
	else if (!dns_is_answer(e->mx.mx) && (e->spf.records == 0 || spf_denies_all(&e->spf)))
		e->sends_unknown = e->mx.mx;
}
