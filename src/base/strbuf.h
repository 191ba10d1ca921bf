#ifndef MXSWEEP_BASE_STRBUF_H
#define MXSWEEP_BASE_STRBUF_H

#include <stddef.h>

/*
 * Bytes that grow at their end. A zeroed struct is empty; `at` is NUL-terminated once anything was
 * added, and NULL before. Free with strbuf_free.
 */
struct strbuf {
	char *at;
	size_t length;
	size_t capacity;
};

/* Longer by so many octets, for the caller to write: they are not initialised. */
char *strbuf_extend(struct strbuf *buf, size_t more);
void strbuf_add(struct strbuf *buf, const void *bytes, size_t length);
void strbuf_add_string(struct strbuf *buf, const char *text);
void strbuf_add_byte(struct strbuf *buf, char byte);
void
strbuf_printf(struct strbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_reset(struct strbuf *buf); /* empty, memory kept */
void strbuf_free(struct strbuf *buf);

#endif
