/* Reading profiles. */
#include "score/profile_reading.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum {
	UNSEEN_MAX = 64,
	EVERY_ROLE = (1 << ROLE_COUNT) - 1,
};

struct profiles {
	struct arena arena;
	struct profile *at;
	size_t count;
};

/* ---- the head */

static const struct {
	const char *word;
	unsigned roles;
} role_words[] = {
	{ "mail", 1 << ROLE_MAIL },
	{ "receive-only", 1 << ROLE_RECEIVE_ONLY },
	{ "send-only", 1 << ROLE_SEND_ONLY },
	{ "parked", 1 << ROLE_PARKED },
	{ "sending", 1 << ROLE_MAIL | 1 << ROLE_SEND_ONLY },
	{ "receiving", 1 << ROLE_MAIL | 1 << ROLE_RECEIVE_ONLY },
	{ "all", EVERY_ROLE },
};

static int
read_roles(struct profile_reading *r, char *text)
{
	enum { WORDS = sizeof role_words / sizeof role_words[0] };
	char *word;

	while ((word = strsep(&text, ", ")) != NULL) {
		size_t i = 0;

		while (i < WORDS && strcmp(role_words[i].word, word) != 0)
			i++;
		if (i == WORDS && *word != '\0')
			return profile_fault(r, word,
			    "is no role; mail, receive-only, send-only, parked, sending, "
			    "receiving or all would be right");
		r->profile->roles |= i == WORDS ? 0 : role_words[i].roles;
	}
	return r->profile->roles != 0 ? 0 : profile_fault(r, "roles", "needs at least one role");
}

/* One of two words; the second one sets it. */
static int
read_choice(struct profile_reading *r, const char *text, const char *no, const char *yes, bool *out)
{
	*out = strcmp(text, yes) == 0;
	if (*out || strcmp(text, no) == 0)
		return 0;
	return profile_fault(
	    r, text, arena_printf(r->arena, "is not known; %s or %s would be right", no, yes));
}

static int
read_id(struct profile_reading *r, char *text)
{
	r->profile->id = text;
	return strcmp(text, r->name) == 0
	    ? 0
	    : profile_fault(r, text, "must be the name of the file, without .ini");
}

static int
read_title(struct profile_reading *r, char *text)
{
	r->profile->title = text;
	return 0;
}

static int
read_version(struct profile_reading *r, char *text)
{
	r->profile->version = text;
	return *text != '\0' ? 0 : profile_fault(r, text, "must be a version, such as 1");
}

static int
read_date(struct profile_reading *r, char *text)
{
	static const char form[] = "0000-00-00";

	r->profile->date = text;
	for (size_t i = 0; i < sizeof form; i++)
		if (form[i] == '0' ? !ascii_is_digit(text[i]) : form[i] != text[i])
			return profile_fault(r, text, "must be a day, as 2026-11-24");
	return 0;
}

static int
read_source(struct profile_reading *r, char *text)
{
	r->profile->source = text;
	return *text != '\0' ? 0 : profile_fault(r, text, "must be the address of its source");
}

static int
read_names(struct profile_reading *r, char *text)
{
	return read_choice(r, text, "any", "registrable", &r->profile->registrable_only);
}

static int
read_addresses(struct profile_reading *r, char *text)
{
	return read_choice(r, text, "all", "sending", &r->profile->sending_addresses);
}

static int
read_depth(struct profile_reading *r, char *text)
{
	return read_choice(r, text, "core", "deep", &r->profile->deep);
}

static const struct {
	const char *name;
	bool needed;
	int (*read)(struct profile_reading *reading, char *text);
} head[] = {
	{ "id", true, read_id },
	{ "title", false, read_title },
	{ "version", true, read_version },
	{ "date", true, read_date },
	{ "source", true, read_source },
	{ "roles", true, read_roles },
	{ "names", false, read_names },
	{ "addresses", false, read_addresses },
	{ "depth", false, read_depth },
};

enum { HEAD = sizeof head / sizeof head[0] };

