/* URIs of reports and logos. */
#include "unit.h"

#include "rule/uri.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *text;
	enum uri_kind kind;
	const char *host;
} cases[] = {
	{ "mailto:a@a.com", URI_MAILTO, "a.com" },
	{ "MailTo:a@A.Com", URI_MAILTO, "a.com" },
	{ "mailto:a@a.com?subject=x", URI_MAILTO, "a.com" },
	{ "mailto:a%40b@a.com", URI_MAILTO, "a.com" },
	{ "mailto:a@%61.com", URI_MAILTO, "a.com" },
	{ "mailto:a@b@a.com", URI_MAILTO, "a.com" },
	{ "mailto:", URI_BAD, "" },
	{ "mailto:a", URI_BAD, "" },
	{ "mailto:@a.com", URI_BAD, "" },
	{ "mailto:a@com", URI_BAD, "" },
	{ "mailto:a@a.com.", URI_BAD, "" },
	{ "mailto:a@192.0.2.1", URI_BAD, "" },
	{ "mailto:a@a%00.com", URI_BAD, "" },
	{ "mailto:a@a_b.com", URI_BAD, "" },
	{ "mailto:a b@a.com", URI_BAD, "" },
	{ "mailto:a%2@a.com", URI_BAD, "" },
	{ "mailto:a%2", URI_BAD, "" },
	{ "mailto:a@a.com%", URI_BAD, "" },
	{ "mailto:\xc3\xa9@a.com", URI_BAD, "" },
	{ "https://a.com", URI_HTTPS, "a.com" },
	{ "HTTPS://A.com:8443/x?y#z", URI_HTTPS, "a.com" },
	{ "https://a.com:/x", URI_HTTPS, "a.com" },
	{ "https://a.com?x:y", URI_HTTPS, "a.com" },
	{ "https:a.com", URI_BAD, "" },
	{ "https:", URI_BAD, "" },
	{ "https://", URI_BAD, "" },
	{ "https:///x", URI_BAD, "" },
	{ "https://com/x", URI_BAD, "" },
	{ "https://u@a.com/", URI_BAD, "" },
	{ "https://a.com:x/", URI_BAD, "" },
	{ "https://a.com:123456/", URI_BAD, "" },
	{ "https://[2001:db8::1]/", URI_BAD, "" },
	{ "https://a.com/\x07", URI_BAD, "" },
	{ "https://a.com/\"x\"", URI_BAD, "" },
	{ "http://a.com/", URI_OTHER, "" },
	{ "data:x", URI_OTHER, "" },
	{ "git+ssh-1.0:x", URI_OTHER, "" },
	{ "https", URI_BAD, "" },
	{ ":x", URI_BAD, "" },
	{ "1a:x", URI_BAD, "" },
	{ "a_b:x", URI_BAD, "" },
	{ "", URI_BAD, "" },
};

static void
uris_have_their_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t length = strlen(cases[i].text);
		char *text = malloc(length + 1); /* exactly as long as said: one octet of slack */
		struct uri uri;

		memcpy(text, cases[i].text, length);
		text[length] = '2'; /* would complete an escape that is cut */
		uri_parse(text, length, &uri);
		if (uri.kind != cases[i].kind ||
		    (uri.kind != URI_BAD && strcmp(uri.host, cases[i].host) != 0))
			fail_msg("%s: %d %s", cases[i].text, uri.kind, uri.host);
		free(text);
	}
}

static void
long_hosts_do_not_fit(void **state)
{
	char text[400] = "mailto:a@";
	struct uri uri;

	(void)state;
	memset(text + 9, 'a', sizeof text - 9);
	for (size_t i = 60; i < sizeof text; i += 50)
		text[i] = '.';
	uri_parse(text, 9 + 240, &uri);
	assert_int_equal(uri.kind, URI_MAILTO);
	assert_int_equal(strlen(uri.host), 240);
	for (size_t length = 9 + HOST_NAME_MAX_OCTETS + 1; length < sizeof text; length++) {
		uri_parse(text, length, &uri);
		assert_int_equal(uri.kind, URI_BAD);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uris_have_their_kind),
		cmocka_unit_test(long_hosts_do_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
