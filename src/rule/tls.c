/* TLS at a mail host: its certificates, its cipher suite. The handshake itself verifies nothing. */
#include "rule/tls.h"

#include "base/arena.h"
#include "cert/verifier.h"

#include <string.h>

/* The first that is part of a name counts. OpenSSL names suites up to TLS 1.2 by their parts. */
static const struct {
	const char *part;
	enum cipher_strength strength;
} weak_parts[] = {
	{ "NULL", CIPHER_NONE },
	{ "EXP", CIPHER_NONE },
	{ "RC4", CIPHER_BROKEN },
	{ "RC2", CIPHER_BROKEN },
	{ "DES-CBC", CIPHER_BROKEN }, /* DES-CBC3 as well */
	{ "IDEA", CIPHER_BROKEN },
	{ "SEED", CIPHER_BROKEN },
};

static const char *const forward_secret[] = { "ECDHE-", "DHE-", "EDH-", "AECDH-", "ADH-" };
static const char *const authenticated[] = { "GCM", "CCM", "CHACHA20" };

static bool
begins(const char *name, const char *prefix)
{
	return strncmp(name, prefix, strlen(prefix)) == 0;
}

static enum cipher_strength
strength_of(const char *name)
{
	bool secret = false;

	if (begins(name, "TLS_")) /* of TLS 1.3, where all are good */
		return CIPHER_GOOD;
	for (size_t i = 0; i < sizeof weak_parts / sizeof weak_parts[0]; i++)
		if (strstr(name, weak_parts[i].part) != NULL)
			return weak_parts[i].strength;
	for (size_t i = 0; i < sizeof forward_secret / sizeof forward_secret[0]; i++)
		secret |= begins(name, forward_secret[i]);
	if (!secret)
		return CIPHER_LASTING;
	for (size_t i = 0; i < sizeof authenticated / sizeof authenticated[0]; i++)
		if (strstr(name, authenticated[i]) != NULL)
			return CIPHER_GOOD;
	return CIPHER_OLD;
}

struct cipher_traits
cipher_traits_of(const char *name)
{
	return (struct cipher_traits){
		.strength = strength_of(name),
		.anonymous = begins(name, "AECDH-") || begins(name, "ADH-"),
		.finite_field =
		    begins(name, "DHE-") || begins(name, "EDH-") || begins(name, "ADH-"),
	};
}

static const struct cert_verdict *
judge(struct facts *facts, const struct smtp_observation *seen, const char *mx_name,
    struct arena *arena)
{
	struct cert_verifier *verifier = facts->run->certificates;
	size_t count = seen->chain_length;
	const struct cert_verdict *known =
	    cert_verifier_recall(verifier, seen->chain, count, mx_name, facts->run->now);
	struct cert_served *chain;

	if (known != NULL)
		return known;
	chain = arena_copy(arena, seen->chain, count * sizeof *chain);
	if (!facts_certificate(facts, &chain[0]))
		return NULL;
	for (size_t i = 1; i < count; i++)
		facts_certificate(facts, &chain[i]);
	return cert_verifier_judge(verifier, chain, count, mx_name, facts->run->now);
}

void
tls_evaluate(struct facts *facts, const struct smtp_observation *seen, const char *mx_name,
    struct arena *arena, struct tls_result *out)
{
	const struct cert_verdict *verdict;

	*out = (struct tls_result){ .chain = NULL };
	if (!seen->secure || seen->chain_length == 0 || facts->run->certificates == NULL)
		return;
	verdict = judge(facts, seen, mx_name, arena);
	out->not_recorded = verdict == NULL;
	if (verdict != NULL)
		out->chain = arena_copy(arena, verdict, sizeof *verdict);
}
