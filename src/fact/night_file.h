#ifndef MXSWEEP_FACT_NIGHT_FILE_H
#define MXSWEEP_FACT_NIGHT_FILE_H

/* What the files night*.c share. Only they see sqlite3.h. */
#include "base/error.h"
#include "fact/night.h"

#include <sqlite3.h>

enum night_statement {
	NIGHT_META_PUT,
	NIGHT_META_GET,
	NIGHT_ROW_PUT,
	NIGHT_ROW_NEXT,
	NIGHT_FACT_PUT,
	NIGHT_FACT_GET,
	NIGHT_DOMAIN_PUT,
	NIGHT_DOMAIN_GET,
	NIGHT_STATEMENTS,
};

struct night_writer;

struct night {
	sqlite3 *db;
	sqlite3 *reader; /* while gathering: reads that do not wait for the writer; else NULL */
	int lock;        /* a descriptor that says who writes it; -1: we do not */
	char *path;      /* for messages; ":memory:" when in memory */
	sqlite3_stmt *statements[NIGHT_STATEMENTS];
	struct night_writer *writer; /* while gathering */
	struct error read_error;     /* the first; its code is 0 while there was none */
};

/* The statement, reset and ready to bind; prepared at first use. NULL when it cannot be. */
sqlite3_stmt *night_statement(struct night *night, enum night_statement which);
void night_open_reader(struct night *night); /* where it cannot be had, reads go through db */
void night_close_reader(struct night *night);
/* Runs it; false at its end, and when it cannot be read, which is noted. */
bool night_step(struct night *night, sqlite3_stmt *statement);
void night_damaged(struct night *night, const char *how); /* noted likewise */
int night_execute(struct night *night, const char *sql, struct error *error);
int night_error(const struct night *night, const char *doing, struct error *error); /* -1 */

#endif
