#ifndef MXSWEEP_FACT_HISTORY_FACT_H
#define MXSWEEP_FACT_HISTORY_FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct strbuf;

/* One thing that earlier nights showed of a domain. */
struct history_entry {
	const char *name; /* of a key value, or "role", "policy", "dkim_key", "listing" */
	const char *text;
	int64_t since;   /* Unix seconds: the first night of those in a row that showed it */
	uint64_t nights; /* that did */
	bool began;      /* an earlier night is known to have shown something else */
};

/*
 * What the nights before this one showed of a domain, as it stands in the night file: there from
 * the beginning of the run, so that what is judged by it hangs on nothing else.
 */
struct history_fact {
	int64_t seen_at; /* the last night that had the domain */
	const struct history_entry *entries;
	size_t count;
};

/* The first entry of that name; of several (dkim_key, listing) the one with the text, where it is
 * not NULL. NULL when there is none. */
const struct history_entry *
history_fact_find(const struct history_fact *fact, const char *name, const char *text);

/* As bytes: begun, and then entry behind entry. */
void fact_key_history(struct strbuf *out, const char *domain);
bool fact_key_read_history(
    const void *key, size_t length, const char **domain_out, size_t *domain_length_out);
void fact_encode_history(struct strbuf *out, int64_t seen_at);
void fact_encode_history_entry(struct strbuf *out, const struct history_entry *entry);
bool fact_decode_history(
    const void *bytes, size_t length, struct arena *arena, struct history_fact *out);

#endif
