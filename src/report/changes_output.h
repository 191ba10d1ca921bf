#ifndef MXSWEEP_REPORT_CHANGES_OUTPUT_H
#define MXSWEEP_REPORT_CHANGES_OUTPUT_H

#include "report/changes.h"
#include "report/csv_cell.h"

#include <stdbool.h>
#include <stdio.h>

struct output;
struct strbuf;

/* What is counted over all changes of two nights. */
struct changes_summary {
	struct history_night before, now;
	uint64_t domains; /* that changed */
	uint64_t kinds[CHANGE_KINDS];
	uint64_t worse_domains;                  /* with something new or worse */
	uint64_t regressed_fail, regressed_warn; /* changes that ended there */
};
void changes_summary_add(struct changes_summary *summary, const struct domain_changes *changes);

/* One change a line: a sheet for people and pivot tables. */
extern const char *const changes_columns[]; /* ended by NULL */
int changes_csv_begin(struct output *output, const struct csv_style *style, bool byte_order_mark,
    struct error *error);
int changes_csv_add(struct output *output, const struct csv_style *style,
    const struct domain_changes *changes, struct error *error);

/* One object a domain, and one of the summary. */
void changes_json_add(struct strbuf *out, const struct domain_changes *changes);
void changes_json_add_summary(struct strbuf *out, const struct changes_summary *summary);

/* For a person at a terminal. */
void changes_terminal_add(FILE *out, bool colour, const struct domain_changes *changes);
void changes_terminal_add_summary(FILE *out, const struct changes_summary *summary);

#endif
