/* DANE: chains that were made for the occasion, held against TLSA records of their certificates. */
#include "unit.h"

#include "base/error.h"
#include "cert/fake_certificates.h"
#include "cert/verifier.h"

#include <openssl/err.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FROM = 1700000000,
	NOW = 1800000000,
	UNTIL = 1900000000,
	RECORDS_MAX = 4,
	SERVED_MAX = 3,
};

enum who {
	NOBODY,
	ROOT,
	INTERMEDIATE,
	STRANGER,
	LEAF,     /* mx.a.com, by the intermediate */
	EXPIRED,  /* the same, expired */
	FUTURE,   /* the same, not valid yet */
	OTHER,    /* mx.b.com, by the intermediate */
	DOMAIN,   /* a.com */
	WILDCARD, /* *.a.com */
	PARTIAL,  /* m*.a.com */
	COMMON,   /* mx.a.com by its common name alone */
	BESIDE,   /* mx.a.com by its common name, beside the DNS name mx.b.com */
	ALONE,    /* mx.a.com, signed by itself */
	BY_ROOT,  /* mx.a.com, by the root */
	CLIENT,   /* mx.a.com, for clients alone */
	WHO_COUNT,
};

#define A_COM "mx.a.com", "DNS:mx.a.com"

static const struct {
	struct certificate_plan plan;
	enum who issuer;
} plans[WHO_COUNT] = {
	[ROOT] = { { "A Root", NULL, FROM, UNTIL, true }, NOBODY },
	[INTERMEDIATE] = { { "An Intermediate", NULL, FROM, UNTIL, true }, ROOT },
	[STRANGER] = { { "A Stranger", NULL, FROM, UNTIL, true }, NOBODY },
	[LEAF] = { { A_COM, FROM, UNTIL }, INTERMEDIATE },
	[EXPIRED] = { { A_COM, FROM, NOW - 1 }, INTERMEDIATE },
	[FUTURE] = { { A_COM, NOW + 1, UNTIL }, INTERMEDIATE },
	[OTHER] = { { "mx.b.com", "DNS:mx.b.com", FROM, UNTIL }, INTERMEDIATE },
	[DOMAIN] = { { "a.com", "DNS:a.com", FROM, UNTIL }, INTERMEDIATE },
	[WILDCARD] = { { "a.com", "DNS:*.a.com", FROM, UNTIL }, INTERMEDIATE },
	[PARTIAL] = { { "a.com", "DNS:m*.a.com", FROM, UNTIL }, INTERMEDIATE },
	[COMMON] = { { "mx.a.com", NULL, FROM, UNTIL }, INTERMEDIATE },
	[BESIDE] = { { "mx.a.com", "DNS:mx.b.com", FROM, UNTIL }, INTERMEDIATE },
	[ALONE] = { { A_COM, FROM, UNTIL }, NOBODY },
	[BY_ROOT] = { { A_COM, FROM, UNTIL }, ROOT },
	[CLIENT] = { { A_COM, FROM, UNTIL, .purpose = "clientAuth" }, INTERMEDIATE },
};

struct fixture {
	struct certificate made[WHO_COUNT];
	struct cert_verifier *verifier;
};

/* A record of a certificate; data that are not to fit have their last octet changed. */
struct record_plan {
	uint8_t usage, selector, type;
	enum who of;
	bool broken;
};

struct dane_case {
	const char *name;
	enum who served[SERVED_MAX];
	struct record_plan records[RECORDS_MAX];
	const char *other; /* the domain, where the MX record is secure */
	int matches;       /* the record, or NONE */
	bool other_key;
};

enum { NONE = -1 };

