/* What the targets share. */
#include "fuzz.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void
fuzz_fail(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
	abort();
}

const char *
fuzz_file(const uint8_t *bytes, size_t size)
{
	static int descriptor = -1;
	static char path[32];

	if (descriptor < 0) {
		descriptor = memfd_create("fuzz", MFD_CLOEXEC);
		snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
	}
	must(ftruncate(descriptor, 0) == 0);
	must(pwrite(descriptor, bytes, size, 0) == (ssize_t)size);
	return path;
}

char *
fuzz_text(const uint8_t *bytes, size_t size)
{
	char *text = malloc(size + 1);

	must(text != NULL);
	if (size > 0)
		memcpy(text, bytes, size);
	text[size] = '\0';
	return text;
}

bool
fuzz_is_message(const char *text)
{
	return text != NULL && text[0] != '\0' && strchr(text, '\n') == NULL;
}

/* In place of the program's own: an input that is warned of a million times makes no noise. */
void
log_warn(const char *format, ...)
{
	char line[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments); /* reads what it is given */
	va_end(arguments);
}
