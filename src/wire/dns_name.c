/* Domain names between wire and text. */
#include "wire/dns_name.h"

#include "base/buf.h"
#include "base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	LABEL_MAX = 63,
	POINTERS_MAX = 64, /* far more than any encoder writes; ends compression loops */
};

/* The character that stands for the octet; 0 when it takes an escape. */
static char
plain(uint8_t octet)
{
	uint8_t lower = octet | 0x20;

	if ((uint8_t)(lower - 'a') < 26)
		return (char)lower;
	if ((uint8_t)(octet - '0') < 10 || octet == '-' || octet == '_')
		return (char)octet;
	return 0;
}

static char *
put_label(char *at, const char *start, const uint8_t *label, size_t length)
{
	if (at != start)
		*at++ = '.';
	for (size_t i = 0; i < length; i++) {
		*at = plain(label[i]);
		at += *at != 0 ? 1 : sprintf(at, "\\%03u", label[i]);
	}
	return at;
}

bool
dns_name_read(struct buf *message, char text_out[DNS_NAME_TEXT_MAX])
{
	size_t resume = 0, octets = 0;
	char *at = text_out;

	for (int pointers = 0; !message->failed;) {
		uint8_t length = buf_u8(message);

		if (message->failed)
			break;
		if (length >= 0xc0) {
			size_t target = (size_t)(length & 0x3f) << 8 | buf_u8(message);

			if (pointers == 0)
				resume = message->position;
			if (++pointers > POINTERS_MAX)
				break;
			buf_seek(message, target);
			continue;
		}
		octets += length + 1u;
		if (length > LABEL_MAX || octets > DNS_NAME_WIRE_MAX)
			break;
		if (length == 0) {
			if (at == text_out)
				*at++ = '.';
			*at = '\0';
			if (pointers > 0)
				buf_seek(message, resume);
			return true;
		}
		const uint8_t *label = buf_bytes(message, length);

		if (label != NULL)
			at = put_label(at, text_out, label, length);
	}
	message->failed = true;
	text_out[0] = '\0';
	return false;
}

bool
dns_name_from_octets(const char *octets, size_t length, char text_out[DNS_NAME_TEXT_MAX])
{
	char *at = text_out;

	if (length > 0 && octets[length - 1] == '.')
		length--;
	if (length == 0 || length + 2 > DNS_NAME_WIRE_MAX)
		return false;
	for (size_t start = 0; start <= length;) {
		const char *dot = memchr(octets + start, '.', length - start);
		size_t label = (dot == NULL ? length : (size_t)(dot - octets)) - start;

		if (label == 0 || label > LABEL_MAX)
			return false;
		at = put_label(at, text_out, (const uint8_t *)octets + start, label);
		start += label + 1;
	}
	*at = '\0';
	return true;
}

/* One octet of the text, \DDD and \X undone; -1 at the end of a label, -2 when it is malformed. */
static int
take_octet(const char **text)
{
	const char *at = *text;
	int value;

	if (*at == '\0' || *at == '.')
		return -1;
	if (*at != '\\') {
		*text = at + 1;
		return (uint8_t)*at;
	}
	if (at[1] < '0' || at[1] > '9') {
		*text = at + (at[1] == '\0' ? 1 : 2);
		return at[1] == '\0' ? -2 : (uint8_t)at[1];
	}
	if (at[2] < '0' || at[2] > '9' || at[3] < '0' || at[3] > '9')
		return -2;
	value = (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
	*text = at + 4;
	return value > 255 ? -2 : value;
}

bool
dns_name_write(struct strbuf *out, const char *text)
{
	uint8_t wire[DNS_NAME_WIRE_MAX];
	size_t at = 0;

	if (strcmp(text, ".") == 0)
		text = "";
	while (*text != '\0') {
		size_t length = 0;
		int octet;

		while ((octet = take_octet(&text)) >= 0) {
			if (length == LABEL_MAX || at + length + 2 >= sizeof wire)
				return false;
			wire[at + ++length] = (uint8_t)octet;
		}
		if (octet == -2 || length == 0)
			return false;
		wire[at] = (uint8_t)length;
		at += length + 1;
		if (*text == '.')
			text++;
	}
	wire[at++] = 0;
	strbuf_add(out, wire, at);
	return true;
}

bool
dns_name_at_or_below(const char *name, const char *ancestor)
{
	size_t name_length = strlen(name), length = strlen(ancestor);

	if (name_length < length || strcmp(name + name_length - length, ancestor) != 0)
		return false;
	return name_length == length || name[name_length - length - 1] == '.';
}

const char *
dns_name_parent(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot == NULL || dot[1] == '\0' ? NULL : dot + 1;
}

size_t
dns_name_labels(const char *name)
{
	size_t labels = 0;

	if (strcmp(name, ".") == 0)
		return 0;
	for (; name != NULL; name = dns_name_parent(name))
		labels++;
	return labels;
}
