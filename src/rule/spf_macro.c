/* Macro strings of SPF (RFC 7208 7). */
#include "rule/spf_macro.h"

#include "base/ascii.h"

#include <assert.h>
#include <string.h>

static const char any_letters[] = "slodipvhcrt";
static const char text_letters[] = "crt"; /* RFC 7208 7.2: only in the text of exp */
static const char dynamic_letters[] = "slohip";
static const char all_delimiters[] = ".-+,/_=";

static bool
is_one_of(char octet, const char *set)
{
	return octet != '\0' && strchr(set, octet) != NULL;
}

static enum spf_macro_kind
bad(struct spf_macro *out, const char *fault)
{
	out->fault = fault;
	return SPF_MACRO_BAD;
}

/* *DIGIT; a zero is allowed by the grammar and forbidden by RFC 7208 7.3. */
static bool
read_digits(const char *text, size_t length, size_t *at, unsigned *digits_out)
{
	size_t start = *at;
	unsigned value = 0;

	for (; *at < length && ascii_is_digit(text[*at]); (*at)++) {
		value = value * 10 + (unsigned)(text[*at] - '0');
		if (value > SPF_MACRO_DIGITS_MAX)
			value = SPF_MACRO_DIGITS_MAX;
	}
	*digits_out = value;
	return *at == start || value > 0;
}

static void
read_delimiters(const char *text, size_t length, size_t *at, char out[8])
{
	size_t count = 0;

	for (; *at < length && is_one_of(text[*at], all_delimiters); (*at)++)
		if (!is_one_of(text[*at], out))
			out[count++] = text[*at];
	if (count == 0)
		out[0] = '.';
}

/* What follows "%{". */
static enum spf_macro_kind
read_expand(const char *text, size_t length, size_t *position, struct spf_macro *out)
{
	size_t at = *position;
	char written = at < length ? text[at++] : '\0';

	out->url_escape = ascii_is_upper(written);
	out->letter = ascii_lower(written);
	if (!is_one_of(out->letter, any_letters))
		return bad(out, "after %{ there must be s l o d i p v h (or in exp text c r t)");
	if (!read_digits(text, length, &at, &out->digits))
		return bad(out, "the number in a macro must not be 0");
	if (at < length && (text[at] == 'r' || text[at] == 'R')) {
		out->reverse = true;
		at++;
	}
	read_delimiters(text, length, &at, out->delimiters);
	if (at == length || text[at] != '}')
		return bad(out,
		    "after its letter a macro may have a number, r, the delimiters "
		    ". - + , / _ = and then must end in }");
	*position = at + 1;
	return SPF_MACRO_EXPAND;
}

static enum spf_macro_kind
read_percent(const char *text, size_t length, size_t *position, struct spf_macro *out)
{
	static const struct {
		char sign;
		const char *meaning;
	} escapes[] = { { '%', "%" }, { '_', " " }, { '-', "%20" } };
	char sign = *position + 1 < length ? text[*position + 1] : '\0';

	*position += 2;
	if (sign == '{')
		return read_expand(text, length, position, out);
	for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
		if (escapes[i].sign == sign) {
			out->text = escapes[i].meaning;
			out->length = strlen(out->text);
			return SPF_MACRO_ESCAPE;
		}
	}
	return bad(out, "after % there must be {, %, _ or -");
}

enum spf_macro_kind
spf_macro_next(const char *text, size_t length, size_t *position, struct spf_macro *out)
{
	const char *percent;

	memset(out, 0, sizeof *out);
	if (*position >= length)
		return SPF_MACRO_END;
	if (text[*position] == '%')
		return read_percent(text, length, position, out);
	percent = memchr(text + *position, '%', length - *position);
	out->text = text + *position;
	out->length = percent == NULL ? length - *position : (size_t)(percent - out->text);
	*position += out->length;
	return SPF_MACRO_LITERAL;
}

uint32_t
spf_macro_bit(char letter)
{
	assert(letter >= 'a' && letter <= 'z');
	return (uint32_t)1 << (letter - 'a');
}

bool
spf_macro_is_dynamic(uint32_t letters)
{
	for (const char *letter = dynamic_letters; *letter != '\0'; letter++)
		if ((letters & spf_macro_bit(*letter)) != 0)
			return true;
	return false;
}

/* macro-literal = %x21-24 / %x26-7E; explain-string has blanks as well. */
static bool
is_legal(unsigned char octet, enum spf_macro_place place)
{
	if (octet > 0x7f)
		return place == SPF_MACRO_IN_MODIFIER;
	if (octet == ' ')
		return place == SPF_MACRO_IN_TEXT;
	return octet > 0x20 && octet < 0x7f;
}

/* The first octet that may not occur, or the length. */
static size_t
legal_length(const struct spf_macro *literal, enum spf_macro_place place, bool *non_ascii)
{
	size_t at = 0;

	while (at < literal->length && is_legal((unsigned char)literal->text[at], place)) {
		if ((unsigned char)literal->text[at] > 0x7f)
			*non_ascii = true;
		at++;
	}
	return at;
}

static void
check_part(enum spf_macro_kind kind, const struct spf_macro *part, enum spf_macro_place place,
    struct spf_macro_use *out)
{
	size_t legal;

	switch (kind) {
	case SPF_MACRO_LITERAL:
		legal = legal_length(part, place, &out->non_ascii);
		if (legal < part->length) {
			out->fault = "only printable ASCII is allowed";
			out->illegal_octet = true;
			out->fault_at += legal;
		}
		break;
	case SPF_MACRO_EXPAND:
		if (place == SPF_MACRO_IN_TARGET && is_one_of(part->letter, text_letters))
			out->fault = "the macros c, r and t are allowed in the text of exp only";
		out->letters |= spf_macro_bit(part->letter);
		break;
	case SPF_MACRO_BAD:
		out->fault = part->fault;
		break;
	case SPF_MACRO_ESCAPE:
	case SPF_MACRO_END:
		break;
	}
}

bool
spf_macro_check(
    const char *text, size_t length, enum spf_macro_place place, struct spf_macro_use *out)
{
	struct spf_macro part;
	enum spf_macro_kind kind;
	size_t position = 0;

	memset(out, 0, sizeof *out);
	do {
		out->fault_at = position;
		kind = spf_macro_next(text, length, &position, &part);
		check_part(kind, &part, place, out);
		if (kind == SPF_MACRO_ESCAPE || kind == SPF_MACRO_EXPAND)
			out->last_macro_end = position;
	} while (kind != SPF_MACRO_END && out->fault == NULL);
	return out->fault == NULL;
}

/* toplabel = at least one letter, or a hyphen inside; letters and digits at both ends. */
static bool
is_top_label(const char *label, size_t length)
{
	bool digits = true;

	if (length == 0 || label[0] == '-' || label[length - 1] == '-')
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!ascii_is_letter(label[i]) && !ascii_is_digit(label[i]) && label[i] != '-')
			return false;
		digits = digits && ascii_is_digit(label[i]);
	}
	return !digits;
}

/* domain-end = ( "." toplabel [ "." ] ) / macro-expand; its dot stands behind the last macro. */
bool
spf_macro_ends_domain(const char *text, size_t length, const struct spf_macro_use *use)
{
	const char *dot;

	if (use->last_macro_end > 0 && use->last_macro_end == length)
		return true;
	text += use->last_macro_end;
	length -= use->last_macro_end;
	if (length > 0 && text[length - 1] == '.')
		length--;
	dot = length == 0 ? NULL : memrchr(text, '.', length);
	return dot != NULL && is_top_label(dot + 1, (size_t)(text + length - (dot + 1)));
}
