/* SMTP replies, each fed in one piece, octet by octet, and cut in two at every place. */
#include "unit.h"

#include "wire/smtp_reply.h"

#include <stdlib.h>
#include <string.h>

struct reply_case {
	const char *name;
	const char *octets;
	enum smtp_reply_state state;
	int code;
	const char *text;
	size_t left; /* octets that must not be taken */
	size_t lines;
	enum smtp_reply_fault fault;
	bool bare_lf, mixed_codes, odd_octets, uncoded_line;
	bool passes_over, passed_over;
};

static const struct reply_case cases[] = {
	{ "one line", "220 mx.example.com ESMTP\r\n", SMTP_REPLY_DONE, 220, "mx.example.com ESMTP",
	    .lines = 1 },
	{ "several lines", "250-mx.example.com\r\n250-SIZE 1000\r\n250 STARTTLS\r\n",
	    SMTP_REPLY_DONE, 250, "mx.example.com\nSIZE 1000\nSTARTTLS", .lines = 3 },
	{ "nothing yet", "", SMTP_REPLY_MORE, 0, .text = "" },
	{ "a code alone", "220", SMTP_REPLY_MORE, 220, .text = "" },
	{ "no line end yet", "220 mx.example.com", SMTP_REPLY_MORE, 220, .text = "mx.example.com" },
	{ "half a line end", "220 mx.example.com\r", SMTP_REPLY_MORE, 220,
	    .text = "mx.example.com" },
	{ "the last line is to come", "250-mx.example.com\r\n", SMTP_REPLY_MORE, 250,
	    "mx.example.com\n", .lines = 1 },
	{ "a code and a line end", "250\r\n", SMTP_REPLY_DONE, 250, "", .lines = 1 },
	{ "a code, a blank and no text", "250 \r\n", SMTP_REPLY_DONE, 250, "", .lines = 1 },
	{ "the last of several lines without blank", "250-mx\r\n250\r\n", SMTP_REPLY_DONE, 250,
	    "mx\n", .lines = 2 },
	{ "an empty line of several", "250-\r\n250 SIZE\r\n", SMTP_REPLY_DONE, 250, "\nSIZE",
	    .lines = 2 },
	{ "further octets stay", "220 mx\r\n250 injected\r\n", SMTP_REPLY_DONE, 220, "mx",
	    .left = 14, .lines = 1 },
	{ "further garbage stays", "220 mx\r\n\r\n", SMTP_REPLY_DONE, 220, "mx", .left = 2,
	    .lines = 1 },
	{ "lines that end in LF alone", "250-mx\n250 SIZE\n", SMTP_REPLY_DONE, 250, "mx\nSIZE",
	    .lines = 2, .bare_lf = true },
	{ "one of them", "250-mx\r\n250 SIZE\n", SMTP_REPLY_DONE, 250, "mx\nSIZE", .lines = 2,
	    .bare_lf = true },
	{ "another code in a later line", "220-mx\r\n250 SIZE\r\n", SMTP_REPLY_DONE, 220,
	    "mx\nSIZE", .lines = 2, .mixed_codes = true },
	{ "a CR that ends no line", "220 a\rb\r\n", SMTP_REPLY_DONE, 220, "a?b", .lines = 1,
	    .odd_octets = true },
	{ "two CR before the LF", "220 a\r\r\n", SMTP_REPLY_DONE, 220, "a?", .lines = 1,
	    .odd_octets = true },
	{ "an escape sequence does not reach the terminal", "220 \033[2J\r\n", SMTP_REPLY_DONE, 220,
	    "?[2J", .lines = 1, .odd_octets = true },
	{ "a tab is allowed", "220 a\tb\r\n", SMTP_REPLY_DONE, 220, "a\tb", .lines = 1 },
	{ "octets above 127 are kept", "220 caf\xc3\xa9\r\n", SMTP_REPLY_DONE, 220, "caf\xc3\xa9",
	    .lines = 1, .odd_octets = true },
	{ "a hyphen in the text is text", "220 -\r\n", SMTP_REPLY_DONE, 220, "-", .lines = 1 },
	{ "no SMTP at all: HTTP", "HTTP/1.1 400 Bad Request\r\n", SMTP_REPLY_BAD, 0, "H",
	    .left = 25, .fault = SMTP_REPLY_NO_CODE },
	{ "no SMTP at all: SSH", "SSH-2.0-OpenSSH\r\n", SMTP_REPLY_BAD, 0, "S", .left = 16,
	    .fault = SMTP_REPLY_NO_CODE },
	{ "no SMTP at all: a TLS alert", "\x15\x03\x01", SMTP_REPLY_BAD, 0, "?", .left = 2,
	    .fault = SMTP_REPLY_NO_CODE, .odd_octets = true },
	{ "two digits", "25 mx\r\n", SMTP_REPLY_BAD, 0, "25 ", .left = 4,
	    .fault = SMTP_REPLY_NO_CODE },
	{ "two digits and a line end", "25\r\n", SMTP_REPLY_BAD, 0, "25",
	    .fault = SMTP_REPLY_NO_CODE },
	{ "four digits", "2200 mx\r\n", SMTP_REPLY_BAD, 220, "2200", .left = 5,
	    .fault = SMTP_REPLY_NO_SEPARATOR },
	{ "a tab after the code", "220\tmx\r\n", SMTP_REPLY_BAD, 220, "220\t", .left = 4,
	    .fault = SMTP_REPLY_NO_SEPARATOR },
	{ "a blank before the code", " 220 mx\r\n", SMTP_REPLY_BAD, 0, " ", .left = 8,
	    .fault = SMTP_REPLY_NO_CODE },
	{ "an empty line first", "\r\n220 mx\r\n", SMTP_REPLY_BAD, 0, "", .left = 8,
	    .fault = SMTP_REPLY_NO_CODE },
	{ "a CR in the code", "2\r20 mx\r\n", SMTP_REPLY_BAD, 0, "2?", .left = 6,
	    .fault = SMTP_REPLY_NO_CODE, .odd_octets = true },
	{ "a text line inside a reply", "220-mx\r\nWelcome\r\n220 ready\r\n", SMTP_REPLY_DONE, 220,
	    "mx\nWelcome\nready", .lines = 3, .uncoded_line = true },
	{ "one that begins with digits", "220-mx\r\n24 hours\r\n220 ready\r\n", SMTP_REPLY_DONE,
	    220, "mx\n24 hours\nready", .lines = 3, .uncoded_line = true },
	{ "an empty line inside a reply", "220-mx\r\n\r\n220 ready\r\n", SMTP_REPLY_DONE, 220,
	    "mx\n\nready", .lines = 3, .uncoded_line = true },
	{ "text lines end nothing", "220-mx\r\nWelcome\r\n", SMTP_REPLY_MORE, 220, "mx\nWelcome\n",
	    .lines = 2, .uncoded_line = true },
	{ "text before the first line, passed over", "Welcome\r\n250 mx\r\n", SMTP_REPLY_DONE, 250,
	    "mx", .lines = 1, .passes_over = true, .passed_over = true },
	{ "an empty line, one with digits, and text inside",
	    "\r\n24 hours\r\n250-mx\r\nand\r\n250 SIZE\r\n", SMTP_REPLY_DONE, 250, "mx\nand\nSIZE",
	    .lines = 3, .uncoded_line = true, .passes_over = true, .passed_over = true },
	{ "nothing to pass over", "250 mx\r\n", SMTP_REPLY_DONE, 250, "mx", .lines = 1,
	    .passes_over = true },
	{ "a code that is none is passed over by nobody", "2500 mx\r\n", SMTP_REPLY_BAD, 250,
	    "2500", .left = 5, .fault = SMTP_REPLY_NO_SEPARATOR, .passes_over = true },
};

