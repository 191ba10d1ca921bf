#ifndef MXSWEEP_REPORT_JSON_H
#define MXSWEEP_REPORT_JSON_H

#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A writer of compact JSON (RFC 8259) that appends to a string. It puts the commas and allocates
 * nothing of its own. The caller keeps keys and values in turn and ends what it began.
 *
 *     struct json json = json_over(&line);
 *     json_begin_object(&json);
 *     json_key(&json, "domain");
 *     json_string(&json, domain);
 *     json_end_object(&json);
 */
struct json {
	struct strbuf *out;
	bool comma; /* the next key or value stands behind another */
};

struct json json_over(struct strbuf *out); /* borrows the string */

void json_begin_object(struct json *json);
void json_end_object(struct json *json);
void json_begin_array(struct json *json);
void json_end_array(struct json *json);
void json_key(struct json *json, const char *key);
void json_key_string(struct json *json, const char *key, const char *text);
void json_key_string_n(struct json *json, const char *key, const char *bytes, size_t length);
void json_key_int(struct json *json, const char *key, int64_t value);
/* Null where the value is not known. */
void json_key_known_int(struct json *json, const char *key, bool known, int64_t value);
void json_key_bool(struct json *json, const char *key, bool known, bool value);

/*
 * Any bytes make valid JSON: a control character is escaped; a byte 0xNN that is no UTF-8, and the
 * NUL, which many readers refuse, become the four characters \xNN. NULL becomes null.
 */
void json_string(struct json *json, const char *text);
void json_string_n(struct json *json, const char *bytes, size_t length);
void json_raw(struct json *json, const char *value, size_t length); /* JSON already */
void json_int(struct json *json, int64_t value);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);

#endif
