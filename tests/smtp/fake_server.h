#ifndef MXSWEEP_TESTS_SMTP_FAKE_SERVER_H
#define MXSWEEP_TESTS_SMTP_FAKE_SERVER_H

#include <stdint.h>

/*
 * A fake SMTP server on loopback, for what no real one does: it stalls in a line, lies, talks
 * unasked. Its script is a list of steps, each a letter and a text:
 *   "<text"  send the text           ">WORD"  read a line, which must begin with WORD
 *   "~ms"    wait                    "!"      close (also at the end of the script)
 *   "#"      go on only when the peer has closed
 *   "&"      close, and go on with the next connection
 *   "*"      TLS from here on, 1.0 or later; "*2": 1.2 or later
 */
struct fake_server;

struct fake_server *fake_server_start(const char *const *script); /* ended by NULL */
uint16_t fake_server_port(const struct fake_server *server);
/* Joins the thread; gives the first line that was not as the script expects, or NULL. */
const char *fake_server_end(struct fake_server *server);

#endif
