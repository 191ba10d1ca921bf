/* Words for what a fetch saw. */
#include "net/https_observation.h"

enum { STATUS_OK = 200 };

const char *
https_end_text(enum https_end end)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		HTTPS_END_MAP(X)
#undef X
	};

	return texts[end];
}

bool
https_fetched(const struct https_observation *seen)
{
	return seen->end == HTTPS_ANSWERED && seen->status == STATUS_OK;
}
