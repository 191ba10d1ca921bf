/*
 * What a night file says of its list: how much was read before the first octet 1, the names of the
 * carried columns behind it. It has no rows: no other count of them is believed.
 */
#include "fuzz.h"

#include "app/rows.h"
#include "base/arena.h"
#include "fact/night.h"

#include <string.h>
#include <sysexits.h>

enum { BETWEEN = 1 };

/* One night in memory for all inputs; each writes over what it reads. */
static struct night *
open_night(void)
{
	static struct night *night;
	struct error error;

	if (night == NULL)
		must(night_create(NULL, &night, &error) == 0);
	return night;
}

static void
check_columns(struct night *night)
{
	struct arena arena = { 0 };
	const struct carried_columns columns = rows_carried_columns(night, &arena);

	for (size_t i = 0; i < columns.count; i++)
		must(columns.names[i] != NULL && strlen(columns.names[i]) < SIZE_MAX);
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const uint8_t *between = size == 0 ? NULL : memchr(bytes, BETWEEN, size);
	size_t first = between == NULL ? size : (size_t)(between - bytes);
	size_t rest = between == NULL ? size : first + 1;
	struct night *night = open_night();
	struct rows_read read;
	struct error error;

	must(night_set_meta(night, "input", first > 0 ? (const void *)bytes : "", first, &error) ==
	    0);
	must(night_set_meta(night, "columns", rest < size ? (const void *)(bytes + rest) : "",
		 size - rest, &error) == 0);
	if (rows_recall(night, &read)) {
		must(read.rows == 0);
		if (read.cut_short)
			must(read.problem.code >= EX__BASE && read.problem.code <= EX__MAX);
	}
	check_columns(night);
	return 0;
}
