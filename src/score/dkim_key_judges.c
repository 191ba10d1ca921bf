/* Judges of area dkim: what is true of one selector. */
#include "base/arena.h"
#include "base/digest_map.h"
#include "score/dkim_judges.h"

#include <inttypes.h>

enum { SHARED_BY_MANY = 50 }; /* domains that may have one key without a word about it */

/* Whether there is no text of its own to judge. */
static bool
settled(const struct judged *j, struct finding *out)
{
	const struct dkim_key *key = j->key;

	if (key->wildcard)
		*out = finding_untested(REASON_WILDCARD_ANSWER);
	else if (!dns_is_answer(key->answer))
		*out = finding_of_dns(key->answer);
	else if (key->text == NULL)
		*out = finding_after("dkim.selectors");
	else
		return false;
	return true;
}

/* Whether there is no record that could be read. */
static bool
unreadable(const struct judged *j, struct finding *out)
{
	if (settled(j, out))
		return true;
	*out = finding_after("dkim.syntax");
	return j->key->record.fault == DKIM_UNUSABLE;
}

/* Whether there is no key in the record. */
static bool
keyless(const struct judged *j, struct finding *out)
{
	if (unreadable(j, out))
		return true;
	*out = finding_after("dkim.revoked");
	return j->key->record.revoked;
}

struct finding
dkim_judge_syntax(const struct judged *j)
{
	const struct dkim_record *record = &j->key->record;
	struct finding out;

	if (settled(j, &out))
		return out;
	if (record->fault == DKIM_UNUSABLE)
		return finding_fail(record->problem);
	if (record->fault == DKIM_UNTIDY)
		return finding_warn(record->problem);
	if (!record->revoked && record->kind == DKIM_KEY_RSA && record->key.form == PUBLIC_KEY_BARE)
		return finding_info("a bare RSAPublicKey");
	return finding_pass(NULL);
}

static bool
has_other_keys(const struct judged *j)
{
	for (size_t i = 0; i < j->e->dkim.count; i++)
		if (&j->e->dkim.keys[i] != j->key && dkim_key_is_usable(&j->e->dkim.keys[i]))
			return true;
	return false;
}

struct finding
dkim_judge_revoked(const struct judged *j)
{
	struct finding out;

	if (unreadable(j, &out))
		return out;
	if (!j->key->record.revoked)
		return finding_pass(NULL);
	if (j->key->origin == DKIM_NAMED)
		return finding_fail("p= is empty");
	return has_other_keys(j) ? finding_info("p= is empty") : finding_warn("p= is empty");
}

static bool
has_rsa_key(const struct dkim_result *dkim)
{
	for (size_t i = 0; i < dkim->count; i++)
		if (dkim_key_is_usable(&dkim->keys[i]) && dkim->keys[i].record.kind == DKIM_KEY_RSA)
			return true;
	return false;
}

struct finding
dkim_judge_key_type(const struct judged *j)
{
	const struct dkim_record *record = &j->key->record;
	struct finding out;

	if (keyless(j, &out))
		return out;
	if (record->kind == DKIM_KEY_UNKNOWN)
		return finding_fail(record->key_type);
	return record->kind == DKIM_KEY_RSA || has_rsa_key(&j->e->dkim)
	    ? finding_pass(record->key_type)
	    : finding_info("ed25519 alone");
}

static struct finding
judge_rsa_size(const struct judged *j)
{
	const struct public_key *key = &j->key->record.key;
	const char *value = arena_printf(j->arena, "%u bits", key->bits);

	if (key->even_modulus)
		return finding_fail("the modulus is even");
	if (key->bad_exponent)
		return finding_fail("the exponent is even or below 3");
	if (key->bits < DKIM_RSA_LEAST_BITS)
		return finding_fail(value);
	if (key->bits < DKIM_RSA_GOOD_BITS)
		return finding_warn(value);
	return key->bits > DKIM_RSA_MOST_BITS ? finding_info(value) : finding_pass(value);
}

