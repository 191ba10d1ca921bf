#ifndef MXSWEEP_SMTP_SESSION_NOTES_H
#define MXSWEEP_SMTP_SESSION_NOTES_H

#include "net/stream.h"
#include "smtp/observation.h"

struct arena;
struct smtp_reply;

/* What a session writes down; texts live in the arena. */
void session_note_nothing(struct smtp_observation *seen_out); /* before the first octet */
void session_note_reply(
    const struct smtp_reply *reply, struct arena *arena, struct smtp_heard *heard_out);
void session_note_tls(struct stream *stream, struct arena *arena, struct smtp_observation *seen);

/*
 * Whether octets behind the reply are no fault, or are looked at elsewhere. A greeting may have
 * text behind what should have been its last line: of old, and read over by senders.
 */
bool session_may_leave(enum smtp_stage stage, const char *bytes, size_t length);
enum smtp_end session_end_of(enum stream_failure failure);

#endif
