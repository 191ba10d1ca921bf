#ifndef MXSWEEP_BASE_BUF_H
#define MXSWEEP_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The bounds-checked reader through which all bytes of strangers go. After a read beyond the end it
 * is `failed`, every further read gives 0 or NULL, and the caller asks once, at the end. Numbers
 * are in network byte order.
 */
struct buf {
	const uint8_t *start;
	size_t length;
	size_t position;
	bool failed;
};

struct buf buf_over(const void *bytes, size_t length); /* borrows the bytes */
size_t buf_left(const struct buf *buf);
uint8_t buf_u8(struct buf *buf);
uint16_t buf_u16(struct buf *buf);
uint32_t buf_u32(struct buf *buf);
uint64_t buf_varint(struct buf *buf); /* LEB128, at most 64 bits: what strbuf_add_varint wrote */
const uint8_t *buf_bytes(struct buf *buf, size_t length); /* borrowed; NULL when too short */
void buf_seek(struct buf *buf, size_t position);

struct strbuf;
void strbuf_add_u8(struct strbuf *out, uint8_t value);
void strbuf_add_u16(struct strbuf *out, uint16_t value);
void strbuf_add_u32(struct strbuf *out, uint32_t value);
void strbuf_add_varint(struct strbuf *out, uint64_t value);

#endif
