/* Flat JSON objects, as they come in one a line. */
#include "wire/json_object.h"

#include "base/arena.h"
#include "base/ascii.h"

#include <stdint.h>
#include <string.h>

struct reader {
	const char *at, *end;
	struct arena *arena;
	const char *problem;
};

static bool
fail(struct reader *r, const char *problem)
{
	if (r->problem == NULL)
		r->problem = problem;
	return false;
}

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->end && *r->at != '\0' && strchr(" \t\r\n", *r->at) != NULL)
		r->at++;
}

static bool
take(struct reader *r, char wanted)
{
	skip_blanks(r);
	if (r->at == r->end || *r->at != wanted)
		return false;
	r->at++;
	return true;
}

/* ---- strings */

static bool
read_hex4(struct reader *r, uint32_t *out)
{
	static const char digits[] = "0123456789abcdef";

	*out = 0;
	if (r->end - r->at < 4)
		return fail(r, "a string ends too early");
	for (int i = 0; i < 4; i++) {
		char digit = ascii_lower(*r->at++);
		const char *found = digit == '\0' ? NULL : strchr(digits, digit);

		if (found == NULL)
			return fail(r, "\\u in a string needs four hexadecimal digits");
		*out = *out << 4 | (uint32_t)(found - digits);
	}
	return true;
}

static char *
put_utf8(char *out, uint32_t point)
{
	static const uint32_t most[] = { 0x7f, 0x7ff, 0xffff, 0x10ffff };
	static const uint32_t marks[] = { 0, 0xc0, 0xe0, 0xf0 };
	int more = 0;

	while (point > most[more])
		more++;
	*out++ = (char)(marks[more] | point >> (6 * more));
	while (more-- > 0)
		*out++ = (char)(0x80 | (point >> (6 * more) & 0x3f));
	return out;
}

/* Behind "\u": a code point, or two halves of one. */
static bool
read_code_point(struct reader *r, char **out)
{
	uint32_t point, low;

	if (!read_hex4(r, &point))
		return false;
	if (point >= 0xd800 && point < 0xdc00) {
		if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
			return fail(r, "a string has half of a surrogate pair");
		r->at += 2;
		if (!read_hex4(r, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return fail(r, "a string has half of a surrogate pair");
		point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
	} else if (point >= 0xdc00 && point < 0xe000) {
		return fail(r, "a string has half of a surrogate pair");
	}
	if (point == 0)
		return fail(r, "a string has a NUL");
	*out = put_utf8(*out, point);
	return true;
}

static bool
read_escape(struct reader *r, char **out)
{
	static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	char letter = r->at < r->end ? *r->at++ : '\0';
	const char *found = letter == '\0' ? NULL : strchr(letters, letter);

	if (letter == 'u')
		return read_code_point(r, out);
	if (found == NULL)
		return fail(r, "no such escape in a string");
	*(*out)++ = meanings[found - letters];
	return true;
}

static size_t
written_length(const struct reader *r)
{
	const char *at = r->at;

	while (at < r->end && *at != '"')
		at += *at == '\\' && at + 1 < r->end ? 2 : 1;
	return (size_t)(at - r->at);
}

/* Behind the opening quote; the decoded text is never longer than the written one. */
static bool
read_string(struct reader *r, const char **text_out)
{
	char *text = arena_bytes(r->arena, written_length(r) + 1), *out = text;

	while (r->at < r->end && *r->at != '"') {
		char octet = *r->at++;

		if (octet >= 0 && octet < 0x20)
			return fail(r, "a string has a control character");
		if (octet != '\\')
			*out++ = octet;
		else if (!read_escape(r, &out))
			return false;
	}
	if (r->at == r->end)
		return fail(r, "a string is not closed");
	r->at++;
	*out = '\0';
	*text_out = text;
	return true;
}

/* ---- other values */

static size_t
count_digits(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && ascii_is_digit(text[count]))
		count++;
	return count;
}

/* number = [ "-" ] int [ frac ] [ exp ] */
static bool
is_number(const char *text, size_t length)
{
	size_t at = length > 0 && text[0] == '-', digits = count_digits(text + at, length - at);

	if (digits == 0 || (text[at] == '0' && digits > 1))
		return false;
	at += digits;
	if (at < length && text[at] == '.') {
		digits = count_digits(text + at + 1, length - at - 1);
		if (digits == 0)
			return false;
		at += digits + 1;
	}
	if (at < length && ascii_lower(text[at]) == 'e') {
		at++;
		at += at < length && (text[at] == '+' || text[at] == '-');
		digits = count_digits(text + at, length - at);
		if (digits == 0)
			return false;
		at += digits;
	}
	return at == length;
}

static bool
is_word(const char *text, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool
read_bare(struct reader *r, struct json_member *out)
{
	const char *start = r->at;
	size_t length;

	while (r->at < r->end && *r->at != '\0' && strchr(",} \t\r\n", *r->at) == NULL)
		r->at++;
	length = (size_t)(r->at - start);
	if (is_word(start, length, "null"))
		return true;
	if (!is_number(start, length) && !is_word(start, length, "true") &&
	    !is_word(start, length, "false"))
		return fail(r, "a value must be a string, a number, true, false or null");
	out->text = arena_string_n(r->arena, start, length);
	return true;
}

static bool
read_value(struct reader *r, struct json_member *out)
{
	skip_blanks(r);
	out->raw = r->at;
	out->is_string = r->at < r->end && *r->at == '"';
	if (out->is_string)
		r->at++;
	if (out->is_string ? !read_string(r, &out->text) : !read_bare(r, out))
		return false;
	out->raw_length = (size_t)(r->at - out->raw);
	return true;
}

/* ---- the object */

static struct json_member *
find(struct json_member *members, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

static bool
read_member(struct reader *r, struct json_member *members, size_t count)
{
	struct json_member unwanted = { 0 }, *member;
	const char *name;

	if (!take(r, '"'))
		return fail(r, "a name in quotes is missing");
	if (!read_string(r, &name))
		return false;
	if (!take(r, ':'))
		return fail(r, "a colon is missing");
	member = find(members, count, name);
	if (member == NULL)
		member = &unwanted;
	else if (member->raw != NULL)
		return fail(r, "a name comes twice");
	return read_value(r, member);
}

static bool
read_object(struct reader *r, struct json_member *members, size_t count)
{
	if (!take(r, '{'))
		return fail(r, "no JSON object");
	if (!take(r, '}')) {
		do
			if (!read_member(r, members, count))
				return false;
		while (take(r, ','));
		if (!take(r, '}'))
			return fail(r, "a comma or the closing brace is missing");
	}
	skip_blanks(r);
	return r->at == r->end || fail(r, "something follows the object");
}

bool
json_object_read(const char *text, size_t length, struct arena *arena, struct json_member *members,
    size_t count, const char **problem_out)
{
	struct reader reader = { text, text + length, arena, NULL };
	bool read = read_object(&reader, members, count);

	*problem_out = reader.problem;
	return read;
}
