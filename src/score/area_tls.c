/* Area tls: the handshake, what it agreed on, and what came after it. */
#include "base/arena.h"
#include "score/refusal.h"
#include "score/sighting.h"
#include "score/tls_judges.h"
#include "score/tls_visit_judges.h"

#include <string.h>

enum { FINITE_FIELD_BITS_LEAST = 2048 }; /* RFC 9325 4.1 */

static bool
gate(const struct judged *j, struct finding *out)
{
	return area_smtp.gate(j, out);
}

static const struct smtp_observation *
session(const struct judged *j)
{
	return j->address->looks.better;
}

bool
tls_judges_secure(const struct judged *j, struct finding *out)
{
	if (sighting_reached(j, STAGE_HANDSHAKE, out))
		return true;
	if (out->outcome == OUTCOME_NOT_TESTED)
		*out = finding_untested(REASON_PREREQUISITE);
	return false;
}

static struct finding
judge_handshake(const struct judged *j)
{
	struct sighting sighting = sighting_of(j, STAGE_HANDSHAKE);
	const struct smtp_observation *seen = sighting.seen;
	const char *said = seen->tls_error[0] != '\0' ? seen->tls_error : seen->starttls.text;
	struct finding finding;

	if (sighting.word == LOOK_GOOD)
		return sighting_found(&sighting, finding_pass(seen->tls_version));
	if (!sighting_reached(j, STAGE_STARTTLS, &finding))
		return finding.outcome == OUTCOME_NOT_TESTED ? finding_untested(REASON_PREREQUISITE)
							     : finding;
	if (sighting.word == LOOK_BAD)
		return sighting_found(&sighting, finding_fail(said));
	return finding_untested_value(second_look_not_spoken_here(seen)
		? REASON_TLS_UNSUPPORTED_HERE
		: refusal_of_session(seen, j->e->run),
	    said);
}

static struct finding
judge_version(const struct judged *j)
{
	static const char *const good[] = { "TLSv1.3", "TLSv1.2" };
	const struct smtp_observation *seen = session(j);
	struct finding finding;

	if (!tls_judges_secure(j, &finding))
		return finding;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (strcmp(seen->tls_version, good[i]) == 0)
			return finding_pass(good[i]);
	return strncmp(seen->tls_version, "SSL", 3) == 0 ? finding_fail(seen->tls_version)
							 : finding_warn(seen->tls_version);
}

static struct finding
with_name(const struct judged *j, struct finding (*outcome)(const char *value), const char *why)
{
	return outcome(arena_printf(j->arena, "%s: %s", session(j)->tls_cipher, why));
}

static struct finding
judge_cipher(const struct judged *j)
{
	const struct smtp_observation *seen = session(j);
	struct cipher_traits traits;
	struct finding finding;

	if (!tls_judges_secure(j, &finding))
		return finding;
	traits = cipher_traits_of(seen->tls_cipher);
	if (traits.strength == CIPHER_NONE)
		return with_name(j, finding_fail, "nothing is kept secret");
	if (traits.strength == CIPHER_BROKEN)
		return with_name(j, finding_warn, "can be broken");
	if (traits.strength == CIPHER_LASTING)
		return with_name(j, finding_warn, "no forward secrecy");
	if (traits.finite_field && seen->tls_exchange_bits < FINITE_FIELD_BITS_LEAST)
		return with_name(j, finding_warn,
		    arena_printf(j->arena, "Diffie-Hellman of %u bits", seen->tls_exchange_bits));
	if (traits.anonymous)
		return with_name(j, finding_info, "anonymous");
	return traits.strength == CIPHER_OLD ? with_name(j, finding_info, "no AEAD")
					     : finding_pass(seen->tls_cipher);
}

