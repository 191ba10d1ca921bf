/* One line of text and an exit code. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

int
error_set(struct error *error, int code, const char *format, ...)
{
	va_list arguments;

	error->code = code;
	va_start(arguments, format);
	vsnprintf(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	return -1;
}
