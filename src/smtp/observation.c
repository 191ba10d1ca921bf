/* Words for what a session saw. */
#include "smtp/observation.h"

#include "base/ascii.h"
#include "net/tls_versions.h"

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
smtp_tls_is_not_spoken_here(const struct smtp_observation *seen)
{
	return seen->end == SMTP_END_TLS && strcmp(seen->tls_error, stream_no_such_version) == 0;
}

bool
smtp_greeted(const struct smtp_observation *seen)
{
	return seen->greeting.code == 220 && seen->stage > SMTP_GREETING;
}

void
smtp_greeting_form(const char *greeting, char form_out[SMTP_GREETING_FORM_SIZE])
{
	size_t word = strcspn(greeting, " \n"), length = 0;

	for (size_t i = 0; greeting[i] != '\0' && length + 1 < SMTP_GREETING_FORM_SIZE; i++)
		if (i < word || !ascii_is_digit(greeting[i]))
			form_out[length++] = greeting[i];
	form_out[length] = '\0';
}

bool
smtp_greeting_is_masked(const char *greeting)
{
	return strncmp(greeting, "****", 4) == 0 || strncmp(greeting, "XXXX", 4) == 0;
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

/* Of the forms of a visit. */
static const struct smtp_heard *
last_heard_of_forms(const struct smtp_observation *seen)
{
	const struct smtp_heard *last = &seen->ehlo;

	for (size_t i = 0; i < seen->form_count && seen->forms[i].mail.code != 0; i++)
		last = seen->forms[i].rcpt.code != 0 ? &seen->forms[i].rcpt : &seen->forms[i].mail;
	return last;
}

const struct smtp_heard *
smtp_last_heard(const struct smtp_observation *seen)
{
	switch (seen->stage) {
	case SMTP_EHLO:
	case SMTP_HELO:
		return &seen->ehlo;
	case SMTP_STARTTLS:
		return &seen->starttls;
	case SMTP_EHLO_AGAIN:
		return &seen->ehlo_again;
	case SMTP_MAIL:
	case SMTP_RCPT:
	case SMTP_RSET:
		return last_heard_of_forms(seen);
	case SMTP_CONNECT:
	case SMTP_GREETING:
	case SMTP_TLS:
	case SMTP_QUIT:
	case SMTP_LISTEN:
	case SMTP_STAGE_COUNT:
		break;
	}
	return &seen->greeting;
}
