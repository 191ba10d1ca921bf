/* Flat JSON objects: what is read, and what is refused. */
#include "unit.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "wire/json_object.h"

#include <string.h>

struct object_case {
	const char *text;
	const char *expected; /* of members a and b: "text" or text, "-" for none; NULL: refused */
};

static const struct object_case cases[] = {
	{ "{}", "- -" },
	{ " { } ", "- -" },
	{ "{\"a\":\"x\",\"b\":\"y\"}", "\"x\" \"y\"" },
	{ "{\"b\" : \"y\" , \"a\" : \"x\"}\r", "\"x\" \"y\"" },
	{ "{\"c\":1,\"a\":\"x\"}", "\"x\" -" },
	{ "{\"a\":null,\"b\":true}", "- true" },
	{ "{\"a\":-0.5e+10,\"b\":12}", "-0.5e+10 12" },
	{ "{\"a\":\"\"}", "\"\" -" },
	{ "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "\"\"\\/\b\f\n\r\t\" -" },
	{ "{\"a\":\"\\u0041\\u00fc\\u20AC\\ud83d\\ude00\"}",
	    "\"A\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80\" -" },
	{ "{\"\\u0061\":\"x\"}", "\"x\" -" },
	{ "{\"a\":\"\xc3\xbc\"}", "\"\xc3\xbc\" -" },
	{ "", NULL },
	{ "x", NULL },
	{ "[]", NULL },
	{ "{", NULL },
	{ "{\"a\"}", NULL },
	{ "{\"a\":}", NULL },
	{ "{\"a\":\"x}", NULL },
	{ "{\"a\":\"x\"", NULL },
	{ "{\"a\":\"x\",}", NULL },
	{ "{\"a\":\"x\"}}", NULL },
	{ "{\"a\":\"x\" \"b\":\"y\"}", NULL },
	{ "{\"a\":\"x\",\"a\":\"y\"}", NULL },
	{ "{\"a\":null,\"a\":\"y\"}", NULL },
	{ "{\"a\":{}}", NULL },
	{ "{\"a\":[1]}", NULL },
	{ "{\"a\":01}", NULL },
	{ "{\"a\":1.}", NULL },
	{ "{\"a\":1e}", NULL },
	{ "{\"a\":-}", NULL },
	{ "{\"a\":nul}", NULL },
	{ "{a:1}", NULL },
	{ "{\"a\":\"\t\"}", NULL },
	{ "{\"a\":\"\\x\"}", NULL },
	{ "{\"a\":\"\\u12\"}", NULL },
	{ "{\"a\":\"\\u12g4\"}", NULL },
	{ "{\"a\":\"\\u0000\"}", NULL },
	{ "{\"a\":\"\\ud83d\"}", NULL },
	{ "{\"a\":\"\\ud83d\\u0041\"}", NULL },
	{ "{\"a\":\"\\ude00\"}", NULL },
};

static void
write_member(const struct json_member *member, struct strbuf *out)
{
	const char *quote = member->is_string ? "\"" : "";

	if (member->text == NULL)
		strbuf_add_string(out, "-");
	else
		strbuf_printf(out, "%s%s%s", quote, member->text, quote);
}

static void
objects_are_read_or_refused(void **state)
{
	struct strbuf out = { 0 };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct json_member members[] = { { .name = "a" }, { .name = "b" } };
		const char *problem;
		bool read = json_object_read(
		    cases[i].text, strlen(cases[i].text), &arena, members, 2, &problem);

		strbuf_reset(&out);
		write_member(&members[0], &out);
		strbuf_add_byte(&out, ' ');
		write_member(&members[1], &out);
		if (read != (cases[i].expected != NULL) || read != (problem == NULL) ||
		    (read && strcmp(out.at, cases[i].expected) != 0))
			fail_msg("%s: %s %s", cases[i].text, out.at, problem);
	}
	arena_free(&arena);
	strbuf_free(&out);
}

/* Cut anywhere, it is refused, and nothing behind the end is read. */
static void
cut_objects_are_refused(void **state)
{
	static const char text[] = "{\"a\":\"\\ud83d\\ude00\\n\",\"b\":-1.5e3,\"c\":null}";
	struct arena arena = { 0 };

	(void)state;
	for (size_t length = 0; length < sizeof text - 1; length++) {
		struct json_member member = { .name = "a" };
		char *cut = arena_copy(&arena, text, length);
		const char *problem;

		assert_false(json_object_read(cut, length, &arena, &member, 1, &problem));
		assert_non_null(problem);
	}
	arena_free(&arena);
}

static void
raw_values_are_as_written(void **state)
{
	static const char text[] = "{\"a\": \"\\u0041\" }";
	struct json_member member = { .name = "a" };
	struct arena arena = { 0 };
	const char *problem;

	(void)state;
	assert_true(json_object_read(text, sizeof text - 1, &arena, &member, 1, &problem));
	assert_int_equal(member.raw_length, 8);
	assert_memory_equal(member.raw, "\"\\u0041\"", 8);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_are_read_or_refused),
		cmocka_unit_test(cut_objects_are_refused),
		cmocka_unit_test(raw_values_are_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
