/* The only file that knows libidn2. */
#include "names/idna.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <idn2.h>
#include <stdio.h>
#include <string.h>

/* An A-label holds at most 59 characters; the rest is room for what the mapping drops. */
enum { LABEL_INPUT_MAX = 511 };

enum { CONVERSION = IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT };

size_t
idna_dot(const char *text, size_t length)
{
	static const char *const dots[] = { ".", "\u3002", "\uff0e", "\uff61" };

	for (size_t i = 0; i < sizeof dots / sizeof dots[0]; i++) {
		size_t octets = strlen(dots[i]);

		if (octets <= length && memcmp(text, dots[i], octets) == 0)
			return octets;
	}
	return 0;
}

static size_t
label_length(const char *text, size_t length)
{
	size_t end = 0;

	while (end < length && idna_dot(text + end, length - end) == 0)
		end++;
	return end;
}

static bool
is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] > 0x7f)
			return false;
	return true;
}

/* Appends a label or a dot; false when that would be longer than a name can be. */
static bool
append(char ascii[IDNA_ASCII_SIZE], size_t *used, const char *text, size_t length)
{
	if (length >= IDNA_ASCII_SIZE - *used)
		return false;
	for (size_t i = 0; i < length; i++)
		ascii[*used + i] = ascii_lower(text[i]);
	*used += length;
	ascii[*used] = '\0';
	return true;
}

/* NULL, or what libidn2 says against the label. */
static const char *
convert(const char *label, size_t length, char ascii_out[IDNA_ASCII_SIZE])
{
	char input[LABEL_INPUT_MAX + 1];
	char *converted = NULL;
	int status;

	if (length > LABEL_INPUT_MAX)
		return "it is too long";
	memcpy(input, label, length);
	input[length] = '\0';
	status = idn2_to_ascii_8z(input, &converted, CONVERSION);
	if (status != IDN2_OK)
		return idn2_strerror(status);
	snprintf(ascii_out, IDNA_ASCII_SIZE, "%s", converted);
	idn2_free(converted);
	return NULL;
}

static bool
append_label(char ascii[IDNA_ASCII_SIZE], size_t *used, const char *label, size_t length,
    char problem_out[IDNA_PROBLEM_SIZE])
{
	char converted[IDNA_ASCII_SIZE];
	const char *complaint = NULL;

	if (!is_ascii(label, length)) {
		complaint = convert(label, length, converted);
		label = converted;
		length = complaint == NULL ? strlen(converted) : 0;
	}
	if (complaint != NULL)
		snprintf(problem_out, IDNA_PROBLEM_SIZE, "it has a label with no ASCII form: %s",
		    complaint);
	else if (!append(ascii, used, label, length))
		snprintf(problem_out, IDNA_PROBLEM_SIZE, "it has more than 253 octets");
	else
		return true;
	return false;
}

static bool
to_ascii(const char *name, size_t length, char ascii[IDNA_ASCII_SIZE],
    char problem_out[IDNA_PROBLEM_SIZE])
{
	size_t used = 0;

	for (;;) {
		size_t end = label_length(name, length);
		size_t dot = idna_dot(name + end, length - end);

		if (!append_label(ascii, &used, name, end, problem_out))
			return false;
		if (dot == 0)
			return true;
		if (!append_label(ascii, &used, ".", 1, problem_out))
			return false;
		name += end + dot;
		length -= end + dot;
	}
}

/* The offset of the first octet that is NUL or no UTF-8; the length if there is none. */
static size_t
text_length(const char *name, size_t length)
{
	size_t at = 0;

	while (at < length && name[at] != '\0') {
		size_t step = utf8_length(name + at, length - at);

		if (step == 0)
			break;
		at += step;
	}
	return at;
}

bool
idna_to_ascii(const char *name, size_t length, char ascii_out[IDNA_ASCII_SIZE],
    char problem_out[IDNA_PROBLEM_SIZE])
{
	size_t bad_at = text_length(name, length);
	bool fine = false;

	ascii_out[0] = problem_out[0] = '\0';
	if (bad_at == length)
		fine = to_ascii(name, length, ascii_out, problem_out);
	else if (name[bad_at] == '\0')
		snprintf(problem_out, IDNA_PROBLEM_SIZE, "it has a NUL octet");
	else
		snprintf(problem_out, IDNA_PROBLEM_SIZE, "it is not UTF-8: see the octet 0x%02x",
		    (unsigned char)name[bad_at]);
	if (!fine)
		ascii_out[0] = '\0';
	return fine;
}

/* Conversion to Unicode checks less than conversion from it, so the result must lead back. */
void
idna_to_unicode(const char *ascii, char unicode_out[IDNA_UNICODE_SIZE])
{
	char again[IDNA_ASCII_SIZE], problem[IDNA_PROBLEM_SIZE];
	char *unicode = NULL;
	const char *shown = ascii;

	if (idn2_to_unicode_8z8z(ascii, &unicode, 0) != IDN2_OK)
		unicode = NULL;
	if (unicode != NULL && strlen(unicode) < IDNA_UNICODE_SIZE &&
	    idna_to_ascii(unicode, strlen(unicode), again, problem) && strcmp(again, ascii) == 0)
		shown = unicode;
	snprintf(unicode_out, IDNA_UNICODE_SIZE, "%s", shown);
	idn2_free(unicode);
}
