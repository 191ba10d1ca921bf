/* An incremental parser of SMTP replies, one octet at a time. */
#include "wire/smtp_reply.h"

#include "base/ascii.h"

#include <string.h>

enum {
	CODE_DIGITS = 3,
	SEPARATOR = CODE_DIGITS,
	REFUSALS = 400, /* codes from here on refuse (RFC 5321 4.2.1) */
};

static const char *const fault_texts[] = {
	[SMTP_REPLY_SOUND] = "no fault",
	[SMTP_REPLY_NO_CODE] = "the first line does not begin with a reply code of three digits",
	[SMTP_REPLY_NO_SEPARATOR] = "neither a blank nor a hyphen follows the reply code",
	[SMTP_REPLY_LINE_TOO_LONG] = "a line has more than 2048 octets",
	[SMTP_REPLY_TOO_MANY_LINES] = "the reply has more than 100 lines",
	[SMTP_REPLY_TOO_LARGE] = "the reply has more than 65536 octets",
};

void
smtp_reply_init(struct smtp_reply *reply)
{
	memset(reply, 0, sizeof *reply);
	strbuf_add(&reply->text, NULL, 0);
}

void
smtp_reply_reset(struct smtp_reply *reply)
{
	struct strbuf text = reply->text;

	strbuf_reset(&text);
	memset(reply, 0, sizeof *reply);
	reply->text = text;
}

void
smtp_reply_free(struct smtp_reply *reply)
{
	strbuf_free(&reply->text);
	memset(reply, 0, sizeof *reply);
}

/* The text goes to terminals and files of people: no control of a stranger gets there. */
static void
add_text(struct smtp_reply *reply, unsigned char octet)
{
	bool control = ascii_is_control((char)octet) && octet != '\t';

	if (control || octet > 0x7f)
		reply->odd_octets = true;
	strbuf_add_byte(&reply->text, control ? '?' : (char)octet);
}

static void
fail(struct smtp_reply *reply, enum smtp_reply_fault fault)
{
	reply->state = SMTP_REPLY_BAD;
	reply->fault = fault;
}

/* Ends the reply within the code or just after it, and lets the text show what stood there. */
static void
fail_at_start(struct smtp_reply *reply, size_t shown, enum smtp_reply_fault fault)
{
	for (size_t i = 0; i < shown; i++)
		add_text(reply, (unsigned char)reply->start[i]);
	fail(reply, fault);
}

/* What senders read over: a line that has no code, where one may stand. */
static bool
take_as_text(struct smtp_reply *reply)
{
	if (reply->lines == 0 && !reply->passes_over)
		return false;
	if (reply->lines == 0) {
		reply->in_passed_over = reply->passed_over = true;
	} else {
		for (size_t i = 0; i < reply->column; i++)
			add_text(reply, (unsigned char)reply->start[i]);
		reply->uncoded_line = true;
	}
	reply->start[SEPARATOR] = '-';
	reply->column = SEPARATOR + 1;
	return true;
}

static void
end_code(struct smtp_reply *reply)
{
	int code = 0;

	for (size_t i = 0; i < CODE_DIGITS; i++)
		code = code * 10 + (reply->start[i] - '0');
	if (reply->lines == 0)
		reply->code = code;
	else if (reply->code != code)
		reply->mixed_codes = true;
	if (code >= REFUSALS && reply->code < REFUSALS)
		reply->code = code;
}

/* An octet of the code or the separator. */
static void
take_start(struct smtp_reply *reply, unsigned char octet)
{
	size_t column = reply->column++;

	reply->start[column] = (char)octet;
	if (column < CODE_DIGITS && !ascii_is_digit((char)octet)) {
		if (!take_as_text(reply))
			fail_at_start(reply, reply->column, SMTP_REPLY_NO_CODE);
	} else if (column == SEPARATOR && octet != ' ' && octet != '-') {
		fail_at_start(reply, reply->column, SMTP_REPLY_NO_SEPARATOR);
	} else if (reply->column == CODE_DIGITS) {
		end_code(reply);
	}
}

/* An octet that belongs to the line itself. */
static void
take_inner(struct smtp_reply *reply, unsigned char octet)
{
	if (reply->column <= SEPARATOR) {
		take_start(reply, octet);
		return;
	}
	reply->column++;
	if (!reply->in_passed_over)
		add_text(reply, octet);
}

static void
end_line(struct smtp_reply *reply)
{
	bool last;

	if (reply->column < CODE_DIGITS && !take_as_text(reply)) {
		fail_at_start(reply, reply->column, SMTP_REPLY_NO_CODE);
		return;
	}
	last = reply->column == CODE_DIGITS || reply->start[SEPARATOR] == ' ';
	reply->column = 0;
	reply->line_octets = 0;
	if (reply->in_passed_over) {
		reply->in_passed_over = false;
		return;
	}
	reply->lines++;
	if (last) {
		reply->state = SMTP_REPLY_DONE;
		return;
	}
	strbuf_add_byte(&reply->text, '\n');
	if (reply->lines == SMTP_REPLY_LINES_MAX)
		fail(reply, SMTP_REPLY_TOO_MANY_LINES);
}

/* Counts the octet; false when it is one too many. */
static bool
within_bounds(struct smtp_reply *reply)
{
	reply->octets++;
	reply->line_octets++;
	if (reply->line_octets > SMTP_REPLY_LINE_USUAL)
		reply->long_line = true;
	if (reply->line_octets > SMTP_REPLY_LINE_MAX)
		fail(reply, SMTP_REPLY_LINE_TOO_LONG);
	else if (reply->octets > SMTP_REPLY_TOTAL_MAX)
		fail(reply, SMTP_REPLY_TOO_LARGE);
	return reply->state == SMTP_REPLY_MORE;
}

static void
take_octet(struct smtp_reply *reply, unsigned char octet)
{
	bool after_cr = reply->after_cr;

	if (!within_bounds(reply))
		return;
	reply->after_cr = false;
	if (octet == '\n') {
		if (!after_cr)
			reply->bare_lf = true;
		end_line(reply);
		return;
	}
	if (after_cr) /* it ended no line, so it was text */
		take_inner(reply, '\r');
	if (octet == '\r')
		reply->after_cr = true;
	else if (reply->state == SMTP_REPLY_MORE)
		take_inner(reply, octet);
}

size_t
smtp_reply_feed(struct smtp_reply *reply, const void *bytes, size_t length)
{
	const unsigned char *octets = bytes;
	size_t used = 0;

	while (used < length && reply->state == SMTP_REPLY_MORE)
		take_octet(reply, octets[used++]);
	return used;
}

bool
smtp_reply_may_begin(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length && i < CODE_DIGITS; i++)
		if (!ascii_is_digit(bytes[i]))
			return false;
	return true;
}

const char *
smtp_reply_fault_text(enum smtp_reply_fault fault)
{
	return fault_texts[fault];
}

bool
smtp_reply_first_word(const char *text, char *out, size_t size)
{
	size_t length;

	text += strspn(text, " \t");
	length = strcspn(text, " \t\n");
	out[0] = '\0';
	if (length == 0 || length >= size)
		return false;
	memcpy(out, text, length);
	out[length] = '\0';
	return true;
}
