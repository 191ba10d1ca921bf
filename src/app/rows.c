/* From the input into the night file. */
#include "app/rows.h"

#include "app/input.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/hash.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "names/mail_domain.h"
#include "report/columns.h"

#include <string.h>

static const char columns_key[] = "columns";

/* The domains seen so far, to tell which rows come again. */
struct import {
	struct night *night;
	struct rows_read *read;
	struct digest_map seen; /* domain to the columns of its first row */
};

/* A digest of the columns that steer the row. */
static uint64_t
digest_columns(const struct night_row *row)
{
	uint64_t digest = 0;

	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (row->known[i] != NULL)
			digest = hash_keyed(digest, i, row->known[i], strlen(row->known[i]));
	return digest;
}

static void
note_domain(struct import *import, const char *domain, struct night_row *row)
{
	uint64_t columns = digest_columns(row), first;

	row->again = digest_map_get(&import->seen, domain, strlen(domain), &first);
	row->differs = row->again && first != columns;
	if (!row->again)
		digest_map_put(&import->seen, domain, strlen(domain), columns);
}

static int
import_row(struct import *import, struct night_row *row, struct error *error)
{
	struct mail_domain domain;

	row->id = (int64_t)++import->read->rows;
	if (mail_domain_parse(row->input, strlen(row->input), &domain)) {
		row->domain = domain.ascii;
		row->unicode = strcmp(domain.ascii, domain.unicode) == 0 ? NULL : domain.unicode;
		row->changed = domain.changed;
		note_domain(import, domain.ascii, row);
		import->read->again += row->again;
		import->read->differing += row->differs;
		import->read->domains += !row->again;
	} else {
		row->problem = domain.problem;
		import->read->invalid++;
	}
	return night_row_add(import->night, row, error);
}

static int
store_columns(struct night *night, const char *const *names, size_t count, struct error *error)
{
	struct strbuf packed = { 0 };
	int result;

	for (size_t i = 0; i < count; i++)
		strbuf_add(&packed, names[i], strlen(names[i]) + 1);
	result = night_set_meta(
	    night, columns_key, packed.at != NULL ? packed.at : "", packed.length, error);
	strbuf_free(&packed);
	return result;
}

static void
begin(struct import *import, struct night *night, struct rows_read *read)
{
	memset(import, 0, sizeof *import);
	memset(read, 0, sizeof *read);
	import->night = night;
	import->read = read;
	digest_map_init(&import->seen);
}

static int
finish(struct import *import, int result, struct error *error)
{
	digest_map_free(&import->seen);
	return result == 0 ? night_rows_end(import->night, error) : result;
}

static int
import_all(struct import *import, struct input *input, struct error *error)
{
	struct input_row from;
	int more;

	while ((more = input_next(input, &from, &import->read->problem)) == 1) {
		struct night_row row = {
			.line = from.line,
			.input = from.domain,
			.cell_count = from.cell_count,
			.cells = from.cells,
		};

		memcpy(row.known, from.known, sizeof row.known);
		if (import_row(import, &row, error) != 0)
			return -1;
	}
	import->read->cut_short = more < 0;
	return 0;
}

static int
open_input(
    const char *path, const struct options *options, struct input **input_out, struct error *error)
{
	const struct option_list profiles = options_profiles(options);
	struct arena arena = { 0 };
	const struct input_options how = {
		.column = options->column,
		.encoding = options->encoding,
		.reserved =
		    columns_with_profiles((const char *const *)profiles.at, profiles.count, &arena),
	};
	int result = input_open(path, &how, input_out, error);

	arena_free(&arena);
	return result;
}

int
rows_import(const char *path, const struct options *options, struct night *night,
    struct rows_read *read_out, struct error *error)
{
	const struct input_header *header;
	struct input *input;
	struct import import;
	int result;

	if (open_input(path, options, &input, error) != 0)
		return -1;
	header = input_header(input);
	begin(&import, night, read_out);
	result = store_columns(night, header->names, header->count, error);
	if (result == 0)
		result = night_rows_begin(night, error);
	if (result == 0)
		result = import_all(&import, input, error);
	input_close(input);
	return finish(&import, result, error);
}

int
rows_import_domains(const struct option_list *domains, struct night *night,
    struct rows_read *read_out, struct error *error)
{
	struct import import;
	int result;

	begin(&import, night, read_out);
	result = store_columns(night, NULL, 0, error);
	if (result == 0)
		result = night_rows_begin(night, error);
	for (size_t i = 0; i < domains->count && result == 0; i++) {
		struct night_row row = { .line = i + 1, .input = domains->at[i] };

		result = import_row(&import, &row, error);
	}
	return finish(&import, result, error);
}

struct carried_columns
rows_carried_columns(struct night *night, struct arena *arena)
{
	struct carried_columns columns = { NULL, 0 };
	struct strbuf packed = { 0 };
	const char **names;
	const char *at;

	night_meta(night, columns_key, &packed);
	for (size_t i = 0; i < packed.length; i++)
		columns.count += packed.at[i] == '\0';
	names = arena_zeroed(arena, columns.count, sizeof *names);
	at = arena_copy(arena, packed.at, packed.length);
	for (size_t i = 0; i < columns.count; i++, at += strlen(at) + 1)
		names[i] = at;
	columns.names = names;
	strbuf_free(&packed);
	return columns;
}
