/* Words in values of options: areas, checks, names and addresses. */
#include "app/option_words.h"

#include "app/option_table.h"
#include "base/ascii.h"
#include "base/strbuf.h"
#include "names/host_name.h"
#include "rule/mx.h"
#include "score/check.h"
#include "wire/dns_name.h"

#include <string.h>
#include <sysexits.h>

enum {
	LOCAL_PART_MAX = 64,        /* RFC 5321 4.5.3.1.1 */
	HOST_NAME_MAX_LENGTH = 255, /* RFC 5321 4.5.3.1.2 */
};

bool
option_word_is_host(const char *text)
{
	static const char name[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	static const char literal[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:";
	size_t length = strlen(text);

	if (length == 0 || length > HOST_NAME_MAX_LENGTH)
		return false;
	if (text[0] == '[')
		return length > 2 && strspn(text + 1, literal) == length - 2 &&
		    text[length - 1] == ']';
	return strspn(text, name) == length && text[0] != '.' && text[0] != '-';
}

static bool
is_area(const char *name)
{
	for (const char *const *area = option_areas; *area != NULL; area++)
		if (strcmp(*area, name) == 0)
			return true;
	return false;
}

/* "'WORD' is no WHAT; they are", and all of those that there are (ended by NULL). */
static int
unknown_word(const char *word, const char *what, const char *const *all, struct error *error)
{
	struct strbuf list = { 0 };

	for (; *all != NULL; all++)
		strbuf_printf(&list, " %s", *all);
	error_set(error, EX_USAGE, "'%s' is no %s; they are%s", word, what, list.at);
	strbuf_free(&list);
	return -1;
}

int
option_word_area(char *word, struct error *error)
{
	const char *near;

	if (is_area(word))
		return 0;
	near = option_nearest(word, option_areas);
	if (near == NULL)
		return unknown_word(word, "area", option_areas, error);
	return error_set(error, EX_USAGE, "'%s' is no area; did you mean %s?", word, near);
}

/* Those with an option of their own are not asked for by name. */
int
option_word_opt_in(char *word, struct error *error)
{
	const char *ids[CHECKS_MAX + 1] = { NULL };
	size_t count = 0;

	for (size_t a = 0; check_areas[a] != NULL; a++)
		for (size_t i = 0; i < check_areas[a]->count; i++) {
			const struct check *check = &check_areas[a]->checks[i];

			if (check->stage != STAGE_OPT_IN || check->own_option)
				continue;
			if (strcmp(check->id, word) == 0)
				return 0;
			ids[count++] = check->id;
		}
	return unknown_word(word, "check to opt in", ids, error);
}

int
option_word_suffix(char *word, struct error *error)
{
	if (word[0] == '.')
		memmove(word, word + 1, strlen(word));
	ascii_lower_text(word);
	if (host_name_valid(word, NULL))
		return 0;
	return error_set(error, EX_USAGE,
	    "'%s' is no name of hosts; mx.example.com, or example.com for all below it, would be "
	    "right",
	    word);
}

int
option_word_target(char *word, struct error *error)
{
	struct ip_network network;
	enum host_name_fault fault;

	if (ip_network_parse(word, &network))
		return 0;
	ascii_lower_text(word);
	if (host_name_valid(word + (word[0] == '.'), &fault) ||
	    (word[0] == '.' && fault == HOST_NAME_SINGLE_LABEL))
		return 0;
	return error_set(error, EX_USAGE,
	    "'%s' is neither a host nor a network; mx.example.com, .example.com for that name and "
	    "all below, or 192.0.2.0/24 would be right",
	    word);
}

/* Names that are kept for examples and tests (RFC 2606): nobody controls them. */
static bool
is_reserved(const char *domain)
{
	static const char *const names[] = { "example.com", "example.net", "example.org" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (dns_name_at_or_below(domain, names[i]))
			return true;
	return name_reserved_kind(domain) != NAME_ORDINARY;
}

static bool
is_local_part(const char *text, size_t length)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_=";

	return length > 0 && length <= LOCAL_PART_MAX && strspn(text, plain) == length &&
	    text[0] != '.' && text[length - 1] != '.' && strstr(text, "..") == NULL;
}

int
option_word_mailbox(char *word, struct error *error)
{
	char *at = strchr(word, '@');

	if (at == NULL || !is_local_part(word, (size_t)(at - word)) ||
	    !host_name_valid(at + 1, NULL))
		return error_set(error, EX_USAGE,
		    "'%s' is no plain mail address; one in a domain of yours would be right, such "
		    "as relay-probe@your-domain",
		    word);
	ascii_lower_text(at + 1);
	if (is_reserved(at + 1))
		return error_set(error, EX_USAGE,
		    "'%s' is in a name that is reserved (RFC 2606); an address in a domain of "
		    "yours would be right",
		    word);
	return 0;
}
