/* Header or not, which column holds the domain, and what the others are called in the output. */
#include "app/input_columns.h"

#include "base/ascii.h"
#include "base/log.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "names/mail_domain.h"

#include <string.h>
#include <sysexits.h>

static const char *const domain_names[] = { "domain", "domains", "domain name", "domain names" };

static const char *const known_names[KNOWN_COUNT] = {
	[KNOWN_SELECTORS] = "selectors",
	[KNOWN_OUTBOUND_IPS] = "outbound_ips",
	[KNOWN_EXPECTED_MX] = "expected_mx",
	[KNOWN_EXPECTED_NS] = "expected_ns",
	[KNOWN_HELO] = "helo",
	[KNOWN_ROLE] = "role",
	[KNOWN_EXPECTED_MX_COUNT] = "expected_mx_count",
	[KNOWN_EXPECTED_SPF_INCLUDE] = "expected_spf_include",
	[KNOWN_EXPECTED_DKIM_KEY] = "expected_dkim_key",
	[KNOWN_EXPECTED_RUA] = "expected_rua",
	[KNOWN_WAIVERS] = "waivers",
};

/* The rows to judge by, and what was asked for. */
struct sample {
	const char *file;
	const struct input_options *options;
	const struct input_cells *rows;
	size_t count;
	size_t width;
	bool has_header;
};

static const char *
skip_filling(const char *name)
{
	return name + strspn(name, "_- \t\r\n");
}

static bool
same_name(const char *a, const char *b)
{
	for (;; a++, b++) {
		a = skip_filling(a);
		b = skip_filling(b);
		if (ascii_lower(*a) != ascii_lower(*b))
			return false;
		if (*a == '\0')
			return true;
	}
}

static const char *
cell_at(const struct input_cells *row, size_t place)
{
	return place < row->count ? row->at[place] : "";
}

static size_t
find_name(const struct input_cells *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (same_name(row->at[i], name))
			return i;
	return INPUT_COLUMN_NONE;
}

static size_t
find_domain_name(const struct input_cells *row)
{
	size_t place = INPUT_COLUMN_NONE;

	for (size_t i = 0;
	     place == INPUT_COLUMN_NONE && i < sizeof domain_names / sizeof domain_names[0]; i++)
		place = find_name(row, domain_names[i]);
	return place;
}

static bool
is_domain(const char *cell)
{
	struct mail_domain domain;

	return mail_domain_parse(cell, strlen(cell), &domain);
}

/* A mail or web address names a domain as well, but a column of domains beside it is meant. */
static bool
is_bare_domain(const char *cell)
{
	return strpbrk(cell, "@/") == NULL && is_domain(cell);
}

static bool
is_header(const struct input_cells *row, const struct input_options *options)
{
	if (find_domain_name(row) != INPUT_COLUMN_NONE)
		return true;
	if (options->column != NULL && find_name(row, options->column) != INPUT_COLUMN_NONE)
		return true;
	for (size_t i = 0; i < row->count; i++)
		if (is_domain(row->at[i]))
			return false;
	return true;
}

static const char *
column_name(const struct sample *sample, size_t place, struct arena *arena)
{
	const char *name = sample->has_header ? cell_at(&sample->rows[0], place) : "";

	return name[0] != '\0' ? name : arena_printf(arena, "column_%zu", place + 1);
}

static void
list_columns(const struct sample *sample, struct arena *arena, struct strbuf *out)
{
	enum { LISTED = 12 };

	for (size_t i = 0; i < sample->width && i < LISTED; i++)
		strbuf_printf(out, "%s%s", i > 0 ? ", " : "", column_name(sample, i, arena));
	if (sample->width > LISTED)
		strbuf_add_string(out, ", ...");
	for (char *at = out->at; at != NULL && *at != '\0'; at++)
		if (ascii_is_control(*at)) /* names may hold line ends, a message must not */
			*at = ' ';
}

