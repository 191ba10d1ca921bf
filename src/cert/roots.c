/* Where trust begins: the system's root certificates, and those of a file. */
#include "cert/roots.h"

#include "base/error.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char *const bundles[] = {
	"/etc/ssl/certs/ca-certificates.crt", /* Debian, Arch, Alpine */
	"/etc/pki/tls/certs/ca-bundle.crt",   /* Fedora and its kin */
	"/etc/ssl/ca-bundle.pem",             /* SUSE */
	"/etc/ssl/cert.pem",                  /* the BSDs */
};

/* Nobody is there to be asked for one. */
static int
no_password(char *buffer, int size, int writing, void *user)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)user;
	return -1;
}

/* How many there were; *whole_out says whether they were all. */
static size_t
add_all(X509_STORE *store, FILE *file, bool *whole_out)
{
	size_t count = 0;
	X509 *cert;

	while ((cert = PEM_read_X509_AUX(file, NULL, no_password, NULL)) != NULL) {
		X509_STORE_add_cert(store, cert);
		X509_free(cert);
		count++;
	}
	*whole_out = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
	return count;
}

int
cert_roots_add_file(X509_STORE *store, const char *path, struct error *error)
{
	FILE *file = fopen(path, "re");
	size_t count;
	bool whole;

	if (file == NULL)
		return error_set(error, EX_NOINPUT, "%s: %s; it should hold root certificates",
		    path, strerror(errno));
	ERR_set_mark();
	count = add_all(store, file, &whole);
	ERR_pop_to_mark();
	fclose(file);
	if (!whole)
		return error_set(error, EX_CONFIG,
		    "%s: certificate %zu cannot be read; each should be X.509 in PEM", path,
		    count + 1);
	if (count == 0)
		return error_set(error, EX_CONFIG,
		    "%s: holds no certificate; it should hold root certificates in PEM, from "
		    "-----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
		    path);
	return 0;
}

void
cert_roots_add_system(X509_STORE *store)
{
	const char *path = getenv("SSL_CERT_FILE");
	struct error ignored;

	for (size_t i = 0; path == NULL && i < sizeof bundles / sizeof bundles[0]; i++)
		if (access(bundles[i], R_OK) == 0)
			path = bundles[i];
	if (path != NULL)
		cert_roots_add_file(store, path, &ignored);
}

size_t
cert_roots_count(const X509_STORE *store)
{
	return (size_t)sk_X509_OBJECT_num(X509_STORE_get0_objects(store));
}
