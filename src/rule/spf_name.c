/* Domains that SPF records name. */
#include "rule/spf_name.h"

#include "base/arena.h"
#include "wire/dns_name.h"

#include <string.h>

enum { EXPANSION_MAX = 253 }; /* octets of a domain, RFC 7208 7.3 */

void
spf_name_make(struct arena *arena, const char *octets, size_t length, struct spf_name *name_out)
{
	char text[DNS_NAME_TEXT_MAX];

	if (length > 0 && octets[length - 1] == '.')
		length--;
	name_out->octets = arena_string_n(arena, octets, length);
	if (!dns_name_from_octets(octets, length, text))
		name_out->text = NULL;
	else if (strcmp(text, name_out->octets) == 0)
		name_out->text = name_out->octets;
	else
		name_out->text = arena_string(arena, text);
}

void
spf_name_make_fitting(
    struct arena *arena, const char *octets, size_t length, struct spf_name *name_out)
{
	if (length > 0 && octets[length - 1] == '.')
		length--;
	while (length > EXPANSION_MAX) {
		const char *dot = memchr(octets, '.', length);

		if (dot == NULL)
			break; /* one label: it cannot be made to fit */
		length -= (size_t)(dot + 1 - octets);
		octets = dot + 1;
	}
	spf_name_make(arena, octets, length, name_out);
}
