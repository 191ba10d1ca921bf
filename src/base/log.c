/* Warnings for the operator. */
#include "base/log.h"

#include "base/arena.h"
#include "base/escape.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where standard error is systemd's journal, a line says in front how grave it is (sd-daemon(3)).
 */
static bool
is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat is;

	return stream != NULL && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	    fstat(STDERR_FILENO, &is) == 0 && is.st_dev == device && is.st_ino == inode;
}

/* Octets that are no UTF-8 as \xNN: whoever reads a log expects text. */
static void
print_text(const char *text)
{
	for (size_t left = strlen(text), length; left > 0; text += length, left -= length) {
		length = utf8_length(text, left);
		if (length > 0) {
			fwrite(text, 1, length, stderr);
			continue;
		}
		length = 1;
		fprintf(stderr, "\\x%02x", (unsigned char)*text);
	}
}

void
log_warn(const char *format, ...)
{
	char line[1024];
	struct arena arena = { 0 };
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	fprintf(stderr, "%smxsweep: ", is_journal() ? "<4>" : "");
	print_text(escape_controls(&arena, line, strlen(line)));
	fputc('\n', stderr);
	arena_free(&arena);
}
