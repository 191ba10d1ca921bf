#ifndef MXSWEEP_TESTS_RULE_FACT_CERTIFICATES_H
#define MXSWEEP_TESTS_RULE_FACT_CERTIFICATES_H

#include "cert/served.h"

#include <stdbool.h>
#include <stddef.h>

struct cert_verifier;
struct strbuf;

/*
 * Chains that servers of the table of facts show, by a word of fact_certificates.c: "good",
 * "self-signed", ... They are made when first asked for and kept. The digests are set, as of what
 * is recorded.
 */
const struct cert_served *fact_certificates_chain(const char *word, size_t *length_out);

/* Sets the DER of one of them; false for the word "lost". */
bool fact_certificates_find(struct cert_served *served);

/*
 * Appends what a TLSA record of that selector and type holds of the certificate that the word shows
 * first, or of the next one with "WORD/1".
 */
void
fact_certificates_associate(const char *word, unsigned selector, unsigned type, struct strbuf *out);

/* Trusts the authority that most of them are of; without roots it trusts nobody. */
struct cert_verifier *fact_certificates_verifier(bool with_roots);

#endif
