/* The commands `diff` and `forget`: what changed between nights, and what is to be known no more.
 */
#include "app/commands.h"
#include "app/comparison.h"
#include "app/finish.h"
#include "app/nightly.h"
#include "app/outputs.h"
#include "app/tables.h"
#include "base/log.h"
#include "fact/night.h"
#include "names/mail_domain.h"
#include "report/history_sink.h"

#include <string.h>
#include <sysexits.h>

enum { EXIT_FAIL_ON = 1 };

/* ---- diff */

/* Puts a night file into the history, by finishing it. */
static int
add_night(const struct options *options, const struct tables *tables, const char *path,
    struct history_db *db, struct error *error)
{
	struct finish_counts counts;
	struct sinks sinks = { .count = 1 };
	struct night *night;
	int result;

	if (night_open(path, &night, error) != 0)
		return -1;
	sinks.at[0] = history_sink_into(db);
	result = finish_run(night, tables, options, &sinks, &counts, error);
	night_close(night);
	return result;
}

/* Two night files become the two nights of a history of their own, which is gone at the end. */
static int
open_files(const struct options *options, struct history_db **db_out, struct error *error)
{
	const struct option_list *files = &options->arguments;
	struct tables tables;
	int result;

	if (files->count != 2)
		return error_set(error, EX_USAGE,
		    "diff compares two night files, OLD and NEW, or two nights of --db FILE");
	if (tables_load(options, &tables, error) != 0)
		return -1;
	result = history_db_create(NULL, db_out, error);
	for (size_t i = 0; i < files->count && result == 0; i++)
		result = add_night(options, &tables, files->at[i], *db_out, error);
	tables_free(&tables);
	return result;
}

static int
choose_nights(const struct options *options, struct history_db *db, struct changes_summary *summary,
    struct error *error)
{
	const struct option_list *given = &options->arguments;

	if (options->db == NULL || given->count == 0) {
		if (comparison_last_nights(db, summary))
			return 0;
		if (options->db == NULL)
			return error_set(error, EX_USAGE, "both files hold the same night");
		return error_set(error, EX_USAGE,
		    "history %s: it holds less than two nights, so there is nothing to compare",
		    options->db);
	}
	if (given->count == 1)
		return error_set(error, EX_USAGE,
		    "a second night is missing; without both, the last two are compared");
	if (history_db_find(db, given->at[0], &summary->before, error) != 0 ||
	    history_db_find(db, given->at[1], &summary->now, error) != 0)
		return -1;
	if (summary->before.id < summary->now.id)
		return 0;
	return error_set(error, EX_USAGE, "%s is no night behind %s; the older one comes first",
	    given->at[1], given->at[0]);
}

static int
open_history(const struct options *options, struct history_db **db_out, struct error *error)
{
	return options->db != NULL ? history_db_open(options->db, db_out, error)
				   : open_files(options, db_out, error);
}

static int
diff(const struct options *options, struct nightly *nightly, struct error *error)
{
	enum comparison_show show = options->nagios ? COMPARISON_SILENT
	    : options->json                         ? COMPARISON_JSON
						    : COMPARISON_TEXT;
	struct history_db *db = NULL;
	int code = 0;

	if (outputs_check(options, NULL, error) != 0)
		return error->code;
	if (open_history(options, &db, error) != 0 ||
	    choose_nights(options, db, &nightly->changes, error) != 0 ||
	    comparison_run(db, options, show, &nightly->changes, error) != 0)
		code = error->code;
	history_db_close(db);
	nightly->compared = code == 0;
	if (code == 0 && options->fail_on == FAIL_ON_REGRESSION)
		code = nightly_fail_on_met(options, nightly) ? EXIT_FAIL_ON : 0;
	return code;
}

int
command_diff(const struct options *options, struct error *error)
{
	struct nightly nightly = { 0 };

	if (options->fail_on == FAIL_ON_WARN || options->fail_on == FAIL_ON_FAIL) {
		error_set(
		    error, EX_USAGE, "diff looks at changes: --fail-on regression would be right");
		return error->code;
	}
	return nightly_tell(options, &nightly, diff(options, &nightly, error), error);
}

/* ---- forget */

static int
forget(struct history_db *db, const char *text, struct error *error)
{
	struct mail_domain domain;
	bool was_there;

	if (!mail_domain_parse(text, strlen(text), &domain))
		return error_set(
		    error, EX_USAGE, "'%s' is no mail domain: %s", text, domain.problem);
	if (history_db_forget(db, domain.ascii, &was_there, error) != 0)
		return -1;
	if (!was_there)
		log_warn("%s is not in the history", domain.ascii);
	return 0;
}

int
command_forget(const struct options *options, struct error *error)
{
	struct history_db *db;
	int result = 0;

	if (options->db == NULL) {
		error_set(error, EX_USAGE, "forget needs the history: --db FILE is missing");
		return error->code;
	}
	if (history_db_open(options->db, &db, error) != 0)
		return error->code;
	for (size_t i = 0; i < options->arguments.count && result == 0; i++)
		result = forget(db, options->arguments.at[i], error);
	history_db_close(db);
	return result == 0 ? 0 : error->code;
}
