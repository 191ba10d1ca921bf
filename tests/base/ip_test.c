/* IP addresses: text, networks, order, reverse names, special-purpose ranges. */
#include "unit.h"

#include "base/ip.h"

#include <stdbool.h>
#include <string.h>

struct text_case {
	const char *name;
	const char *text;
	const char *expected; /* as formatted again; NULL = no address */
};

static const struct text_case texts[] = {
	{ "IPv4", "192.0.2.1", "192.0.2.1" },
	{ "IPv6 is written short", "2001:0db8:0:0:0:0:0:1", "2001:db8::1" },
	{ "IPv6 in upper case", "2001:DB8::ABCD", "2001:db8::abcd" },
	{ "a mapped address is the IPv4 address", "::ffff:192.0.2.1", "192.0.2.1" },
	{ "mapped in hexadecimal as well", "::FFFF:c000:0201", "192.0.2.1" },
	{ "a compatible address stays IPv6", "::192.0.2.1", "::192.0.2.1" },
	{ "an octet above 255", "192.0.2.256", NULL },
	{ "three numbers", "192.0.2", NULL },
	{ "five numbers", "192.0.2.1.1", NULL },
	{ "a leading zero could be octal", "192.0.2.01", NULL },
	{ "blanks", " 192.0.2.1", NULL },
	{ "brackets", "[2001:db8::1]", NULL },
	{ "a scope", "fe80::1%eth0", NULL },
	{ "two gaps", "2001::db8::1", NULL },
	{ "three colons", "2001:db8:::1", NULL },
	{ "nothing", "", NULL },
};

static void
texts_are_read_strictly(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		char text[IP_TEXT_MAX] = "";
		struct ip ip;
		bool read = ip_parse(texts[i].text, &ip);

		if (read)
			ip_format(&ip, text);
		if (read != (texts[i].expected != NULL) ||
		    (read && strcmp(text, texts[i].expected) != 0))
			fail_msg("%s: %s", texts[i].name, read ? text : "refused");
	}
}

struct network_case {
	const char *name;
	const char *network;
	const char *ip; /* NULL = no network */
	bool inside;
};

static const struct network_case networks[] = {
	{ "first address", "192.0.2.0/24", "192.0.2.0", true },
	{ "last address", "192.0.2.0/24", "192.0.2.255", true },
	{ "one above", "192.0.2.0/24", "192.0.3.0", false },
	{ "host bits of the network make no difference", "192.0.2.77/24", "192.0.2.1", true },
	{ "a length inside an octet, inside", "172.16.0.0/12", "172.31.255.255", true },
	{ "a length inside an octet, outside", "172.16.0.0/12", "172.32.0.0", false },
	{ "no length means one address", "192.0.2.1", "192.0.2.1", true },
	{ "no length, the next address", "192.0.2.1", "192.0.2.2", false },
	{ "length zero takes all of the family", "0.0.0.0/0", "203.0.113.9", true },
	{ "but not of the other", "0.0.0.0/0", "2001:db8::1", false },
	{ "IPv6 length zero takes no IPv4", "::/0", "192.0.2.1", false },
	{ "IPv6", "2001:db8::/33", "2001:db8:7fff::1", true },
	{ "IPv6 outside by one bit", "2001:db8::/33", "2001:db8:8000::1", false },
	{ "all 128 bits", "2001:db8::1/128", "2001:db8::2", false },
	{ "33 bits of IPv4", "192.0.2.0/33", NULL, false },
	{ "129 bits of IPv6", "2001:db8::/129", NULL, false },
	{ "an empty length", "192.0.2.0/", NULL, false },
	{ "a sign", "192.0.2.0/+8", NULL, false },
	{ "text after the length", "192.0.2.0/24x", NULL, false },
	{ "a length that would wrap", "192.0.2.0/4294967304", NULL, false },
	{ "no address", "/24", NULL, false },
	{ "more text than an address has",
	    "2001:0db8:0000:0000:0000:0000:0000:0000:0000:0000:0000/24", NULL, false },
};

static void
networks_hold_what_they_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(networks); i++) {
		const struct network_case *c = &networks[i];
		struct ip_network network;
		struct ip ip;
		bool read = ip_network_parse(c->network, &network);

		if (read != (c->ip != NULL))
			fail_msg("%s: %s", c->name, read ? "read" : "refused");
		if (read && (!ip_parse(c->ip, &ip) || ip_in_network(&ip, &network) != c->inside))
			fail_msg("%s", c->name);
	}
}

