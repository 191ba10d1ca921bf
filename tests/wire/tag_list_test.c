/* Tag lists as DKIM keys and DMARC records write them, tidy and untidy. */
#include "unit.h"

#include "base/arena.h"
#include "wire/tag_list.h"

#include <stdio.h>
#include <string.h>

struct list_case {
	const char *name;
	const char *text;
	const char *tags; /* "name=value|" for each, in order */
	size_t repeated, upper_case, malformed, empty;
	const char *first_malformed;
	size_t malformed_offset;
	bool trailing_semicolon, trailing_blank;
};

/* Some texts come from the test suites of mox, mail-auth and checkdmarc. */
static const struct list_case cases[] = {
	{ "nothing", "", .tags = "" },
	{ "blanks alone", " \t", .tags = "" },
	{ "one tag", "v=DMARC1", .tags = "v=DMARC1|" },
	{ "a semicolon at the end is grammar", "v=DMARC1;", "v=DMARC1|",
	    .trailing_semicolon = true },
	{ "blanks after it are noted", "v=DMARC1; ", "v=DMARC1|", .trailing_semicolon = true,
	    .trailing_blank = true },
	{ "blanks around everything", "v = DMARC1\t;\tp=reject\t;", "v=DMARC1|p=reject|",
	    .trailing_semicolon = true },
	{ "no blanks at all", "v=DMARC1;p=none;sp=none", .tags = "v=DMARC1|p=none|sp=none|" },
	{ "blanks inside a value are kept", "h= sha1:sha 256", .tags = "h=sha1:sha 256|" },
	{ "folded lines", "a=1;\r\n b\r\n\t=\r\n 2", .tags = "a=1|b=2|" },
	{ "an empty value", "v=DKIM1; p=", .tags = "v=DKIM1|p=|" },
	{ "an empty value of blanks", "p= ;t=y", .tags = "p=|t=y|" },
	{ "the second equals sign belongs to the value", "p=MIGf==;x=a=b",
	    .tags = "p=MIGf==|x=a=b|" },
	{ "empty parts between", "a=1;;b=2", "a=1|b=2|", .empty = 1 },
	{ "empty parts at the end", "v=DMARC1;;", "v=DMARC1|", .empty = 1,
	    .trailing_semicolon = true },
	{ "an empty part of blanks", "a=1; ;b=2", "a=1|b=2|", .empty = 1 },
	{ "an empty part first", ";v=DMARC1", "v=DMARC1|", .empty = 1 },
	{ "semicolons alone", ";;", "", .empty = 2, .trailing_semicolon = true },
	{ "the same tag twice", "v=DMARC1; p=none; p=reject", "v=DMARC1|p=none|p=reject|",
	    .repeated = 1 },
	{ "three times", "p=a; p=b; p=c", "p=a|p=b|p=c|", .repeated = 2 },
	{ "other letter case is another name", "p=none; P=reject", "p=none|P=reject|",
	    .upper_case = 1 },
	{ "upper case", "V=DMARC1;p=reject", "V=DMARC1|p=reject|", .upper_case = 1 },
	{ "digits and underscores in a name", "a1_b=x", .tags = "a1_b=x|" },
	{ "a word without equals sign", "v=DMARC1; p", "v=DMARC1|", .malformed = 1,
	    .first_malformed = "p", .malformed_offset = 10 },
	{ "no name", "v=DMARC1; =none; p=none", "v=DMARC1|p=none|", .malformed = 1,
	    .first_malformed = "=none", .malformed_offset = 10 },
	{ "a name of two words", "v=DMARC1; my tag=x", "v=DMARC1|", .malformed = 1,
	    .first_malformed = "my tag=x", .malformed_offset = 10 },
	{ "a name that begins with a digit", "1p=x", "", .malformed = 1,
	    .first_malformed = "1p=x" },
	{ "a name with a hyphen", "a-b=x", "", .malformed = 1, .first_malformed = "a-b=x" },
	{ "a backslash left from a zone editor", "v=DKIM1\\; p=abc", .tags = "v=DKIM1\\|p=abc|" },
	{ "quotes left from a zone editor", "\"v=DKIM1; k=rsa\" \"p=abc\"", "k=rsa\" \"p=abc\"|",
	    .malformed = 1, .first_malformed = "\"v=DKIM1" },
	{ "an SPF record", "v=spf1 include:example.com -all",
	    .tags = "v=spf1 include:example.com -all|" },
	{ "commas in place of semicolons", "v=DMARC1, p=none", .tags = "v=DMARC1, p=none|" },
	{ "a key with everything",
	    "v = DKIM1 ;   h\t=\tsha1 \t:\t SHA256:unknown\t;k=ed25519; n = notes...; p = JDc "
	    "bZ0H\tpb ;s = email : tlsrpt; t = y\t: t; unknown = bogus;",
	    "v=DKIM1|h=sha1 \t:\t SHA256:unknown|k=ed25519|n=notes...|p=JDc bZ0H\tpb|"
	    "s=email : tlsrpt|t=y\t: t|unknown=bogus|",
	    .trailing_semicolon = true },
};

