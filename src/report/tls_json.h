#ifndef MXSWEEP_REPORT_TLS_JSON_H
#define MXSWEEP_REPORT_TLS_JSON_H

#include <stdint.h>

struct address_result;
struct arena;
struct json;

/* The key "tls" of an address that had a session; null when TLS did not come about. */
void tls_json_add(
    struct json *json, const struct address_result *address, int64_t now, struct arena *arena);

#endif