static void
order_is_family_then_octets(void **state)
{
	static const char *const sorted[] = { "0.0.0.0", "9.0.0.0", "10.0.0.0", "255.0.0.1",
		"::", "2001:db8::1", "fe80::" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sorted); i++) {
		for (size_t k = 0; k < COUNT_OF(sorted); k++) {
			struct ip a, b;

			assert_true(ip_parse(sorted[i], &a) && ip_parse(sorted[k], &b));
			assert_int_equal(ip_compare(&a, &b) < 0, i < k);
			assert_int_equal(ip_equal(&a, &b), i == k);
		}
	}
}

static void
reverse_names(void **state)
{
	char name[IP_REVERSE_MAX];
	struct ip ip;

	(void)state;
	assert_true(ip_parse("192.0.2.10", &ip));
	assert_string_equal(ip_reverse_name(&ip, name), "10.2.0.192.in-addr.arpa");
	assert_true(ip_parse("4321:0:1:2:3:4:567:89ab", &ip)); /* the example of RFC 3596 2.5 */
	assert_string_equal(ip_reverse_name(&ip, name),
	    "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa");
}

struct special_case {
	const char *ip;
	const char *expected; /* NULL = global */
};

static const struct special_case specials[] = {
	{ "8.8.8.8", NULL },
	{ "0.1.2.3", "0.0.0.0/8" },
	{ "10.255.255.255", "10.0.0.0/8" },
	{ "11.0.0.0", NULL },
	{ "100.63.255.255", NULL },
	{ "100.64.0.0", "100.64.0.0/10" },
	{ "127.0.0.1", "127.0.0.0/8" },
	{ "169.254.0.1", "169.254.0.0/16" },
	{ "172.15.255.255", NULL },
	{ "172.16.0.0", "172.16.0.0/12" },
	{ "192.168.1.1", "192.168.0.0/16" },
	{ "198.19.0.1", "198.18.0.0/15" },
	{ "198.20.0.1", NULL },
	{ "224.0.0.1", "224.0.0.0/4" },
	{ "255.255.255.255", "240.0.0.0/4" },
	{ "::", "::/128" },
	{ "::1", "::1/128" },
	{ "::2", NULL },
	{ "::ffff:127.0.0.1", "127.0.0.0/8" }, /* what is behind the mapping decides */
	{ "::ffff:8.8.8.8", NULL },
	{ "64:ff9b::808:808", "64:ff9b::/96" },
	{ "64:ff9b:1::1", "64:ff9b:1::/48" },
	{ "2001:db8:ffff::1", "2001:db8::/32" },
	{ "2001:4860:4860::8888", NULL },
	{ "2002:a00:1::1", "2002::/16" },
	{ "fdff::1", "fc00::/7" },
	{ "febf::1", "fe80::/10" },
	{ "fec0::1", "fec0::/10" },
	{ "ff02::1", "ff00::/8" },
};

static void
special_purpose_ranges_are_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(specials); i++) {
		const char *found;
		struct ip ip;

		assert_true(ip_parse(specials[i].ip, &ip));
		found = ip_special_purpose(&ip);
		if ((found == NULL) != (specials[i].expected == NULL) ||
		    (found != NULL && strcmp(found, specials[i].expected) != 0))
			fail_msg("%s: %s", specials[i].ip, found == NULL ? "global" : found);
	}
}

static void
what_is_mapped_is_found(void **state)
{
	static const struct ip mapped = { 6, { [10] = 0xff, [11] = 0xff, 192, 0, 2, 1 } };
	static const struct ip plain = { 4, { 192, 0, 2, 1 } };
	static const struct ip compatible = { 6, { [12] = 192, [14] = 2, [15] = 1 } };
	struct ip found = ip_unmapped(mapped);

	(void)state;
	assert_true(ip_equal(&found, &plain));
	found = ip_unmapped(plain);
	assert_true(ip_equal(&found, &plain));
	found = ip_unmapped(compatible);
	assert_true(ip_equal(&found, &compatible));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_read_strictly),
		cmocka_unit_test(networks_hold_what_they_should),
		cmocka_unit_test(order_is_family_then_octets),
		cmocka_unit_test(reverse_names),
		cmocka_unit_test(special_purpose_ranges_are_known),
		cmocka_unit_test(what_is_mapped_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