static void
check(const struct reply_case *c, const struct smtp_reply *reply, size_t used, const char *how)
{
	const char *wrong = NULL;

	if (used != strlen(c->octets) - c->left)
		wrong = "octets used";
	else if (reply->state != c->state)
		wrong = "state";
	else if (reply->fault != c->fault)
		wrong = "fault";
	else if (reply->code != c->code)
		wrong = "code";
	else if (strcmp(reply->text.at, c->text) != 0)
		wrong = "text";
	else if (reply->lines != c->lines)
		wrong = "lines";
	else if (reply->octets != used)
		wrong = "octets";
	else if (reply->bare_lf != c->bare_lf || reply->mixed_codes != c->mixed_codes ||
	    reply->odd_octets != c->odd_octets || reply->uncoded_line != c->uncoded_line ||
	    reply->long_line || reply->passed_over != c->passed_over)
		wrong = "flags";
	if (wrong != NULL)
		fail_msg("%s, %s: %s (text '%s')", c->name, how, wrong, reply->text.at);
}

static size_t
feed(struct smtp_reply *reply, const struct reply_case *c, size_t from, size_t length)
{
	reply->passes_over = c->passes_over;
	return smtp_reply_feed(reply, c->octets + from, length);
}

static void
replies_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct smtp_reply reply;
		size_t used;

		smtp_reply_init(&reply);
		used = feed(&reply, &cases[i], 0, strlen(cases[i].octets));
		check(&cases[i], &reply, used, "in one piece");
		smtp_reply_free(&reply);
	}
}

