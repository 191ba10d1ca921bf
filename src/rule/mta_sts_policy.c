/* Reading MTA-STS policies: one `key: value` a line. */
#include "rule/mta_sts_policy.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "names/host_name.h"
#include "wire/field_list.h"

#include <string.h>
#include <strings.h>

enum { MAX_AGE_DIGITS = 10 }; /* RFC 8461 3.2 */

/* A stretch of the text. */
struct span {
	const char *at;
	size_t length;
};

struct reading {
	struct arena *arena;
	struct mta_sts_policy *policy;
	const char **patterns; /* room for one a line */
	size_t line;
};

static const char *const modes[] = {
	[MTA_STS_NO_MODE] = NULL,
	[MTA_STS_ENFORCE] = "enforce",
	[MTA_STS_TESTING] = "testing",
	[MTA_STS_NONE] = "none",
};

static bool
span_is(struct span span, const char *word)
{
	return strlen(word) == span.length && memcmp(span.at, word, span.length) == 0;
}

static void
note_fault(struct reading *r, enum mta_sts_policy_fault fault, const char *problem)
{
	if (fault <= r->policy->fault)
		return;
	r->policy->fault = fault;
	r->policy->problem = problem;
	r->policy->problem_line = r->line;
}

/* ---- the four keys; each gives what is wrong with a value, or NULL */

static const char *
take_version(struct reading *r, struct span value)
{
	r->policy->has_version = true;
	return span_is(value, "STSv1") ? NULL : "the version is not STSv1";
}

static const char *
take_mode(struct reading *r, struct span value)
{
	for (int mode = MTA_STS_ENFORCE; mode <= MTA_STS_NONE; mode++)
		if (span_is(value, modes[mode]))
			r->policy->mode = (enum mta_sts_mode)mode;
	return r->policy->mode != MTA_STS_NO_MODE
	    ? NULL
	    : "the mode is neither enforce nor testing nor none";
}

static const char *
take_max_age(struct reading *r, struct span value)
{
	uint64_t seconds = 0;

	r->policy->has_max_age = true;
	if (value.length == 0 || value.length > MAX_AGE_DIGITS)
		return "max_age is not 1 to 10 digits";
	for (size_t i = 0; i < value.length; i++) {
		if (!ascii_is_digit(value.at[i]))
			return "max_age is not 1 to 10 digits";
		seconds = seconds * 10 + (uint64_t)(value.at[i] - '0');
	}
	if (seconds > MTA_STS_MAX_AGE_MAX)
		return "max_age is above 31557600, a year";
	r->policy->max_age = (uint32_t)seconds;
	return NULL;
}

/* A domain of RFC 5321 4.1.2; one label is enough. */
static bool
is_domain(const char *name)
{
	enum host_name_fault fault;

	return host_name_valid(name, &fault) || fault == HOST_NAME_SINGLE_LABEL;
}

static const char *
take_mx(struct reading *r, struct span value)
{
	bool wildcard = value.length > 2 && memcmp(value.at, "*.", 2) == 0;
	char *pattern;

	if (memchr(value.at, '\0', value.length) != NULL)
		return "mx is no host name";
	pattern = arena_string_n(r->arena, value.at, value.length);
	if (!is_domain(wildcard ? pattern + 2 : pattern))
		return "mx is no host name, with `*.` before it or without";
	ascii_lower_text(pattern);
	r->patterns[r->policy->pattern_count++] = pattern;
	return NULL;
}

static bool
has_version(const struct mta_sts_policy *policy)
{
	return policy->has_version;
}

static bool
has_mode(const struct mta_sts_policy *policy)
{
	return policy->mode != MTA_STS_NO_MODE;
}

static bool
has_max_age(const struct mta_sts_policy *policy)
{
	return policy->has_max_age;
}

static const struct key {
	const char *name;
	const char *(*take)(struct reading *reading, struct span value);
	bool (*has)(const struct mta_sts_policy *policy); /* NULL: it may come again */
	const char *twice, *missing;
} keys[] = {
	{ "version", take_version, has_version, "version is given twice", "there is no version" },
	{ "mode", take_mode, has_mode, "mode is given twice", "there is no mode" },
	{ "max_age", take_max_age, has_max_age, "max_age is given twice", "there is no max_age" },
	{ "mx", take_mx, NULL, NULL, NULL },
};

enum { KEYS = sizeof keys / sizeof keys[0] };

