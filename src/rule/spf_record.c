/* The grammar of SPF records, RFC 7208 12. */
#include "rule/spf_record.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "rule/spf_macro.h"

#include <string.h>
#include <strings.h>

static const char version[] = "v=spf1";

enum { VERSION_LENGTH = sizeof version - 1 };
enum { IP4_LENGTH_MAX = 32, IP6_LENGTH_MAX = 128 };

/* A stretch of the record. */
struct slice {
	const char *at;
	size_t length;
};

/* The record under way and the term that is being read. */
struct reader {
	struct arena *arena;
	struct slice token;
	size_t offset; /* of the token */
	struct spf_term *terms;
	struct spf_record *out;
};

enum argument {
	NO_ARGUMENT,
	TARGET,          /* ":" domain-spec */
	OPTIONAL_TARGET, /* [ ":" domain-spec ] */
	TARGET_AND_CIDR, /* [ ":" domain-spec ] [ dual-cidr-length ] */
	NETWORK,         /* ":" address [ cidr-length ] */
};

static const struct {
	const char *name;
	enum argument argument;
} mechanisms[] = {
	[SPF_ALL] = { "all", NO_ARGUMENT },
	[SPF_INCLUDE] = { "include", TARGET },
	[SPF_A] = { "a", TARGET_AND_CIDR },
	[SPF_MX] = { "mx", TARGET_AND_CIDR },
	[SPF_PTR] = { "ptr", OPTIONAL_TARGET },
	[SPF_IP4] = { "ip4", NETWORK },
	[SPF_IP6] = { "ip6", NETWORK },
	[SPF_EXISTS] = { "exists", TARGET },
};

enum { MECHANISM_COUNT = sizeof mechanisms / sizeof mechanisms[0] };

static const char *const error_texts[] = {
	[SPF_ERROR_VERSION] = "the record must begin with v=spf1 and a blank",
	[SPF_ERROR_OCTET] = "only printable ASCII is allowed, and blanks (no tabs) between terms",
	[SPF_ERROR_UNKNOWN_MECHANISM] = "no modifier, and none of the mechanisms all, include, a, "
					"mx, ptr, ip4, ip6, exists",
	[SPF_ERROR_QUALIFIER] = "a modifier takes no qualifier before it",
	[SPF_ERROR_REPEATED_MODIFIER] = "this modifier may stand in a record only once",
	[SPF_ERROR_ARGUMENT_MISSING] = "a domain or an address is missing; it must follow at once, "
				       "without a blank",
	[SPF_ERROR_ARGUMENT_FORBIDDEN] = "this mechanism takes no such argument",
	[SPF_ERROR_TARGET] = "the domain must end in a macro, or in a dot and a label of letters, "
			     "digits and hyphens that is not a number",
	[SPF_ERROR_MACRO] = "bad macro",
	[SPF_ERROR_IP4_ADDRESS] = "not an IPv4 address, four numbers from 0 to 255",
	[SPF_ERROR_IP6_ADDRESS] = "not an IPv6 address",
	[SPF_ERROR_IP4_LENGTH] = "the prefix length must be /0 to /32, without leading zeros",
	[SPF_ERROR_IP6_LENGTH] = "the prefix length must be /0 to /128, without leading zeros",
	[SPF_ERROR_DUAL_LENGTH] = "the prefix lengths must be /0 to /32 for IPv4, //0 to //128 for "
				  "IPv6 or both in this order, without leading zeros",
};

static bool
is_qualifier(char octet)
{
	return octet == '+' || octet == '-' || octet == '~' || octet == '?';
}

static struct slice
slice_from(struct slice slice, size_t start)
{
	return (struct slice){ slice.at + start, slice.length - start };
}

static bool
slice_equals(struct slice slice, const char *text)
{
	return slice.length == strlen(text) && strncasecmp(slice.at, text, slice.length) == 0;
}

/* For people: no control octet of a stranger goes to a terminal. */
static char *
printable(struct arena *arena, struct slice slice)
{
	char *text = arena_string_n(arena, slice.at, slice.length);

	for (size_t i = 0; i < slice.length; i++)
		if (ascii_is_control(text[i]))
			text[i] = '?';
	return text;
}

