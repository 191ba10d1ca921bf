/* Whose fault is it when a server turns us away? */
#include "rule/about_us.h"

#include "names/host_name.h"
#include "names/pressure.h"
#include "names/refusals.h"

#include <string.h>

enum { ADDRESS_OCTETS_MAX = IP_TEXT_MAX };

/* What stands at the octets that addresses have, read in the ways in which it may be one. */
static bool
reads_as(const char *word, size_t length, const struct ip *ip)
{
	const char *port = memchr(word, ':', length);
	char text[ADDRESS_OCTETS_MAX];
	struct ip read;

	if (port != NULL && memchr(word, '.', (size_t)(port - word)) != NULL)
		length = (size_t)(port - word); /* 192.0.2.1:25 */
	if (length == 0 || length >= sizeof text)
		return false;
	memcpy(text, word, length);
	text[length] = '\0';
	if (ip_parse(text, &read) && ip_equal(&read, ip))
		return true;
	if (strchr(".:", text[length - 1]) != NULL) /* the end of a sentence */
		return reads_as(word, length - 1, ip);
	return strncmp(text, "6:", 2) == 0 && reads_as(word + 2, length - 2, ip); /* IPv6:... */
}

static bool
names_address(const char *text, const struct ip *ip)
{
	static const char octets[] = "0123456789abcdefABCDEF:.";

	if (ip->family == 0)
		return false;
	for (; (text = strpbrk(text, octets)) != NULL; text += strspn(text, octets))
		if (reads_as(text, strspn(text, octets), ip))
			return true;
	return false;
}

/* Our addresses, as the world sees them too, and their reverse names. */
static bool
names_own(const char *heard, const struct run_facts *run)
{
	for (size_t i = 0; i < run->own_count; i++) {
		const struct own_address *own = &run->own[i];

		if (names_address(heard, &own->seen_as))
			return true;
		if (own->ptr != NULL && host_name_valid(own->ptr, NULL) &&
		    strcasestr(heard, own->ptr) != NULL)
			return true;
	}
	return false;
}

static bool
names_us(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	if (names_address(heard->text, &seen->local))
		return true;
	if (run->ehlo_name != NULL && strcasestr(heard->text, run->ehlo_name) != NULL)
		return true;
	return names_own(heard->text, run) ||
	    refusals_speak_of(run->refusals, REFUSAL_OF_CLIENT, heard->text);
}

bool
about_us(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	return names_us(seen, heard, run) ||
	    refusals_speak_of(run->refusals, REFUSAL_OF_POLICY, heard->text);
}

bool
about_client(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	return names_us(seen, heard, run) &&
	    !refusals_speak_of(run->refusals, REFUSAL_OF_RECIPIENT, heard->text);
}

bool
about_pressure(const struct smtp_heard *heard, const struct run_facts *run)
{
	return pressure_match(run->pressure, heard->code, heard->text) != NULL;
}