static int
read_head(struct profile_reading *r, char *line)
{
	char *equals = strchr(line, '=');
	const char *name;

	if (equals == NULL)
		return profile_fault(
		    r, line, "stands before the rules; NAME = VALUE would be right");
	*equals = '\0';
	name = profile_trim(line);
	for (size_t i = 0; i < HEAD; i++) {
		if (strcmp(head[i].name, name) != 0)
			continue;
		if ((r->keys & 1u << i) != 0)
			return profile_fault(r, name, "stands twice; once would be right");
		r->keys |= 1u << i;
		return head[i].read(r, profile_trim(equals + 1));
	}
	return profile_fault(r, name,
	    "is not known; id, title, version, date, source, roles, names, addresses or depth "
	    "would be right");
}

static int
read_unseen(struct profile_reading *r, char *line)
{
	if (r->profile->unseen_count == UNSEEN_MAX)
		return profile_fault(r, line, "is one line too many; 64 are read");
	r->unseen[r->profile->unseen_count++] = line;
	return 0;
}

/* ---- the file */

static int
read_section(struct profile_reading *r, const char *line)
{
	static const char *const names[] = {
		[PROFILE_SECTION_MUST] = "[must]",
		[PROFILE_SECTION_SHOULD] = "[should]",
		[PROFILE_SECTION_UNSEEN] = "[not testable]",
	};

	for (size_t i = PROFILE_SECTION_MUST; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i], line) == 0) {
			r->section = (enum profile_section)i;
			return 0;
		}
	return profile_fault(
	    r, line, "is no section; [must], [should] or [not testable] would be right");
}

static int
read_line(struct profile_reading *r, const char *text)
{
	size_t before = r->profile->rule_count;
	char *line, *note;

	if (!utf8_valid(text, strlen(text)))
		return error_set(r->error, EX_CONFIG, "%s:%zu: not UTF-8; save the file as UTF-8",
		    r->path, r->line);
	if (r->line == 1 && strncmp(text, "\ufeff", strlen("\ufeff")) == 0)
		text += strlen("\ufeff");
	line = profile_trim(arena_string(r->arena, text));
	note = strstr(line, " #");
	if (note != NULL)
		*note = '\0';
	line = profile_trim(line);
	if (*line == '\0' || *line == '#')
		return 0;
	if (*line == '[')
		return read_section(r, line);
	if (r->section == PROFILE_SECTION_HEAD)
		return read_head(r, line);
	if (r->section == PROFILE_SECTION_UNSEEN)
		return read_unseen(r, line);
	if (profile_read_rule(r, line) != 0)
		return -1;
	if (note != NULL)
		r->rules[before].note = profile_trim(note + 2);
	return 0;
}

static int
check_whole(struct profile_reading *r)
{
	for (size_t i = 0; i < HEAD; i++)
		if (head[i].needed && (r->keys & 1u << i) == 0)
			return error_set(r->error, EX_CONFIG,
			    "%s: has no line '%s = ...' before its rules", r->path, head[i].name);
	if (r->profile->rule_count == 0)
		return error_set(r->error, EX_CONFIG,
		    "%s: has no rules; lines such as 'spf.present' below [must] would be right",
		    r->path);
	return 0;
}

static int
read_lines(struct profile_reading *r, FILE *file)
{
	size_t capacity = 0;
	char *line = NULL;
	int result = 0;

	while (result == 0 && getline(&line, &capacity, file) >= 0) {
		r->line++;
		result = read_line(r, line);
	}
	if (result == 0 && ferror(file))
		result = error_set(
		    r->error, EX_NOINPUT, "%s: cannot be read: %s", r->path, strerror(errno));
	free(line);
	return result;
}

