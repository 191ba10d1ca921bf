/* Observations of sessions and their certificates, to the night file and back. */
#include "fact/session_store.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/digest_map.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/looks.h"
#include "fact/night.h"

#include <stdlib.h>
#include <string.h>

struct session_store {
	struct night *night;
	struct digest_map certificates; /* that went to the night file */
	struct strbuf key, value;
};

struct session_store *
session_store_new(struct night *night)
{
	struct session_store *store = alloc_zeroed(1, sizeof *store);

	store->night = night;
	digest_map_init(&store->certificates);
	return store;
}

void
session_store_free(struct session_store *store)
{
	digest_map_free(&store->certificates);
	strbuf_free(&store->key);
	strbuf_free(&store->value);
	free(store);
}

void
session_value_free(struct session_value *value)
{
	free(value->bytes);
	*value = (struct session_value){ NULL, 0 };
}

const struct smtp_observation *
session_value_read(const struct session_value *value, struct arena *arena)
{
	struct smtp_observation *seen;

	if (value->bytes == NULL)
		return NULL;
	seen = arena_bytes(arena, sizeof *seen);
	if (!fact_decode_session(value->bytes, value->length, arena, seen))
		abort(); /* we have encoded it, or have looked whether it can be read */
	return seen;
}

static void
put_certificate(struct session_store *store, const struct cert_served *shown)
{
	struct strbuf *key = &store->key;

	if (digest_map_get(&store->certificates, shown->digest, CERT_DIGEST_SIZE, NULL))
		return;
	digest_map_put(&store->certificates, shown->digest, CERT_DIGEST_SIZE, 0);
	strbuf_reset(key);
	fact_key_certificate(key, shown->digest);
	night_put_fact(store->night, key->at, key->length, shown->der, shown->size);
}

static void
copy_value(const struct strbuf *from, struct session_value *value_out)
{
	value_out->length = from->length;
	value_out->bytes = alloc_bytes(from->length);
	memcpy(value_out->bytes, from->at, from->length);
}

/* Keys of one session differ in their first octet. */
static void
make_key(struct session_store *store, const struct strbuf *key, enum session_look look)
{
	strbuf_reset(&store->key);
	strbuf_add(&store->key, key->at, key->length);
	store->key.at[0] = look_row(look)->key;
}

void
session_store_put(struct session_store *store, const struct strbuf *key, enum session_look look,
    const struct smtp_observation *seen, struct session_value *value_out)
{
	strbuf_reset(&store->value);
	fact_encode_session(&store->value, seen);
	copy_value(&store->value, value_out);
	make_key(store, key, look);
	night_put_fact(
	    store->night, store->key.at, store->key.length, value_out->bytes, value_out->length);
	for (size_t i = 0; i < seen->chain_length; i++)
		put_certificate(store, &seen->chain[i]);
}

void
session_store_get(struct session_store *store, const struct strbuf *key, enum session_look look,
    struct session_value *value_out)
{
	struct smtp_observation seen;
	struct arena arena = { 0 };

	*value_out = (struct session_value){ NULL, 0 };
	strbuf_reset(&store->value);
	make_key(store, key, look);
	if (night_fact(store->night, store->key.at, store->key.length, &store->value) &&
	    fact_decode_session(store->value.at, store->value.length, &arena, &seen) &&
	    seen.end != SMTP_END_RATE_LIMITED)
		copy_value(&store->value, value_out);
	arena_free(&arena);
}
