#ifndef MXSWEEP_H
#define MXSWEEP_H

#include <stddef.h>
#include <stdint.h>

/*
 * mxsweep as a library: sweep the mail configuration of many domains, one callback for each row.
 *
 *     static int on_row(void *user, const struct mxsweep_row *row) { ...; return 0; }
 *     ...
 *     struct mxsweep_option options[] = { { "resolver", "127.0.0.1" }, { "ehlo", "scan.example.net"
 * } }; int code = mxsweep_scan("domains.csv", options, 2, on_row, NULL, text, sizeof text);
 *
 * Options have the names and values of the command line's long options; `mxsweep scan --help` lists
 * them. A flag has the value NULL. One run at a time in a process.
 */
struct mxsweep_option {
	const char *name;
	const char *value;
};

/* What one check found. All strings are UTF-8 or bytes of the network; NULL where there is nothing.
 */
struct mxsweep_check {
	const char *id;      /* "spf.syntax"; see `mxsweep checks` */
	const char *outcome; /* pass, info, warn, fail, not_tested, not_applicable */
	const char *reason;  /* of the last two */
	const char *subject;
	const char *value;
	const char *advice; /* of warn and fail */
};

/* One row of the input, in input order. Borrowed until the callback returns. */
struct mxsweep_row {
	uint64_t line;       /* of the input, from 1 */
	const char *domain;  /* as A-labels; of a row without a domain, the cell as it stood */
	const char *verdict; /* pass, warn, fail, not_tested, invalid_input */
	int score;           /* 0 to 100, or -1 when nothing was tested */
	int confidence;      /* 0 to 100 */
	const char *grade;   /* "A" to "F", "?" behind it, or "-" */
	const struct mxsweep_check *checks;
	size_t check_count;
	const char *json; /* the whole scorecard as one JSON object */
};

/*
 * Returns 0 to go on; anything else ends the calls, and is what the run returns. Files that options
 * name are written all the same.
 */
typedef int (*mxsweep_row_fn)(void *user, const struct mxsweep_row *row);

/*
 * Gathers facts for the domains of a CSV file, then calls back for each row. Returns the exit code
 * of `mxsweep scan`: 0 when it went through, else one of sysexits(3), 75 when nothing could be
 * tested, 129, 130 or 143 when it was interrupted. `error_text` (may be NULL) then says what,
 * where, and what would be right. Nothing is written but what options name.
 */
int mxsweep_scan(const char *input, const struct mxsweep_option *options, size_t count,
    mxsweep_row_fn on_row, void *user, char *error_text, size_t error_size);

/* The same over a night file that an earlier scan has kept; sends nothing. */
int mxsweep_score(const char *night, const struct mxsweep_option *options, size_t count,
    mxsweep_row_fn on_row, void *user, char *error_text, size_t error_size);

/* The program: words as on the command line, argv[0] first. Returns its exit code. */
int mxsweep_command(int argc, char *const argv[]);

#endif