static const char *
what_is_wrong(const struct list_case *c, const struct tag_list *list)
{
	const char *expected = c->tags;

	for (size_t i = 0; i < list->count; i++) {
		const struct tag *tag = &list->tags[i];
		char text[128];
		int length = snprintf(text, sizeof text, "%s=%s|", tag->name, tag->value);

		if (strncmp(expected, text, (size_t)length) != 0)
			return "tags";
		expected += length;
		if (strncmp(c->text + tag->offset, tag->name, strlen(tag->name)) != 0 ||
		    strncmp(c->text + tag->value_offset, tag->value, tag->value_length) != 0)
			return "offsets";
	}
	if (*expected != '\0')
		return "number of tags";
	if (list->repeated != c->repeated || list->upper_case != c->upper_case)
		return "repeated or upper_case";
	if (list->malformed != c->malformed || list->empty != c->empty)
		return "malformed or empty";
	if (list->trailing_semicolon != c->trailing_semicolon ||
	    list->trailing_blank != c->trailing_blank)
		return "trailing";
	if (c->first_malformed != NULL &&
	    (strcmp(list->first_malformed.text, c->first_malformed) != 0 ||
		list->first_malformed.offset != c->malformed_offset))
		return "first_malformed";
	return list->too_many ? "too_many" : NULL;
}

static void
lists_are_split(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena arena = { 0 };
		struct tag_list list;
		const char *wrong;

		tag_list_parse(&arena, cases[i].text, strlen(cases[i].text), &list);
		wrong = what_is_wrong(&cases[i], &list);
		if (wrong != NULL)
			fail_msg("%s: %s", cases[i].name, wrong);
		arena_free(&arena);
	}
}

static void
marks_stand_at_their_tags(void **state)
{
	static const char text[] = "p=1; P=2; p=3; n=caf\xc3\xa9; o=a\001b; q=\xe2\x80\x93";
	struct arena arena = { 0 };
	struct tag_list list;

	(void)state;
	tag_list_parse(&arena, text, strlen(text), &list);
	assert_int_equal(list.count, 6);
	assert_false(list.tags[0].repeated || list.tags[0].repeated_any_case);
	assert_true(!list.tags[1].repeated && list.tags[1].repeated_any_case);
	assert_true(list.tags[1].upper_case);
	assert_true(list.tags[2].repeated && list.tags[2].repeated_any_case);
	assert_false(list.tags[2].odd_octets);
	assert_true(list.tags[3].odd_octets && list.tags[4].odd_octets && list.tags[5].odd_octets);
	arena_free(&arena);
}

static void
find_takes_the_first_and_minds_letter_case(void **state)
{
	static const char text[] = "P=1; p=2; p=3";
	struct arena arena = { 0 };
	struct tag_list list;

	(void)state;
	tag_list_parse(&arena, text, strlen(text), &list);
	assert_string_equal(tag_list_find(&list, "p")->value, "2");
	assert_string_equal(tag_list_find_any_case(&list, "p")->value, "1");
	assert_null(tag_list_find(&list, "v"));
	assert_null(tag_list_find_any_case(&list, "pp"));
	arena_free(&arena);
}

static void
a_nul_octet_ends_nothing(void **state)
{
	struct arena arena = { 0 };
	struct tag_list list;

	(void)state;
	tag_list_parse(&arena, "a=x\0y;b\0=1;c=2", 15, &list);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.tags[0].value_length, 3);
	assert_memory_equal(list.tags[0].value, "x\0y", 4);
	assert_true(list.tags[0].odd_octets);
	assert_string_equal(list.tags[1].name, "c");
	assert_int_equal(list.malformed, 1);
	arena_free(&arena);
}

static void
the_number_of_tags_is_bounded(void **state)
{
	struct arena arena = { 0 };
	struct tag_list list;
	char text[4 * (TAG_LIST_MAX + 1) + 1] = "";

	(void)state;
	for (int i = 0; i < TAG_LIST_MAX; i++)
		memcpy(text + 4 * i, "a=1;", 5);
	tag_list_parse(&arena, text, strlen(text), &list);
	assert_int_equal(list.count, TAG_LIST_MAX);
	assert_false(list.too_many);
	memcpy(text + strlen(text), "a=1;", 5);
	tag_list_parse(&arena, text, strlen(text), &list);
	assert_int_equal(list.count, TAG_LIST_MAX);
	assert_true(list.too_many);
	arena_free(&arena);
}

static void
squeeze_drops_all_white_space(void **state)
{
	struct arena arena = { 0 };
	size_t length;

	(void)state;
	assert_string_equal(tag_list_squeeze(&arena, " MI\tGf\r\n MA ", 12, &length), "MIGfMA");
	assert_int_equal(length, 6);
	assert_string_equal(tag_list_squeeze(&arena, " ", 1, &length), "");
	assert_int_equal(length, 0);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_split),
		cmocka_unit_test(marks_stand_at_their_tags),
		cmocka_unit_test(find_takes_the_first_and_minds_letter_case),
		cmocka_unit_test(a_nul_octet_ends_nothing),
		cmocka_unit_test(the_number_of_tags_is_bounded),
		cmocka_unit_test(squeeze_drops_all_white_space),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
