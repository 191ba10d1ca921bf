/* What a run takes over from earlier ones, and leaves to later ones. */
#include "app/run_state.h"

#include "app/state_folder.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/log.h"
#include "fact/provider_memory.h"
#include "fact/state.h"

#include <stdlib.h>
#include <time.h>

struct run_state {
	struct state *file;
	struct provider_memory *providers;
};

static int
open_file(const struct options *options, struct state **out, struct error *error)
{
	struct arena arena = { 0 };
	const char *folder;
	int result = state_folder(options, &arena, &folder, error);

	if (result == 0)
		result = state_open(folder, out, error);
	arena_free(&arena);
	return result;
}

int
run_state_open(const struct options *options, struct limiter *limiter, struct run_state **out,
    struct error *error)
{
	struct run_state *state = alloc_zeroed(1, sizeof *state);

	*out = state;
	if (open_file(options, &state->file, error) != 0) {
		state->file = NULL;
		if (options_given(options, "state"))
			return -1;
		log_warn("%s; what this run learns is not kept", error->text);
		return 0;
	}
	state->providers = provider_memory_new(state->file, limiter, (int64_t)time(NULL));
	return 0;
}

struct state *
run_state_file(const struct run_state *state)
{
	return state->file;
}

static void
save(struct run_state *state, struct limiter *limiter)
{
	int64_t now = (int64_t)time(NULL);
	struct error error;

	provider_memory_put(state->providers, state->file, limiter, now);
	if (state_save(state->file, now, &error) != 0)
		log_warn("%s", error.text);
}

void
run_state_close(struct run_state *state, struct limiter *limiter)
{
	if (state == NULL)
		return;
	if (state->file != NULL)
		save(state, limiter);
	provider_memory_free(state->providers);
	state_close(state->file);
	free(state);
}
