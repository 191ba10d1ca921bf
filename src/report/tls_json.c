/* What TLS at an address was, as JSON. */
#include "report/tls_json.h"

#include "base/arena.h"
#include "report/json.h"
#include "report/row.h"
#include "rule/evaluation.h"

#include <stdbool.h>

static void
add_leaf(struct json *json, const struct cert_leaf *leaf, int64_t now, struct arena *arena)
{
	json_key_string(json, "not_before", row_time_text(leaf->not_before, arena));
	json_key_string(json, "not_after", row_time_text(leaf->not_after, arena));
	json_key_int(json, "days_left", cert_leaf_days_left(leaf, now));
	json_key_string(json, "key", arena_printf(arena, "%s %u", leaf->key_type, leaf->key_bits));
}

static void
add_chain(struct json *json, const struct cert_verdict *chain, bool is_of_name, int64_t now,
    struct arena *arena)
{
	bool readable = chain != NULL && chain->readable;
	bool compared = readable && is_of_name;

	json_key_bool(json, "trusted", readable && chain->trust != CERT_UNTRUSTED,
	    readable && chain->trust == CERT_TRUSTED);
	json_key_string(json, "trust", readable ? cert_trust_text(chain->trust) : NULL);
	json_key_string(json, "issuer", readable ? chain->issuer : NULL);
	json_key_bool(json, "name_match", compared, compared && chain->name == CERT_NAME_MATCHES);
	if (readable) {
		add_leaf(json, &chain->leaf, now, arena);
		return;
	}
	json_key_string(json, "not_before", NULL);
	json_key_string(json, "not_after", NULL);
	json_key(json, "days_left");
	json_null(json);
	json_key_string(json, "key", NULL);
}

void
tls_json_add(
    struct json *json, const struct address_result *address, int64_t now, struct arena *arena)
{
	const struct smtp_observation *seen = address->looks.better;

	json_key(json, "tls");
	if (!seen->secure) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_key_string(json, "version", seen->tls_version);
	json_key_string(json, "cipher", seen->tls_cipher);
	json_key_string(json, "group", seen->tls_group[0] == '\0' ? NULL : seen->tls_group);
	json_key_int(json, "certificates", (int64_t)seen->chain_length);
	add_chain(json, address->tls.chain, !address->stand_in.wanted, now, arena);
	json_end_object(json);
}