static struct finding
judge_session_features(const struct judged *j)
{
	const struct smtp_observation *seen = session(j);
	const char *group;
	struct finding finding;

	if (!tls_judges_secure(j, &finding))
		return finding;
	if (seen->tls_compressed)
		return finding_warn("compression");
	group = seen->tls_group[0] == '\0' ? NULL : seen->tls_group;
	if (strcmp(seen->tls_version, "TLSv1.3") == 0)
		return finding_pass(group);
	if (!seen->tls_secure_renegotiation)
		return finding_warn("no secure renegotiation");
	if (!seen->tls_extended_master_secret)
		return finding_warn("no extended master secret");
	return finding_pass(group);
}

static struct finding
judge_after_starttls(const struct judged *j)
{
	const struct smtp_observation *seen = session(j);
	int code = seen->ehlo_again.code;
	struct finding finding;

	if (!tls_judges_secure(j, &finding))
		return finding;
	if (code == 250)
		return smtp_ehlo_keyword(seen->ehlo_again.text, "STARTTLS") == NULL
		    ? finding_pass(NULL)
		    : finding_warn("STARTTLS is offered again");
	if (code >= 500)
		return finding_warn(
		    arena_printf(j->arena, "EHLO gets %d %s", code, seen->ehlo_again.text));
	return finding_untested_value(
	    refusal_of_session(seen, j->e->run), smtp_end_text(seen->end));
}