static void
pieces_make_no_difference(void **state)
{
	struct smtp_reply reply;

	(void)state;
	smtp_reply_init(&reply);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t length = strlen(cases[i].octets), used = 0;

		for (size_t at = 0; at < length; at++)
			used += feed(&reply, &cases[i], at, 1);
		check(&cases[i], &reply, used, "octet by octet");
		smtp_reply_reset(&reply);
		for (size_t cut = 0; cut <= length; cut++) {
			used = feed(&reply, &cases[i], 0, cut);
			if (used == cut)
				used += feed(&reply, &cases[i], cut, length - cut);
			check(&cases[i], &reply, used, "in two pieces");
			smtp_reply_reset(&reply);
		}
	}
	smtp_reply_free(&reply);
}

static void
a_nul_octet_does_not_cut_the_text(void **state)
{
	struct smtp_reply reply;

	(void)state;
	smtp_reply_init(&reply);
	assert_int_equal(smtp_reply_feed(&reply, "220 a\0b\r\n", 9), 9);
	assert_int_equal(reply.state, SMTP_REPLY_DONE);
	assert_string_equal(reply.text.at, "a?b");
	smtp_reply_free(&reply);
}

/* A line of `total` octets, CRLF included. */
static void
feed_line(struct smtp_reply *reply, char separator, size_t total)
{
	char *line = malloc(total);

	assert_non_null(line);
	memset(line, 'x', total);
	memcpy(line, "250", 3);
	line[3] = separator;
	memcpy(line + total - 2, "\r\n", 2);
	smtp_reply_feed(reply, line, total);
	free(line);
}

struct length_case {
	const char *name;
	size_t total;
	enum smtp_reply_state state;
	bool long_line;
};

static const struct length_case lengths[] = {
	{ "as long as RFC 5321 allows", 512, SMTP_REPLY_DONE, false },
	{ "one octet more is noted", 513, SMTP_REPLY_DONE, true },
	{ "as long as tolerated", 2048, SMTP_REPLY_DONE, true },
	{ "one octet more is too much", 2049, SMTP_REPLY_BAD, true },
	{ "far too long", 100000, SMTP_REPLY_BAD, true },
};

