/* The files of a run, looked at before it begins. */
#include "app/outputs.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "report/output.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

struct named_file {
	const char *option; /* "--csv", or "the input" */
	const char *path;   /* NULL when the option is not given */
	bool written;
};

static bool
is_same_file(const char *a, const char *b)
{
	struct stat one, other;

	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &one) == 0 && stat(b, &other) == 0 && S_ISREG(one.st_mode) &&
	    one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static int
check_distinct(const struct named_file *files, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < i; k++) {
			if (files[i].path == NULL || files[k].path == NULL ||
			    (!files[i].written && !files[k].written) ||
			    !is_same_file(files[i].path, files[k].path))
				continue;
			return error_set(error, EX_USAGE,
			    "%s and %s are both %s; each needs a file of its own", files[k].option,
			    files[i].option, files[i].path);
		}
	return 0;
}

/* A regular file is made beside its target, so it is the folder that must be writable. */
static int
check_writable(const struct named_file *file, struct error *error)
{
	struct arena arena = { 0 };
	struct stat is;
	int result = 0;

	if (file->path == NULL || !file->written || strcmp(file->path, "-") == 0)
		return 0;
	if (stat(file->path, &is) == 0 && S_ISDIR(is.st_mode))
		return error_set(error, EX_CANTCREAT, "%s %s: is a directory; it must be a file",
		    file->option, file->path);
	if (stat(file->path, &is) == 0 && !S_ISREG(is.st_mode))
		return 0;
	if (access(output_folder(file->path, &arena), W_OK | X_OK) != 0)
		result = error_set(error, EX_CANTCREAT, "%s %s: cannot be made: %s", file->option,
		    file->path, strerror(errno));
	arena_free(&arena);
	return result;
}

bool
outputs_is_file(const char *path)
{
	struct stat is;

	return path != NULL && strcmp(path, "-") != 0 &&
	    (stat(path, &is) != 0 || S_ISREG(is.st_mode));
}

/* Files of a set lie in one folder, by the last part of their names. */
static int
check_set(const struct options *options, const struct named_file *files, size_t count,
    struct error *error)
{
	size_t named = 0;

	if ((options->split_by == NULL) != (options->split_dir == NULL))
		return error_set(
		    error, EX_USAGE, "--split-by COLUMN and --split-dir DIR go together");
	for (size_t i = 0; i < count; i++) {
		if (!outputs_is_file(files[i].path))
			continue;
		named++;
		for (size_t k = 0; k < i; k++)
			if (outputs_is_file(files[k].path) &&
			    strcmp(output_name(files[i].path), output_name(files[k].path)) == 0)
				return error_set(error, EX_USAGE,
				    "%s and %s are both called %s; with --split-by they need "
				    "names of their own",
				    files[k].option, files[i].option, output_name(files[i].path));
	}
	return named > 0 ? 0
			 : error_set(error, EX_USAGE,
			       "--split-by: name the files of each set, such as --csv rows.csv");
}

/* It is made when it is not there. */
static int
check_folder(const char *path, struct error *error)
{
	struct arena arena = { 0 };
	struct stat is;
	int result = 0;

	if (stat(path, &is) == 0 && !S_ISDIR(is.st_mode))
		return error_set(error, EX_CANTCREAT, "--split-dir %s: is no directory", path);
	if (access(stat(path, &is) == 0 ? path : output_folder(path, &arena), W_OK | X_OK) != 0)
		result = error_set(error, EX_CANTCREAT, "--split-dir %s: cannot be %s: %s", path,
		    stat(path, &is) == 0 ? "written" : "made", strerror(errno));
	arena_free(&arena);
	return result;
}

int
outputs_check(const struct options *options, const char *input, struct error *error)
{
	bool from_stdin = input != NULL && strcmp(input, "-") == 0; /* not standard output */
	const struct named_file files[] = {
		{ "the input", from_stdin ? NULL : input, false },
		{ "--csv", options->csv, true },
		{ "--ndjson", options->ndjson, true },
		{ "--findings", options->findings, true },
		{ "--xlsx", options->xlsx, true },
		{ "--html", options->html, true },
		{ "--prometheus", options->prometheus, true },
		{ "--night", options->night, true },
		{ "--changes", options->changes, true },
		{ "--db", options->db, true },
		{ "--mail", options->mail ? "-" : NULL, true },
	};
	enum { FIRST_OF_SET = 1, SET = 6 }; /* what stands behind goes into no set */
	const size_t count = sizeof files / sizeof files[0];

	if (check_distinct(files, count, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (check_writable(&files[i], error) != 0)
			return -1;
	if (options->split_by == NULL && options->split_dir == NULL)
		return 0;
	if (check_set(options, files + FIRST_OF_SET, SET, error) != 0)
		return -1;
	return check_folder(options->split_dir, error);
}

int
outputs_check_mail(const struct options *options, struct error *error)
{
	if (!options->mail && (options->from != NULL || options->to != NULL))
		return error_set(error, EX_USAGE, "--from and --to are of use with --mail alone");
	if (options->mail && (options->from == NULL || options->to == NULL))
		return error_set(
		    error, EX_USAGE, "--mail: needs --from ADDR and --to ADDR besides");
	for (const char *at = options->subject; at != NULL && *at != '\0'; at++)
		if (ascii_is_control(*at))
			return error_set(error, EX_USAGE,
			    "--subject: has a control character; it must be one line of text");
	return 0;
}
