/* Chains of certificates that were made for the occasion: each verdict, and none for another. */
#include "unit.h"

#include "base/error.h"
#include "cert/fake_certificates.h"
#include "cert/verifier.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	FROM = 1700000000,
	NOW = 1800000000,
	UNTIL = 1900000000,
};

enum who {
	NOBODY,
	ROOT,         /* is trusted */
	INTERMEDIATE, /* by the root */
	LAPSED,       /* by the root, and expired */
	LEGACY,       /* by the root, with SHA-1 */
	STRANGER,     /* a root that is not trusted */
	IMPOSTOR,     /* has the intermediate's name, not its key */
	CLERK,        /* by the root, and no authority */
	WHO_COUNT,
};

static const struct {
	struct certificate_plan plan;
	enum who issuer;
} authorities[WHO_COUNT] = {
	[ROOT] = { { "A Root", NULL, FROM, UNTIL, true, .digest = "SHA1" }, NOBODY },
	[INTERMEDIATE] = { { "An Intermediate", NULL, FROM, UNTIL, true }, ROOT },
	[LAPSED] = { { "A Lapsed One", NULL, FROM, NOW - 1, true }, ROOT },
	[LEGACY] = { { "A Legacy One", NULL, FROM, UNTIL, true, true, .digest = "SHA1" }, ROOT },
	[STRANGER] = { { "A Stranger", NULL, FROM, UNTIL, true }, NOBODY },
	[IMPOSTOR] = { { "An Intermediate", NULL, FROM, UNTIL, true }, STRANGER },
	[CLERK] = { { "A Clerk", NULL, FROM, UNTIL, false }, ROOT },
};

struct fixture {
	struct certificate made[WHO_COUNT];
	char *roots;
	struct cert_verifier *verifier;
};

static int
set_up(void **state)
{
	static struct fixture fixture;
	const struct certificate *root = &fixture.made[ROOT];
	struct error error;

	setenv("SSL_CERT_FILE", "/dev/null", 1); /* no root but ours */
	for (int i = ROOT; i < WHO_COUNT; i++)
		fake_certificate_make(&authorities[i].plan,
		    authorities[i].issuer == NOBODY ? NULL : &fixture.made[authorities[i].issuer],
		    &fixture.made[i]);
	fixture.roots = fake_certificate_file(&root, 1);
	assert_int_equal(cert_verifier_open(fixture.roots, &fixture.verifier, &error), 0);
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
	unlink(fixture->roots);
	free(fixture->roots);
	return 0;
}

/* ---- chains */

struct chain_case {
	const char *name;
	struct certificate_plan plan;
	enum who issuer;
	enum who served[4]; /* behind the first */
	enum cert_trust trust;
	enum cert_served_order order;
	const char *issuer_name;
	const char *weak; /* NULL: none */
};

#define LEAF "mx.a.com", "DNS:mx.a.com", FROM, UNTIL

