#ifndef MXSWEEP_TESTS_RULE_SUITE_FILE_H
#define MXSWEEP_TESTS_RULE_SUITE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

/*
 * Cases of other programs, as tests/suites keeps them: one a line, cells separated by tabs, the
 * first line names them. The last cell is `-`, or says which section of a standard overrules the
 * source: then it must come out otherwise than the source expects.
 */
enum { SUITE_CELLS_MAX = 6 };

/* Is it as the source expects? */
typedef bool (*suite_case_fn)(char *const cells[SUITE_CELLS_MAX], const void *user);

struct suite_file {
	const char *path; /* below tests/suites */
	size_t cells;
	suite_case_fn as_expected;
	const void *user;
	size_t cases, overruled; /* how many there must be */
};

void suite_files_run(const struct suite_file *files, size_t count);

/* The octets that \n, \r, \t, \\ and \xNN stand for. */
void suite_file_unescape(const char *text, struct strbuf *out);

#endif
