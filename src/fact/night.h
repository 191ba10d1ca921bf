#ifndef MXSWEEP_FACT_NIGHT_H
#define MXSWEEP_FACT_NIGHT_H

#include "fact/facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct loop;
struct night;
struct strbuf;

/*
 * The night file: a SQLite database that holds the rows of the input, what was gathered for them,
 * and what is true of the run. While gathering it is written in WAL mode with synchronous=FULL, in
 * one transaction a second, by a background thread; afterwards it is one plain file that opens
 * read-only.
 *
 *   meta(key, value)       what is true of the run
 *   rows(id, …)            the input, in order
 *   domains(name, facts …) one blob a domain: the facts at or below its name
 *   facts(key, value)      every other fact
 */

/* A file beside which no other mxsweep writes; path NULL = in memory. Fails if the file exists. */
int night_create(const char *path, struct night **night_out, struct error *error);
/* Read-only. What is no whole night file is refused. */
int night_open(const char *path, struct night **night_out, struct error *error);
/*
 * One that a run has left before its end, to be written on: as night_create gives it, rows and
 * facts in it. Whatever its writer had not committed is gone. What is no whole night file is
 * refused, and so, with exit code 75, is one that another process writes.
 */
int night_resume(const char *path, struct night **night_out, struct error *error);
void night_close(struct night *night);
const char *night_path(const struct night *night); /* ":memory:" when in memory */

int night_set_meta(
    struct night *night, const char *key, const void *value, size_t length, struct error *error);
struct night_meta {
	const char *key;
	const void *value;
	size_t length;
};
/* All of them, or none. */
int night_set_metas(
    struct night *night, const struct night_meta *metas, size_t count, struct error *error);
/* Appends the value; false when there is none. */
bool night_meta(struct night *night, const char *key, struct strbuf *out);

struct night_row {
	int64_t id; /* 1, 2, … in input order */
	uint64_t line;
	const char *domain;  /* as A-labels; NULL = the row holds no valid one */
	const char *unicode; /* the domain as people write it; NULL = the same */
	const char *input;   /* the cell as it stood */
	const char *problem; /* why there is no domain; NULL when there is one */
	bool changed;        /* the cell was not the plain domain */
	bool again;          /* an earlier row has the same domain */
	bool differs;        /* ... and other columns that steer it */
	const char *known[KNOWN_COUNT];
	size_t cell_count;
	const char *const *cells; /* the carried columns */
};

/* Rows are written before gathering, inline; night_rows_end commits them, and their number. */
int night_rows_begin(struct night *night, struct error *error);
int night_row_add(struct night *night, const struct night_row *row, struct error *error);
int night_rows_end(struct night *night, struct error *error);
int night_rows_forget(
    struct night *night, struct error *error); /* those that were not committed as a whole */
uint64_t night_row_count(struct night *night);

/*
 * Reads say what is there, and nothing when it cannot be read: whoever has read to the end asks
 * here whether all could be. -1 with exit code 65 and the path.
 */
int night_reads_check(struct night *night, struct error *error);

/* The row behind the one with the id `after` (0: the first), in the arena; false at the end. */
bool
night_next_row(struct night *night, int64_t after, struct arena *arena, struct night_row *row_out);

/* From here to night_gather_end, night_put_* hand over to the background; `failed` is called once.
 */
typedef void (*night_failed_fn)(void *user, const struct error *error);
void night_gather_begin(struct night *night, struct loop *loop, night_failed_fn failed, void *user);
void night_put_fact(
    struct night *night, const void *key, size_t key_length, const void *value, size_t length);
void night_put_domain(struct night *night, const char *name, const void *facts, size_t length,
    int64_t scanned_at, uint32_t elapsed_ms);
int night_gather_end(struct night *night, struct error *error); /* blocks until all is on disk */

/*
 * What is put goes into batches, numbered from 1. A batch can be read back when its number is at
 * most that of the last one written.
 */
uint64_t night_batch(const struct night *night);
uint64_t night_batch_written(const struct night *night);

/* Many reads in a row are cheaper between these two: the file is locked once for all. */
void night_reads_begin(struct night *night);
void night_reads_end(struct night *night);

/* Append what is stored; false when it is not there. */
bool night_fact(struct night *night, const void *key, size_t length, struct strbuf *out);
struct night_domain {
	int64_t scanned_at;
	uint32_t elapsed_ms;
};
bool night_domain(struct night *night, const char *name, struct strbuf *facts_out,
    struct night_domain *domain_out);

/*
 * What is taken from an earlier night, before gathering begins, inline: all of it, or nothing. What
 * was taken before is forgotten. Between begin and end other reads and writes of rows may come.
 */
int night_taken_begin(struct night *night, struct error *error);
int night_taken_fact(struct night *night, const void *key, size_t key_length, const void *value,
    size_t length, struct error *error);
int night_taken_domain(struct night *night, const char *name, const void *facts, size_t length,
    const struct night_domain *times, struct error *error);
int night_taken_end(struct night *night, bool whole, struct error *error); /* false: nothing */

/*
 * Every stored fact: those of one domain's blob (false when there is no such domain), or (domain
 * NULL) all. Keys are borrowed.
 */
typedef void (*night_fact_fn)(
    void *user, const void *key, size_t key_length, const void *value, size_t length);
bool night_each_fact(struct night *night, const char *domain, night_fact_fn fn, void *user);

/* Every domain that is stored, with its blob; every key that has a row of its own and begins with
 * that octet, with its value. */
typedef void (*night_domain_fn)(void *user, const char *name, const void *facts, size_t length);
void night_each_domain(struct night *night, night_domain_fn fn, void *user);
void night_each_row(struct night *night, uint8_t first, night_fact_fn fn, void *user);

/* A blob of facts, as domains hold: appending one, and walking over all. False when damaged. */
void night_blob_add(
    struct strbuf *blob, const void *key, size_t key_length, const void *value, size_t length);
bool night_blob_each(const void *blob, size_t length, night_fact_fn fn, void *user);

#endif
