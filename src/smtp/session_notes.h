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
enum smtp_end session_end_of(enum stream_failure failure);

#endif
