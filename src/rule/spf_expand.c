/* What macro strings stand for (RFC 7208 7.3). */
#include "rule/spf_expand.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/strbuf.h"
#include "rule/spf_macro.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { VALUE_SIZE = 64 }; /* 32 nibbles with dots and the NUL */

struct part {
	const char *at;
	size_t length;
};

/* Dotted quad, or 32 nibbles with a dot between each two. */
static const char *
address_value(const struct ip *ip, char buffer[VALUE_SIZE])
{
	static const char digits[] = "0123456789ABCDEF";
	char *at = buffer;

	if (ip->family == 4)
		return ip_format(ip, buffer);
	for (size_t i = 0; i < 16; i++) {
		*at++ = digits[ip->octets[i] >> 4];
		*at++ = '.';
		*at++ = digits[ip->octets[i] & 15];
		*at++ = '.';
	}
	at[-1] = '\0';
	return buffer;
}

static const char *
value_of(char letter, const struct spf_macro_values *values, char buffer[VALUE_SIZE])
{
	switch (letter) {
	case 's':
		return values->sender;
	case 'l':
		return values->local;
	case 'o':
		return values->sender_domain;
	case 'd':
		return values->domain;
	case 'h':
		return values->helo;
	case 'p':
		return values->validated;
	case 'i':
		return address_value(values->ip, buffer);
	case 'c':
		return ip_format(values->ip, buffer);
	case 'v':
		return values->ip->family == 4 ? "in-addr" : "ip6";
	case 't':
		snprintf(buffer, VALUE_SIZE, "%" PRId64, values->now);
		return buffer;
	default:
		return "unknown"; /* r */
	}
}

static void
add_escaped(struct strbuf *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char octet = text[i];

		if (ascii_is_letter(octet) || ascii_is_digit(octet) ||
		    (octet != '\0' && strchr("-._~", octet) != NULL))
			strbuf_add_byte(out, octet); /* unreserved, RFC 3986 2.3 */
		else
			strbuf_printf(out, "%%%02X", (unsigned)(unsigned char)octet);
	}
}

static void
add_value(struct strbuf *out, bool url_escape, const char *text, size_t length)
{
	if (url_escape)
		add_escaped(out, text, length);
	else
		strbuf_add(out, text, length);
}

/* The parts of a value between delimiters; there is one more of them than of these. */
static struct part *
split(const char *value, const char *delimiters, struct arena *scratch, size_t *count_out)
{
	size_t count = 1;
	struct part *parts;

	for (const char *at = strpbrk(value, delimiters); at != NULL;
	     at = strpbrk(at + 1, delimiters))
		count++;
	parts = arena_bytes(scratch, count * sizeof *parts);
	for (size_t i = 0; i < count; i++) {
		parts[i] = (struct part){ value, strcspn(value, delimiters) };
		value += parts[i].length + 1;
	}
	*count_out = count;
	return parts;
}

/* Split, reversed, the rightmost kept, joined by dots whatever parted them. */
static void
add_transformed(
    struct strbuf *out, const struct spf_macro *macro, const char *value, struct arena *scratch)
{
	size_t count, skipped = 0;
	const struct part *parts = split(value, macro->delimiters, scratch, &count);

	if (macro->digits > 0 && macro->digits < count)
		skipped = count - macro->digits;
	for (size_t i = skipped; i < count; i++) {
		const struct part *part = &parts[macro->reverse ? count - 1 - i : i];

		if (i > skipped)
			strbuf_add_byte(out, '.');
		add_value(out, macro->url_escape, part->at, part->length);
	}
}

static void
add_macro(struct strbuf *out, const struct spf_macro *macro, const struct spf_macro_values *values,
    struct arena *scratch)
{
	char buffer[VALUE_SIZE];
	const char *value = value_of(macro->letter, values, buffer);
	bool whole = macro->digits == 0 && !macro->reverse && strcmp(macro->delimiters, ".") == 0;

	if (whole)
		add_value(out, macro->url_escape, value, strlen(value));
	else
		add_transformed(out, macro, value, scratch);
}

void
spf_expand(const char *text, size_t length, const struct spf_macro_values *values,
    struct arena *scratch, struct strbuf *out)
{
	enum spf_macro_kind kind;
	struct spf_macro part;
	size_t position = 0;

	while ((kind = spf_macro_next(text, length, &position, &part)) != SPF_MACRO_END &&
	    kind != SPF_MACRO_BAD) {
		if (kind == SPF_MACRO_EXPAND)
			add_macro(out, &part, values, scratch);
		else
			strbuf_add(out, part.text, part.length);
	}
}