static const struct dane_case cases[] = {
	{ "the key of the certificate", { LEAF, INTERMEDIATE }, { { 3, 1, 1, LEAF } }, NULL, 0 },
	{ "the whole certificate", { LEAF, INTERMEDIATE }, { { 3, 0, 1, LEAF } }, NULL, 0 },
	{ "SHA-512 of the key", { LEAF }, { { 3, 1, 2, LEAF } }, NULL, 0 },
	{ "SHA-512 of the certificate", { LEAF }, { { 3, 0, 2, LEAF } }, NULL, 0 },
	{ "the key itself", { LEAF }, { { 3, 1, 0, LEAF } }, NULL, 0 },
	{ "the certificate itself", { LEAF }, { { 3, 0, 0, LEAF } }, NULL, 0 },
	{ "another key", { LEAF, INTERMEDIATE }, { { 3, 1, 1, OTHER } }, NULL, NONE },
	{ "a key that is off by a bit", { LEAF }, { { 3, 1, 1, LEAF, true } }, NULL, NONE },
	{ "expired, usage 3", { EXPIRED, INTERMEDIATE }, { { 3, 1, 1, EXPIRED } }, NULL, 0 },
	{ "not valid yet, usage 3", { FUTURE, INTERMEDIATE }, { { 3, 1, 1, FUTURE } }, NULL, 0 },
	{ "another name, usage 3", { OTHER, INTERMEDIATE }, { { 3, 1, 1, OTHER } }, NULL, 0 },
	{ "self-signed, usage 3", { ALONE }, { { 3, 1, 1, ALONE } }, NULL, 0 },
	{ "for clients, usage 3", { CLIENT, INTERMEDIATE }, { { 3, 1, 1, CLIENT } }, NULL, 0 },
	{ "an authority, usage 3", { LEAF, INTERMEDIATE }, { { 3, 0, 1, INTERMEDIATE } }, NULL,
	    NONE },
	{ "the second of two", { LEAF }, { { 3, 1, 1, OTHER }, { 3, 1, 1, LEAF } }, NULL, 1, true },
	{ "the first of two", { LEAF }, { { 3, 1, 1, LEAF }, { 3, 1, 1, OTHER } }, NULL, 0, true },
	{ "two of another key", { LEAF }, { { 3, 1, 1, OTHER }, { 3, 0, 1, OTHER } }, NULL, NONE,
	    true },
	{ "two of the same key", { LEAF }, { { 3, 1, 1, LEAF }, { 3, 0, 1, LEAF } }, NULL, 0 },
	{ "key and authority", { LEAF, INTERMEDIATE },
	    { { 3, 1, 1, LEAF }, { 2, 0, 1, INTERMEDIATE } }, NULL, 0, true },
	{ "the strongest digest is wrong", { LEAF }, { { 3, 1, 1, LEAF }, { 3, 1, 2, OTHER } },
	    NULL, NONE, true },
	{ "the weaker digest is wrong", { LEAF }, { { 3, 1, 1, OTHER }, { 3, 1, 2, LEAF } }, NULL,
	    1, true },
	{ "the strongest of another selector", { LEAF }, { { 3, 1, 1, LEAF }, { 3, 0, 2, OTHER } },
	    NULL, 0, true },
	{ "the issuer", { LEAF, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL, 0 },
	{ "the key of the issuer", { LEAF, INTERMEDIATE }, { { 2, 1, 1, INTERMEDIATE } }, NULL, 0 },
	{ "the issuer twice", { LEAF, INTERMEDIATE },
	    { { 2, 0, 1, INTERMEDIATE }, { 2, 1, 1, INTERMEDIATE } }, NULL, 1 },
	{ "the root, served", { LEAF, INTERMEDIATE, ROOT }, { { 2, 0, 1, ROOT } }, NULL, 0 },
	{ "the root, not served", { LEAF, INTERMEDIATE }, { { 2, 0, 1, ROOT } }, NULL, NONE },
	{ "the root, whole in the record", { LEAF, INTERMEDIATE }, { { 2, 0, 0, ROOT } }, NULL, 0 },
	{ "the issuer, whole in the record", { LEAF }, { { 2, 0, 0, INTERMEDIATE } }, NULL, 0 },
	{ "a record that is no certificate", { LEAF }, { { 2, 0, 0, INTERMEDIATE, true } }, NULL,
	    NONE },
	{ "the root signs at once", { BY_ROOT, ROOT }, { { 2, 0, 1, ROOT } }, NULL, 0 },
	{ "an authority that did not sign", { LEAF, STRANGER }, { { 2, 0, 1, STRANGER } }, NULL,
	    NONE },
	{ "the issuer is not served", { LEAF }, { { 2, 0, 1, INTERMEDIATE } }, NULL, NONE },
	{ "self-signed, usage 2: no authority", { ALONE }, { { 2, 0, 1, ALONE } }, NULL, NONE },
	{ "expired, usage 2", { EXPIRED, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL,
	    NONE },
	{ "not valid yet, usage 2", { FUTURE, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL,
	    NONE },
	{ "another name, usage 2", { OTHER, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL,
	    NONE },
	{ "for clients, usage 2", { CLIENT, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL,
	    NONE },
	{ "the domain's name", { DOMAIN, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, "a.com",
	    0 },
	{ "the domain's name, which nobody vouches for", { DOMAIN, INTERMEDIATE },
	    { { 2, 0, 1, INTERMEDIATE } }, NULL, NONE },
	{ "a wildcard", { WILDCARD, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL, 0 },
	{ "half a label", { PARTIAL, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL, NONE },
	{ "a common name alone", { COMMON, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } }, NULL, 0 },
	{ "a common name beside others", { BESIDE, INTERMEDIATE }, { { 2, 0, 1, INTERMEDIATE } },
	    NULL, NONE },
	{ "usages 0 and 1 are passed over", { LEAF, INTERMEDIATE },
	    { { 1, 1, 1, LEAF }, { 0, 0, 1, INTERMEDIATE } }, NULL, NONE },
	{ "behind one that is passed over", { LEAF }, { { 1, 1, 1, OTHER }, { 3, 1, 1, LEAF } },
	    NULL, 1 },
	{ "one that is passed over is of the key, another is not", { LEAF },
	    { { 3, 1, 1, LEAF }, { 3, 1, 1, OTHER }, { 1, 1, 1, LEAF } }, NULL, 0, true },
	{ "no record", { LEAF, INTERMEDIATE }, { { 0 } }, NULL, NONE },
};

static struct tlsa
make_record(const struct fixture *f, const struct record_plan *plan)
{
	const struct certificate *of = &f->made[plan->of];
	unsigned char *whole = NULL, *octets;
	int size = plan->selector == 0 ? i2d_X509(of->cert, &whole)
				       : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(of->cert), &whole);
	size_t length = plan->type == 0 ? (size_t)size : plan->type == 1 ? 32 : 64;

	octets = malloc(3 + length);
	octets[0] = plan->usage;
	octets[1] = plan->selector;
	octets[2] = plan->type;
	if (plan->type == 0)
		memcpy(octets + 3, whole, length);
	else if (plan->type == 1)
		SHA256(whole, (size_t)size, octets + 3);
	else
		SHA512(whole, (size_t)size, octets + 3);
	octets[3 + (plan->type == 0 ? 0 : length - 1)] ^= plan->broken;
	OPENSSL_free(whole);
	return tlsa_read(octets, 3 + length);
}

static size_t
make_records(const struct fixture *f, const struct dane_case *c, struct tlsa records[RECORDS_MAX])
{
	size_t count = 0;

	while (count < RECORDS_MAX && c->records[count].of != NOBODY) {
		records[count] = make_record(f, &c->records[count]);
		count++;
	}
	return count;
}

static void
free_records(struct tlsa *records, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free((void *)records[i].octets);
}

static size_t
serve(const struct fixture *f, const enum who *who, struct cert_served chain[SERVED_MAX])
{
	size_t count = 0;

	while (count < SERVED_MAX && who[count] != NOBODY) {
		chain[count] = f->made[who[count]].served;
		count++;
	}
	return count;
}

static void
chains_match_as_they_must(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct dane_case *c = &cases[i];
		struct tlsa records[RECORDS_MAX];
		struct cert_served chain[SERVED_MAX];
		struct cert_dane_question question = { .records = records,
			.record_count = make_records(f, c, records),
			.base = "mx.a.com",
			.other = c->other,
			.now = NOW };
		size_t count = serve(f, c->served, chain);
		const struct cert_dane_verdict *verdict =
		    cert_verifier_match_dane(f->verifier, chain, count, &question);
		int matches = verdict->matches ? (int)verdict->record : NONE;

		if (matches != c->matches || verdict->other_key != c->other_key ||
		    !verdict->readable)
			fail_msg("%s: record %d%s, %s", c->name, matches,
			    verdict->other_key ? " and another key" : "",
			    verdict->matches ? "" : verdict->problem);
		if (!verdict->matches && *verdict->problem == '\0')
			fail_msg("%s: no problem is named", c->name);
		assert_ptr_equal(
		    cert_verifier_recall_dane(f->verifier, chain, count, &question), verdict);
		free_records(records, question.record_count);
	}
	assert_int_equal(ERR_peek_error(), 0);
}

static const struct cert_dane_verdict *
match(struct fixture *f, const struct record_plan *plan, const char *base, int64_t now)
{
	struct tlsa record = make_record(f, plan);
	struct cert_served chain[] = { f->made[LEAF].served, f->made[INTERMEDIATE].served };
	const struct cert_dane_question question = {
		.records = &record, .record_count = 1, .base = base, .now = now
	};
	const struct cert_dane_verdict *verdict =
	    cert_verifier_match_dane(f->verifier, chain, 2, &question);

	free((void *)record.octets);
	return verdict;
}

/* What is remembered of one question is no answer to another. */
static void
everything_counts_that_was_asked(void **state)
{
	static const struct record_plan issuer = { 2, 0, 1, INTERMEDIATE }, key = { 3, 1, 1, LEAF };
	struct fixture *f = *state;

	assert_true(match(f, &issuer, "mx.a.com", NOW)->matches);
	assert_false(match(f, &issuer, "mx.b.com", NOW)->matches);
	assert_true(match(f, &key, "mx.b.com", NOW)->matches);
	assert_false(match(f, &issuer, "mx.a.com", UNTIL + 1)->matches);
	assert_true(match(f, &key, "mx.a.com", UNTIL + 1)->matches);
	assert_true(match(f, &issuer, "mx.a.com", NOW)->matches);
	assert_false(match(f, &(struct record_plan){ 2, 0, 1, ROOT }, "mx.a.com", NOW)->matches);
}

static void
the_served_key_is_digested(void **state)
{
	struct fixture *f = *state;
	struct tlsa record = make_record(f, &(struct record_plan){ 3, 1, 1, LEAF });
	const struct cert_dane_verdict *verdict =
	    match(f, &(struct record_plan){ 3, 1, 1, OTHER }, "mx.a.com", NOW);

	assert_false(verdict->matches);
	assert_memory_equal(verdict->key_digest, record.data, record.size);
	free((void *)record.octets);
}

/* What servers and zones can send by mistake or malice: no certificate, no name, far too much. */
static void
what_is_odd_matches_nothing(void **state)
{
	enum { MANY = 1024 };
	static const uint8_t no_certificate[] = "no certificate";
	static struct tlsa many[MANY];
	struct fixture *f = *state;
	struct cert_served chain[2] = { { { 1 }, no_certificate, sizeof no_certificate } };
	struct tlsa record = make_record(f, &(struct record_plan){ 3, 1, 1, LEAF });
	struct cert_dane_question question = {
		.records = &record, .record_count = 1, .base = "mx.a.com", .now = NOW
	};
	char long_name[301] = "";

	assert_false(cert_verifier_match_dane(f->verifier, chain, 1, &question)->readable);
	chain[0] = f->made[LEAF].served;
	chain[1] = (struct cert_served){ { 2 }, no_certificate, sizeof no_certificate };
	assert_true(cert_verifier_match_dane(f->verifier, chain, 2, &question)->matches);
	memset(long_name, 'a', sizeof long_name - 1);
	question.base = long_name;
	assert_false(cert_verifier_match_dane(f->verifier, chain, 1, &question)->matches);
	question.base = "mx.a.com";
	question.records = many;
	question.record_count = MANY;
	for (size_t i = 0; i < MANY; i++)
		many[i] =
		    make_record(f, &(struct record_plan){ 3, 1, 1, i < MANY - 1 ? OTHER : LEAF });
	assert_true(cert_verifier_match_dane(f->verifier, chain, 1, &question)->matches);
	assert_int_equal(
	    cert_verifier_match_dane(f->verifier, chain, 1, &question)->record, MANY - 1);
	free_records(many, MANY);
	free_records(&record, 1);
	assert_int_equal(ERR_peek_error(), 0);
}

static int
set_up(void **state)
{
	static struct fixture fixture;
	struct error error;

	for (int i = ROOT; i < WHO_COUNT; i++)
		fake_certificate_make(&plans[i].plan,
		    plans[i].issuer == NOBODY ? NULL : &fixture.made[plans[i].issuer],
		    &fixture.made[i]);
	assert_int_equal(cert_verifier_open(NULL, &fixture.verifier, &error), 0);
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	cert_verifier_close(fixture->verifier);
	for (int i = ROOT; i < WHO_COUNT; i++)
		fake_certificate_free(&fixture->made[i]);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chains_match_as_they_must),
		cmocka_unit_test(everything_counts_that_was_asked),
		cmocka_unit_test(the_served_key_is_digested),
		cmocka_unit_test(what_is_odd_matches_nothing),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
