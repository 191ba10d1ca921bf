#ifndef MXSWEEP_TESTS_DNS_FAKE_RESOLVER_H
#define MXSWEEP_TESTS_DNS_FAKE_RESOLVER_H

#include <stdint.h>

/*
 * A fake resolver on loopback, for what no real one does on demand. The first label of a name says
 * what becomes of the question:
 *   data   an A record             nx       NXDOMAIN           nodata   NOERROR, empty
 *   fail   SERVFAIL                refuse   REFUSED            silent   no answer
 *   wrong  another question        junk     random octets      cut      TC by UDP, data by TCP
 *   later  data at the second try  badid    another id, then silence
 *   form   FORMERR without OPT     big      NODATA in 1,000 octets
 *   huge   more octets than we have said we take; by TCP one address
 *   empty  an empty datagram, then data
 *   soa    a SOA record            soaad    the same with the AD bit
 * A resolver that is `contrary` answers nx with data.
 */
struct fake_resolver;

struct fake_resolver *fake_resolver_start(int contrary);
uint16_t fake_resolver_port(const struct fake_resolver *resolver);
unsigned fake_resolver_questions(const struct fake_resolver *resolver); /* so far */
/* Closes its sockets, so that the kernel refuses what is sent to it, or opens them again. */
void fake_resolver_refuse(struct fake_resolver *resolver, int refusing);
void fake_resolver_end(struct fake_resolver *resolver);

#endif
