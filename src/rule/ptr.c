/* Reverse names: PTR, and whether a name leads back to its address. */
#include "rule/ptr.h"

#include "base/arena.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Labels that networks give to lines and rented machines; they count next to digits. */
static const char *const line_words[] = {
	"dyn",
	"dynamic",
	"dsl",
	"adsl",
	"pool",
	"dhcp",
	"cable",
	"ppp",
	"dial",
	"cust",
	"client",
	"customer",
	"static",
	"unassigned",
	"compute",
	"vps",
};

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted and each once: RFC 8601 leaves the choice of ten to us, and sorting keeps it stable. */
static void
choose_names(const struct dns_answer *answer, struct arena *arena, struct ptr_result *out)
{
	const char **names = arena_bytes(arena, answer->count * sizeof *names);

	for (size_t i = 0; i < answer->count; i++)
		names[i] = answer->records[i].name;
	qsort(names, answer->count, sizeof *names, compare_names);
	for (size_t i = 0; i < answer->count; i++) {
		if (i > 0 && strcmp(names[i], names[i - 1]) == 0)
			continue;
		out->published++;
		if (out->name_count < PTR_NAMES_MAX)
			out->names[out->name_count++] = names[i];
	}
}

enum name_leads
name_leads_to(struct facts *facts, const char *name, const struct ip *ip,
    const struct dns_answer **answer_out)
{
	const struct dns_answer *answer =
	    facts_dns_confirmed(facts, name, ip->family == 4 ? DNS_A : DNS_AAAA);

	*answer_out = answer;
	if (answer == NULL || !dns_is_answer(answer))
		return NAME_LEADS_UNKNOWN;
	for (size_t i = 0; i < answer->count; i++)
		if (ip_equal(&answer->records[i].ip, ip))
			return NAME_LEADS_BACK;
	return answer->count > 0 ? NAME_LEADS_ELSEWHERE : NAME_LEADS_NOWHERE;
}

void
ptr_evaluate(struct facts *facts, const struct ip *ip, struct arena *arena, struct ptr_result *out)
{
	char reverse[IP_REVERSE_MAX];

	memset(out, 0, sizeof *out);
	out->answer = facts_dns_confirmed(facts, ip_reverse_name(ip, reverse), DNS_PTR);
	if (out->answer == NULL || out->answer->status != DNS_DATA)
		return;
	choose_names(out->answer, arena, out);
	for (size_t i = 0; i < out->name_count; i++) {
		const struct dns_answer *answer;

		switch (name_leads_to(facts, out->names[i], ip, &answer)) {
		case NAME_LEADS_BACK:
			out->confirmed = out->names[i];
			return;
		case NAME_LEADS_UNKNOWN:
			if (answer == NULL)
				return; /* sequential: the next name is asked only if this one fails
					 */
			out->transient = answer;
			break;
		case NAME_LEADS_ELSEWHERE:
		case NAME_LEADS_NOWHERE:
			break;
		}
	}
}

/* The ways in which networks write an address into a name. */
static const struct {
	const char *separator;
	int digits; /* at least, zero-padded */
	bool hex;
} address_forms[] = {
	{ "-", 1, false },
	{ ".", 1, false },
	{ "_", 1, false },
	{ "-", 3, false },
	{ ".", 3, false },
	{ "", 3, false },
	{ "", 2, true },
	{ "-", 2, true },
};

enum { ADDRESS_FORMS = sizeof address_forms / sizeof address_forms[0] };

static void
write_form(const uint8_t octets[4], size_t form, bool reversed, char text[24])
{
	*text = '\0';
	for (int i = 0; i < 4; i++) {
		char octet[8];

		snprintf(octet, sizeof octet, address_forms[form].hex ? "%0*x" : "%0*u",
		    address_forms[form].digits, octets[reversed ? 3 - i : i]);
		if (i > 0)
			strcat(text, address_forms[form].separator);
		strcat(text, octet);
	}
}

/* In the name, and not as a part of longer numbers. */
static bool
holds_number(const char *name, const char *text)
{
	for (const char *at = name; (at = strstr(at, text)) != NULL; at++)
		if ((at == name || !isdigit((unsigned char)at[-1])) &&
		    !isdigit((unsigned char)at[strlen(text)]))
			return true;
	return false;
}

static bool
embeds_address(const char *name, const struct ip *ip)
{
	char text[24];

	for (size_t form = 0; ip->family == 4 && form < ADDRESS_FORMS; form++)
		for (int reversed = 0; reversed < 2; reversed++) {
			write_form(ip->octets, form, reversed != 0, text);
			if (holds_number(name, text))
				return true;
		}
	return false;
}

static bool
has_digit(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (isdigit((unsigned char)text[i]))
			return true;
	return false;
}

/* A label such as "pool", "dyn-12" or "cust4711" in a name that has digits in it. */
static bool
has_line_word(const char *name)
{
	if (!has_digit(name, strlen(name)))
		return false;
	for (const char *label = name; label != NULL;) {
		size_t word = strcspn(label, ".-0123456789");

		for (size_t i = 0; i < sizeof line_words / sizeof line_words[0]; i++)
			if (strlen(line_words[i]) == word &&
			    strncmp(label, line_words[i], word) == 0)
				return true;
		label = strpbrk(label, ".-");
		if (label != NULL)
			label++;
	}
	return false;
}

/* What Amazon calls a machine, whatever address follows. */
static bool
is_ec2(const char *name)
{
	return strncmp(name, "ec2-", 4) == 0 || strstr(name, ".ec2-") != NULL;
}

bool
ptr_is_generic(const char *name, const struct ip *ip)
{
	return embeds_address(name, ip) || has_line_word(name) || is_ec2(name);
}
