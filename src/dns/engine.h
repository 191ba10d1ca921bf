#ifndef MXSWEEP_DNS_ENGINE_H
#define MXSWEEP_DNS_ENGINE_H

#include "dns/resolvers.h"

#include <stddef.h>
#include <stdint.h>

struct dns_engine;
struct error;
struct loop;

/*
 * Carries packets to one resolver and brings answers back: UDP, TCP where an answer is cut, a
 * second try when none comes. It is c-ares, and engine.c is the only file that sees ares.h. It can
 * neither time nor cancel one packet: whoever sends has deadlines of its own, and lets the late
 * answer go.
 */
struct dns_engine *dns_engine_new(struct loop *loop, const struct dns_resolver *resolver,
    unsigned first_try_ms, struct error *error);
void dns_engine_free(struct dns_engine *engine); /* calls back, without bytes, for what is open */

/*
 * The id of the packet must be unguessable, and its OPT must stand at its end. `done` comes once,
 * with bytes NULL when there was no answer; it may come from inside the call, when nothing can be
 * sent.
 */
typedef void (*dns_engine_done_fn)(void *user, const uint8_t *bytes, size_t length);
void dns_engine_send(struct dns_engine *engine, const void *packet, size_t length,
    dns_engine_done_fn done, void *user);

void dns_engine_tick(struct dns_engine *engine); /* second tries; to be called every 25 ms or so */

#endif
