#ifndef MXSWEEP_FACT_SESSION_STORE_H
#define MXSWEEP_FACT_SESSION_STORE_H

#include "fact/facts.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct night;
struct session_store;
struct strbuf;

/* What sessions saw, on its way to the night file; each certificate goes there once. */
struct session_store *session_store_new(struct night *night);
void session_store_free(struct session_store *store);

/* An observation as bytes. */
struct session_value {
	uint8_t *bytes; /* NULL: there is none */
	size_t length;
};
void session_value_free(struct session_value *value); /* and sets it to none */
/* Decoded into the arena; NULL when there is none. */
const struct smtp_observation *
session_value_read(const struct session_value *value, struct arena *arena);

/* Hands it to the night file, and gives it as bytes too. The key is that of the session; the look
 * may be the one that repeats it. */
void session_store_put(struct session_store *store, const struct strbuf *key,
    enum session_look look, const struct smtp_observation *seen, struct session_value *value_out);

/* What an earlier part of the run has put there; none when it has not, when it is damaged, or when
 * that session was never begun. */
void session_store_get(struct session_store *store, const struct strbuf *key,
    enum session_look look, struct session_value *value_out);

#endif
