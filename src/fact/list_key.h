#ifndef MXSWEEP_FACT_LIST_KEY_H
#define MXSWEEP_FACT_LIST_KEY_H

#include "wire/dns_message.h"

struct strbuf;
struct arena;

/* The key of a paid list stands in its zone as {key}: it is put in on the way out, and taken out of
 * whatever comes back, so that no name, text or record holds it. */
#define LIST_KEY_MARK "{key}"

void list_key_put_in(const char *name, const char *key, struct strbuf *name_out);
/* A copy without the key, in the arena; the answer itself when it holds none. */
const struct dns_answer *list_key_take_out(
    const struct dns_answer *answer, enum dns_type type, const char *key, struct arena *arena);

#endif
