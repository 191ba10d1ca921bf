/* Warnings for the operator. */
#include "base/log.h"

#include "base/arena.h"
#include "base/escape.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
log_warn(const char *format, ...)
{
	char line[1024];
	struct arena arena = { 0 };
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	fprintf(stderr, "mxsweep: %s\n", escape_controls(&arena, line, strlen(line)));
	arena_free(&arena);
}
