/*
 * Any octets as a JSON string. What is written is a string by RFC 8259 7 in UTF-8; unescaped it is
 * the text again, with \xNN for each octet that is no character.
 */
#include "fuzz.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "report/json.h"

#include <stdlib.h>
#include <string.h>

static void
add_unescaped(struct strbuf *out, const char **at)
{
	static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	const char *found = strchr(escapes, **at);
	char digits[5] = "";

	must(**at != '\0');
	if (found != NULL) {
		strbuf_add_byte(out, meanings[found - escapes]);
		(*at)++;
		return;
	}
	must(**at == 'u');
	memcpy(digits, *at + 1, 4);
	must(strspn(digits, "0123456789abcdef") == 4);
	must(strtoul(digits, NULL, 16) < 0x80); /* all else is written as it is */
	strbuf_add_byte(out, (char)strtoul(digits, NULL, 16));
	*at += 5;
}

/* What a strict reader makes of the string. */
static void
unescape(const struct strbuf *json, struct strbuf *out)
{
	const char *at = json->at, *end = json->at + json->length - 1;

	must(json->length >= 2 && *at == '"' && *end == '"');
	must(utf8_valid(json->at, json->length));
	for (at++; at < end;) {
		must(*at != '"' && (unsigned char)*at >= 0x20);
		if (*at == '\\') {
			at++;
			add_unescaped(out, &at);
		} else {
			strbuf_add_byte(out, *at++);
		}
	}
	must(at == end);
}

/* What it should be. */
static void
expect(const char *bytes, size_t size, struct strbuf *out)
{
	for (size_t at = 0; at < size;) {
		size_t length = bytes[at] == '\0' ? 0 : utf8_length(bytes + at, size - at);

		if (length == 0)
			strbuf_printf(out, "\\x%02x", (unsigned char)bytes[at++]);
		strbuf_add(out, bytes + at, length);
		at += length;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct strbuf text = { 0 }, got = { 0 }, expected = { 0 };
	struct json json = json_over(&text);

	json_string_n(&json, (const char *)bytes, size);
	unescape(&text, &got);
	expect((const char *)bytes, size, &expected);
	must(got.length == expected.length);
	must(got.length == 0 || memcmp(got.at, expected.at, got.length) == 0);
	strbuf_free(&text);
	strbuf_free(&got);
	strbuf_free(&expected);
	return 0;
}
