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
