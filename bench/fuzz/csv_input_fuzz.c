/*
 * A file of domains. Every row has as many cells as the header has names, cells and names are
 * UTF-8, names are unlike each other, lines rise, and the end stays the end. Read once more as
 * UTF-16 it may be anything, but does no harm.
 */
#include "fuzz.h"

#include "app/input.h"
#include "base/utf8.h"

#include <string.h>
#include <strings.h>
#include <sysexits.h>

static void
check_text(const char *text)
{
	must(text != NULL && utf8_valid(text, strlen(text)));
}

static void
check_header(const struct input_header *header)
{
	for (size_t i = 0; i < header->count; i++) {
		check_text(header->names[i]);
		must(header->names[i][0] != '\0');
		must(strcasecmp(header->names[i], "domain") != 0);
		must(strcasecmp(header->names[i], "score") != 0);
		for (size_t j = 0; j < i && i < 40; j++) /* not the square of a thousand */
			must(strcasecmp(header->names[i], header->names[j]) != 0);
	}
}

static void
check_row(const struct input_row *row, const struct input_header *header)
{
	must(row->cell_count == header->count);
	check_text(row->domain);
	for (size_t i = 0; i < row->cell_count; i++)
		check_text(row->cells[i]);
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		must(row->known[i] == NULL || header->present);
}

static void
read_rows(struct input *input)
{
	const struct input_header *header = input_header(input);
	struct input_row row;
	struct error error;
	size_t line = 0;
	int got;

	check_header(header);
	while ((got = input_next(input, &row, &error)) > 0) {
		must(row.line > line);
		line = row.line;
		check_row(&row, header);
	}
	must(got == 0 || (error.code == EX_DATAERR && fuzz_is_message(error.text)));
	must(input_next(input, &row, &error) == got);
}

static void
read_as(const char *path, const char *encoding)
{
	static const char *const reserved[] = { "score", NULL };
	struct input_options options = { .encoding = encoding, .reserved = reserved };
	struct input *input;
	struct error error;

	if (input_open(path, &options, &input, &error) == 0) {
		read_rows(input);
		input_close(input);
	} else {
		must(error.code == EX_NOINPUT || error.code == EX_DATAERR);
		must(fuzz_is_message(error.text));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);

	read_as(path, NULL);
	if (size % 4 == 0) /* of some inputs: it costs as much again */
		read_as(path, "UTF-16");
	return 0;
}
