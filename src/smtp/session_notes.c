/* From replies and connections to observations. */
#include "smtp/session_notes.h"

#include "base/arena.h"
#include "wire/smtp_reply.h"

void
session_note_nothing(struct smtp_observation *seen_out)
{
	static const struct smtp_heard nothing = { .text = "" };

	*seen_out = (struct smtp_observation){
		.greeting = nothing,
		.ehlo = nothing,
		.starttls = nothing,
		.ehlo_again = nothing,
		.tls_error = "",
		.tls_version = "",
		.tls_cipher = "",
		.tls_group = "",
	};
}

void
session_note_reply(
    const struct smtp_reply *reply, struct arena *arena, struct smtp_heard *heard_out)
{
	size_t length = reply->text.length < SMTP_TEXT_MAX ? reply->text.length : SMTP_TEXT_MAX;

	heard_out->code = reply->code;
	heard_out->text = arena_string_n(arena, reply->text.at, length);
	heard_out->bare_lf = reply->bare_lf;
	heard_out->mixed_codes = reply->mixed_codes;
	heard_out->long_line = reply->long_line;
	heard_out->uncoded_line = reply->uncoded_line;
}

void
session_note_tls(struct stream *stream, struct arena *arena, struct smtp_observation *seen)
{
	struct stream_tls tls;

	stream_tls_describe(stream, arena, &tls);
	seen->secure = true;
	seen->tls_version = tls.version;
	seen->tls_cipher = tls.cipher;
	seen->tls_group = tls.group;
	seen->tls_exchange_bits = tls.exchange_bits;
	seen->tls_compressed = tls.compressed;
	seen->tls_secure_renegotiation = tls.secure_renegotiation;
	seen->tls_extended_master_secret = tls.extended_master_secret;
	seen->chain = tls.chain;
	seen->chain_length = tls.chain_length;
}

enum smtp_end
session_end_of(enum stream_failure failure)
{
	static const enum smtp_end ends[] = {
		[STREAM_REFUSED] = SMTP_END_REFUSED,
		[STREAM_UNREACHABLE] = SMTP_END_UNREACHABLE,
		[STREAM_SILENT] = SMTP_END_TIMEOUT,
		[STREAM_NO_ROUTE] = SMTP_END_NO_ROUTE,
		[STREAM_SHORTAGE] = SMTP_END_SHORTAGE,
		[STREAM_FORBIDDEN] = SMTP_END_FORBIDDEN,
	};

	return ends[failure];
}

bool
session_may_leave(enum smtp_stage stage, const char *bytes, size_t length)
{
	return length == 0 || stage == SMTP_STARTTLS || stage == SMTP_QUIT ||
	    stage == SMTP_LISTEN ||
	    (stage == SMTP_GREETING && !smtp_reply_may_begin(bytes, length));
}
