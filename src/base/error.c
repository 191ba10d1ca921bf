/* One line of text and an exit code. */
#include "base/error.h"

#include "base/arena.h"
#include "base/escape.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
error_set(struct error *error, int code, const char *format, ...)
{
	char text[sizeof error->text];
	struct arena arena = { 0 };
	va_list arguments;

	error->code = code;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	snprintf(
	    error->text, sizeof error->text, "%s", escape_controls(&arena, text, strlen(text)));
	arena_free(&arena);
	return -1;
}
