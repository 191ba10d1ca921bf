#ifndef MXSWEEP_DNS_ENGINE_H
#define MXSWEEP_DNS_ENGINE_H

#include "dns/resolvers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dns_engine;
struct error;
struct loop;

/*
 * Carries packets to one resolver and brings answers back, with a second try when none comes. It is
 * c-ares over the sockets of batch.h, and engine.c is the only file that sees ares.h. It can
 * neither time nor cancel one packet: whoever sends has deadlines of its own, and lets the late
 * answer go.
 */

/* One packet on its way: the first member of what its sender keeps of it until `done`. */
struct dns_call {
	struct dns_engine *engine;
};

struct dns_reply {
	const uint8_t *bytes; /* NULL when there was no answer */
	size_t length;
	unsigned lost; /* tries of this packet that had no answer */
	bool shortage; /* no socket could be had on this machine */
};

/* Comes once for each packet; the bytes are borrowed until it returns. */
typedef void (*dns_engine_done_fn)(
    void *user, struct dns_call *call, const struct dns_reply *reply);

struct dns_engine_options {
	struct loop *loop;
	struct dns_resolver resolver;
	unsigned first_try_ms;
	dns_engine_done_fn done;
	void *user;
};

struct dns_engine *dns_engine_new(const struct dns_engine_options *options, struct error *error);
void dns_engine_free(struct dns_engine *engine); /* calls back, without bytes, for what is open */

/*
 * The id of the packet must be unguessable, and its OPT must stand at its end. UDP packets leave
 * with the next dns_engine_flush; where it says false there is a shortage of sockets, and `done`
 * does not come. By TCP `done` may come from inside the call.
 */
bool dns_engine_send(
    struct dns_engine *engine, const void *packet, size_t length, struct dns_call *call);
void dns_engine_send_tcp(
    struct dns_engine *engine, const void *packet, size_t length, struct dns_call *call);
void dns_engine_flush(struct dns_engine *engine);

/*
 * Reads what has come by UDP, and says how many datagrams: of use to who has told it not to watch
 * its sockets itself.
 */
unsigned dns_engine_read(struct dns_engine *engine);
void dns_engine_watch(struct dns_engine *engine, bool watched);
void dns_engine_tick(struct dns_engine *engine); /* second tries; to be called every 25 ms or so */

/* Do packets wait, because the resolver refused one just now, or the kernel takes no more? */
bool dns_engine_is_held(const struct dns_engine *engine);
/* Was a packet refused, and has nothing come from the resolver since? */
bool dns_engine_is_refused(const struct dns_engine *engine);
bool dns_engine_is_short(const struct dns_engine *engine); /* is there no socket to send by? */
unsigned dns_engine_room(const struct dns_engine *engine); /* answers in the receive buffers */

#endif