/* "a, b, c": what the folder has. */
static const char *
names_in(const char *folder, struct arena *arena)
{
	static const char ending[] = ".ini";
	struct dirent **entries;
	const char *list = "";
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		size_t length = strlen(name), end = sizeof ending - 1;

		if (length > end && strcmp(name + length - end, ending) == 0)
			list = arena_printf(arena, "%s%s%.*s", list, *list == '\0' ? "" : ", ",
			    (int)(length - end), name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return *list == '\0' ? "none" : list;
}

static bool
is_profile_name(const char *name)
{
	return *name != '\0' &&
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(name);
}

static int
load(struct profiles *profiles, const char *folder, const char *name, struct error *error)
{
	struct profile *profile = &profiles->at[profiles->count];
	struct profile_reading r = {
		.arena = &profiles->arena,
		.path = arena_printf(&profiles->arena, "%s/%s.ini", folder, name),
		.name = name,
		.profile = profile,
		.rules = arena_zeroed(&profiles->arena, PROFILE_RULES_MAX, sizeof *r.rules),
		.unseen = arena_zeroed(&profiles->arena, UNSEEN_MAX, sizeof *r.unseen),
		.error = error,
	};
	FILE *file;
	int result;

	for (size_t i = 0; i < profiles->count; i++)
		if (strcmp(profiles->at[i].id, name) == 0)
			return error_set(
			    error, EX_USAGE, "--profile %s: once would be right", name);
	file = is_profile_name(name) ? fopen(r.path, "re") : NULL;
	if (file == NULL && (!is_profile_name(name) || errno == ENOENT))
		return error_set(error, EX_USAGE,
		    "--profile %.60s: %s has none of that name; it has %.400s", name, folder,
		    names_in(folder, &profiles->arena));
	if (file == NULL)
		return error_set(
		    error, EX_NOINPUT, "%s: cannot be opened: %s", r.path, strerror(errno));
	profile->rules = r.rules;
	profile->unseen = r.unseen;
	result = read_lines(&r, file);
	fclose(file);
	if (result == 0)
		result = check_whole(&r);
	if (result == 0 && profile->title == NULL)
		profile->title = profile->id;
	profiles->count++;
	return result;
}

int
profiles_load(const char *folder, const char *const *names, size_t count, struct profiles **out,
    struct error *error)
{
	struct profiles *profiles = alloc_zeroed(1, sizeof *profiles);

	profiles->at = arena_zeroed(&profiles->arena, count, sizeof *profiles->at);
	for (size_t i = 0; i < count; i++)
		if (load(profiles, folder, arena_string(&profiles->arena, names[i]), error) != 0) {
			profiles_free(profiles);
			return -1;
		}
	*out = profiles;
	return 0;
}

void
profiles_free(struct profiles *profiles)
{
	if (profiles == NULL)
		return;
	arena_free(&profiles->arena);
	free(profiles);
}

size_t
profiles_count(const struct profiles *profiles)
{
	return profiles == NULL ? 0 : profiles->count;
}

const struct profile *
profiles_at(const struct profiles *profiles, size_t place)
{
	return &profiles->at[place];
}

bool
profiles_deep(const struct profiles *profiles)
{
	for (size_t i = 0; i < profiles_count(profiles); i++)
		if (profiles->at[i].deep)
			return true;
	return false;
}

static const char *
add_unknown(const char *list, const struct profile_rule *rule, struct arena *arena)
{
	const char *found = strstr(list, rule->id);
	size_t length = strlen(rule->id);

	if (rule->check != NULL ||
	    (found != NULL && (found[length] == ' ' || found[length] == '\0')))
		return list;
	return arena_printf(arena, "%s%s%s", list, *list == '\0' ? "" : " ", rule->id);
}

const char *
profiles_not_built(const struct profiles *profiles, struct arena *arena)
{
	const char *list = "";

	for (size_t i = 0; i < profiles_count(profiles); i++)
		for (size_t k = 0; k < profiles->at[i].rule_count; k++)
			for (const struct profile_rule *rule = &profiles->at[i].rules[k];
			     rule != NULL; rule = rule->or_else)
				list = add_unknown(list, rule, arena);
	return *list == '\0' ? NULL : list;
}
