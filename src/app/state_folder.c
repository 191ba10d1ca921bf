/* Where that lies which outlives a run. */
#include "app/state_folder.h"

#include "base/arena.h"
#include "base/log.h"
#include "fact/state.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

static const char *
usual_folder(struct arena *arena)
{
	const char *given = getenv("STATE_DIRECTORY"), *home = getenv("HOME");

	if (given != NULL && *given != '\0')
		return arena_string(arena, given);
	if (geteuid() == 0 || home == NULL)
		return "/var/lib/mxsweep";
	return arena_printf(arena, "%s/.local/state/mxsweep", home);
}

static int
no_folder(const char *folder, const char *what, struct error *error)
{
	return error_set(error, EX_CANTCREAT,
	    "%s: cannot be %s: %s; --state DIR names another place for what outlives a run, and "
	    "--night FILE for the night file",
	    folder, what, strerror(errno));
}

static int
make_folders(const char *path, struct arena *arena, struct error *error)
{
	char *copy = arena_string(arena, path);

	for (char *at = copy + 1;; at++) {
		char here = *at;

		if (here != '/' && here != '\0')
			continue;
		*at = '\0';
		if (mkdir(copy, 0755) != 0 && errno != EEXIST)
			return no_folder(copy, "made", error);
		*at = here;
		if (here == '\0')
			return 0;
	}
}

int
state_folder(const struct options *options, struct arena *arena, const char **folder_out,
    struct error *error)
{
	const char *folder = options->state != NULL ? options->state : usual_folder(arena);

	if (make_folders(folder, arena, error) != 0)
		return -1;
	if (access(folder, W_OK | X_OK) != 0)
		return no_folder(folder, "written", error);
	*folder_out = folder;
	return 0;
}

int
state_folder_open(const struct options *options, struct state **state_out, struct error *error)
{
	struct arena arena = { 0 };
	const char *folder;
	int result = state_folder(options, &arena, &folder, error);

	*state_out = NULL;
	if (result == 0)
		result = state_open(folder, state_out, error);
	arena_free(&arena);
	if (result == 0 || options_given(options, "state"))
		return result;
	log_warn("%s; nothing is kept for other runs", error->text);
	return 0;
}
