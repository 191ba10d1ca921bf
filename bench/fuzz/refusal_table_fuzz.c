/*
 * A table of words of refusals. One that is read can be read once more on top of itself, and finds
 * no words in no text; of one that is not, the message names the file.
 */
#include "fuzz.h"

#include "base/error.h"
#include "names/refusals.h"

#include <string.h>
#include <sysexits.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);
	struct refusals *refusals;
	struct error error;
	bool found[REFUSAL_KIND_COUNT];
	static const char text[] = "554 5.7.1 [192.0.2.1] blocked: see https://bl.example/ RBL";

	if (refusals_load(path, &refusals, &error) < 0) {
		must(refusals == NULL && error.code == EX_CONFIG);
		must(fuzz_is_message(error.text) && strncmp(error.text, path, strlen(path)) == 0);
		return 0;
	}
	for (int kind = 0; kind < REFUSAL_KIND_COUNT; kind++) {
		found[kind] = refusals_speak_of(refusals, (enum refusal_kind)kind, text);
		must(!refusals_speak_of(refusals, (enum refusal_kind)kind, ""));
	}
	must(refusals_add(refusals, path, &error) == 0);
	for (int kind = 0; kind < REFUSAL_KIND_COUNT; kind++)
		must(refusals_speak_of(refusals, (enum refusal_kind)kind, text) == found[kind]);
	refusals_free(refusals);
	return 0;
}
