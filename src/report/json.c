/* JSON text: commas, escapes, and bytes that are no text. */
#include "report/json.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

/* The characters with an escape of two characters (RFC 8259 section 7). */
static const char short_escapes[128] = {
	['"'] = '"',
	['\\'] = '\\',
	['\b'] = 'b',
	['\f'] = 'f',
	['\n'] = 'n',
	['\r'] = 'r',
	['\t'] = 't',
};

struct json
json_over(struct strbuf *out)
{
	return (struct json){ .out = out };
}

static void
begin_value(struct json *json)
{
	if (json->comma)
		strbuf_add_byte(json->out, ',');
	json->comma = true;
}

static void
add_literal(struct json *json, const char *literal)
{
	begin_value(json);
	strbuf_add_string(json->out, literal);
}

static void
begin_container(struct json *json, char bracket)
{
	begin_value(json);
	strbuf_add_byte(json->out, bracket);
	json->comma = false;
}

static void
end_container(struct json *json, char bracket)
{
	strbuf_add_byte(json->out, bracket);
	json->comma = true;
}

void
json_begin_object(struct json *json)
{
	begin_container(json, '{');
}

void
json_end_object(struct json *json)
{
	end_container(json, '}');
}

void
json_begin_array(struct json *json)
{
	begin_container(json, '[');
}

void
json_end_array(struct json *json)
{
	end_container(json, ']');
}

static bool
is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

/* What is not plain: one byte, or one character of several; gives its length. */
static size_t
add_special(struct strbuf *out, const char *bytes, size_t length)
{
	unsigned char byte = (unsigned char)bytes[0];
	size_t character = utf8_length(bytes, length);

	if (character > 1) {
		strbuf_add(out, bytes, character);
		return character;
	}
	if (character == 0 || byte == '\0')
		strbuf_printf(out, "\\\\x%02x", byte);
	else if (short_escapes[byte] != '\0')
		strbuf_printf(out, "\\%c", short_escapes[byte]);
	else
		strbuf_printf(out, "\\u%04x", byte);
	return 1;
}

static void
add_quoted(struct strbuf *out, const char *bytes, size_t length)
{
	size_t at = 0;

	strbuf_add_byte(out, '"');
	while (at < length) {
		size_t plain = at;

		while (plain < length && is_plain((unsigned char)bytes[plain]))
			plain++;
		strbuf_add(out, bytes + at, plain - at);
		at = plain;
		if (at < length)
			at += add_special(out, bytes + at, length - at);
	}
	strbuf_add_byte(out, '"');
}

void
json_key(struct json *json, const char *key)
{
	begin_value(json);
	add_quoted(json->out, key, strlen(key));
	strbuf_add_byte(json->out, ':');
	json->comma = false;
}

void
json_string_n(struct json *json, const char *bytes, size_t length)
{
	begin_value(json);
	add_quoted(json->out, bytes, length);
}

void
json_string(struct json *json, const char *text)
{
	if (text == NULL)
		json_null(json);
	else
		json_string_n(json, text, strlen(text));
}

void
json_raw(struct json *json, const char *value, size_t length)
{
	begin_value(json);
	strbuf_add(json->out, value, length);
}

void
json_int(struct json *json, int64_t value)
{
	begin_value(json);
	strbuf_printf(json->out, "%" PRId64, value);
}

void
json_bool(struct json *json, bool value)
{
	add_literal(json, value ? "true" : "false");
}

void
json_null(struct json *json)
{
	add_literal(json, "null");
}

void
json_key_string(struct json *json, const char *key, const char *text)
{
	json_key(json, key);
	json_string(json, text);
}

void
json_key_string_n(struct json *json, const char *key, const char *bytes, size_t length)
{
	json_key(json, key);
	if (bytes == NULL)
		json_null(json);
	else
		json_string_n(json, bytes, length);
}

void
json_key_known_int(struct json *json, const char *key, bool known, int64_t value)
{
	json_key(json, key);
	if (known)
		json_int(json, value);
	else
		json_null(json);
}

void
json_key_bool(struct json *json, const char *key, bool known, bool value)
{
	json_key(json, key);
	if (known)
		json_bool(json, value);
	else
		json_null(json);
}

void
json_key_int(struct json *json, const char *key, int64_t value)
{
	json_key(json, key);
	json_int(json, value);
}
