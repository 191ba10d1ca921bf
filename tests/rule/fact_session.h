#ifndef MXSWEEP_TESTS_RULE_FACT_SESSION_H
#define MXSWEEP_TESTS_RULE_FACT_SESSION_H

#include "smtp/observation.h"

struct arena;

/*
 * Reads a session: one with nothing wrong, but for the options, which stand behind '|' each; "~" in
 * one is a line end. The observation points into the text, which is written to.
 *
 *   end=WORD at=STAGE            how and where it ended, by the words of observation.h; before
 *                                what was heard all the same
 *   greeting= ehlo= tls=         CODE TEXT; "tls" is the reply to STARTTLS
 *   version= error= cipher= bits=  of TLS; the bits are those of the key exchange
 *   compressed plain=renegotiation|master-secret  protections that it lacks
 *   untidy=lf|codes|long|text    the form of the greeting
 *   again=CODE TEXT              the reply to EHLO within TLS
 *   cert=WORD                    the chain that is shown, by fact_certificates.h
 *   ms=CONNECT GREETING TOTAL
 *   form=NAME MAIL RCPT TEXT     a form and the codes of its replies, 0 for none; the text is that
 *                                of the last one
 *   helo notls noleaf            only HELO works; STARTTLS is not offered; no certificate
 */
void fact_session_read(
    char *text, const char *mx_name, struct arena *arena, struct smtp_observation *seen_out);

#endif