static const struct chain_case chain_cases[] = {
	{ "by the root", { LEAF }, ROOT, { 0 }, CERT_TRUSTED, CERT_SERVED_WHOLE, "A Root", NULL },
	{ "by an intermediate", { LEAF }, INTERMEDIATE, { INTERMEDIATE }, CERT_TRUSTED,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "with the root", { LEAF }, INTERMEDIATE, { INTERMEDIATE, ROOT }, CERT_TRUSTED,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "with a stranger behind the root's own", { LEAF }, INTERMEDIATE,
	    { INTERMEDIATE, STRANGER }, CERT_TRUSTED, CERT_SERVED_WHOLE, "A Root", NULL },
	{ "an intermediate is missing", { LEAF }, INTERMEDIATE, { 0 }, CERT_INCOMPLETE,
	    CERT_SERVED_CUT, "An Intermediate", NULL },
	{ "another intermediate is served", { LEAF }, INTERMEDIATE, { LEGACY }, CERT_INCOMPLETE,
	    CERT_SERVED_CUT, "An Intermediate", NULL },
	{ "an intermediate is out of order", { LEAF }, INTERMEDIATE, { STRANGER, INTERMEDIATE },
	    CERT_TRUSTED, CERT_SERVED_UNORDERED, "An Intermediate", NULL },
	{ "self-signed", { LEAF }, NOBODY, { 0 }, CERT_SELF_SIGNED, CERT_SERVED_WHOLE, "mx.a.com",
	    NULL },
	{ "self-signed, with another root behind it", { LEAF }, NOBODY, { STRANGER },
	    CERT_SELF_SIGNED, CERT_SERVED_WHOLE, "mx.a.com", NULL },
	{ "of a private authority", { LEAF }, STRANGER, { STRANGER }, CERT_PRIVATE,
	    CERT_SERVED_WHOLE, "A Stranger", NULL },
	{ "of a private authority that is not served", { LEAF }, STRANGER, { 0 }, CERT_INCOMPLETE,
	    CERT_SERVED_CUT, "A Stranger", NULL },
	{ "expired itself", { "mx.a.com", NULL, FROM, NOW - 1 }, ROOT, { 0 }, CERT_TRUSTED,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "not valid yet", { "mx.a.com", NULL, NOW + 1, UNTIL }, ROOT, { 0 }, CERT_TRUSTED,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "the intermediate has expired", { LEAF }, LAPSED, { LAPSED }, CERT_AUTHORITY_ENDED,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "signed by who has only the name", { LEAF }, IMPOSTOR, { INTERMEDIATE }, CERT_INVALID,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "signed by who is no authority", { LEAF }, CLERK, { CLERK }, CERT_INVALID,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "for clients alone", { LEAF, .purpose = "clientAuth" }, ROOT, { 0 }, CERT_INVALID,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "for servers", { LEAF, .purpose = "serverAuth" }, ROOT, { 0 }, CERT_TRUSTED,
	    CERT_SERVED_WHOLE, "A Root", NULL },
	{ "a small key is trusted all the same", { LEAF, .rsa_bits = 1024 }, ROOT, { 0 },
	    CERT_TRUSTED, CERT_SERVED_WHOLE, "A Root", NULL },
	{ "SHA-1", { LEAF, .digest = "SHA1" }, ROOT, { 0 }, CERT_TRUSTED, CERT_SERVED_WHOLE,
	    "A Root", "SHA1" },
	{ "MD5", { LEAF, .digest = "MD5" }, LEGACY, { LEGACY }, CERT_TRUSTED, CERT_SERVED_WHOLE,
	    "A Root", "MD5" },
	{ "SHA-512", { LEAF, .digest = "SHA512" }, ROOT, { ROOT }, CERT_TRUSTED, CERT_SERVED_WHOLE,
	    "A Root", NULL },
	{ "SHA-1 under the intermediate", { LEAF }, LEGACY, { LEGACY, ROOT }, CERT_TRUSTED,
	    CERT_SERVED_WHOLE, "A Root", "SHA1" },
	{ "SHA-1 under one that is not in the path", { LEAF }, ROOT, { LEGACY }, CERT_TRUSTED,
	    CERT_SERVED_WHOLE, "A Root", NULL },
};

static size_t
serve(const struct fixture *fixture, const struct chain_case *c, const struct certificate *leaf,
    struct cert_served *chain)
{
	size_t count = 0;

	chain[count++] = leaf->served;
	for (size_t i = 0; i < COUNT_OF(c->served) && c->served[i] != NOBODY; i++)
		chain[count++] = fixture->made[c->served[i]].served;
	return count;
}

static void
compare(const struct chain_case *c, const struct cert_verdict *verdict)
{
	const char *weak = c->weak != NULL ? c->weak : "";

	if (!verdict->readable || verdict->trust != c->trust || verdict->order != c->order ||
	    strcmp(verdict->issuer, c->issuer_name) != 0 ||
	    strcmp(verdict->weak_signature, weak) != 0)
		fail_msg("%s: %s (%s), order %d, issuer %s, weak '%s'", c->name,
		    cert_trust_text(verdict->trust),
		    verdict->problem != NULL ? verdict->problem : "-", (int)verdict->order,
		    verdict->issuer, verdict->weak_signature);
	assert_true((verdict->problem != NULL) == (verdict->trust == CERT_INVALID));
	assert_int_equal(verdict->leaf.not_after, c->plan.not_after);
}

