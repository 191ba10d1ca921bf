/* From what people write in a column called "domain" to a name that can be asked for. */
#include "names/mail_domain.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "names/idna.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

_Static_assert(sizeof((struct mail_domain *)0)->ascii == IDNA_ASCII_SIZE, "filled by idna.c");
_Static_assert(sizeof((struct mail_domain *)0)->unicode == IDNA_UNICODE_SIZE, "filled by idna.c");
_Static_assert(sizeof((struct mail_domain *)0)->problem == IDNA_PROBLEM_SIZE, "filled by idna.c");

/* A stretch of the input. */
struct piece {
	const char *at;
	size_t length;
};

/* Blanks of spreadsheets and web pages: also no-break space, zero-width space, BOM. */
static const char *const invisible[] = { " ", "\t", "\r", "\n", "\u00a0", "\u200b", "\ufeff" };

enum { ASCII_BLANKS = 4, INVISIBLE_COUNT = sizeof invisible / sizeof invisible[0] };

static void
skip(struct piece *piece, size_t octets)
{
	piece->at += octets;
	piece->length -= octets;
}

static bool
starts_with(const struct piece *piece, const char *text)
{
	return piece->length >= strlen(text) && strncasecmp(piece->at, text, strlen(text)) == 0;
}

static bool
ends_with(const struct piece *piece, const char *text)
{
	size_t length = strlen(text);

	return piece->length >= length &&
	    memcmp(piece->at + piece->length - length, text, length) == 0;
}

/* One blank less, if there is one at either end. */
static bool
trim_one(struct piece *piece, size_t kinds)
{
	for (size_t i = 0; i < kinds; i++) {
		if (ends_with(piece, invisible[i])) {
			piece->length -= strlen(invisible[i]);
			return true;
		}
		if (starts_with(piece, invisible[i])) {
			skip(piece, strlen(invisible[i]));
			return true;
		}
	}
	return false;
}

static void
trim(struct piece *piece, size_t kinds)
{
	while (trim_one(piece, kinds))
		;
}

static void
cut_from_first_of(struct piece *piece, const char *octets)
{
	for (size_t i = 0; i < piece->length; i++) {
		if (strchr(octets, piece->at[i]) != NULL) {
			piece->length = i;
			return;
		}
	}
}

static void
cut_user(struct piece *piece)
{
	const char *sign = memrchr(piece->at, '@', piece->length);

	if (sign != NULL)
		skip(piece, (size_t)(sign + 1 - piece->at));
}

static void
cut_port(struct piece *piece)
{
	size_t end = piece->length;

	while (end > 0 && ascii_is_digit(piece->at[end - 1]))
		end--;
	if (end > 0 && piece->at[end - 1] == ':')
		piece->length = end - 1;
}

/* The octets of `scheme://` (RFC 3986 3.1), or 0. */
static size_t
scheme_length(const struct piece *piece)
{
	const char *mark = memmem(piece->at, piece->length, "://", 3);
	size_t length = mark == NULL ? 0 : (size_t)(mark - piece->at);

	for (size_t i = 0; i < length; i++) {
		char octet = piece->at[i];
		bool later = ascii_is_digit(octet) || octet == '+' || octet == '-' || octet == '.';

		if (!ascii_is_letter(octet) && (i == 0 || !later))
			return 0;
	}
	return length == 0 ? 0 : length + strlen("://");
}

static void
cut_url(struct piece *piece)
{
	size_t scheme = scheme_length(piece);

	if (scheme > 0) {
		skip(piece, scheme);
		cut_from_first_of(piece, "/?#");
		cut_port(piece);
	} else if (starts_with(piece, "mailto:")) {
		skip(piece, strlen("mailto:"));
		cut_from_first_of(piece, "?");
	}
}

static void
cut_final_dot(struct piece *piece)
{
	for (size_t octets = 1; octets <= 3 && octets <= piece->length; octets++) {
		if (idna_dot(piece->at + piece->length - octets, octets) == octets) {
			piece->length -= octets;
			return;
		}
	}
}

static bool
is_text(const struct piece *piece)
{
	return utf8_valid(piece->at, piece->length) &&
	    memchr(piece->at, '\0', piece->length) == NULL;
}

static void
convert(struct piece piece, struct mail_domain *out)
{
	if (!idna_to_ascii(piece.at, piece.length, out->ascii, out->problem))
		return;
	host_name_problem(out->ascii, out->problem);
	if (out->problem[0] == '\0')
		idna_to_unicode(out->ascii, out->unicode);
	else
		out->ascii[0] = '\0';
}

static bool
same_text(const char *name, const struct piece *piece)
{
	return strlen(name) == piece->length && memcmp(name, piece->at, piece->length) == 0;
}

bool
mail_domain_parse(const char *text, size_t length, struct mail_domain *out)
{
	struct piece given = { length > 0 ? text : "", length };
	struct piece name;

	memset(out, 0, sizeof *out);
	trim(&given, ASCII_BLANKS);
	name = given;
	if (is_text(&name)) { /* else the conversion below says what is wrong */
		trim(&name, INVISIBLE_COUNT);
		cut_url(&name);
		cut_user(&name);
		cut_final_dot(&name);
	}
	convert(name, out);
	out->changed = out->ascii[0] != '\0' && !same_text(out->ascii, &given);
	return out->problem[0] == '\0';
}
