/* From the text of a value to the member of struct options, one function a kind. */
#include "app/option_value.h"

#include "app/deadline.h"
#include "app/duration.h"
#include "app/option_words.h"
#include "app/rescan_choice.h"
#include "base/ascii.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

enum { SMTP_TIMEOUT_MAX = 3600000 }; /* ms; RFC 5321 4.5.3.2 asks for minutes, no hour */

/* A value on its way into its member. */
struct value {
	const struct option_row *row;
	void *member;
	struct arena *arena;
	const char *text;
};

static const struct option_choice switches[] = {
	{ "on", true },
	{ "yes", true },
	{ "true", true },
	{ "off", false },
	{ "no", false },
	{ "false", false },
	{ NULL, false },
};

const struct option_limit option_limits[] = {
	{ "connect", offsetof(struct option_smtp_timeouts, connect) },
	{ "greeting", offsetof(struct option_smtp_timeouts, greeting) },
	{ "ehlo", offsetof(struct option_smtp_timeouts, ehlo) },
	{ "starttls", offsetof(struct option_smtp_timeouts, starttls) },
	{ "tls", offsetof(struct option_smtp_timeouts, tls) },
	{ "quit", offsetof(struct option_smtp_timeouts, quit) },
	{ "total", offsetof(struct option_smtp_timeouts, total) },
	{ "late-greeting", offsetof(struct option_smtp_timeouts, late_greeting) },
	{ "late-total", offsetof(struct option_smtp_timeouts, late_total) },
};
const size_t option_limit_count = sizeof option_limits / sizeof option_limits[0];

char *
option_value_trim(char *text)
{
	size_t length;

	text += strspn(text, " \t");
	length = strlen(text);
	while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
		length--;
	text[length] = '\0';
	return text;
}

/* Room for one more behind `count` of them; the room doubles. */
static void *
grown(struct arena *arena, void *at, size_t count, size_t size)
{
	void *wider;

	if ((count & (count - 1)) != 0) /* room is there up to the next power of two */
		return at;
	wider = arena_bytes(arena, (count == 0 ? 1 : count * 2) * size);
	if (count > 0)
		memcpy(wider, at, count * size);
	return wider;
}

static int
set_text(const struct value *value, struct error *error)
{
	if (value->text[0] == '\0')
		return error_set(
		    error, EX_USAGE, "the value is empty; %s would be right", value->row->argument);
	*(char **)value->member = arena_string(value->arena, value->text);
	return 0;
}

/* Digits and nothing else; false when there are none or too many. */
static bool
parse_digits(const char *text, const char **end_out, uint64_t *number_out)
{
	char *end;

	if (!ascii_is_digit(text[0]))
		return false;
	errno = 0;
	*number_out = strtoumax(text, &end, 10);
	*end_out = end;
	return errno == 0;
}

static int
set_number(const struct value *value, struct error *error)
{
	const struct option_row *row = value->row;
	const char *end;
	uint64_t number;

	if (!parse_digits(value->text, &end, &number) || *end != '\0' || number < row->least ||
	    number > row->most)
		return error_set(error, EX_USAGE, "'%s' is no number from %" PRIu64 " to %" PRIu64,
		    value->text, row->least, row->most);
	*(uint64_t *)value->member = number;
	return 0;
}

static const struct option_choice *
find_choice(const struct option_choice *choices, const char *text)
{
	for (; choices->name != NULL; choices++)
		if (strcmp(choices->name, text) == 0)
			return choices;
	return NULL;
}

static int
set_duration(const struct value *value, struct error *error)
{
	const struct option_choice *choices = value->row->choices;
	const struct option_choice *choice =
	    choices == NULL ? NULL : find_choice(choices, value->text);

	if (choice != NULL) {
		*(uint64_t *)value->member = (uint64_t)choice->value;
		return 0;
	}
	return duration_check(
	    value->text, value->row->least, value->row->most, value->member, error);
}

static int
set_deadline(const struct value *value, struct error *error)
{
	return deadline_parse(value->text, value->member, error);
}

static int
set_choice(const struct value *value, struct error *error)
{
	const struct option_choice *choice = find_choice(value->row->choices, value->text);

	if (choice == NULL)
		return error_set(
		    error, EX_USAGE, "'%s' is none of %s", value->text, value->row->argument);
	_Static_assert(sizeof(enum option_fail_on) == sizeof choice->value, "members may be enums");
	memcpy(value->member, &choice->value, sizeof choice->value);
	return 0;
}

static int
set_switch(const struct value *value, struct error *error)
{
	const struct option_choice *choice = find_choice(switches, value->text);

	if (choice == NULL)
		return error_set(error, EX_USAGE, "'%s' is neither on nor off", value->text);
	*(bool *)value->member = choice->value;
	return 0;
}

