#ifndef MXSWEEP_TESTS_NET_FAKE_WEB_H
#define MXSWEEP_TESTS_NET_FAKE_WEB_H

#include <stdbool.h>
#include <stdint.h>

struct certificate;
struct fake_web;

/* A fake web server on loopback: one connection, one thread, one answer. */
struct fake_web_plan {
	const char *address;                   /* NULL: 127.0.0.1 */
	const struct certificate *certificate; /* NULL: what comes is answered without TLS */
	const char *answer; /* sent once the request is read; NULL: the connection is closed */
	unsigned fill;      /* so many octets behind the answer, 'x' each */
	unsigned pause_ms;  /* before the answer */
};

/* With port 0 any that is free. */
struct fake_web *fake_web_start(const struct fake_web_plan *plan, uint16_t port);
uint16_t fake_web_port(const struct fake_web *web);
bool fake_web_served(const struct fake_web *web); /* has somebody come, and gone? */

/* Ends it, whether somebody came or not; gives the request that was read, "" when none was. */
const char *fake_web_end(struct fake_web *web);

#endif
