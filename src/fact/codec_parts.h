#ifndef MXSWEEP_FACT_CODEC_PARTS_H
#define MXSWEEP_FACT_CODEC_PARTS_H

#include "base/ip.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct strbuf;

/*
 * Parts that facts of several kinds are made of. A text is its length as a varint, then its octets;
 * what is taken is copied into the arena, with a NUL behind it, and is empty when the reader fails.
 */
void codec_add_text(struct strbuf *out, const char *text, size_t length);
void codec_add_string(struct strbuf *out, const char *text);
const char *codec_take_text(struct buf *buf, struct arena *arena, size_t *length_out);
const char *codec_take_string(struct buf *buf, struct arena *arena);

/* The address behind an octet that says its family; the reader has failed when there is none. */
void codec_take_ip(struct buf *buf, uint8_t family, struct ip *out);

#endif
