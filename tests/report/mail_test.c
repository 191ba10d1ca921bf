/* Fields of a mail. */
#include "unit.h"

#include "report/mail.h"

#include <string.h>

struct field_case {
	const char *value, *field;
};

static const struct field_case fields[] = {
	{ "32 of 368 fail", "Subject: 32 of 368 fail\n" },
	{ "", "Subject: \n" },
	{ "Prüfung", "Subject: =?UTF-8?B?UHLDvGZ1bmc=?=\n" },
	/* a character is not torn apart between two words */
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaüb",
	    "Subject: =?UTF-8?B?"
	    "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=?=\n"
	    " =?UTF-8?B?w7xi?=\n" },
	/* nothing begins another field */
	{ "a\nBcc: b@c.com", "Subject: =?UTF-8?B?YQpCY2M6IGJAYy5jb20=?=\n" },
};

static void
fields_are_of_ascii(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct strbuf out = { 0 };

		mail_field_add(&out, "Subject", fields[i].value);
		assert_string_equal(out.at, fields[i].field);
		strbuf_free(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_of_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
