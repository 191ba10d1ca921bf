/* Names with a number in them, and what is said of each: one table. */
#include "mail_zone.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HOSTS = 64,
	NAME_MAX = 256,
	STRING_MAX = 255, /* of a TXT record */
	HEADER = 12,
	OPT = 11,
	TTL = 300,
	OWNER = 0xc00c, /* a pointer to the name of the question */
	NXDOMAIN = 3,
};

enum type { A = 1, NS = 2, CNAME = 5, SOA = 6, PTR = 12, MX = 15, TXT = 16 };

#define KEY                                                                                        \
	"v=DKIM1; k=rsa; p="                                                                       \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA9zI+alYOcBs1Oid8qhfsTyAWl80p70jhARoeaK5p+"    \
	"uytxiIuNx8oAHeIDDXZwLGUF0tr2p6qx/"                                                        \
	"jlyAG8PD+crl0PTlZsFVdPNcz7fhZ29mbLspkKVrrdI8gMdhRJOzbvlq"                                 \
	"I6VVkRGlCe5J2435+72ucqlBWy3X4qePuGw60gsyZ4h2gsQgA9MyFxDfzxIqroUrxmX4o76g1ZGDNuRHM9p6O6v"  \
	"GA62nK4vwO0tJROn1XLuxEmLQ8XDaROyAGnlKcEtUzpNmM07tYHeh6jJE6cjc4AkiOJoMLxWfC09RT2maHW5FyQ"  \
	"JfzLpdTmEKktbTvHQaT1NwiXXwAmxuRTUAYW1wIDAQAB"

#define TWENTY_ZEROS "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"

/* # stands for a number; in what is said of the name, %u for its remainder by HOSTS. */
static const struct rule {
	const char *name;
	enum type type;
	const char *says;
	const char *alias; /* which has the record, where it is another name */
} rules[] = {
	{ "d#-mxlab.com", MX, "mx.mail%02u-mxlab.net", NULL },
	{ "d#-mxlab.com", TXT, "v=spf1 include:_spf.mail%02u-mxlab.net -all", NULL },
	{ "d#-mxlab.com", A, "198.18.%u.80", NULL },
	{ "_dmarc.d#-mxlab.com", TXT, "v=DMARC1; p=reject; rua=mailto:dmarc@mail%02u-mxlab.net",
	    NULL },
	{ "s1._domainkey.d#-mxlab.com", TXT, KEY, "s1.dkim.mail%02u-mxlab.net" },
	{ "_spf.mail#-mxlab.net", TXT, "v=spf1 ip4:198.18.%u.0/24 -all", NULL },
	{ "mx.mail#-mxlab.net", A, "198.18.%u.25", NULL },
	{ "25.#.18.198.in-addr.arpa", PTR, "mx.mail%02u-mxlab.net", NULL },
	{ "bl.lists-mxlab.org", NS, "ns1.mxlab-dns.net", NULL },
	{ "wl.lists-mxlab.org", NS, "ns1.mxlab-dns.net", NULL },
	{ "dbl.lists-mxlab.org", NS, "ns1.mxlab-dns.net", NULL },
	{ "2.0.0.127.bl.lists-mxlab.org", A, "127.0.0.2", NULL },
	{ "2.0.0.0.0.0.f.7.f.f.f.f." TWENTY_ZEROS ".bl.lists-mxlab.org", A, "127.0.0.2", NULL },
	{ "2.0.0.127.wl.lists-mxlab.org", A, "127.0.0.1", NULL },
	{ "test.dbl.lists-mxlab.org", A, "127.0.1.2", NULL },
};

struct answer {
	uint8_t *packet;
	size_t length;
	uint16_t answers, authorities;
};

/* ---- the question */

/* As text, in small letters; octets that are no letters, digits, - or _ stand as they are. */
static void
read_name(const uint8_t *wire, size_t length, char *text)
{
	size_t out = 0;

	for (size_t at = 0; at < length && wire[at] != 0; at += 1u + wire[at]) {
		if (out > 0)
			text[out++] = '.';
		for (size_t i = 1; i <= wire[at] && at + i < length && out < NAME_MAX - 2; i++)
			text[out++] = (char)tolower(wire[at + i]);
	}
	text[out] = '\0';
}

static bool
matches(const char *pattern, const char *name, unsigned *number_out)
{
	const char *hash = strchr(pattern, '#');
	size_t before = hash == NULL ? 0 : (size_t)(hash - pattern);
	char *rest;

	if (hash == NULL)
		return strcmp(pattern, name) == 0;
	if (strncmp(pattern, name, before) != 0 || !isdigit((unsigned char)name[before]))
		return false;
	*number_out = (unsigned)strtoul(name + before, &rest, 10);
	return strcmp(rest, hash + 1) == 0;
}

/* ---- records */

