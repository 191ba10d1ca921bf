/* Warnings for the operator. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

void
log_warn(const char *format, ...)
{
	char line[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	for (char *at = line; *at != '\0'; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f)
			*at = '?';
	fprintf(stderr, "mxsweep: %s\n", line);
}
