#ifndef MXSWEEP_REPORT_FLEET_H
#define MXSWEEP_REPORT_FLEET_H

#include "report/row.h"

#include <stddef.h>
#include <stdint.h>

struct fleet;

/*
 * Risks that only a view over many domains shows: mail that stops, domains that anybody could
 * register, included SPF records that may not grow, DKIM keys that many share. Memory is bounded,
 * see report/lossy.h.
 */
struct fleet *fleet_new(void);
void fleet_free(struct fleet *fleet); /* NULL is fine */
void fleet_add(struct fleet *fleet, const struct report_row *row);

enum {
	FLEET_TABLES = 4,
	FLEET_COLUMNS = 6,
	FLEET_LINES = 20, /* of a table at most */
};

struct fleet_cell {
	const char *text; /* NULL: a number */
	uint64_t number;
};
struct fleet_line {
	struct fleet_cell cells[FLEET_COLUMNS];
};
/* As a report shows it: the gravest lines first. */
struct fleet_table {
	const char *title;
	const char *note;        /* what it means, one sentence */
	const char *const *head; /* names of the columns, ended by NULL */
	struct fleet_line lines[FLEET_LINES];
	size_t count; /* 0: there is no such risk */
};
struct fleet_report {
	struct fleet_table tables[FLEET_TABLES];
	size_t lines; /* of all tables */
};
/* Texts live in the arena or in the fleet. */
const struct fleet_report *fleet_report_make(const struct fleet *fleet, struct arena *arena);

#endif
