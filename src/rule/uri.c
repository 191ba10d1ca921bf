/* Reading mailto: and https: URIs. */
#include "rule/uri.h"

#include "base/ascii.h"

#include <string.h>
#include <strings.h>

static int
hexadecimal(char octet)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = octet == '\0' ? NULL : strchr(digits, ascii_lower(octet));

	return at == NULL ? -1 : (int)(at - digits);
}

/* Only octets that a URI may have, and whole escapes (RFC 3986 2). */
static bool
is_written_well(const char *text, size_t length)
{
	static const char marks[] = "-._~:/?#[]@!$&'()*+,;=";

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '%') {
			if (length - i < 3 || hexadecimal(text[i + 1]) < 0 ||
			    hexadecimal(text[i + 2]) < 0)
				return false;
		} else if (!ascii_is_letter(text[i]) && !ascii_is_digit(text[i]) &&
		    memchr(marks, text[i], sizeof marks - 1) == NULL) {
			return false;
		}
	}
	return true;
}

/* The octets with their escapes undone; false when they do not fit or are no name. */
static bool
take_host(const char *text, size_t length, char host_out[HOST_NAME_SIZE])
{
	char octets[HOST_NAME_SIZE];
	size_t count = 0;

	for (size_t i = 0; i < length; i++) {
		if (count == sizeof octets - 1)
			return false;
		octets[count++] = text[i];
		if (text[i] == '%') {
			octets[count - 1] =
			    (char)(hexadecimal(text[i + 1]) << 4 | hexadecimal(text[i + 2]));
			i += 2;
		}
		if (octets[count - 1] == '\0')
			return false;
	}
	octets[count] = '\0';
	return host_name_valid(octets, NULL) && host_name_normalise(octets, host_out);
}

/* mailto: one address, then perhaps header fields behind a question mark. */
static enum uri_kind
parse_mailto(const char *text, size_t length, struct uri *out)
{
	const char *fields = memchr(text, '?', length), *sign;

	if (fields != NULL)
		length = (size_t)(fields - text);
	sign = memrchr(text, '@', length);
	if (sign == NULL || sign == text)
		return URI_BAD;
	length -= (size_t)(sign + 1 - text);
	return take_host(sign + 1, length, out->host) ? URI_MAILTO : URI_BAD;
}

static bool
is_port(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!ascii_is_digit(text[i]))
			return false;
	return length <= 5;
}

/* https: "//", then host, port, path and the rest. */
static enum uri_kind
parse_https(const char *text, size_t length, struct uri *out)
{
	size_t end = 2, host;

	if (length < 2 || memcmp(text, "//", 2) != 0)
		return URI_BAD;
	while (end < length && memchr("/?#", text[end], 3) == NULL)
		end++;
	host = 2;
	while (host < end && text[host] != ':')
		host++;
	if (host < end && !is_port(text + host + 1, end - host - 1))
		return URI_BAD;
	return take_host(text + 2, host - 2, out->host) ? URI_HTTPS : URI_BAD;
}

/* scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ); 0 when there is none. */
static size_t
scheme_length(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == ':')
			return i;
		if (!ascii_is_letter(text[i]) &&
		    (i == 0 || (!ascii_is_digit(text[i]) && memchr("+-.", text[i], 3) == NULL)))
			return 0;
	}
	return 0;
}

void
uri_parse(const char *text, size_t length, struct uri *out)
{
	static const struct {
		const char *scheme;
		enum uri_kind (*parse)(const char *text, size_t length, struct uri *out);
	} schemes[] = { { "mailto", parse_mailto }, { "https", parse_https } };
	size_t scheme = scheme_length(text, length);

	*out = (struct uri){ .kind = URI_BAD };
	if (scheme == 0 || !is_written_well(text, length))
		return;
	out->kind = URI_OTHER;
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strlen(schemes[i].scheme) == scheme &&
		    strncasecmp(text, schemes[i].scheme, scheme) == 0)
			out->kind = schemes[i].parse(text + scheme + 1, length - scheme - 1, out);
}
