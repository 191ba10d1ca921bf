/*
 * Names between text and wire. The input is taken for a text, and for the wire form: what can be
 * written is read as the same name, in a form that does not change any more, and only in octets
 * that are fit to print.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/strbuf.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

static void
check_text(const char *name)
{
	const char *parent = dns_name_parent(name);

	must(strlen(name) < DNS_NAME_TEXT_MAX);
	must(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_\\.") == strlen(name));
	must(dns_name_at_or_below(name, name));
	must(parent == NULL || dns_name_at_or_below(name, parent));
	must(parent == NULL || dns_name_labels(parent) + 1 == dns_name_labels(name));
}

/* The text in the form in which names are compared. */
static void
check_round_trip(const char *name)
{
	struct strbuf wire = { 0 };
	char again[DNS_NAME_TEXT_MAX];
	struct buf buf;

	must(dns_name_write(&wire, name));
	must(wire.length <= DNS_NAME_WIRE_MAX);
	buf = buf_over(wire.at, wire.length);
	must(dns_name_read(&buf, again));
	must(buf_left(&buf) == 0 && strcmp(name, again) == 0);
	strbuf_free(&wire);
}

static void
try_text(const uint8_t *bytes, size_t size)
{
	char *text = fuzz_text(bytes, size);
	struct strbuf wire = { 0 };
	char name[DNS_NAME_TEXT_MAX];

	if (dns_name_write(&wire, text)) {
		struct buf buf = buf_over(wire.at, wire.length);

		must(dns_name_read(&buf, name));
		must(buf_left(&buf) == 0);
		check_text(name);
		check_round_trip(name);
	}
	strbuf_free(&wire);
	free(text);
}

static void
try_wire(const uint8_t *bytes, size_t size)
{
	struct buf buf = buf_over(bytes, size);
	char name[DNS_NAME_TEXT_MAX];

	while (dns_name_read(&buf, name)) {
		check_text(name);
		check_round_trip(name);
	}
	must(buf.failed && name[0] == '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	try_text(bytes, size);
	try_wire(bytes, size);
	return 0;
}
