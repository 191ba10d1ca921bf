/* A run for somebody who waits. */
#include "app/quick_run.h"

#include "app/descriptors.h"
#include "app/rows.h"
#include "fact/night.h"

static int
gather_and_show(const struct options *options, const struct tables *tables, struct night *night,
    quick_run_fn show, struct error *error)
{
	struct gather_report report;
	struct rows_read read;

	if (rows_import_domains(&options->arguments, night, &read, error) != 0 ||
	    gather_run(options, tables, night, &read, &report, error) != 0 ||
	    gather_answered(&report, error) != 0)
		return error->code;
	return show(options, tables, night, &report, error);
}

int
quick_run(const struct options *options, quick_run_fn show, struct error *error)
{
	struct tables tables;
	struct night *night;
	int code;

	if (descriptors_prepare(error) != 0 || tables_load(options, &tables, error) != 0)
		return error->code;
	if (night_create(NULL, &night, error) != 0) {
		code = error->code;
	} else {
		code = gather_and_show(options, &tables, night, show, error);
		night_close(night);
	}
	tables_free(&tables);
	return code;
}
