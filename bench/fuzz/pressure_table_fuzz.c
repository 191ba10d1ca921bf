/*
 * A table of pressure. Of one that is read, a reply made of a row is found, and every row has its
 * bounds; reading the file once more on top changes nothing that is found. Of one that is not, the
 * message names the file.
 */
#include "fuzz.h"

#include "base/error.h"
#include "names/pressure.h"

#include <string.h>
#include <sysexits.h>

static const int codes[] = { 220, 421, 450, 454, 550, 599 };

static void
check_match(const struct pressure_words *pressure, int code, const char *text,
    const struct pressure_row **out)
{
	const struct pressure_row *row = pressure_match(pressure, code, text);

	must(row == NULL || (row->about_pressure && code >= 400));
	must(row == NULL || row->night || (row->cool_s >= 1 && row->cool_s <= 86400));
	*out = row;
}

static void
check_replies(struct pressure_words *pressure, const char *path)
{
	static const char *const texts[] = { "", "4.7.0 too many connections", "4.7.\n5.7.1 x" };
	const struct pressure_row *before, *after;
	struct error error;
	bool found[sizeof codes / sizeof codes[0]][3];

	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		for (size_t k = 0; k < 3; k++) {
			check_match(pressure, codes[i], texts[k], &before);
			found[i][k] = before != NULL;
		}
	must(pressure_add(pressure, path, &error) == 0);
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		for (size_t k = 0; k < 3; k++) {
			check_match(pressure, codes[i], texts[k], &after);
			must(found[i][k] == (after != NULL));
		}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);
	struct pressure_words *pressure;
	struct error error;

	if (pressure_load(path, &pressure, &error) < 0) {
		must(pressure == NULL && error.code == EX_CONFIG);
		must(fuzz_is_message(error.text) && strncmp(error.text, path, strlen(path)) == 0);
		return 0;
	}
	check_replies(pressure, path);
	pressure_free(pressure);
	return 0;
}