static int
set_host(const struct value *value, struct error *error)
{
	if (!option_word_is_host(value->text))
		return error_set(error, EX_USAGE,
		    "'%s' is no host name; the full name of this host would be right, "
		    "such as scanner.example.com",
		    value->text);
	return set_text(value, error);
}

static int
set_file(const struct value *value, struct error *error)
{
	struct option_file *file = value->member;
	bool adding = value->text[0] == '+';
	const char *path = value->text + adding;

	if (path[0] == '\0')
		return error_set(error, EX_USAGE, "the file's name is missing; %s would be right",
		    value->row->argument);
	*file = (struct option_file){ arena_string(value->arena, path), adding };
	return 0;
}

/* ADDR, ADDR:PORT, [ADDR] or [ADDR]:PORT; an IPv6 address with a port needs its brackets.
 */
static bool
parse_resolver(const char *text, struct resolver_address *resolver_out)
{
	const char *start = text, *end, *port;
	char address[IP_TEXT_MAX];
	uint64_t number = RESOLVER_PORT;

	if (text[0] == '[') {
		start = text + 1;
		end = strchr(start, ']');
		port = end == NULL ? NULL : end + 1;
	} else {
		const char *colon = strchr(text, ':');
		bool one = colon != NULL && strchr(colon + 1, ':') == NULL;

		port = end = one ? colon : text + strlen(text);
	}
	if (end == NULL || (size_t)(end - start) >= sizeof address)
		return false;
	memcpy(address, start, (size_t)(end - start));
	address[end - start] = '\0';
	if (*port == ':' &&
	    (!parse_digits(port + 1, &port, &number) || number == 0 || number > 65535))
		return false;
	resolver_out->port = (uint16_t)number;
	return *port == '\0' && ip_parse(address, &resolver_out->ip);
}

static int
set_resolver(const struct value *value, struct error *error)
{
	struct option_resolvers *list = value->member;
	struct resolver_address resolver;

	if (!parse_resolver(value->text, &resolver))
		return error_set(error, EX_USAGE,
		    "'%s' is no address of a resolver; 192.0.2.53, 192.0.2.53:5300 or "
		    "[::1]:5300 "
		    "would be right",
		    value->text);
	list->at = grown(value->arena, list->at, list->count, sizeof *list->at);
	list->at[list->count++] = resolver;
	return 0;
}

static int
set_network(const struct value *value, struct error *error)
{
	struct option_networks *list = value->member;
	struct ip_network network;

	if (!ip_network_parse(value->text, &network))
		return error_set(error, EX_USAGE,
		    "'%s' is no network; 192.0.2.0/24 or 2001:db8::/32 would be right",
		    value->text);
	list->at = grown(value->arena, list->at, list->count, sizeof *list->at);
	list->at[list->count++] = network;
	return 0;
}

static int
set_word(const struct value *value, struct error *error)
{
	struct option_list *list = value->member;

	(void)error;
	list->at = grown(value->arena, list->at, list->count, sizeof *list->at);
	list->at[list->count++] = arena_string(value->arena, value->text);
	return 0;
}

static int
set_hosts(const struct value *value, struct error *error)
{
	struct option_list *list = value->member;
	bool none = strcmp(value->text, "none") == 0;

	if (!none && (!option_word_is_host(value->text) || value->text[0] == '['))
		return error_set(error, EX_USAGE,
		    "'%s' is no host name; mx.example.com, or none, would be right", value->text);
	if (list->count > 0 && (none || strcmp(list->at[0], "none") == 0))
		return error_set(error, EX_USAGE, "none and hosts are given together");
	return set_word(value, error);
}

/* Words separated by commas, each of which is looked at. */
static int
set_words(
    const struct value *value, int (*look)(char *word, struct error *error), struct error *error)
{
	struct option_list *list = value->member;
	char *rest = arena_string(value->arena, value->text);
	char *word;

	while ((word = strsep(&rest, ",")) != NULL) {
		word = option_value_trim(word);
		if (look(word, error) < 0)
			return -1;
		list->at = grown(value->arena, list->at, list->count, sizeof *list->at);
		list->at[list->count++] = word;
	}
	return 0;
}

static int
set_areas(const struct value *value, struct error *error)
{
	return set_words(value, option_word_area, error);
}

static int
set_checks(const struct value *value, struct error *error)
{
	return set_words(value, option_word_opt_in, error);
}

static int
set_suffixes(const struct value *value, struct error *error)
{
	return set_words(value, option_word_suffix, error);
}

static int
set_targets(const struct value *value, struct error *error)
{
	return set_words(value, option_word_target, error);
}

static int
set_mailbox(const struct value *value, struct error *error)
{
	char *address = arena_string(value->arena, value->text);

	*(char **)value->member = address;
	return option_word_mailbox(address, error);
}