static void
chains_lead_where_they_lead(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(chain_cases); i++) {
		const struct chain_case *c = &chain_cases[i];
		struct cert_served chain[CERT_CHAIN_MAX];
		struct certificate leaf;
		size_t count;

		fake_certificate_make(
		    &c->plan, c->issuer == NOBODY ? NULL : &fixture->made[c->issuer], &leaf);
		count = serve(fixture, c, &leaf, chain);
		assert_null(cert_verifier_recall(fixture->verifier, chain, count, "mx.a.com", NOW));
		compare(c, cert_verifier_judge(fixture->verifier, chain, count, "mx.a.com", NOW));
		for (size_t k = 0; k < count; k++)
			chain[k].der = NULL; /* from here on digests are enough */
		compare(c, cert_verifier_recall(fixture->verifier, chain, count, "mx.a.com", NOW));
		compare(c, cert_verifier_recall(fixture->verifier, chain, count, "mx.b.com", NOW));
		assert_int_equal(ERR_peek_error(), 0);
		fake_certificate_free(&leaf);
	}
}

/* ---- names */

static const struct {
	const char *name, *common, *names, *host;
	enum cert_name expected;
} name_cases[] = {
	{ "the name", "x", "DNS:mx.a.com", "mx.a.com", CERT_NAME_MATCHES },
	{ "one of many", "x", "DNS:a.com,DNS:mx.a.com,DNS:b.com", "mx.a.com", CERT_NAME_MATCHES },
	{ "in other letters", "x", "DNS:MX.A.com", "mx.a.com", CERT_NAME_MATCHES },
	{ "another name", "x", "DNS:mx2.a.com", "mx.a.com", CERT_NAME_OTHER },
	{ "its parent", "x", "DNS:a.com", "mx.a.com", CERT_NAME_OTHER },
	{ "its child", "x", "DNS:x.mx.a.com", "mx.a.com", CERT_NAME_OTHER },
	{ "a wildcard", "x", "DNS:*.a.com", "mx.a.com", CERT_NAME_MATCHES },
	{ "a wildcard is one label", "x", "DNS:*.a.com", "x.mx.a.com", CERT_NAME_OTHER },
	{ "a wildcard is no absent label", "x", "DNS:*.a.com", "a.com", CERT_NAME_OTHER },
	{ "a wildcard is a whole label", "x", "DNS:m*.a.com", "mx.a.com", CERT_NAME_OTHER },
	{ "... at its other end", "x", "DNS:*x.a.com", "mx.a.com", CERT_NAME_OTHER },
	{ "a wildcard is the left label", "x", "DNS:mx.*.com", "mx.a.com", CERT_NAME_OTHER },
	{ "a wildcard above all", "x", "DNS:*.com", "a.com", CERT_NAME_OTHER },
	{ "the common name, without others", "mx.a.com", NULL, "mx.a.com", CERT_NAME_COMMON_ONLY },
	{ "the common name, beside others", "mx.a.com", "DNS:mx.b.com", "mx.a.com",
	    CERT_NAME_OTHER },
	{ "the common name, beside an address", "mx.a.com", "IP:192.0.2.1", "mx.a.com",
	    CERT_NAME_COMMON_ONLY },
	{ "another common name", "mx.b.com", NULL, "mx.a.com", CERT_NAME_OTHER },
	{ "no name at all", NULL, NULL, "mx.a.com", CERT_NAME_OTHER },
	{ "the name as a mail address", "x", "email:postmaster@mx.a.com", "mx.a.com",
	    CERT_NAME_OTHER },
	{ "an empty host", "x", "DNS:mx.a.com", "", CERT_NAME_OTHER },
	{ "an underscore", "x", "DNS:mx_1.a.com", "mx_1.a.com", CERT_NAME_MATCHES },
};

static void
names_match_by_whole_labels(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(name_cases); i++) {
		const struct certificate_plan plan = { name_cases[i].common, name_cases[i].names,
			FROM, UNTIL };
		const struct cert_verdict *verdict;
		struct certificate leaf;

		fake_certificate_make(&plan, &fixture->made[ROOT], &leaf);
		verdict = cert_verifier_judge(
		    fixture->verifier, &leaf.served, 1, name_cases[i].host, NOW);
		if (verdict->name != name_cases[i].expected || verdict->trust != CERT_TRUSTED)
			fail_msg("%s: %d, %s", name_cases[i].name, (int)verdict->name,
			    cert_trust_text(verdict->trust));
		fake_certificate_free(&leaf);
	}
}