/* Always false, so that callers can return it. */
static bool
fail(struct reader *reader, enum spf_error error)
{
	reader->out->error = error;
	reader->out->error_text = error_texts[error];
	reader->out->error_term = printable(reader->arena, reader->token);
	reader->out->error_offset = reader->offset;
	return false;
}

static bool
fail_macro(struct reader *reader, const struct spf_macro_use *use)
{
	fail(reader, use->illegal_octet ? SPF_ERROR_OCTET : SPF_ERROR_MACRO);
	reader->out->error_text = use->fault;
	return false;
}

/* domain-spec = macro-string domain-end */
static bool
read_target(struct reader *reader, struct slice spec, struct spf_target *out)
{
	struct spf_macro_use use;

	if (spec.length == 0)
		return fail(reader, SPF_ERROR_ARGUMENT_MISSING);
	if (!spf_macro_check(spec.at, spec.length, SPF_MACRO_IN_TARGET, &use))
		return fail_macro(reader, &use);
	if (!spf_macro_ends_domain(spec.at, spec.length, &use))
		return fail(reader, SPF_ERROR_TARGET);
	out->spec = arena_string_n(reader->arena, spec.at, spec.length);
	out->macro_letters = use.letters;
	return true;
}

/* "0" / %x31-39 *DIGIT; what follows the number stays in `text`. */
static bool
take_length(struct slice *text, unsigned most, uint8_t *out)
{
	unsigned value = 0;
	size_t at = 0;

	while (at < text->length && ascii_is_digit(text->at[at]) && value <= most)
		value = value * 10 + (unsigned)(text->at[at++] - '0');
	if (at == 0 || value > most || (text->at[0] == '0' && at > 1))
		return false;
	*out = (uint8_t)value;
	*text = slice_from(*text, at);
	return true;
}

/*
 * dual-cidr-length = [ "/" ip4 ] [ "//" ip6 ]. No domain-spec can end in a slash and digits, so the
 * last run of these octets, from its first slash on, is the prefix lengths and nothing else.
 */
static size_t
cidr_start(struct slice text)
{
	size_t start = text.length, slash = text.length;

	while (start > 0 && (ascii_is_digit(text.at[start - 1]) || text.at[start - 1] == '/')) {
		start--;
		if (text.at[start] == '/')
			slash = start;
	}
	return slash;
}

static bool
is_ip6_slash(struct slice text)
{
	return text.length >= 2 && text.at[0] == '/' && text.at[1] == '/';
}

/* `text` begins with a slash. */
static bool
read_dual_cidr(struct slice text, struct spf_term *term)
{
	if (!is_ip6_slash(text)) {
		text = slice_from(text, 1);
		if (!take_length(&text, IP4_LENGTH_MAX, &term->ip4_length))
			return false;
	}
	if (text.length == 0)
		return true;
	if (!is_ip6_slash(text))
		return false;
	text = slice_from(text, 2);
	return take_length(&text, IP6_LENGTH_MAX, &term->ip6_length) && text.length == 0;
}

static bool
read_network(struct reader *reader, struct slice text, struct spf_term *term)
{
	bool ip4 = term->mechanism == SPF_IP4;
	const char *slash = text.length == 0 ? NULL : memchr(text.at, '/', text.length);
	size_t length = slash == NULL ? text.length : (size_t)(slash - text.at);
	const char *address = arena_string_n(reader->arena, text.at, length);

	if (length == 0)
		return fail(reader, SPF_ERROR_ARGUMENT_MISSING);
	if (!ip_network_parse(address, &term->network) || (term->network.ip.family == 4) != ip4)
		return fail(reader, ip4 ? SPF_ERROR_IP4_ADDRESS : SPF_ERROR_IP6_ADDRESS);
	if (slash == NULL)
		return true;
	text = slice_from(text, length + 1);
	if (!take_length(&text, term->network.length, &term->network.length) || text.length > 0)
		return fail(reader, ip4 ? SPF_ERROR_IP4_LENGTH : SPF_ERROR_IP6_LENGTH);
	return true;
}

/* A colon and a target, or nothing. */
static bool
read_optional_target(struct reader *reader, struct slice text, struct spf_term *term)
{
	if (text.length == 0)
		return true;
	if (text.at[0] != ':')
		return fail(reader, SPF_ERROR_ARGUMENT_FORBIDDEN);
	return read_target(reader, slice_from(text, 1), &term->target);
}

