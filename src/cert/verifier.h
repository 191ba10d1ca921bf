#ifndef MXSWEEP_CERT_VERIFIER_H
#define MXSWEEP_CERT_VERIFIER_H

#include "cert/dane.h"
#include "cert/served.h"
#include "cert/verdict.h"

#include <stddef.h>
#include <stdint.h>

struct cert_verifier;
struct error;

/*
 * Judges the chains that servers show, each once however many ask: reading a key and checking a
 * signature cost a tenth of a millisecond each. `extra_roots` is a PEM file of certificates to
 * trust beside the system's, or NULL; -1 when it does not hold any. The system's roots are read
 * when the first chain is judged.
 */
int cert_verifier_open(const char *extra_roots, struct cert_verifier **out, struct error *error);
void cert_verifier_close(struct cert_verifier *verifier);

/*
 * The verdict on a chain at a host, by its digests alone: NULL when it is to be judged first.
 * `count` is at most CERT_CHAIN_MAX. Borrowed until the next call.
 */
const struct cert_verdict *cert_verifier_recall(struct cert_verifier *verifier,
    const struct cert_served *chain, size_t count, const char *host, int64_t now);

/* The same, with the DER of each; one that is missing or unreadable ends the chain before it. */
const struct cert_verdict *cert_verifier_judge(struct cert_verifier *verifier,
    const struct cert_served *chain, size_t count, const char *host, int64_t now);

/*
 * The chain against TLSA records, remembered as well. With digests alone, NULL when it is not yet
 * known; `question->now` is the clock of all that is remembered. Borrowed until the next call.
 */
const struct cert_dane_verdict *cert_verifier_recall_dane(struct cert_verifier *verifier,
    const struct cert_served *chain, size_t count, const struct cert_dane_question *question);
const struct cert_dane_verdict *cert_verifier_match_dane(struct cert_verifier *verifier,
    const struct cert_served *chain, size_t count, const struct cert_dane_question *question);

#endif
