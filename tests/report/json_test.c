/* JSON that every parser takes, whatever the bytes. */
#include "unit.h"

#include "report/json.h"

#include <string.h>

struct string_case {
	const char *name;
	const char *bytes;
	size_t length; /* 0: up to the NUL */
	const char *expected;
};

static const struct string_case strings[] = {
	{ "nothing", "", 0, "\"\"" },
	{ "plain text", "v=spf1 -all", 0, "\"v=spf1 -all\"" },
	{ "quotes and backslashes", "a\"b\\c", 0, "\"a\\\"b\\\\c\"" },
	{ "a slash needs no escape", "a/b", 0, "\"a/b\"" },
	{ "line ends and tabs", "\r\n\t\b\f", 0, "\"\\r\\n\\t\\b\\f\"" },
	{ "other control characters", "\x01\x1b[31m\x1f\x7f", 0,
	    "\"\\u0001\\u001b[31m\\u001f\\u007f\"" },
	{ "a NUL is no text", "a\0b", 3, "\"a\\\\x00b\"" },
	{ "characters of two, three and four bytes", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x93\xa7", 0,
	    "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x93\xa7\"" },
	{ "Windows-1252", "M\xfcller", 0, "\"M\\\\xfcller\"" },
	{ "a lone continuation byte", "\x80", 0, "\"\\\\x80\"" },
	{ "a character cut at the end", "\xe2\x82", 0, "\"\\\\xe2\\\\x82\"" },
	{ "a character cut by a letter", "\xe2\x82z", 0, "\"\\\\xe2\\\\x82z\"" },
	{ "an overlong slash", "\xc0\xaf", 0, "\"\\\\xc0\\\\xaf\"" },
	{ "an overlong of three bytes", "\xe0\x80\xaf", 0, "\"\\\\xe0\\\\x80\\\\xaf\"" },
	{ "a surrogate", "\xed\xa0\x80", 0, "\"\\\\xed\\\\xa0\\\\x80\"" },
	{ "the last code point", "\xf4\x8f\xbf\xbf", 0, "\"\xf4\x8f\xbf\xbf\"" },
	{ "beyond the last code point", "\xf4\x90\x80\x80", 0, "\"\\\\xf4\\\\x90\\\\x80\\\\x80\"" },
	{ "the length ends the string, not the NUL", "abc", 2, "\"ab\"" },
	{ "the length cuts a character", "\xc3\xa4", 1, "\"\\\\xc3\"" },
};

static void
strings_are_escaped(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(strings); i++) {
		const struct string_case *c = &strings[i];
		struct json json = json_over(&out);

		strbuf_reset(&out);
		json_string_n(&json, c->bytes, c->length > 0 ? c->length : strlen(c->bytes));
		if (strcmp(out.at, c->expected) != 0)
			fail_msg("%s: %s", c->name, out.at);
	}
	strbuf_free(&out);
}

static void
add_host(struct json *json, const char *host, int64_t preference)
{
	json_begin_object(json);
	json_key(json, "host");
	json_string(json, host);
	json_key(json, "preference");
	json_int(json, preference);
	json_end_object(json);
}

static void
commas_stand_between(void **state)
{
	struct strbuf out = { 0 };
	struct json json = json_over(&out);

	(void)state;
	json_begin_object(&json);
	json_key(&json, "none");
	json_begin_array(&json);
	json_end_array(&json);
	json_key(&json, "empty");
	json_begin_object(&json);
	json_end_object(&json);
	json_key(&json, "mx");
	json_begin_array(&json);
	add_host(&json, "a.example", 10);
	add_host(&json, NULL, -9223372036854775807 - 1);
	json_begin_array(&json);
	json_bool(&json, true);
	json_bool(&json, false);
	json_null(&json);
	json_end_array(&json);
	json_int(&json, 9223372036854775807);
	json_end_array(&json);
	json_key(&json, "a\"key\xff");
	json_string(&json, "end");
	json_end_object(&json);
	assert_string_equal(out.at,
	    "{\"none\":[],\"empty\":{},\"mx\":[{\"host\":\"a.example\",\"preference\":10},"
	    "{\"host\":null,\"preference\":-9223372036854775808},[true,false,null],"
	    "9223372036854775807],\"a\\\"key\\\\xff\":\"end\"}");
	strbuf_free(&out);
}

static void
each_line_starts_afresh(void **state)
{
	struct strbuf out = { 0 };

	(void)state;
	for (int line = 1; line <= 2; line++) {
		struct json json = json_over(&out);

		json_begin_array(&json);
		json_int(&json, line);
		json_end_array(&json);
		strbuf_add_byte(&out, '\n');
	}
	assert_string_equal(out.at, "[1]\n[2]\n");
	strbuf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_escaped),
		cmocka_unit_test(commas_stand_between),
		cmocka_unit_test(each_line_starts_afresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
