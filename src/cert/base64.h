#ifndef MXSWEEP_CERT_BASE64_H
#define MXSWEEP_CERT_BASE64_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Base64 (RFC 4648 4) without forgiveness: groups of four from the alphabet, padding only where it
 * belongs, no white space. NULL when the text is
 * something else; the empty text gives zero octets. The result lives in the arena.
 */
uint8_t *
base64_decode_strict(struct arena *arena, const char *text, size_t length, size_t *length_out);

char *base64_encode(struct arena *arena, const uint8_t *octets, size_t length);

#endif