static bool
read_target_and_cidr(struct reader *reader, struct slice text, struct spf_term *term)
{
	size_t cidr = cidr_start(text);

	if (!read_optional_target(reader, (struct slice){ text.at, cidr }, term))
		return false;
	if (cidr < text.length && !read_dual_cidr(slice_from(text, cidr), term))
		return fail(reader, SPF_ERROR_DUAL_LENGTH);
	return true;
}

/* What stands behind the name of the mechanism: nothing, or text that begins with ':' or '/'. */
static bool
read_argument(struct reader *reader, struct slice text, struct spf_term *term)
{
	bool colon = text.length > 0 && text.at[0] == ':';

	switch (mechanisms[term->mechanism].argument) {
	case NO_ARGUMENT:
		return text.length == 0 || fail(reader, SPF_ERROR_ARGUMENT_FORBIDDEN);
	case OPTIONAL_TARGET:
		return read_optional_target(reader, text, term);
	case TARGET_AND_CIDR:
		return read_target_and_cidr(reader, text, term);
	case TARGET:
		return colon ? read_target(reader, slice_from(text, 1), &term->target)
			     : fail(reader, SPF_ERROR_ARGUMENT_MISSING);
	case NETWORK:
		return colon ? read_network(reader, slice_from(text, 1), term)
			     : fail(reader, SPF_ERROR_ARGUMENT_MISSING);
	}
	return false;
}

static bool
find_mechanism(struct slice name, enum spf_mechanism *out)
{
	for (size_t i = 0; i < MECHANISM_COUNT; i++) {
		if (slice_equals(name, mechanisms[i].name)) {
			*out = (enum spf_mechanism)i;
			return true;
		}
	}
	return false;
}

static bool
is_printable_ascii(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] <= 0x20 || text.at[i] >= 0x7f)
			return false;
	return true;
}

static size_t
mechanism_name_length(struct slice text)
{
	size_t at = 0;

	while (at < text.length && text.at[at] != ':' && text.at[at] != '/')
		at++;
	return at;
}

/* directive = [ qualifier ] mechanism */
static bool
read_directive(struct reader *reader)
{
	bool qualified = is_qualifier(reader->token.at[0]);
	struct slice rest = slice_from(reader->token, qualified);
	size_t name = mechanism_name_length(rest);
	struct spf_term *term = &reader->terms[reader->out->count];

	term->qualifier = qualified ? reader->token.at[0] : '+';
	term->ip4_length = IP4_LENGTH_MAX;
	term->ip6_length = IP6_LENGTH_MAX;
	term->offset = reader->offset;
	if (!is_printable_ascii(reader->token))
		return fail(reader, SPF_ERROR_OCTET);
	if (!find_mechanism((struct slice){ rest.at, name }, &term->mechanism))
		return fail(reader, SPF_ERROR_UNKNOWN_MECHANISM);
	if (!read_argument(reader, slice_from(rest, name), term))
		return false;
	term->text = arena_string_n(reader->arena, reader->token.at, reader->token.length);
	reader->out->count++;
	return true;
}

/* name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." ) */
static bool
is_name_octet(char octet, bool first)
{
	if (ascii_is_letter(octet))
		return true;
	return !first && (ascii_is_digit(octet) || octet == '-' || octet == '_' || octet == '.');
}

/* The length of the name before "="; 0 if the text is no modifier. */
static size_t
modifier_name(struct slice text)
{
	size_t at = 0;

	while (at < text.length && is_name_octet(text.at[at], at == 0))
		at++;
	return at < text.length && text.at[at] == '=' ? at : 0;
}

static bool
read_known_modifier(struct reader *reader, struct slice value, struct spf_modifier *modifier)
{
	if (modifier->text != NULL)
		return fail(reader, SPF_ERROR_REPEATED_MODIFIER);
	if (!read_target(reader, value, &modifier->target))
		return false;
	modifier->text = arena_string_n(reader->arena, reader->token.at, reader->token.length);
	modifier->offset = reader->offset;
	return true;
}