static void
take_key(struct reading *r, const struct key *key, struct span value)
{
	const char *problem;

	if (key->has != NULL && key->has(r->policy)) {
		note_fault(r, MTA_STS_UNTIDY, key->twice);
		return;
	}
	problem = key->take(r, value);
	if (problem != NULL)
		note_fault(r, MTA_STS_UNUSABLE, problem);
}

/* ---- lines */

/* Printable octets, UTF-8 and blanks between them (sts-policy-ext-value). */
static bool
is_extension_value(struct span value)
{
	for (size_t i = 0; i < value.length;) {
		size_t octets = utf8_length(value.at + i, value.length - i);

		if (octets == 0 || ascii_is_control(value.at[i]))
			return false;
		i += octets;
	}
	return value.length > 0;
}

static struct span
trimmed(struct span span)
{
	while (span.length > 0 && (*span.at == ' ' || *span.at == '\t')) {
		span.at++;
		span.length--;
	}
	while (span.length > 0 &&
	    (span.at[span.length - 1] == ' ' || span.at[span.length - 1] == '\t'))
		span.length--;
	return span;
}

static void
take_line(struct reading *r, struct span line)
{
	const char *colon = line.length == 0 ? NULL : memchr(line.at, ':', line.length);
	struct span name = { line.at, 0 }, value;

	if (colon == NULL) {
		note_fault(r, MTA_STS_UNUSABLE,
		    line.length == 0 ? "an empty line" : "a line without a colon");
		return;
	}
	name.length = (size_t)(colon - line.at);
	value = trimmed((struct span){ colon + 1, line.length - name.length - 1 });
	for (size_t i = 0; i < KEYS; i++)
		if (span_is(name, keys[i].name)) {
			take_key(r, &keys[i], value);
			return;
		}
	r->policy->extensions++;
	if (!field_name_valid(name.at, name.length))
		note_fault(r, MTA_STS_UNUSABLE, "a key that is none");
	else if (!is_extension_value(value))
		note_fault(r, MTA_STS_UNUSABLE, "a value that is empty or not printable");
}

/* Each line without what ends it; of text behind the last line end, that too. */
static void
take_lines(struct reading *r, const char *text, size_t length)
{
	while (length > 0 && r->policy->fault != MTA_STS_UNUSABLE) {
		const char *end = memchr(text, '\n', length);
		struct span line = { text, end == NULL ? length : (size_t)(end - text) };
		size_t used = line.length + (end != NULL);

		if (end != NULL && line.length > 0 && text[line.length - 1] == '\r')
			line.length--;
		r->line++;
		take_line(r, line);
		text += used;
		length -= used;
	}
}

static size_t
count_lines(const char *text, size_t length)
{
	size_t lines = 1;

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	return lines;
}

static void
note_missing(struct reading *r)
{
	r->line = 0;
	for (size_t i = 0; i < KEYS; i++)
		if (keys[i].has != NULL && !keys[i].has(r->policy))
			note_fault(r, MTA_STS_UNUSABLE, keys[i].missing);
	if (r->policy->pattern_count == 0 && r->policy->mode != MTA_STS_NONE)
		note_fault(r, MTA_STS_UNUSABLE, "there is no mx");
}

void
mta_sts_policy_parse(
    struct arena *arena, const char *text, size_t length, struct mta_sts_policy *out)
{
	struct reading r = { .arena = arena, .policy = out };

	memset(out, 0, sizeof *out);
	if (length > MTA_STS_POLICY_MAX) {
		note_fault(&r, MTA_STS_UNUSABLE, "it is longer than 64 KiB");
		return;
	}
	r.patterns = arena_zeroed(arena, count_lines(text, length), sizeof *r.patterns);
	out->patterns = r.patterns;
	take_lines(&r, text, length);
	note_missing(&r);
}

/* ---- matching */

bool
mta_sts_pattern_covers(const char *pattern, const char *host)
{
	if (strncmp(pattern, "*.", 2) == 0) {
		pattern++;
		host += strcspn(host, ".");
	}
	return strcasecmp(pattern, host) == 0;
}

bool
mta_sts_policy_covers(const struct mta_sts_policy *policy, const char *host)
{
	for (size_t i = 0; i < policy->pattern_count; i++)
		if (mta_sts_pattern_covers(policy->patterns[i], host))
			return true;
	return false;
}

const char *
mta_sts_mode_text(enum mta_sts_mode mode)
{
	return modes[mode];
}