#define LONG_NAME "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com"

static const struct {
	const char *common, *names, *listed;
} holders[] = {
	{ "x", "DNS:mx.a.com", "mx.a.com" },
	{ "x", "DNS:*.a.com,IP:192.0.2.1,DNS:b.com", "*.a.com b.com" },
	{ "mx.a.com", "IP:192.0.2.1", "mx.a.com" },
	{ "mx.a.com", NULL, "mx.a.com" },
	{ NULL, NULL, "" },
	{ "x", "DNS:" LONG_NAME ",DNS:" LONG_NAME ",DNS:a.com", LONG_NAME },
};

static void
holders_are_listed(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(holders); i++) {
		const struct certificate_plan plan = { holders[i].common, holders[i].names, FROM,
			UNTIL };
		struct certificate leaf;

		fake_certificate_make(&plan, &fixture->made[ROOT], &leaf);
		assert_string_equal(
		    cert_verifier_judge(fixture->verifier, &leaf.served, 1, "mx.b.com", NOW)->names,
		    holders[i].listed);
		fake_certificate_free(&leaf);
	}
}

/* ---- what is remembered, and what is not there */

static void
another_time_is_another_verdict(void **state)
{
	struct fixture *fixture = *state;
	const struct certificate_plan plan = { LEAF };
	const struct cert_verdict *verdict;
	struct cert_served chain[2];
	struct certificate leaf;

	fake_certificate_make(&plan, &fixture->made[LAPSED], &leaf);
	chain[0] = leaf.served;
	chain[1] = fixture->made[LAPSED].served;
	verdict = cert_verifier_judge(fixture->verifier, chain, 2, "mx.a.com", NOW);
	assert_int_equal(verdict->trust, CERT_AUTHORITY_ENDED);
	assert_null(cert_verifier_recall(fixture->verifier, chain, 2, "mx.a.com", NOW - 2));
	verdict = cert_verifier_judge(fixture->verifier, chain, 2, "mx.a.com", NOW - 2);
	assert_int_equal(verdict->trust, CERT_TRUSTED);
	fake_certificate_free(&leaf);
}

static void
the_memory_has_bounds(void **state)
{
	struct fixture *fixture = *state;
	const struct certificate_plan plan = { LEAF };
	struct certificate leaf;

	fake_certificate_make(&plan, &fixture->made[ROOT], &leaf);
	for (uint32_t i = 0; i < 3000; i++) { /* no two have one digest; the DER is the same */
		struct cert_served chain[2] = { leaf.served, fixture->made[ROOT].served };
		const struct cert_verdict *verdict;

		memcpy(chain[0].digest, &i, sizeof i);
		memcpy(chain[1].digest, &i, sizeof i);
		verdict = cert_verifier_judge(fixture->verifier, chain, 2, "mx.a.com", NOW);
		assert_int_equal(verdict->trust, CERT_TRUSTED);
		assert_int_equal(verdict->name, CERT_NAME_MATCHES);
	}
	for (int i = 0; i < 20000; i++) {
		char host[32];

		snprintf(host, sizeof host, "mx%d.a.com", i);
		assert_int_equal(
		    cert_verifier_judge(fixture->verifier, &leaf.served, 1, host, NOW)->name,
		    CERT_NAME_OTHER);
	}
	fake_certificate_free(&leaf);
}

static void
what_cannot_be_read_ends_the_chain(void **state)
{
	static const uint8_t rubbish[] = { 0x30, 0x03, 0x02, 0x01, 0x00 };
	struct fixture *fixture = *state;
	const struct certificate_plan plan = { LEAF };
	struct cert_served chain[3] = { 0 };
	const struct cert_verdict *verdict;
	struct certificate leaf;

	fake_certificate_make(&plan, &fixture->made[INTERMEDIATE], &leaf);
	chain[0] = leaf.served;
	chain[1] = (struct cert_served){ { 1 }, rubbish, sizeof rubbish };
	chain[2] = fixture->made[INTERMEDIATE].served;
	verdict = cert_verifier_judge(fixture->verifier, chain, 3, "mx.a.com", NOW);
	assert_int_equal(verdict->trust, CERT_INCOMPLETE);
	assert_int_equal(verdict->order, CERT_SERVED_CUT);
	verdict = cert_verifier_judge(fixture->verifier, chain + 1, 2, "mx.a.com", NOW);
	assert_false(verdict->readable);
	chain[1] = (struct cert_served){ { 2 }, NULL, 0 };
	verdict = cert_verifier_judge(fixture->verifier, chain + 1, 2, "mx.a.com", NOW);
	assert_false(verdict->readable);
	assert_int_equal(ERR_peek_error(), 0);
	fake_certificate_free(&leaf);
}

