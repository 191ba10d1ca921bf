/* A growing byte string. */
#include "base/strbuf.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
make_room(struct strbuf *buf, size_t more)
{
	size_t need = buf->length + more + 1;

	if (need <= buf->capacity)
		return;
	buf->capacity = need > buf->capacity * 2 ? need + 64 : buf->capacity * 2;
	buf->at = alloc_resize(buf->at, buf->capacity);
}

char *
strbuf_extend(struct strbuf *buf, size_t more)
{
	char *at;

	make_room(buf, more);
	at = buf->at + buf->length;
	buf->length += more;
	buf->at[buf->length] = '\0';
	return at;
}

void
strbuf_add(struct strbuf *buf, const void *bytes, size_t length)
{
	char *at = strbuf_extend(buf, length);

	if (length > 0)
		memcpy(at, bytes, length);
}

void
strbuf_add_string(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

void
strbuf_add_byte(struct strbuf *buf, char byte)
{
	*strbuf_extend(buf, 1) = byte;
}

void
strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	size_t room = buf->capacity - buf->length;
	va_list arguments, again;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(room == 0 ? NULL : buf->at + buf->length, room, format, arguments);
	va_end(arguments);
	if ((size_t)length >= room) {
		make_room(buf, (size_t)length);
		vsnprintf(buf->at + buf->length, (size_t)length + 1, format, again);
	}
	va_end(again);
	buf->length += (size_t)length;
}

void
strbuf_reset(struct strbuf *buf)
{
	buf->length = 0;
	if (buf->at != NULL)
		buf->at[0] = '\0';
}

void
strbuf_free(struct strbuf *buf)
{
	free(buf->at);
	*buf = (struct strbuf){ 0 };
}
