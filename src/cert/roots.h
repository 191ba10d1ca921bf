#ifndef MXSWEEP_CERT_ROOTS_H
#define MXSWEEP_CERT_ROOTS_H

#include <stddef.h>

struct error;
struct x509_store_st; /* X509_STORE of libcrypto */

/*
 * Adds all certificates of a PEM file to a store. -1 when it cannot be read, holds something else,
 * or holds none.
 */
int cert_roots_add_file(struct x509_store_st *store, const char *path, struct error *error);

/*
 * Adds the system's roots: the file in SSL_CERT_FILE, as with every program of OpenSSL, else the
 * bundle where systems keep it. What cannot be read is left out.
 */
void cert_roots_add_system(struct x509_store_st *store);

size_t cert_roots_count(const struct x509_store_st *store);

#endif
