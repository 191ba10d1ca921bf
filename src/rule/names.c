/* Greeting and EHLO names. */
#include "rule/names.h"

#include "base/arena.h"
#include "wire/smtp_reply.h"

#include <string.h>

static const char *
first_word(const struct smtp_heard *heard, struct arena *arena)
{
	char word[HOST_NAME_SIZE], name[HOST_NAME_SIZE];

	if (heard->code == 0 || !smtp_reply_first_word(heard->text, word, sizeof word) ||
	    !host_name_normalise(word, name))
		return NULL;
	return arena_string(arena, name);
}

static const char *
full_name(const char *name)
{
	return name != NULL && host_name_valid(name, NULL) ? name : NULL;
}

void
names_evaluate(struct facts *facts, const struct smtp_observation *seen, const struct ip *ip,
    struct arena *arena, struct names_result *out)
{
	memset(out, 0, sizeof *out);
	out->greeting = first_word(&seen->greeting, arena);
	out->ehlo = seen->ehlo.code == 250 ? first_word(&seen->ehlo, arena) : NULL;
	out->judged = full_name(out->ehlo);
	if (out->judged == NULL)
		out->judged = full_name(out->greeting);
	if (out->judged != NULL)
		out->leads = name_leads_to(facts, out->judged, ip, &out->answer);
}
