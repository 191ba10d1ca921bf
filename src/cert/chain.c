/* A served chain: where it leads, how it was served, how it is signed, whom it names. */
#include "cert/chain.h"

#include "cert/roots.h"
#include "cert/served.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What libcrypto stumbles over first, in our words; whatever else it says is CERT_INVALID. */
static const struct {
	int error;
	enum cert_trust trust;
} stumbles[] = {
	{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, CERT_SELF_SIGNED },
	{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, CERT_PRIVATE },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, CERT_INCOMPLETE },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, CERT_INCOMPLETE },
	{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, CERT_INCOMPLETE },
	{ X509_V_ERR_CERT_HAS_EXPIRED, CERT_AUTHORITY_ENDED },
	{ X509_V_ERR_CERT_NOT_YET_VALID, CERT_AUTHORITY_ENDED },
};

/* RFC 9325 4 asks for SHA-256 at least. */
static const int weak_digests[] = { NID_sha1, NID_md5, NID_md5_sha1, NID_md4, NID_md2,
	NID_ripemd160 };

static bool
is_about_dates(int error)
{
	return error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID;
}

static int
on_verified(int fine, X509_STORE_CTX *context)
{
	bool leaf = X509_STORE_CTX_get_error_depth(context) == 0;

	return fine == 1 || (leaf && is_about_dates(X509_STORE_CTX_get_error(context)));
}

static void
set_trust(int error, struct cert_verdict *out)
{
	out->trust = CERT_INVALID;
	for (size_t i = 0; i < sizeof stumbles / sizeof stumbles[0]; i++)
		if (stumbles[i].error == error)
			out->trust = stumbles[i].trust;
	if (out->trust == CERT_INVALID)
		out->problem = X509_verify_cert_error_string(error);
}

/* A certificate that the operator trusts need be no root: it ends the path wherever it stands. */
static void
demand(X509_STORE_CTX *context, int64_t now)
{
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);

	X509_VERIFY_PARAM_set_time(param, (time_t)now);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
	X509_VERIFY_PARAM_set_depth(param, CERT_CHAIN_MAX);
	X509_VERIFY_PARAM_set_auth_level(
	    param, 0); /* keys and digests have verdicts of their own */
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
	X509_STORE_CTX_set_verify_cb(context, on_verified);
}

/* Is the issuer of a certificate among the roots? */
static bool
leads_to_root(X509_STORE_CTX *context, X509 *cert)
{
	X509 *issuer = NULL;
	bool found = X509_STORE_CTX_get1_issuer(&issuer, context, cert) == 1;

	X509_free(issuer);
	return found;
}

static bool
issued(X509 *issuer, X509 *cert)
{
	return X509_check_issued(issuer, cert) == X509_V_OK;
}

/* How many of them follow from each other, from the first on; no more than lead to a root. */
static size_t
walk(X509_STORE_CTX *context, X509 *const *certs, size_t count, bool *whole_out)
{
	size_t length = 1;

	for (;; length++) {
		X509 *last = certs[length - 1];

		*whole_out = X509_self_signed(last, 0) == 1 || leads_to_root(context, last);
		if (*whole_out || length == count || !issued(certs[length], last))
			return length;
	}
}

static enum cert_served_order
order_of(X509 *const *certs, size_t count, size_t path, bool whole)
{
	if (whole)
		return CERT_SERVED_WHOLE;
	for (size_t i = path; i < count; i++)
		if (issued(certs[i], certs[path - 1]))
			return CERT_SERVED_UNORDERED;
	return CERT_SERVED_CUT;
}

static bool
add_entry(const X509_NAME *name, int nid, char out[CERT_TEXT_SIZE])
{
	int at = X509_NAME_get_index_by_NID(name, nid, -1);
	const X509_NAME_ENTRY *entry = at < 0 ? NULL : X509_NAME_get_entry(name, at);
	unsigned char *text = NULL;

	if (entry == NULL || ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry)) < 0)
		return false;
	snprintf(out, CERT_TEXT_SIZE, "%s", (const char *)text);
	OPENSSL_free(text);
	return true;
}

static void
name_issuer(const X509 *cert, char out[CERT_TEXT_SIZE])
{
	const X509_NAME *name = X509_get_issuer_name(cert);

	if (!add_entry(name, NID_commonName, out) && !add_entry(name, NID_organizationName, out))
		snprintf(out, CERT_TEXT_SIZE, "an authority without a name");
}

