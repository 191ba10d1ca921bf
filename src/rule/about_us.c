/* Whose fault is it when a server turns us away? */
#include "rule/about_us.h"

#include "names/host_name.h"

#include <string.h>
#include <strings.h>

/* Words with which servers speak of the client. */
static const char *const words[] = {
	"block list",
	"blocklist",
	"block-list",
	"blacklist",
	"black list",
	"blocked",
	"rbl",
	"dnsbl",
	"reputation",
	"policy",
	"not authorized to connect",
	"not authorised to connect",
	"no reverse",
	"reverse dns",
	"ptr record",
	"your ip",
	"your host",
	"5.7.1",
	"5.7.25",
	"5.7.60",
};

/* Our addresses, as the world sees them too, and their reverse names. */
static bool
names_us(const char *heard, const struct run_facts *run)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < run->own_count; i++) {
		const struct own_address *own = &run->own[i];

		if (own->seen_as.family != 0 &&
		    strstr(heard, ip_format(&own->seen_as, text)) != NULL)
			return true;
		if (own->ptr != NULL && host_name_valid(own->ptr, NULL) &&
		    strcasestr(heard, own->ptr) != NULL)
			return true;
	}
	return false;
}

bool
about_us(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	char text[IP_TEXT_MAX];

	if (seen->local.family != 0 && strstr(heard->text, ip_format(&seen->local, text)) != NULL)
		return true;
	if (run->ehlo_name != NULL && strcasestr(heard->text, run->ehlo_name) != NULL)
		return true;
	if (names_us(heard->text, run))
		return true;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasestr(heard->text, words[i]) != NULL)
			return true;
	return false;
}
