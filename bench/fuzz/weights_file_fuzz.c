/*
 * A file of --weights. Of one that is read, no weight is above the greatest that there is, checks
 * of class none have none, and the digest is that of the octets. Of one that is not, the message is
 * a line that names the file.
 */
#include "fuzz.h"

#include "base/error.h"
#include "score/check.h"
#include "score/weights.h"

#include <string.h>
#include <sysexits.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);
	struct weights *weights;
	struct error error;

	if (weights_load(path, &weights, &error) != 0) {
		must(error.code == EX_CONFIG && fuzz_is_message(error.text));
		must(strncmp(error.text, path, strlen(path)) == 0);
		return 0;
	}
	must(strlen(weights_digest(weights)) == 64);
	for (size_t area = 0; check_areas[area] != NULL; area++)
		for (size_t i = 0; i < check_areas[area]->count; i++) {
			const struct check *check = &check_areas[area]->checks[i];

			must(weights_of(weights, check) <= WEIGHT_MOST);
			must(check->class != CLASS_NONE || weights_of(weights, check) == 0);
		}
	weights_free(weights);
	return 0;
}