static int
set_smtp_timeout(
    const struct value *value, const char *name, const char *duration, struct error *error)
{
	for (size_t i = 0; i < option_limit_count; i++) {
		void *member = (char *)value->member + option_limits[i].offset;

		if (strcmp(option_limits[i].name, name) == 0)
			return duration_check(duration, 1, SMTP_TIMEOUT_MAX, member, error);
	}
	return error_set(error, EX_USAGE,
	    "'%s' is no limit of a session; they are connect, greeting, ehlo, starttls, "
	    "tls, quit, "
	    "total, late-greeting and late-total",
	    name);
}

static int
set_smtp_timeouts(const struct value *value, struct error *error)
{
	char *rest = arena_string(value->arena, value->text);
	char *name;

	while ((name = strsep(&rest, ",")) != NULL) {
		char *duration = strchr(name, '=');

		if (duration == NULL)
			return error_set(error, EX_USAGE,
			    "'%s' has no duration; connect=15s,total=150s would be right", name);
		*duration++ = '\0';
		if (set_smtp_timeout(
			value, option_value_trim(name), option_value_trim(duration), error) < 0)
			return -1;
	}
	return 0;
}

static int
set_rescan(const struct value *value, struct error *error)
{
	char *rest = arena_string(value->arena, value->text);
	char *word;

	while ((word = strsep(&rest, ",")) != NULL)
		if (rescan_choice_add(value->member, option_value_trim(word), error) < 0)
			return -1;
	return 0;
}

static const struct {
	int (*set)(const struct value *value, struct error *error);
	size_t list_size; /* of the member, where each value adds to it; else 0 */
} kinds[] = {
	[OPTION_FLAG] = { set_switch, 0 },
	[OPTION_TEXT] = { set_text, 0 },
	[OPTION_NUMBER] = { set_number, 0 },
	[OPTION_DURATION] = { set_duration, 0 },
	[OPTION_DEADLINE] = { set_deadline, 0 },
	[OPTION_CHOICE] = { set_choice, 0 },
	[OPTION_SWITCH] = { set_switch, 0 },
	[OPTION_HOST] = { set_host, 0 },
	[OPTION_FILE] = { set_file, 0 },
	[OPTION_RESOLVERS] = { set_resolver, sizeof(struct option_resolvers) },
	[OPTION_NETWORKS] = { set_network, sizeof(struct option_networks) },
	[OPTION_WORDS] = { set_word, sizeof(struct option_list) },
	[OPTION_HOSTS] = { set_hosts, sizeof(struct option_list) },
	[OPTION_AREAS] = { set_areas, sizeof(struct option_list) },
	[OPTION_CHECKS] = { set_checks, sizeof(struct option_list) },
	[OPTION_SUFFIXES] = { set_suffixes, sizeof(struct option_list) },
	[OPTION_TARGETS] = { set_targets, sizeof(struct option_list) },
	[OPTION_MAILBOX] = { set_mailbox, 0 },
	[OPTION_SMTP_TIMEOUTS] = { set_smtp_timeouts, 0 },
	[OPTION_RESCAN] = { set_rescan, sizeof(struct option_rescan) },
};

/* One entry a line; blank lines and lines that begin with '#' are none. */
static int
set_from_lines(struct value *value, FILE *file, const char *path, struct error *error)
{
	struct error why;
	char *line = NULL;
	size_t size = 0, number = 0;
	int result = 0;

	while (result == 0 && getline(&line, &size, file) >= 0) {
		char *entry = option_value_trim(line);

		number++;
		if (entry[0] == '\0' || entry[0] == '#')
			continue;
		value->text = entry;
		if (kinds[value->row->kind].set(value, &why) < 0)
			result =
			    error_set(error, why.code, "%s:%zu: %.500s", path, number, why.text);
	}
	if (result == 0 && ferror(file))
		result = error_set(error, EX_NOINPUT, "cannot read %s: %s", path, strerror(errno));
	free(line);
	return result;
}

static int
set_from_file(struct value *value, const char *path, struct error *error)
{
	FILE *file = fopen(path, "re");
	int result;

	if (file == NULL)
		return error_set(error, EX_NOINPUT,
		    "cannot open %s: %s; a file with one entry a line would be right", path,
		    strerror(errno));
	result = set_from_lines(value, file, path, error);
	fclose(file);
	return result;
}

int
option_value_set(
    struct options *options, const struct option_row *row, const char *text, struct error *error)
{
	struct value value = { row, (char *)options + row->offset, &options->arena, text };

	if (text[0] == '@' && kinds[row->kind].list_size > 0)
		return set_from_file(&value, text + 1, error);
	return kinds[row->kind].set(&value, error);
}

bool
option_value_is_list(const struct option_row *row)
{
	return kinds[row->kind].list_size > 0;
}

void
option_value_clear(struct options *options, const struct option_row *row)
{
	memset((char *)options + row->offset, 0, kinds[row->kind].list_size);
}