static const struct check checks[] = {
	{ .id = "tls.handshake",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_STARTTLS,
	    .redundant = true,
	    .judge = judge_handshake,
	    .title = "The TLS handshake succeeds",
	    .rule = "pass: it completes, whatever the certificate. fail: it fails twice. "
		    "not_tested: deferred, seen once only, or the server has only versions that "
		    "this program's TLS library lacks",
	    .advice = "TLS on {ip} fails: {value}",
	    .ref = "RFC 3207 4, 4.2" },
	{ .id = "tls.version",
	    .class = CLASS_MAJOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_version,
	    .title = "The TLS version is current",
	    .rule = "pass: 1.3 or 1.2. warn: 1.1 or 1.0. fail: older",
	    .advice = "Enable TLS 1.2 and 1.3 on {host}; it negotiates {value}",
	    .ref = "RFC 8996; RFC 9325 3.1.1" },
	{ .id = "tls.cipher",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_cipher,
	    .title = "The cipher suite is strong",
	    .rule = "pass: forward secrecy and authenticated encryption. info: forward secrecy "
		    "with CBC, or an anonymous key exchange. warn: no forward secrecy, "
		    "Diffie-Hellman below 2048 bits, 3DES, RC4. fail: NULL or export",
	    .advice = "Enable ECDHE with AES-GCM or ChaCha20 on {host}; it chooses {value}",
	    .ref = "RFC 9325 4.1, 4.2" },
	{ .id = "tls.chain-trusted",
	    .class = CLASS_NONE,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_chain_trusted,
	    .title = "The certificate leads to a root that is trusted",
	    .rule = "pass: to one of the system's or of --ca, whatever its own dates and names. "
		    "info: self-signed, of a private authority, without an issuer that is known, "
		    "invalid, or no certificate at all",
	    .advice = "Use a certificate of a public authority on {host} if MTA-STS is planned",
	    .ref = "RFC 5280 6; RFC 7672 1.3.4" },
	{ .id = "tls.name-match",
	    .class = CLASS_NONE,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_name_match,
	    .title = "The certificate names the MX host",
	    .rule = "pass: a DNS name in it is that of the MX, where a wildcard stands for one "
		    "whole left label. info: not, or only its common name is",
	    .advice = "Add {host} to the names of the certificate",
	    .ref = "RFC 9525 6" },
	{ .id = "tls.expiry",
	    .class = CLASS_MINOR,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_expiry,
	    .title = "The certificate is valid for a while",
	    .rule = "pass: more than 30 days left. info: 15 to 30 days. warn: up to 14 days, "
		    "expired, or not yet valid",
	    .advice = "Renew the certificate of {host}: {value}",
	    .ref = "RFC 5280 4.1.2.5" },
	{ .id = "tls.key",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_key,
	    .title = "The key of the certificate is strong",
	    .rule = "pass: RSA from 2048 bits, elliptic curves from 256, Ed25519. info: RSA above "
		    "4096 bits. warn: smaller",
	    .advice = "Renew the certificate of {host} with a 2048-bit RSA or P-256 key; it has "
		      "{value}",
	    .ref = "RFC 9325 4" },
	{ .id = "tls.signature",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_signature,
	    .title = "Certificates are signed with a strong digest",
	    .rule = "pass: SHA-256 or better under the certificate and its authorities below the "
		    "root. warn: SHA-1, MD5",
	    .advice = "Renew the certificate of {host} with SHA-256; {value} is in use",
	    .ref = "RFC 9325 4" },
	{ .id = "tls.chain-complete",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_chain_complete,
	    .title = "The server shows the whole chain",
	    .rule = "pass: each certificate is issued by the next, until a root, or the first is "
		    "self-signed. warn: an issuer is missing or out of order",
	    .advice = "Serve the chain of {host} from its certificate to the root: {value}",
	    .ref = "RFC 5246 7.4.2; RFC 8446 4.4.2" },
	{ .id = "tls.session-features",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_session_features,
	    .title = "The session has the protections of its version",
	    .rule = "pass: no compression, and up to TLS 1.2 secure renegotiation and extended "
		    "master secret; the value is the group of the key exchange. warn: otherwise",
	    .advice = "Update the TLS library of {host}: {value}",
	    .ref = "RFC 9325 3" },
	{ .id = "tls.after-starttls",
	    .class = CLASS_MINOR,
	    .stage = STAGE_DEEP,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_after_starttls,
	    .title = "The server starts anew after STARTTLS",
	    .rule = "pass: EHLO works within TLS, and STARTTLS is not offered again. warn: "
		    "otherwise",
	    .advice = "Update the server software of {host}: {value}",
	    .ref = "RFC 3207 4.2" },
	{ .id = OLD_VERSIONS_CHECK,
	    .class = CLASS_MINOR,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_old_versions,
	    .title = "Versions of TLS that are no longer safe are refused",
	    .rule = "one further session that speaks TLS 1.0 alone, and one for 1.1, each ten "
		    "seconds after the one before. pass: both are refused. warn: one is accepted. "
		    "not_tested: the TLS library of this machine does not speak them",
	    .advice = "Disable {value} on {host}",
	    .ref = "RFC 8996" },
	{ .id = INJECTION_CHECK,
	    .class = CLASS_MAJOR,
	    .stage = STAGE_OPT_IN,
	    .subject = OF_ADDRESS,
	    .point = POINT_OTHER,
	    .judge = judge_tls_injection,
	    .title = "Commands that came in clear are forgotten when TLS begins",
	    .rule = "a further session, in which NOOP goes out in one packet with STARTTLS. pass: "
		    "it is not answered after the handshake, or the two together are refused. "
		    "fail: it is answered within TLS",
	    .advice = "Update the server software of {host}: commands can be injected; it said "
		      "{value}",
	    .ref = "RFC 3207 6" },
	{ .id = "tls.caa",
	    .class = CLASS_NONE,
	    .stage = STAGE_DEEP,
	    .subject = OF_HOST,
	    .point = POINT_OTHER,
	    .judge = judge_tls_caa,
	    .title = "It is said who may issue certificates for the host",
	    .rule = "pass: CAA records at its name or the nearest one above that has any, all "
		    "well-formed. info: none. warn: syntax, or a critical tag that is not known",
	    .advice = "Publish CAA for {host}, in good order: {value}",
	    .ref = "RFC 8659 3, 4" },
};

const struct check_area area_tls = { "tls", checks, sizeof checks / sizeof checks[0], gate };
