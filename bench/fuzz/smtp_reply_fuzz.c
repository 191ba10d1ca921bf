/*
 * A stream of replies. Where it is cut makes no difference; each reply takes its own octets and not
 * one of the next; its text is one that a terminal can show.
 */
#include "fuzz.h"

#include "base/ascii.h"
#include "smtp/observation.h"
#include "wire/smtp_reply.h"

#include <string.h>

/* Feeds in pieces of `piece`, or of changing sizes when it is 0. */
static size_t
feed(struct smtp_reply *reply, const uint8_t *bytes, size_t size, size_t piece)
{
	size_t used = 0, given, taken;

	do {
		given = piece > 0 ? piece : 1 + (used * 7 + size) % 13;
		if (given > size - used)
			given = size - used;
		taken = smtp_reply_feed(reply, bytes + used, given);
		must(taken == given || reply->state != SMTP_REPLY_MORE);
		used += taken;
	} while (reply->state == SMTP_REPLY_MORE && used < size);
	return used;
}

static void
check_same(const struct smtp_reply *a, const struct smtp_reply *b)
{
	must(a->state == b->state && a->fault == b->fault && a->code == b->code);
	must(a->lines == b->lines && a->octets == b->octets);
	must(a->bare_lf == b->bare_lf && a->mixed_codes == b->mixed_codes);
	must(a->long_line == b->long_line && a->odd_octets == b->odd_octets);
	must(a->uncoded_line == b->uncoded_line);
	must(a->text.length == b->text.length);
	must(memcmp(a->text.at, b->text.at, a->text.length) == 0);
}

static void
check_text(const struct smtp_reply *reply)
{
	size_t line_ends = 0;

	for (size_t i = 0; i < reply->text.length; i++) {
		char octet = reply->text.at[i];

		line_ends += octet == '\n';
		must(!ascii_is_control(octet) || octet == '\t' || octet == '\n');
	}
	must(reply->text.at[reply->text.length] == '\0');
	must(line_ends + (reply->state == SMTP_REPLY_DONE) == reply->lines);
}

static void
check_reply(const struct smtp_reply *reply, const uint8_t *bytes, size_t used)
{
	must(reply->octets == used && used <= SMTP_REPLY_TOTAL_MAX + 1);
	must(reply->lines <= SMTP_REPLY_LINES_MAX);
	must(reply->code >= 0 && reply->code <= 999);
	must((reply->state == SMTP_REPLY_BAD) == (reply->fault != SMTP_REPLY_SOUND));
	must(fuzz_is_message(smtp_reply_fault_text(reply->fault)));
	if (reply->state == SMTP_REPLY_DONE)
		must(reply->lines > 0 && bytes[used - 1] == '\n');
	check_text(reply);
}

static void
check_words(const char *text)
{
	char word[16];
	const char *line = smtp_ehlo_keyword(text, "STARTTLS");

	if (smtp_reply_first_word(text, word, sizeof word))
		must(word[0] != '\0' && strstr(text, word) != NULL);
	else
		must(word[0] == '\0');
	must(line == NULL || (line > text && line[-1] == '\n'));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct smtp_reply whole, octets, pieces;
	size_t used = 0;

	smtp_reply_init(&whole);
	smtp_reply_init(&octets);
	smtp_reply_init(&pieces);
	do {
		bytes += used;
		size -= used;
		smtp_reply_reset(&whole);
		smtp_reply_reset(&octets);
		smtp_reply_reset(&pieces);
		used = smtp_reply_feed(&whole, bytes, size);
		must(feed(&octets, bytes, size, 1) == used);
		must(feed(&pieces, bytes, size, 0) == used);
		check_same(&whole, &octets);
		check_same(&whole, &pieces);
		check_reply(&whole, bytes, used);
		check_words(whole.text.at);
	} while (whole.state == SMTP_REPLY_DONE && used < size);
	smtp_reply_free(&whole);
	smtp_reply_free(&octets);
	smtp_reply_free(&pieces);
	return 0;
}
