/*
 * The certificate of a server. What is read has a key with a name and leaves no error behind; with
 * an octet behind it, or without its last, it is no certificate any more.
 */
#include "fuzz.h"

#include "cert/leaf.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

static bool
reads(const void *der, size_t size)
{
	struct cert_leaf leaf;
	bool fine = cert_leaf_decode(der, size, &leaf);

	must(ERR_peek_error() == 0);
	must(memchr(leaf.key_type, '\0', sizeof leaf.key_type) != NULL);
	must(!fine || leaf.key_type[0] != '\0');
	return fine;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *longer;

	if (!reads(bytes, size))
		return 0;
	longer = fuzz_text(bytes, size);
	must(!reads(longer, size + 1));
	must(!reads(longer, size - 1));
	free(longer);
	return 0;
}
