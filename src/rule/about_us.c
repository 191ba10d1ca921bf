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
	"not authorized to connect",
	"not authorised to connect",
	"no reverse",
	"reverse dns",
	"ptr record",
	"your ip",
	"your host",
};

/* ... and with which they may speak of it, where nothing else was said yet. */
static const char *const words_of_policy[] = {
	"policy",
	"5.7.1",
	"5.7.25",
	"5.7.60",
};

/* Of the recipient: "Relay access denied", "not in my list of allowed rcpthosts". */
static const char *const words_of_relaying[] = {
	"relay",
	"rcpthost",
};

static bool
has_word(const char *text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcasestr(text, list[i]) != NULL)
			return true;
	return false;
}
#define HAS_WORD(text, list) has_word(text, list, sizeof list / sizeof list[0])

/* Our addresses, as the world sees them too, and their reverse names. */
static bool
names_own(const char *heard, const struct run_facts *run)
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

static bool
names_us(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	char text[IP_TEXT_MAX];

	if (seen->local.family != 0 && strstr(heard->text, ip_format(&seen->local, text)) != NULL)
		return true;
	if (run->ehlo_name != NULL && strcasestr(heard->text, run->ehlo_name) != NULL)
		return true;
	return names_own(heard->text, run) || HAS_WORD(heard->text, words);
}

bool
about_us(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	return names_us(seen, heard, run) || HAS_WORD(heard->text, words_of_policy);
}

bool
about_client(const struct smtp_observation *seen, const struct smtp_heard *heard,
    const struct run_facts *run)
{
	return names_us(seen, heard, run) && !HAS_WORD(heard->text, words_of_relaying);
}