static bool
has_wrong_size(const struct dkim_record *record)
{
	return record->kind == DKIM_KEY_ED25519 &&
	    (record->key.fault == PUBLIC_KEY_WRONG_SIZE ||
		record->key.fault == PUBLIC_KEY_ED25519_SPKI);
}

struct finding
dkim_judge_key_size(const struct judged *j)
{
	const struct dkim_record *record = &j->key->record;
	struct finding out;

	if (settled(j, &out))
		return out;
	if (has_wrong_size(record))
		return finding_fail(record->problem);
	if (keyless(j, &out))
		return out;
	if (record->kind == DKIM_KEY_UNKNOWN)
		return finding_after("dkim.key-type");
	return record->kind == DKIM_KEY_RSA ? judge_rsa_size(j) : finding_pass("32 octets");
}

struct finding
dkim_judge_flags(const struct judged *j)
{
	struct finding out;

	if (keyless(j, &out))
		return out;
	if (j->key->record.testing)
		return finding_warn("t=y");
	return j->key->record.strict ? finding_info("t=s") : finding_pass(NULL);
}

struct finding
dkim_judge_hash(const struct judged *j)
{
	struct finding out;

	if (keyless(j, &out))
		return out;
	switch (j->key->record.hashes) {
	case DKIM_HASHES_NO_SHA256:
		return finding_fail("h= leaves out sha256");
	case DKIM_HASHES_SHA1_TOO:
		return finding_info("sha1 as well");
	case DKIM_HASHES_ANY:
	case DKIM_HASHES_SHA256:
		break;
	}
	return finding_pass(NULL);
}

struct finding
dkim_judge_service_type(const struct judged *j)
{
	struct finding out;

	if (keyless(j, &out))
		return out;
	return j->key->record.not_for_mail ? finding_fail("s= leaves out email")
					   : finding_pass(NULL);
}

struct finding
dkim_judge_obsolete_tags(const struct judged *j)
{
	struct finding out;

	if (unreadable(j, &out))
		return out;
	return j->key->record.ignored != NULL ? finding_info(j->key->record.ignored)
					      : finding_pass(NULL);
}

struct finding
dkim_judge_single_record(const struct judged *j)
{
	struct finding out;

	if (settled(j, &out))
		return out;
	return j->key->records == 1 ? finding_pass(NULL)
				    : finding_warn(arena_printf(j->arena, "%zu", j->key->records));
}

/* Whose key it is cannot be seen; how many publish it, at the finish, when all are known. */
struct finding
dkim_judge_key_shared(const struct judged *j)
{
	const struct dkim_record *record = &j->key->record;
	const struct digest_map *domains = j->e->run->key_domains;
	uint64_t count = 0;
	struct finding out;

	if (keyless(j, &out))
		return out;
	if (domains == NULL)
		return finding_untested(REASON_NOT_RECORDED);
	digest_map_get(domains, record->octets, record->octet_count, &count);
	if (count <= SHARED_BY_MANY)
		return finding_pass(NULL);
	return finding_info(arena_printf(j->arena, "%" PRIu64 " domains", count));
}

static const char *
whose_it_was(const struct judged *j)
{
	switch (j->key->target.state) {
	case REGISTRATION_FREE:
		return arena_printf(j->arena, "; anyone can register %s", j->key->target.domain);
	case REGISTRATION_PERHAPS:
		return arena_printf(
		    j->arena, "; anyone may be able to take %s", j->key->target.domain);
	default:
		return "";
	}
}

struct finding
dkim_judge_cname_target(const struct judged *j)
{
	const struct dns_answer *answer = j->key->answer;

	if (j->key->wildcard)
		return finding_untested(REASON_WILDCARD_ANSWER);
	if (!dns_is_answer(answer))
		return finding_of_dns(answer);
	if (answer->aliases == 0)
		return finding_not_applicable(CAUSE_FEATURE_ABSENT);
	if (answer->status == DNS_DATA)
		return finding_pass(answer->canonical);
	return finding_fail(arena_printf(j->arena, "%s %s%s", answer->canonical,
	    answer->status == DNS_NXDOMAIN ? "does not exist" : "has no TXT record",
	    whose_it_was(j)));
}
