/* With which weights a night was scored. */
#include "app/night_weights.h"

#include "base/log.h"
#include "base/strbuf.h"
#include "fact/night.h"
#include "score/weights.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS_SHOWN = 12 }; /* of a digest */

static const char key[] = "weights";

static const char *
digest_of(const struct weights *weights)
{
	const char *digest = weights_digest(weights);

	return digest == NULL ? "" : digest;
}

int
night_weights_store(struct night *night, const struct weights *weights, struct error *error)
{
	const char *digest = digest_of(weights);

	return night_set_meta(night, key, digest, strlen(digest), error);
}

/* For people: the first digits. */
static const char *
shown(const char *digest, char text[DIGITS_SHOWN + 1])
{
	if (*digest == '\0')
		return "those built in";
	snprintf(text, DIGITS_SHOWN + 1, "%s", digest);
	return text;
}

/* Of a night file that is damaged there, that is said by whoever reads it. */
static bool
is_digest(const char *text)
{
	return text[strspn(text, "0123456789abcdef")] == '\0';
}

void
night_weights_compare(struct night *night, const struct weights *weights)
{
	struct strbuf stored = { 0 };
	const char *now = digest_of(weights), *then;
	char first[DIGITS_SHOWN + 1], second[DIGITS_SHOWN + 1];

	if (night_meta(night, key, &stored)) {
		then = stored.at == NULL ? "" : stored.at;
		if (is_digest(then) && strcmp(now, then) != 0)
			log_warn("scored with other weights (%s) than the sweep (%s): these "
				 "scores are not to be compared with those",
			    shown(now, first), shown(then, second));
	}
	strbuf_free(&stored);
}