static void
without_roots_nothing_is_said(void **state)
{
	struct fixture *fixture = *state;
	struct cert_verifier *verifier;
	struct error error;

	assert_int_equal(cert_verifier_open(NULL, &verifier, &error), 0);
	assert_int_equal(
	    cert_verifier_judge(verifier, &fixture->made[INTERMEDIATE].served, 1, "a.com", NOW)
		->trust,
	    CERT_UNTRUSTED);
	cert_verifier_close(verifier);
}

/* The operator's word is enough, for an intermediate or a server's own certificate too. */
static void
what_is_named_is_trusted(void **state)
{
	struct fixture *fixture = *state;
	const struct certificate_plan plan = { LEAF };
	struct certificate leaf, own;
	const struct certificate *named[2] = { &fixture->made[INTERMEDIATE], &own };
	struct cert_verifier *verifier;
	struct error error;
	char *path;

	fake_certificate_make(&plan, named[0], &leaf);
	fake_certificate_make(&plan, NULL, &own);
	path = fake_certificate_file(named, 2);
	assert_int_equal(cert_verifier_open(path, &verifier, &error), 0);
	assert_int_equal(
	    cert_verifier_judge(verifier, &leaf.served, 1, "mx.a.com", NOW)->trust, CERT_TRUSTED);
	assert_int_equal(
	    cert_verifier_judge(verifier, &own.served, 1, "mx.a.com", NOW)->trust, CERT_TRUSTED);
	cert_verifier_close(verifier);
	fake_certificate_free(&leaf);
	fake_certificate_free(&own);
	unlink(path);
	free(path);
}

/* ---- files of roots */

static void
refuse(const char *path, int code, const char *words)
{
	struct cert_verifier *verifier;
	struct error error = { 0 };

	assert_int_equal(cert_verifier_open(path, &verifier, &error), -1);
	assert_null(verifier);
	if (error.code != code || strstr(error.text, words) == NULL ||
	    strstr(error.text, path) == NULL)
		fail_msg("%d: %s", error.code, error.text);
	assert_int_equal(ERR_peek_error(), 0);
}

static void
append(const char *path, const char *text)
{
	FILE *file = fopen(path, "a");

	fputs(text, file);
	fclose(file);
}

static void
files_without_roots_are_refused(void **state)
{
	struct fixture *fixture = *state;
	const struct certificate *root = &fixture->made[ROOT];
	char *path = fake_certificate_file(NULL, 0);
	struct cert_verifier *verifier;
	struct error error;

	refuse("/nonexistent/roots.pem", EX_NOINPUT, "No such file");
	refuse("/tmp", EX_CONFIG, "certificate");
	refuse(path, EX_CONFIG, "no certificate");
	append(path, "roots of all evil\n");
	refuse(path, EX_CONFIG, "no certificate");
	append(path, "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n");
	refuse(path, EX_CONFIG, "certificate 1 cannot be read");
	unlink(path);
	free(path);
	path = fake_certificate_file(&root, 1);
	append(path, "a word about it\n");
	assert_int_equal(cert_verifier_open(path, &verifier, &error), 0);
	cert_verifier_close(verifier);
	append(path, "-----BEGIN CERTIFICATE-----\nQUJD\n");
	refuse(path, EX_CONFIG, "certificate 2 cannot be read");
	unlink(path);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chains_lead_where_they_lead),
		cmocka_unit_test(names_match_by_whole_labels),
		cmocka_unit_test(holders_are_listed),
		cmocka_unit_test(another_time_is_another_verdict),
		cmocka_unit_test(the_memory_has_bounds),
		cmocka_unit_test(what_cannot_be_read_ends_the_chain),
		cmocka_unit_test(without_roots_nothing_is_said),
		cmocka_unit_test(what_is_named_is_trusted),
		cmocka_unit_test(files_without_roots_are_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
