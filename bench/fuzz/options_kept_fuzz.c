/*
 * The options of a run, as its night file keeps them for --resume. What is taken up lies within the
 * option table, and kept again it is taken up as the same; damage is one line that names the file.
 */
#include "fuzz.h"

#include "app/options.h"
#include "app/options_kept.h"
#include "base/strbuf.h"

#include <string.h>
#include <sysexits.h>

static const char night[] = "a.night";

/* `scan --resume`, and no other option. */
static void
begin(struct options *options)
{
	char resume[] = "--resume";
	char *const words[] = { resume };
	struct error error;

	for (size_t i = 0; i < command_count; i++)
		if (command_table[i].bit == COMMAND_SCAN)
			must(options_parse(&command_table[i], 1, words, options, &error) == 0);
}

static void
check_bounds(const struct options *options)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];
		uint64_t number;

		if (!options_given(options, row->name) || row->choices != NULL ||
		    (row->kind != OPTION_NUMBER && row->kind != OPTION_DURATION))
			continue;
		memcpy(&number, (const char *)options + row->offset, sizeof number);
		must(number >= row->least && number <= row->most);
	}
}

static void
check_again(const struct options *options)
{
	struct strbuf once = { 0 }, twice = { 0 };
	struct options again;
	struct error error;

	options_kept_write(options, &once);
	begin(&again);
	must(options_kept_read(once.at, once.length, night, &again, &error) == 0);
	options_kept_write(&again, &twice);
	must(once.length == twice.length && memcmp(once.at, twice.at, once.length) == 0);
	options_free(&again);
	strbuf_free(&once);
	strbuf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct options options;
	struct error error;

	begin(&options);
	if (options_kept_read(bytes, size, night, &options, &error) == 0) {
		check_bounds(&options);
		check_again(&options);
	} else {
		must(error.code == EX_DATAERR && fuzz_is_message(error.text));
		must(strstr(error.text, night) != NULL);
	}
	options_free(&options);
	return 0;
}
