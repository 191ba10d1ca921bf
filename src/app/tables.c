/* Loading the shipped tables, or those that the options name. */
#include "app/tables.h"

#include "app/areas.h"
#include "base/arena.h"
#include "cert/verifier.h"
#include "names/block_list.h"
#include "names/pressure.h"
#include "names/provider.h"
#include "names/refusals.h"
#include "names/selectors.h"
#include "names/suffix.h"
#include "score/profile.h"
#include "score/waiver.h"
#include "score/weights.h"

#include <string.h>
#include <unistd.h>

/* Seen from the program's folder: PREFIX/bin, or TREE/build/PRESET; then as installed, for programs
   that use the library. */
static const char *const data_folders[] = { "../share/mxsweep", "../../data", MXSWEEP_DATADIR };

enum {
	DATA_FOLDERS = sizeof data_folders / sizeof data_folders[0],
	PROGRAM_PATH_MAX = 4096,
};

const char *
tables_shipped_path(const char *name, struct arena *arena)
{
	char program[PROGRAM_PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	const char *path = name;

	program[length > 0 ? length : 0] = '\0';
	if (strrchr(program, '/') != NULL)
		*strrchr(program, '/') = '\0';
	for (size_t i = 0; i < DATA_FOLDERS; i++) {
		path = *data_folders[i] == '/'
		    ? arena_printf(arena, "%s/%s", data_folders[i], name)
		    : arena_printf(arena, "%s/%s/%s", program, data_folders[i], name);
		if (access(path, R_OK) == 0)
			break;
	}
	return path;
}

/* The table that comes first: the user's, when it stands in place of the shipped one. */
static const char *
first_path(const struct option_file *file, const char *shipped, struct arena *arena)
{
	return file->path != NULL && !file->adding ? file->path
						   : tables_shipped_path(shipped, arena);
}

static int
load_providers(const struct option_file *file, struct tables *tables, struct error *error)
{
	struct arena arena = { 0 };
	int result =
	    providers_load(first_path(file, "providers.tsv", &arena), &tables->providers, error);

	if (result == 0 && file->adding)
		result = providers_add(tables->providers, file->path, error);
	arena_free(&arena);
	return result;
}

static int
load_pressure(const struct option_file *file, struct tables *tables, struct error *error)
{
	struct arena arena = { 0 };
	int result =
	    pressure_load(first_path(file, "pressure.tsv", &arena), &tables->pressure, error);

	if (result == 0 && file->adding)
		result = pressure_add(tables->pressure, file->path, error);
	arena_free(&arena);
	return result;
}

static int
load_lists(const struct option_file *file, struct tables *tables, struct error *error)
{
	struct arena arena = { 0 };
	int result = block_lists_load(first_path(file, "dnsbl.tsv", &arena), &tables->lists, error);

	if (result == 0 && file->adding)
		result = block_lists_add(tables->lists, file->path, error);
	arena_free(&arena);
	return result;
}

static int
load_selectors(const struct option_file *file, struct tables *tables, struct error *error)
{
	struct arena arena = { 0 };
	int result =
	    selectors_load(first_path(file, "selectors.tsv", &arena), &tables->selectors, error);

	if (result == 0 && file->adding)
		result = selectors_add(tables->selectors, file->path, error);
	arena_free(&arena);
	return result;
}

static int
load_refusals(const struct option_file *file, struct tables *tables, struct error *error)
{
	struct arena arena = { 0 };
	int result =
	    refusals_load(first_path(file, "refusals.tsv", &arena), &tables->refusals, error);

	if (result == 0 && file->adding)
		result = refusals_add(tables->refusals, file->path, error);
	arena_free(&arena);
	return result;
}

static int
load_profiles(const struct options *options, struct tables *tables, struct error *error)
{
	const struct option_list names = options_profiles(options);
	struct arena arena = { 0 };
	const char *folder;
	int result;

	if (names.count == 0)
		return 0;
	folder =
	    options->profiles != NULL ? options->profiles : tables_shipped_path("profiles", &arena);
	result = profiles_load(
	    folder, (const char *const *)names.at, names.count, &tables->profiles, error);
	arena_free(&arena);
	return result;
}

/* What only a command that judges needs. */
static int
load_demands(const struct options *options, struct tables *tables, struct error *error)
{
	static const char name[] = "profile";

	if ((option_find(name, sizeof name - 1)->commands & options->command) == 0)
		return 0;
	if (load_profiles(options, tables, error) != 0)
		return -1;
	if (options->waivers != NULL &&
	    waivers_load(options->waivers, &tables->waivers, error) != 0)
		return -1;
	return options->weights == NULL ? 0
					: weights_load(options->weights, &tables->weights, error);
}

int
tables_load(const struct options *options, struct tables *tables_out, struct error *error)
{
	memset(tables_out, 0, sizeof *tables_out);
	if (load_providers(&options->providers, tables_out, error) != 0 ||
	    load_pressure(&options->pressure, tables_out, error) != 0 ||
	    load_lists(&options->lists, tables_out, error) != 0 ||
	    load_selectors(&options->selectors, tables_out, error) != 0 ||
	    load_refusals(&options->refusals, tables_out, error) != 0 ||
	    suffix_list_open(options->psl, &tables_out->suffixes, error) != 0 ||
	    cert_verifier_open(options->ca, &tables_out->certificates, error) != 0 ||
	    load_demands(options, tables_out, error) != 0) {
		tables_free(tables_out);
		return -1;
	}
	tables_out->judge.providers = tables_out->providers;
	tables_out->judge.suffixes = tables_out->suffixes;
	tables_out->judge.lists = tables_out->lists;
	return 0;
}

void
tables_free(struct tables *tables)
{
	providers_free(tables->providers);
	pressure_free(tables->pressure);
	selectors_free(tables->selectors);
	refusals_free(tables->refusals);
	block_lists_free(tables->lists);
	suffix_list_close(tables->suffixes);
	cert_verifier_close(tables->certificates);
	profiles_free(tables->profiles);
	waivers_free(tables->waivers);
	weights_free(tables->weights);
	memset(tables, 0, sizeof *tables);
}

void
tables_lend(const struct tables *tables, struct run_facts *run)
{
	run->suffixes = tables->suffixes;
	run->providers = tables->providers;
	run->pressure = tables->pressure;
	run->selectors = tables->selectors;
	run->refusals = tables->refusals;
	run->certificates = tables->certificates;
}

struct scorecard_options
tables_judging(const struct tables *tables, const struct options *options)
{
	struct scorecard_options how = areas_selected(options);

	how.profiles = tables->profiles;
	how.waivers = tables->waivers;
	how.weights = tables->weights;
	how.deep = how.deep || profiles_deep(tables->profiles);
	return how;
}
