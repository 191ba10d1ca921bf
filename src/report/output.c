/* Files by rename. */
#include "report/output.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	BUFFER_SIZE = 1 << 16,
	UNFINISHED_MAX = 16,
};

struct output {
	FILE *file;
	char *path;
	char *temporary; /* NULL when written directly */
	char *buffer;    /* of the file: the C library takes a size only with memory of that size */
};

/* Names that a handler of signals may find; a slot is set and emptied in one step. */
static _Atomic(const char *) unfinished[UNFINISHED_MAX];

static void
swap_unfinished(const char *old, const char *new)
{
	for (size_t i = 0; i < UNFINISHED_MAX; i++) {
		if (unfinished[i] != old)
			continue;
		unfinished[i] = new;
		return;
	}
}

void
output_remove_unfinished(void)
{
	for (size_t i = 0; i < UNFINISHED_MAX; i++) {
		const char *path = unfinished[i];

		if (path != NULL)
			unlink(path);
	}
}

static const char *
shown_name(const char *path)
{
	return strcmp(path, "-") == 0 ? "standard output" : path;
}

int
output_cannot_write(const char *path, struct error *error)
{
	return error_set(
	    error, EX_IOERR, "%s: cannot be written: %s", shown_name(path), strerror(errno));
}

static void
free_output(struct output *output)
{
	if (output->temporary != NULL)
		swap_unfinished(output->temporary, NULL);
	free(output->path);
	free(output->temporary);
	free(output->buffer);
	free(output);
}

static FILE *
open_beside(struct output *output)
{
	struct stat old;
	size_t size = strlen(output->path) + 16;
	mode_t mask = umask(0);
	int fd;

	umask(mask);
	output->temporary = alloc_bytes(size);
	snprintf(output->temporary, size, "%s.XXXXXX", output->path);
	fd = mkostemp(output->temporary, O_CLOEXEC);
	if (fd < 0)
		return NULL;
	swap_unfinished(NULL, output->temporary);
	fchmod(fd, stat(output->path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask);
	return fdopen(fd, "w");
}

static FILE *
open_file(struct output *output)
{
	struct stat is;

	if (strcmp(output->path, "-") == 0)
		return fdopen(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0), "w");
	if (stat(output->path, &is) == 0 && !S_ISREG(is.st_mode))
		return fopen(output->path, "we");
	return open_beside(output);
}

int
output_open(const char *path, struct output **out, struct error *error)
{
	struct output *output = alloc_zeroed(1, sizeof *output);

	output->path = alloc_string(path);
	output->file = open_file(output);
	if (output->file == NULL) {
		error_set(error, EX_CANTCREAT, "%s: cannot be made: %s", shown_name(path),
		    strerror(errno));
		free_output(output);
		return -1;
	}
	output->buffer = alloc_bytes(BUFFER_SIZE);
	setvbuf(output->file, output->buffer, _IOFBF, BUFFER_SIZE);
	*out = output;
	return 0;
}

const char *
output_folder(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" : arena_string_n(arena, path, (size_t)(slash - path));
}

const char *
output_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

const char *
output_place(const struct output *output)
{
	return output->temporary;
}

int
output_write(struct output *output, const void *bytes, size_t length, struct error *error)
{
	if (fwrite(bytes, 1, length, output->file) != length)
		return output_cannot_write(output->path, error);
	return 0;
}

int
output_commit(struct output *output, struct error *error)
{
	bool failed = fflush(output->file) != 0;

	failed =
	    (output->temporary != NULL && !failed && fsync(fileno(output->file)) != 0) || failed;
	if (failed) {
		output_cannot_write(output->path, error);
		output_abandon(output);
		return -1;
	}
	fclose(output->file);
	if (output->temporary != NULL && rename(output->temporary, output->path) != 0) {
		output_cannot_write(output->path, error);
		unlink(output->temporary);
		free_output(output);
		return -1;
	}
	free_output(output);
	return 0;
}

int
output_finish(struct output *output, const void *bytes, size_t length, struct error *error)
{
	if (output_write(output, bytes, length, error) == 0)
		return output_commit(output, error);
	output_abandon(output);
	return -1;
}

void
output_abandon(struct output *output)
{
	if (output == NULL)
		return;
	fclose(output->file);
	if (output->temporary != NULL)
		unlink(output->temporary);
	free_output(output);
}
