#ifndef MXSWEEP_CERT_CHAIN_H
#define MXSWEEP_CERT_CHAIN_H

#include "cert/verdict.h"

#include <stddef.h>
#include <stdint.h>

struct x509_st;
struct x509_store_st;

/*
 * Judges certificates in the order in which they were served, `now` being Unix seconds: all of the
 * verdict but the name. The dates of the first are no matter of trust, those of its issuers are.
 */
void cert_chain_judge(struct x509_store_st *roots, struct x509_st *const *certs, size_t count,
    int64_t now, struct cert_verdict *out);

enum cert_name cert_name_of(struct x509_st *cert, const char *host);

#endif
