#ifndef MXSWEEP_REPORT_OUTPUT_H
#define MXSWEEP_REPORT_OUTPUT_H

#include <stddef.h>

struct arena;
struct error;
struct output;

/*
 * A file that appears whole or not at all: it is written beside its target and renamed at the end.
 * "-" and what is no regular file (a device, a pipe) are written directly. Errors have exit code 73
 * when it cannot be made and 74 when it cannot be written.
 */
int output_open(const char *path, struct output **out, struct error *error);
/* The folder that a file of this path lies in. */
const char *output_folder(const char *path, struct arena *arena);
const char *output_name(const char *path); /* in it */

/* Where it is written until it is committed, for those that write it themselves; NULL when that is
 * no file of its own. */
const char *output_place(const struct output *output);
int output_write(struct output *output, const void *bytes, size_t length, struct error *error);
/* Writes what is the whole of it, and commits it; when that fails it is abandoned. */
int output_finish(struct output *output, const void *bytes, size_t length, struct error *error);
int output_commit(struct output *output, struct error *error); /* flushes, renames, frees it */
void output_abandon(struct output *output); /* removes what was written; NULL is fine */

/* -1 with exit code 74 and what errno says; path "-" is standard output, whoever writes there. */
int output_cannot_write(const char *path, struct error *error);

/* Removes the files that are neither committed nor abandoned yet; for a handler of signals. */
void output_remove_unfinished(void);

#endif
