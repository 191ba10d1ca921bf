#ifndef MXSWEEP_REPORT_LOSSY_H
#define MXSWEEP_REPORT_LOSSY_H

#include "base/map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Counting rows by something that there may be very many of, in bounded memory: those seen least
 * are dropped (lossy counting, Manku and Motwani 2002). A count is then too small by `missed` at
 * most, and one that is larger than that is never lost.
 */
struct lossy_entry {
	uint64_t rows, missed;
	uint64_t last_line; /* a row counts once */
	const char *key;    /* NUL behind it */
	size_t key_length;
};

/* Entries begin with a struct lossy_entry; what they own besides is given back by `clear`. */
struct lossy {
	struct map map;
	size_t most; /* entries that are kept; at least 1 */
	size_t entry_size;
	void (*clear)(struct lossy_entry *entry); /* NULL: they own nothing */
	uint64_t floor;
};
void lossy_init(
    struct lossy *lossy, size_t most, size_t entry_size, void (*clear)(struct lossy_entry *entry));
void lossy_free(struct lossy *lossy);

/* Counts a row, by its line. The entry's own fields are zero when it is new. */
struct lossy_entry *
lossy_count(struct lossy *lossy, const void *key, size_t length, uint64_t line, bool *new_out);

/* All entries in the order of qsort's `compare`, which gets pointers to pointers; the array is the
 * caller's to free. */
struct lossy_entry **lossy_sorted(
    const struct lossy *lossy, int (*compare)(const void *, const void *), size_t *count_out);

#endif