static int
no_domain_column(const struct sample *sample, struct arena *arena, struct error *error)
{
	const char *column = sample->options->column;
	struct strbuf list = { 0 };

	list_columns(sample, arena, &list);
	if (column != NULL)
		error_set(error, EX_USAGE, "--column %s: %s has no such column; it has %.400s",
		    column, sample->file, list.at);
	else
		error_set(error, EX_NOINPUT,
		    "%s: no column holds domains; name one with --column, of %.400s", sample->file,
		    list.at);
	strbuf_free(&list);
	return -1;
}

static size_t
named_column(const struct sample *sample, struct arena *arena)
{
	for (size_t i = 0; i < sample->width; i++)
		if (same_name(column_name(sample, i, arena), sample->options->column))
			return i;
	return INPUT_COLUMN_NONE;
}

static bool
is_known(const struct sample *sample, size_t place)
{
	for (size_t i = 0; sample->has_header && i < KNOWN_COUNT; i++)
		if (same_name(cell_at(&sample->rows[0], place), known_names[i]))
			return true;
	return false;
}

/* How many cells of a column are domains, of those that hold anything. */
static size_t
count_domains(const struct sample *sample, size_t place, bool (*test)(const char *), size_t *filled)
{
	size_t domains = 0;

	*filled = 0;
	for (size_t i = sample->has_header ? 1 : 0; i < sample->count; i++) {
		const char *cell = cell_at(&sample->rows[i], place);

		*filled += cell[0] != '\0';
		domains += test(cell);
	}
	return domains;
}

/* The first column whose cells are mostly domains. */
static size_t
column_mostly(const struct sample *sample, bool (*test)(const char *))
{
	for (size_t i = 0; i < sample->width; i++) {
		size_t filled, domains = count_domains(sample, i, test, &filled);

		if (domains * 2 > filled && !is_known(sample, i))
			return i;
	}
	return INPUT_COLUMN_NONE;
}

/* The column with most domains, if any has one: a list in a bad state. */
static size_t
column_with_most(const struct sample *sample)
{
	size_t best = INPUT_COLUMN_NONE, most = 0;

	for (size_t i = 0; i < sample->width; i++) {
		size_t filled, domains = count_domains(sample, i, is_domain, &filled);

		if (domains > most && !is_known(sample, i)) {
			most = domains;
			best = i;
		}
	}
	return best;
}

static size_t
find_domain_column(const struct sample *sample, struct arena *arena)
{
	size_t place = INPUT_COLUMN_NONE;

	if (sample->options->column != NULL)
		return named_column(sample, arena);
	if (sample->has_header)
		place = find_domain_name(&sample->rows[0]);
	if (place == INPUT_COLUMN_NONE && sample->width == 1)
		place = 0;
	if (place == INPUT_COLUMN_NONE)
		place = column_mostly(sample, is_bare_domain);
	if (place == INPUT_COLUMN_NONE)
		place = column_mostly(sample, is_domain);
	if (place == INPUT_COLUMN_NONE)
		place = column_with_most(sample);
	return place;
}

/* What the carried columns must not be called. */
struct naming {
	struct arena arena; /* of the keys */
	struct map ours;
	struct map in_file; /* a made name leaves a real one alone, wherever that stands */
	struct map taken;
};

static const char *
key_of(struct naming *naming, const char *name)
{
	char *key = arena_string(&naming->arena, name);

	ascii_lower_text(key);
	return key;
}

static void
add_name(struct naming *naming, struct map *names, const char *name)
{
	map_put_string(names, key_of(naming, name), naming);
}

static void
naming_init(struct naming *naming, const struct sample *sample)
{
	const char *const *reserved = sample->options->reserved;

	*naming = (struct naming){ 0 };
	map_init(&naming->ours);
	map_init(&naming->in_file);
	map_init(&naming->taken);
	add_name(naming, &naming->ours, "domain");
	for (; reserved != NULL && *reserved != NULL; reserved++)
		add_name(naming, &naming->ours, *reserved);
	for (size_t i = 0; sample->has_header && i < sample->rows[0].count; i++)
		add_name(naming, &naming->in_file, sample->rows[0].at[i]);
}

static void
naming_free(struct naming *naming)
{
	map_free(&naming->ours);
	map_free(&naming->in_file);
	map_free(&naming->taken);
	arena_free(&naming->arena);
}