static void
lines_are_bounded(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		struct smtp_reply reply;

		smtp_reply_init(&reply);
		feed_line(&reply, ' ', lengths[i].total);
		if (reply.state != lengths[i].state || reply.long_line != lengths[i].long_line)
			fail_msg("%s: state %d", lengths[i].name, (int)reply.state);
		assert_true(reply.text.length <= SMTP_REPLY_LINE_MAX);
		smtp_reply_free(&reply);
	}
}

static void
the_number_of_lines_is_bounded(void **state)
{
	struct smtp_reply reply;

	(void)state;
	smtp_reply_init(&reply);
	for (int i = 1; i < SMTP_REPLY_LINES_MAX; i++)
		feed_line(&reply, '-', 10);
	assert_int_equal(reply.state, SMTP_REPLY_MORE);
	feed_line(&reply, ' ', 10);
	assert_int_equal(reply.state, SMTP_REPLY_DONE);
	smtp_reply_reset(&reply);
	for (int i = 0; i < SMTP_REPLY_LINES_MAX; i++)
		feed_line(&reply, '-', 10);
	assert_int_equal(reply.fault, SMTP_REPLY_TOO_MANY_LINES);
	smtp_reply_free(&reply);
}

static void
the_whole_is_bounded(void **state)
{
	struct smtp_reply reply;

	(void)state;
	smtp_reply_init(&reply);
	for (int i = 0; i < 32; i++)
		feed_line(&reply, '-', 2048);
	assert_int_equal(reply.octets, SMTP_REPLY_TOTAL_MAX);
	assert_int_equal(reply.state, SMTP_REPLY_MORE);
	feed_line(&reply, ' ', 10);
	assert_int_equal(reply.fault, SMTP_REPLY_TOO_LARGE);
	assert_int_equal(reply.octets, SMTP_REPLY_TOTAL_MAX + 1);
	smtp_reply_free(&reply);
}

static void
after_its_end_a_reply_takes_nothing(void **state)
{
	struct smtp_reply reply;

	(void)state;
	smtp_reply_init(&reply);
	smtp_reply_feed(&reply, "220 mx\r\n", 8);
	assert_int_equal(smtp_reply_feed(&reply, "250 more\r\n", 10), 0);
	assert_int_equal(reply.code, 220);
	smtp_reply_reset(&reply);
	assert_int_equal(reply.state, SMTP_REPLY_MORE);
	assert_string_equal(reply.text.at, "");
	assert_int_equal(smtp_reply_feed(&reply, "250 more\r\n", 10), 10);
	assert_int_equal(reply.code, 250);
	smtp_reply_free(&reply);
}

struct word_case {
	const char *text;
	const char *expected; /* NULL = none that fits */
};

static const struct word_case words[] = {
	{ "mx.example.com ESMTP Postfix", "mx.example.com" },
	{ "mx.example.com", "mx.example.com" },
	{ "  mx.example.com", "mx.example.com" },
	{ "mx.example.com\tESMTP", "mx.example.com" },
	{ "mx.example.com\nSIZE", "mx.example.com" },
	{ "\nmx.example.com", NULL }, /* the first line has none */
	{ "", NULL },
	{ "   ", NULL },
	{ "fifteen-octets.", "fifteen-octets." },
	{ "sixteen-octets..", NULL },
};

static void
first_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		const char *expected = words[i].expected;
		char word[16] = "untouched";
		bool found = smtp_reply_first_word(words[i].text, word, sizeof word);

		assert_int_equal(found, expected != NULL);
		assert_string_equal(word, expected == NULL ? "" : expected);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replies_are_read),
		cmocka_unit_test(pieces_make_no_difference),
		cmocka_unit_test(a_nul_octet_does_not_cut_the_text),
		cmocka_unit_test(lines_are_bounded),
		cmocka_unit_test(the_number_of_lines_is_bounded),
		cmocka_unit_test(the_whole_is_bounded),
		cmocka_unit_test(after_its_end_a_reply_takes_nothing),
		cmocka_unit_test(first_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
