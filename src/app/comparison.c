/* Two nights, side by side. */
#include "app/comparison.h"

#include "base/strbuf.h"
#include "report/output.h"
#include "report/terminal.h"

#include <stdio.h>

struct comparison {
	const struct options *options;
	enum comparison_show show;
	struct changes_summary *summary;
	struct csv_style style;
	struct output *sheet; /* NULL: not asked for */
	struct strbuf line;
	bool colour;
};

static void
print_json(struct comparison *c)
{
	puts(c->line.at);
	strbuf_reset(&c->line);
}

static int
take(void *user, const struct domain_changes *changes, struct error *error)
{
	struct comparison *c = user;

	changes_summary_add(c->summary, changes);
	if (c->show == COMPARISON_JSON) {
		changes_json_add(&c->line, changes);
		print_json(c);
	} else if (c->show == COMPARISON_TEXT) {
		changes_terminal_add(stdout, c->colour, changes);
	}
	return c->sheet == NULL ? 0 : changes_csv_add(c->sheet, &c->style, changes, error);
}

static int
compare(struct comparison *c, struct history_db *db, struct error *error)
{
	if (c->sheet != NULL &&
	    changes_csv_begin(c->sheet, &c->style, c->options->csv_bom, error) != 0)
		return -1;
	if (c->summary->before.id == 0) /* the first night of all: nothing to compare with */
		return 0;
	return changes_each(
	    db, &c->summary->before, &c->summary->now, c->options->confirm, take, c, error);
}

static void
print_summary(struct comparison *c)
{
	if (c->show == COMPARISON_JSON) {
		changes_json_add_summary(&c->line, c->summary);
		print_json(c);
	} else if (c->show == COMPARISON_TEXT) {
		changes_terminal_add_summary(stdout, c->summary);
	}
}

int
comparison_run(struct history_db *db, const struct options *options, enum comparison_show show,
    struct changes_summary *summary, struct error *error)
{
	struct comparison c = {
		.options = options,
		.show = show,
		.summary = summary,
		.style = { (char)options->csv_delimiter, options->csv_safe },
		.colour = terminal_has_colour(),
	};
	int result;

	if (options->changes != NULL && output_open(options->changes, &c.sheet, error) != 0)
		return -1;
	result = compare(&c, db, error);
	if (result == 0) {
		print_summary(&c);
		if (c.sheet != NULL)
			result = output_commit(c.sheet, error);
	} else {
		output_abandon(c.sheet);
	}
	strbuf_free(&c.line);
	return result;
}

bool
comparison_last_nights(struct history_db *db, struct changes_summary *summary)
{
	return history_db_night(db, INT64_MAX, &summary->now) &&
	    history_db_night(db, summary->now.id - 1, &summary->before);
}