/* Those that fit whole. */
static void
list_names(const GENERAL_NAMES *all, char out[CERT_TEXT_SIZE])
{
	size_t used = 0;

	for (int i = 0; i < sk_GENERAL_NAME_num(all); i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(all, i);
		int length;

		if (name->type != GEN_DNS)
			continue;
		length = ASN1_STRING_length(name->d.dNSName);
		if ((size_t)length + 2 > CERT_TEXT_SIZE - used)
			return;
		used += (size_t)snprintf(out + used, CERT_TEXT_SIZE - used, "%s%.*s",
		    used == 0 ? "" : " ", length,
		    (const char *)ASN1_STRING_get0_data(name->d.dNSName));
	}
}

static void
name_holder(const X509 *cert, char out[CERT_TEXT_SIZE])
{
	GENERAL_NAMES *all = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);

	out[0] = '\0';
	list_names(all, out);
	GENERAL_NAMES_free(all);
	if (out[0] == '\0')
		add_entry(X509_get_subject_name(cert), NID_commonName, out);
}

/* The signature of a root proves nothing to anybody, so it is not looked at. */
static void
look_at_signatures(X509 *const *certs, size_t path, struct cert_verdict *out)
{
	for (size_t i = 0; i < path; i++) {
		int digest = NID_undef;

		if (i > 0 && X509_self_signed(certs[i], 0) == 1)
			return;
		X509_get_signature_info(certs[i], &digest, NULL, NULL, NULL);
		for (size_t k = 0; k < sizeof weak_digests / sizeof weak_digests[0]; k++)
			if (weak_digests[k] == digest && out->weak_signature[0] == '\0')
				snprintf(out->weak_signature, sizeof out->weak_signature, "%s",
				    OBJ_nid2sn(digest));
	}
}

static STACK_OF(X509) * others(X509 *const *certs, size_t count)
{
	STACK_OF(X509) *stack = sk_X509_new_null();

	for (size_t i = 1; i < count; i++)
		sk_X509_push(stack, certs[i]);
	return stack;
}

static void
judge(X509_STORE *roots, X509_STORE_CTX *context, X509 *const *certs, size_t count,
    struct cert_verdict *out)
{
	bool whole;
	size_t path = walk(context, certs, count, &whole);

	out->order = order_of(certs, count, path, whole);
	name_issuer(certs[path - 1], out->issuer);
	look_at_signatures(certs, path, out);
	if (cert_roots_count(roots) == 0)
		out->trust = CERT_UNTRUSTED;
	else if (X509_verify_cert(context) == 1)
		out->trust = CERT_TRUSTED;
	else
		set_trust(X509_STORE_CTX_get_error(context), out);
}

void
cert_chain_judge(
    X509_STORE *roots, X509 *const *certs, size_t count, int64_t now, struct cert_verdict *out)
{
	STACK_OF(X509) *untrusted = others(certs, count);
	X509_STORE_CTX *context = X509_STORE_CTX_new();

	memset(out, 0, sizeof *out);
	ERR_set_mark();
	out->readable = cert_leaf_read(certs[0], &out->leaf);
	if (context == NULL || X509_STORE_CTX_init(context, roots, certs[0], untrusted) != 1)
		abort(); /* out of memory */
	demand(context, now);
	if (out->readable) {
		name_holder(certs[0], out->names);
		judge(roots, context, certs, count, out);
	}
	X509_STORE_CTX_free(context);
	sk_X509_free(untrusted);
	ERR_pop_to_mark();
}

enum cert_name
cert_name_of(X509 *cert, const char *host)
{
	const unsigned whole_label = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
	const unsigned names_only = whole_label | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT;
	enum cert_name name = CERT_NAME_OTHER;

	if (host[0] == '\0') /* libcrypto would take that for "any" */
		return CERT_NAME_OTHER;
	ERR_set_mark();
	if (X509_check_host(cert, host, strlen(host), names_only, NULL) == 1)
		name = CERT_NAME_MATCHES;
	else if (X509_check_host(cert, host, strlen(host), whole_label, NULL) == 1)
		name = CERT_NAME_COMMON_ONLY;
	ERR_pop_to_mark();
	return name;
}

const char *
cert_trust_text(enum cert_trust trust)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		CERT_TRUST_MAP(X)
#undef X
	};

	return texts[trust];
}
