/* The octets of a CAA record: what it gives lies within them, and what has a fault says so. */
#include "fuzz.h"

#include "wire/caa.h"

#include <string.h>

static bool
lies_within(const char *at, size_t length, const uint8_t *bytes, size_t size)
{
	const uint8_t *start = (const uint8_t *)at;

	return start >= bytes && length <= size && start - bytes <= (ptrdiff_t)(size - length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct caa caa = caa_read(bytes, size);

	must(caa.problem == NULL || fuzz_is_message(caa.problem));
	if (caa.tag == NULL) {
		must(caa.problem != NULL && (size < 2 || bytes[1] > size - 2));
		return 0;
	}
	must(lies_within(caa.tag, caa.tag_length, bytes, size));
	must(lies_within(caa.value, caa.value_length, bytes, size));
	must(2 + caa.tag_length + caa.value_length == size);
	must(caa.critical == (bytes[0] >= 0x80));
	must(caa.known || !caa.critical || caa.problem != NULL);
	return 0;
}
