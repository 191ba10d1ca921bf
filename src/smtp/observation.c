/* Words for what a session saw. */
#include "smtp/observation.h"

#include <string.h>
#include <strings.h>

const char *
smtp_stage_text(enum smtp_stage stage)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		SMTP_STAGE_MAP(X)
#undef X
	};

	return texts[stage];
}

const char *
smtp_end_text(enum smtp_end end)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		SMTP_END_MAP(X)
#undef X
	};

	return texts[end];
}

bool
smtp_greeted(const struct smtp_observation *seen)
{
	return seen->greeting.code == 220 && seen->stage > SMTP_GREETING;
}

bool
smtp_ehlo_is_masked(const char *ehlo_text)
{
	for (const char *line = strchr(ehlo_text, '\n'); line != NULL; line = strchr(line, '\n')) {
		line++;
		if (strncmp(line, "XXXX", 4) == 0 || strncmp(line, "****", 4) == 0)
			return true;
	}
	return false;
}

const char *
smtp_ehlo_keyword(const char *ehlo_text, const char *keyword)
{
	size_t length = strlen(keyword);
	const char *line = strchr(ehlo_text, '\n'); /* the first line is the greeting's name */

	for (; line != NULL; line = strchr(line, '\n')) {
		line++;
		if (strncasecmp(line, keyword, length) == 0 && strchr(" \n", line[length]) != NULL)
			return line;
	}
	return NULL;
}
