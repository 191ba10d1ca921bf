/* What a night comes to. */
#include "app/nightly.h"

#include "app/comparison.h"
#include "base/error.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

enum { PLUGIN_OK, PLUGIN_WARNING, PLUGIN_CRITICAL, PLUGIN_UNKNOWN };

static const char *const plugin_words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };

/* ---- before a run */

static int
need_db(const char *option, struct error *error)
{
	return error_set(error, EX_USAGE,
	    "%s compares with the night before, which is in the history: --db FILE is missing",
	    option);
}

int
nightly_check(const struct options *options, struct error *error)
{
	struct history_db *db;

	if (options->db == NULL) {
		if (options->changes != NULL)
			return need_db("--changes", error);
		if (options->fail_on == FAIL_ON_REGRESSION)
			return need_db("--fail-on regression", error);
		return 0;
	}
	if (strcmp(options->db, "-") == 0)
		return error_set(error, EX_USAGE, "--db needs a file of its own, not -");
	if (history_db_create(options->db, &db, error) != 0)
		return -1;
	history_db_close(db);
	return 0;
}

/* ---- behind it */

static bool
comparison_wanted(const struct options *options)
{
	return options->db != NULL &&
	    (options->changes != NULL || options->nagios || options->fail_on == FAIL_ON_REGRESSION);
}

int
nightly_compare(const struct options *options, struct nightly *nightly, struct error *error)
{
	struct history_db *db;
	int result = 0;

	if (!comparison_wanted(options))
		return 0;
	if (history_db_open(options->db, &db, error) != 0)
		return -1;
	nightly->compared = comparison_last_nights(db, &nightly->changes);
	if (nightly->changes.now.id != 0)
		result = comparison_run(db, options, COMPARISON_SILENT, &nightly->changes, error);
	history_db_close(db);
	return result;
}

bool
nightly_fail_on_met(const struct options *options, const struct nightly *nightly)
{
	const uint64_t *verdicts = nightly->counts.verdicts;

	switch (options->fail_on) {
	case FAIL_ON_NONE:
		break;
	case FAIL_ON_WARN:
		return verdicts[VERDICT_FAIL] + verdicts[VERDICT_WARN] > 0;
	case FAIL_ON_FAIL:
		return verdicts[VERDICT_FAIL] > 0;
	case FAIL_ON_REGRESSION:
		return nightly->changes.worse_domains > 0;
	}
	return false;
}

static bool
judges_changes(const struct options *options, const struct nightly *nightly)
{
	return nightly->compared &&
	    (options->fail_on == FAIL_ON_NONE || options->fail_on == FAIL_ON_REGRESSION);
}

static int
plugin_state(const struct options *options, const struct nightly *nightly)
{
	const uint64_t *verdicts = nightly->counts.verdicts;

	if (judges_changes(options, nightly))
		return nightly->changes.regressed_fail > 0 ? PLUGIN_CRITICAL
		    : nightly->changes.regressed_warn > 0  ? PLUGIN_WARNING
							   : PLUGIN_OK;
	if (options->fail_on == FAIL_ON_REGRESSION) /* the first night of all */
		return PLUGIN_OK;
	return verdicts[VERDICT_FAIL] > 0 ? PLUGIN_CRITICAL
	    : verdicts[VERDICT_WARN] > 0  ? PLUGIN_WARNING
					  : PLUGIN_OK;
}

/* Performance data: 'label'=value, blanks between; counters that a monitor draws. */
static void
print_figures(const struct nightly *nightly)
{
	const uint64_t *verdicts = nightly->counts.verdicts;

	fputs(" |", stdout);
	if (nightly->counts.rows > 0)
		for (int i = 0; i < VERDICT_COUNT; i++)
			printf(" %s=%" PRIu64, verdict_text((enum verdict)i), verdicts[i]);
	if (nightly->compared)
		for (int i = 0; i < CHANGE_KINDS; i++)
			printf(" %s=%" PRIu64, change_text((enum change_kind)i),
			    nightly->changes.kinds[i]);
	putchar('\n');
}

static void
print_words(const struct nightly *nightly)
{
	const uint64_t *verdicts = nightly->counts.verdicts;
	const char *between = "";

	if (nightly->counts.rows > 0) {
		printf("%" PRIu64 " rows, %" PRIu64 " pass, %" PRIu64 " warn, %" PRIu64
		       " fail, %" PRIu64 " not tested",
		    nightly->counts.rows, verdicts[VERDICT_PASS], verdicts[VERDICT_WARN],
		    verdicts[VERDICT_FAIL], verdicts[VERDICT_NOT_TESTED]);
		between = "; ";
	}
	if (nightly->compared)
		printf("%ssince the last night %" PRIu64 " new, %" PRIu64 " worse, %" PRIu64
		       " fixed",
		    between, nightly->changes.kinds[CHANGE_NEW],
		    nightly->changes.kinds[CHANGE_WORSE], nightly->changes.kinds[CHANGE_FIXED]);
}

int
nightly_tell(
    const struct options *options, const struct nightly *nightly, int code, struct error *error)
{
	int state;

	if (!options->nagios || options->help || options->version)
		return code;
	if (code != 0 && code != 1) {
		printf("MXSWEEP UNKNOWN - %s\n",
		    error->text[0] != '\0' ? error->text : "the sweep was not finished");
		return PLUGIN_UNKNOWN;
	}
	state = plugin_state(options, nightly);
	printf("MXSWEEP %s - ", plugin_words[state]);
	print_words(nightly);
	print_figures(nightly);
	return state;
}
