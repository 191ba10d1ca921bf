/* Remarks beside records. */
#include "publish/wishes.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

enum { REMARK_SIZE = 512 };

void
publish_remark(struct publish_remarks *remarks, struct arena *arena, const char *format, ...)
{
	char text[REMARK_SIZE];
	va_list arguments;

	if (remarks->count == PUBLISH_REMARKS_MAX)
		return;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	remarks->at[remarks->count++] = arena_string(arena, text);
}