static bool
may_be_made(struct naming *naming, const char *name)
{
	const char *key = key_of(naming, name);

	return map_get_string(&naming->ours, key) == NULL &&
	    map_get_string(&naming->in_file, key) == NULL &&
	    map_get_string(&naming->taken, key) == NULL;
}

static const char *
output_name(struct naming *naming, const char *name, bool made, struct arena *arena)
{
	const char *key = key_of(naming, name);
	const char *stem = name;

	if (map_get_string(&naming->ours, key) != NULL) {
		stem = name = arena_printf(arena, "input_%s", name);
		made = true;
	}
	made = made || map_get_string(&naming->taken, key) != NULL;
	for (unsigned number = 2; made && !may_be_made(naming, name); number++)
		name = arena_printf(arena, "%s_%u", stem, number);
	add_name(naming, &naming->taken, name);
	return name;
}

static void
name_columns(const struct sample *sample, struct input_columns *columns)
{
	size_t count = columns->width > 0 ? columns->width - 1 : 0;
	const char **names = arena_zeroed(&columns->arena, count, sizeof *names);
	struct naming naming;

	naming_init(&naming, sample);
	for (size_t i = 0, out = 0; i < columns->width; i++) {
		const char *name = column_name(sample, i, &columns->arena);
		bool made = !sample->has_header || cell_at(&sample->rows[0], i)[0] == '\0';

		if (i == columns->domain)
			continue;
		name = output_name(&naming, name, made, &columns->arena);
		names[out++] = arena_string(&columns->arena, name);
	}
	naming_free(&naming);
	columns->header =
	    (struct input_header){ .present = sample->has_header, .count = count, .names = names };
}

static void
find_known(const struct sample *sample, struct input_columns *columns)
{
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		columns->known[i] = sample->has_header ? find_name(&sample->rows[0], known_names[i])
						       : (size_t)INPUT_COLUMN_NONE;
}

/* A list whose first line is a misspelt domain would lose it to the header: say so. */
static void
warn_of_doubtful_header(const struct sample *sample, size_t domain)
{
	const char *cell = cell_at(&sample->rows[0], domain);

	if (sample->has_header && sample->options->column == NULL && strpbrk(cell, ".@") != NULL)
		log_warn("%s: line %zu is taken for the header, for no cell of it is a domain: %s",
		    sample->file, sample->rows[0].line, cell);
}

int
input_columns_settle(const char *name, const struct input_options *options,
    const struct input_cells *rows, size_t row_count, struct input_columns *columns_out,
    struct error *error)
{
	struct sample sample = { name, options, rows, row_count, 0, false };

	for (size_t i = 0; i < row_count; i++)
		if (rows[i].count > sample.width)
			sample.width = rows[i].count;
	if (sample.width > INPUT_COLUMNS_MAX)
		return error_set(error, EX_NOINPUT,
		    "%s: a row of %zu cells; at most %d are read: is it a CSV file?", name,
		    sample.width, INPUT_COLUMNS_MAX);
	sample.has_header = row_count > 0 && is_header(&rows[0], options);
	columns_out->width = sample.width;
	if (row_count > 0) {
		columns_out->domain = find_domain_column(&sample, &columns_out->arena);
		if (columns_out->domain == INPUT_COLUMN_NONE)
			return no_domain_column(&sample, &columns_out->arena, error);
		warn_of_doubtful_header(&sample, columns_out->domain);
	}
	name_columns(&sample, columns_out);
	find_known(&sample, columns_out);
	return 0;
}

void
input_columns_apply(const struct input_columns *columns, const struct input_cells *row,
    const char **cells, struct input_row *row_out)
{
	size_t out = 0;

	for (size_t i = 0; i < columns->width; i++)
		if (i != columns->domain)
			cells[out++] = cell_at(row, i);
	*row_out = (struct input_row){
		.line = row->line,
		.domain = cell_at(row, columns->domain),
		.cell_count = out,
		.cells = cells,
	};
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (columns->known[i] != INPUT_COLUMN_NONE)
			row_out->known[i] = cell_at(row, columns->known[i]);
}