/* unknown-modifier = name "=" macro-string */
static bool
read_unknown_modifier(struct reader *reader, struct slice value)
{
	struct spf_macro_use use;

	if (!spf_macro_check(value.at, value.length, SPF_MACRO_IN_MODIFIER, &use))
		return fail_macro(reader, &use);
	reader->out->unknown_modifiers++;
	if (use.non_ascii)
		reader->out->non_ascii_modifier = true;
	return true;
}

static bool
read_modifier(struct reader *reader, size_t name_length)
{
	struct slice name = { reader->token.at, name_length };
	struct slice value = slice_from(reader->token, name_length + 1);

	if (slice_equals(name, "redirect"))
		return read_known_modifier(reader, value, &reader->out->redirect);
	if (slice_equals(name, "exp"))
		return read_known_modifier(reader, value, &reader->out->explanation);
	return read_unknown_modifier(reader, value);
}

static bool
read_token(struct reader *reader)
{
	size_t name = modifier_name(reader->token);

	if (name > 0)
		return read_modifier(reader, name);
	if (is_qualifier(reader->token.at[0]) && modifier_name(slice_from(reader->token, 1)) > 0)
		return fail(reader, SPF_ERROR_QUALIFIER);
	return read_directive(reader);
}

bool
spf_record_is(const char *text, size_t length)
{
	return length >= VERSION_LENGTH && strncasecmp(text, version, VERSION_LENGTH) == 0 &&
	    (length == VERSION_LENGTH || text[VERSION_LENGTH] == ' ');
}

static size_t
count_tokens(struct slice text)
{
	size_t count = 0;

	for (size_t i = 1; i < text.length; i++)
		count += text.at[i - 1] == ' ' && text.at[i] != ' ';
	return count;
}

/* Reads all that follows the version, blank by blank. */
static bool
read_tokens(struct reader *reader, struct slice rest)
{
	const char *start = rest.at;

	while (rest.length > 0) {
		const char *blank = memchr(rest.at, ' ', rest.length);
		size_t length = blank == NULL ? rest.length : (size_t)(blank - rest.at);

		reader->token = (struct slice){ rest.at, length };
		reader->offset = (size_t)(rest.at - start) + VERSION_LENGTH;
		if (length > 0 && !read_token(reader))
			return false;
		rest = slice_from(rest, blank == NULL ? length : length + 1);
	}
	return true;
}

bool
spf_record_parse(struct arena *arena, const char *text, size_t length, struct spf_record *out)
{
	struct reader reader = { .arena = arena, .token = { text, length }, .out = out };
	struct slice rest;

	memset(out, 0, sizeof *out);
	if (!spf_record_is(text, length))
		return fail(&reader, SPF_ERROR_VERSION);
	rest = slice_from(reader.token, VERSION_LENGTH);
	reader.terms = arena_zeroed(arena, count_tokens(rest), sizeof *reader.terms);
	out->terms = reader.terms;
	return read_tokens(&reader, rest);
}

const struct spf_term *
spf_record_all(const struct spf_record *record)
{
	for (size_t i = 0; i < record->count; i++)
		if (record->terms[i].mechanism == SPF_ALL)
			return &record->terms[i];
	return NULL;
}

const struct spf_modifier *
spf_record_redirect(const struct spf_record *record)
{
	bool counts = record->redirect.text != NULL && spf_record_all(record) == NULL;

	return counts ? &record->redirect : NULL;
}

bool
spf_record_is_exactly_deny(const struct spf_record *record)
{
	return record->error == SPF_NO_ERROR && record->count == 1 &&
	    record->terms[0].mechanism == SPF_ALL && record->terms[0].qualifier == '-' &&
	    record->redirect.text == NULL && record->explanation.text == NULL &&
	    record->unknown_modifiers == 0;
}

enum spf_passing
spf_record_passing(const struct spf_record *record)
{
	enum spf_passing passing = SPF_PASSES_NOTHING;

	if (spf_record_redirect(record) != NULL)
		passing = SPF_PASSES_BY_TARGETS;
	for (size_t i = 0; i < record->count; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->qualifier == '+' && term->mechanism != SPF_INCLUDE)
			return SPF_PASSES_SOME;
		if (term->qualifier == '+')
			passing = SPF_PASSES_BY_TARGETS;
		if (term->mechanism == SPF_ALL)
			break;
	}
	return passing;
}

const char *
spf_mechanism_name(enum spf_mechanism mechanism)
{
	return mechanisms[mechanism].name;
}
