/* The place of a scan's night file, and what an earlier run has left there. */
#include "app/night_place.h"

#include "app/state_folder.h"
#include "base/log.h"
#include "fact/night.h"
#include "fact/run_facts.h"
#include "fact/state.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char night_name[] = "night.sqlite", aside_name[] = "night-before.sqlite";

int
night_place_take(const struct options *options, struct night_place *place_out, struct error *error)
{
	const char *folder;

	*place_out =
	    (struct night_place){ .path = options->night, .named = options->night != NULL };
	if (state_folder(options, &place_out->arena, &folder, error) != 0)
		return place_out->named && options->state == NULL ? 0 : -1;
	if (!place_out->named)
		place_out->path = arena_printf(&place_out->arena, "%s/%s", folder, night_name);
	return state_lock(folder, &place_out->lock, error);
}

void
night_place_leave(struct night_place *place)
{
	state_unlock(place->lock);
	arena_free(&place->arena);
}

/* Has it come so far that somebody may want to go on with it? Closing it makes one file of it. */
static bool
is_worth_keeping(const char *path)
{
	struct error error;
	struct night *night;
	bool worth;

	if (night_resume(path, &night, &error) != 0)
		return true;
	worth = night_row_count(night) > 0 && run_facts_begun(night);
	night_close(night);
	return worth;
}

static void
remove_files(struct night_place *place)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
		unlink(arena_printf(&place->arena, "%s%s", place->path, suffixes[i]));
}

static void
set_aside(struct night_place *place)
{
	size_t folder = strlen(place->path) - strlen(night_name);
	const char *aside =
	    arena_printf(&place->arena, "%.*s%s", (int)folder, place->path, aside_name);

	if (!is_worth_keeping(place->path) || rename(place->path, aside) != 0) {
		remove_files(place);
		return;
	}
	log_warn(
	    "the run that was interrupted before this one is set aside: `mxsweep scan --resume "
	    "--night %s` goes on with it",
	    aside);
}

int
night_place_create(struct night_place *place, struct night **night_out, struct error *error)
{
	if (!place->named && access(place->path, F_OK) == 0)
		set_aside(place);
	return night_create(place->path, night_out, error);
}

int
night_place_resume(struct night_place *place, struct night **night_out, struct error *error)
{
	if (!place->named && access(place->path, F_OK) != 0)
		return error_set(error, EX_NOINPUT,
		    "%s: is not there, so no run was interrupted; without --resume a new one "
		    "begins, "
		    "--night FILE names another place",
		    place->path);
	return night_resume(place->path, night_out, error);
}

const char *
night_place_command(struct night_place *place, const struct options *options)
{
	if (place->named)
		return arena_printf(&place->arena, "mxsweep scan --resume --night %s", place->path);
	if (options->state != NULL)
		return arena_printf(
		    &place->arena, "mxsweep scan --resume --state %s", options->state);
	return "mxsweep scan --resume";
}