static void
add(struct answer *answer, const void *bytes, size_t length)
{
	if (answer->length + length + OPT > MAIL_ANSWER_MAX)
		abort(); /* the table above says too much */
	memcpy(answer->packet + answer->length, bytes, length);
	answer->length += length;
}

static void
add_number(struct answer *answer, size_t octets, unsigned long number)
{
	uint8_t bytes[4];

	for (size_t i = 0; i < octets; i++)
		bytes[i] = (uint8_t)(number >> 8 * (octets - 1 - i));
	add(answer, bytes, octets);
}

static void
add_name(struct answer *answer, const char *name)
{
	while (*name != '\0') {
		size_t length = strcspn(name, ".");

		add_number(answer, 1, length);
		add(answer, name, length);
		name += length + (name[length] == '.');
	}
	add_number(answer, 1, 0);
}

static void
add_strings(struct answer *answer, const char *text)
{
	for (size_t left = strlen(text); left > 0;) {
		size_t length = left < STRING_MAX ? left : STRING_MAX;

		add_number(answer, 1, length);
		add(answer, text, length);
		text += length;
		left -= length;
	}
}

static void
add_address(struct answer *answer, const char *text)
{
	unsigned octets[4] = { 0 };

	sscanf(text, "%u.%u.%u.%u", &octets[0], &octets[1], &octets[2], &octets[3]);
	for (size_t i = 0; i < 4; i++)
		add_number(answer, 1, octets[i]);
}

static void
add_data(struct answer *answer, enum type type, const char *text)
{
	if (type == MX)
		add_number(answer, 2, 10);
	if (type == A)
		add_address(answer, text);
	else if (type == TXT)
		add_strings(answer, text);
	else
		add_name(answer, text);
	if (type == SOA) {
		add_name(answer, "hostmaster.mxlab-dns.net");
		for (unsigned i = 0; i < 5; i++)
			add_number(answer, 4, TTL);
	}
}

/* The owner is a name, or NULL for that of the question. */
static void
add_record(struct answer *answer, const char *owner, enum type type, const char *text)
{
	size_t length_at;

	if (owner == NULL)
		add_number(answer, 2, OWNER);
	else
		add_name(answer, owner);
	add_number(answer, 2, type);
	add_number(answer, 2, 1);
	add_number(answer, 4, TTL);
	length_at = answer->length;
	add_number(answer, 2, 0);
	add_data(answer, type, text);
	answer->packet[length_at] = (uint8_t)((answer->length - length_at - 2) >> 8);
	answer->packet[length_at + 1] = (uint8_t)(answer->length - length_at - 2);
}

static void
fill_in(char *out, const char *format, unsigned number)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(out, MAIL_ANSWER_MAX, format, number % HOSTS);
#pragma GCC diagnostic pop
}

static void
add_of_rule(struct answer *answer, const struct rule *rule, unsigned number)
{
	char says[MAIL_ANSWER_MAX], alias[MAIL_ANSWER_MAX];

	fill_in(says, rule->says, number);
	if (rule->alias != NULL) {
		fill_in(alias, rule->alias, number);
		add_record(answer, NULL, CNAME, alias);
		answer->answers++;
	}
	add_record(answer, rule->alias == NULL ? NULL : alias, rule->type, says);
	answer->answers++;
}

/* False when there is no such name; a name without such a record gets no answer. */
static bool
add_answers(struct answer *answer, const char *name, unsigned type)
{
	bool exists = false;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		unsigned number = 0;

		if (!matches(rules[i].name, name, &number))
			continue;
		exists = true;
		if (rules[i].type == type)
			add_of_rule(answer, &rules[i], number);
	}
	return exists;
}

size_t
mail_answer(uint8_t *packet, size_t end, size_t length)
{
	struct answer answer = { .packet = packet, .length = end };
	bool opt = length >= end + OPT, exists;
	unsigned type = (unsigned)packet[end - 4] << 8 | packet[end - 3];
	uint8_t kept[OPT];
	char name[NAME_MAX];

	if (opt)
		memcpy(kept, packet + end, OPT);
	read_name(packet + HEADER, end - 4 - HEADER, name);
	exists = add_answers(&answer, name, type);
	if (answer.answers == 0) {
		const char *dot = strrchr(name, '.');

		add_record(&answer, dot == NULL ? "" : dot + 1, SOA, "ns1.mxlab-dns.net");
		answer.authorities++;
	}
	if (opt)
		memcpy(packet + answer.length, kept, OPT);
	packet[2] |= 0x80;
	packet[3] = (uint8_t)(0x80 | (exists ? 0 : NXDOMAIN));
	packet[7] = (uint8_t)answer.answers;
	packet[9] = (uint8_t)answer.authorities;
	packet[11] = opt;
	return answer.length + (opt ? OPT : 0);
}

bool
mail_is_of_domain(const uint8_t *name, size_t length)
{
	static const char end[] = "-mxlab\003com";
	size_t size = sizeof end - 1;

	return length > size && memcmp(name + length - size, end, size) == 0;
}
