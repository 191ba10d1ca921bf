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

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const char columns_key[] = "columns";
static const char read_key[] = "input"; /* what was read, once it was read to its end */

enum { READ_FIELDS = 6 }; /* numbers of that, without those of an input that broke off */

/* The domains seen so far, to tell which rows come again. */
struct import {
	struct night *night; /* NULL: the rows are only looked at */
	struct rows_read *read;
	struct digest_map seen; /* domain to the columns of its first row */
	uint64_t digest;        /* of all rows and the names of their columns */
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
digest_text(struct import *import, uint64_t place, const char *text)
{
	if (text != NULL)
		import->digest = hash_keyed(import->digest, place, text, strlen(text));
}

static void
digest_row(struct import *import, const struct night_row *row)
{
	uint64_t columns = digest_columns(row);

	import->digest = hash_keyed(import->digest, row->line, &columns, sizeof columns);
	digest_text(import, 0, row->input);
	for (size_t i = 0; i < row->cell_count; i++)
		digest_text(import, 1 + i, row->cells[i]);
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
	digest_row(import, row);
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
	return import->night == NULL ? 0 : night_row_add(import->night, row, error);
}

static int
store_columns(struct import *import, const char *const *names, size_t count, struct error *error)
{
	struct strbuf packed = { 0 };
	int result;

	for (size_t i = 0; i < count; i++) {
		strbuf_add(&packed, names[i], strlen(names[i]) + 1);
		digest_text(import, i, names[i]);
	}
	result = import->night == NULL
	    ? 0
	    : night_set_meta(import->night, columns_key, packed.at != NULL ? packed.at : "",
		  packed.length, error);
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
store_read(const struct import *import, struct error *error)
{
	const struct rows_read *read = import->read;
	struct strbuf text = { 0 };
	int result;

	strbuf_printf(&text, "%016" PRIx64, import->digest);
	strbuf_printf(&text, " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64,
	    read->rows, read->domains, read->invalid, read->again, read->differing);
	if (read->cut_short)
		strbuf_printf(&text, " %d %s", read->problem.code, read->problem.text);
	result = night_set_meta(import->night, read_key, text.at, text.length, error);
	strbuf_free(&text);
	return result;
}

/* Rows and what is said of them are committed together. */
static int
finish(struct import *import, int result, struct error *error)
{
	digest_map_free(&import->seen);
	if (result == 0 && import->night != NULL)
		result = store_read(import, error);
	return result == 0 && import->night != NULL ? night_rows_end(import->night, error) : result;
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

static int
begin_rows(struct night *night, struct error *error)
{
	return night == NULL ? 0 : night_rows_begin(night, error);
}

/* With night NULL the rows are only looked at. */
static int
read_file(const char *path, const struct options *options, struct night *night,
    struct rows_read *read_out, uint64_t *digest_out, struct error *error)
{
	const struct input_header *header;
	struct input *input;
	struct import import;
	int result;

	if (open_input(path, options, &input, error) != 0)
		return -1;
	header = input_header(input);
	begin(&import, night, read_out);
	result = store_columns(&import, header->names, header->count, error);
	if (result == 0)
		result = begin_rows(night, error);
	if (result == 0)
		result = import_all(&import, input, error);
	input_close(input);
	*digest_out = import.digest;
	return finish(&import, result, error);
}

int
rows_import(const char *path, const struct options *options, struct night *night,
    struct rows_read *read_out, struct error *error)
{
	uint64_t digest;

	return read_file(path, options, night, read_out, &digest, error);
}

int
rows_import_domains(const struct option_list *domains, struct night *night,
    struct rows_read *read_out, struct error *error)
{
	struct import import;
	int result;

	begin(&import, night, read_out);
	result = store_columns(&import, NULL, 0, error);
	if (result == 0)
		result = night_rows_begin(night, error);
	for (size_t i = 0; i < domains->count && result == 0; i++) {
		struct night_row row = { .line = i + 1, .input = domains->at[i] };

		result = import_row(&import, &row, error);
	}
	return finish(&import, result, error);
}

/* ---- of a run that is gone on with */

static void
recall_problem(const char *text, struct error *problem)
{
	char *rest;
	long code = strtol(text, &rest, 10);

	error_set(problem, code >= EX__BASE && code <= EX__MAX ? (int)code : EX_DATAERR, "%s",
	    rest + strspn(rest, " "));
}

static bool
recall(struct night *night, struct rows_read *read, uint64_t *digest_out)
{
	struct strbuf text = { 0 };
	int at = 0;
	bool found;

	memset(read, 0, sizeof *read);
	found = night_meta(night, read_key, &text) &&
	    sscanf(text.at,
		"%16" SCNx64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%n",
		digest_out, &read->rows, &read->domains, &read->invalid, &read->again,
		&read->differing, &at) == READ_FIELDS &&
	    read->rows == night_row_count(night);
	read->cut_short = found && text.at[at] == ' ';
	if (read->cut_short)
		recall_problem(text.at + at, &read->problem);
	strbuf_free(&text);
	return found;
}

bool
rows_recall(struct night *night, struct rows_read *read_out)
{
	uint64_t digest;

	return recall(night, read_out, &digest);
}

int
rows_compare(
    const char *path, const struct options *options, struct night *night, struct error *error)
{
	struct rows_read then, now;
	uint64_t digest_then, digest_now;

	if (!recall(night, &then, &digest_then))
		return 0;
	if (read_file(path, options, NULL, &now, &digest_now, error) != 0)
		return -1;
	if (digest_now == digest_then)
		return 0;
	return error_set(error, EX_USAGE,
	    "%s: is not the list that the run of %s was begun with; leave it out to go on with "
	    "that "
	    "one, or begin anew without --resume",
	    path, night_path(night));
}

struct evaluation
rows_evaluation(const struct night_row *row)
{
	return (struct evaluation){
		.domain = row->domain,
		.problem = row->problem,
		.input = row->input,
		.changed = row->changed,
		.again = row->again,
		.known = row->known,
	};
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
