/* Fetches against a fake web server: every way to end, and nothing but what was asked for. */
#include "unit.h"

#include "cert/fake_certificates.h"
#include "net/fake_web.h"
#include "net/https.h"
#include "net/loop.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT_MS = 700, BODY_MAX = 4096 };

#define HOST "mta-sts.a.com"
#define PATH "/.well-known/mta-sts.txt"
#define OK "HTTP/1.1 200 OK\r\n"
#define CLOSE "Connection: close\r\n"
#define PLAIN "Content-Type: text/plain\r\n"

/* What servers show: an authority that is trusted, and what it or others have signed. */
enum shown { GOOD, OTHER_NAME, ENDED, TO_COME, SELF_SIGNED, NO_TLS };

static struct certificate authority, certificates[NO_TLS];
static char *roots;

static const struct web_case {
	const char *name;
	struct fake_web_plan plan; /* its certificate is `shown` */
	enum shown shown;
	enum https_end end;
	unsigned status;
	const char *body; /* NULL: as many octets as `length` says */
	size_t length;
	const char *media_type; /* NULL: "" */
	const char *location;
} cases[] = {
	{ "a file", { .answer = OK PLAIN CLOSE "\r\nhello" }, GOOD, HTTPS_ANSWERED, 200, "hello", 0,
	    "text/plain" },
	{ "a file of a length",
	    { .answer = OK "Content-Length: 2\r\nContent-Type: a/b; c=d\r\n\r\nhi there" }, GOOD,
	    HTTPS_ANSWERED, 200, "hi", 0, "a/b; c=d" },
	{ "a file in chunks",
	    { .answer = OK "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" },
	    GOOD, HTTPS_ANSWERED, 200, "abcde" },
	{ "an empty file", { .answer = OK "Content-Length: 0\r\n\r\n" }, GOOD, HTTPS_ANSWERED, 200,
	    "" },
	{ "a file as large as may be", { .answer = OK CLOSE "\r\n", .fill = BODY_MAX }, GOOD,
	    HTTPS_ANSWERED, 200, NULL, BODY_MAX },
	{ "a larger one", { .answer = OK CLOSE "\r\n", .fill = BODY_MAX + 1 }, GOOD,
	    HTTPS_TOO_LARGE, 200, "" },
	{ "one that says so", { .answer = OK "Content-Length: 1000000000\r\n\r\n", .fill = 100000 },
	    GOOD, HTTPS_TOO_LARGE, 200, "" },
	{ "another status", { .answer = "HTTP/1.1 404 Not Found\r\n" CLOSE "\r\nno such file" },
	    GOOD, HTTPS_ANSWERED, 404, "" },
	{ "another status with much behind it",
	    { .answer = "HTTP/1.1 500 Oh\r\n" CLOSE "\r\n", .fill = 100000 }, GOOD, HTTPS_ANSWERED,
	    500, "" },
	{ "a redirect, which is not followed",
	    { .answer = "HTTP/1.1 302 Found\r\nLocation: https://b.com/x\r\nContent-Length: "
			"0\r\n\r\n" },
	    GOOD, HTTPS_ANSWERED, 302, "", 0, NULL, "https://b.com/x" },
	{ "one with a page behind it",
	    { .answer = "HTTP/1.1 301 Moved\r\nlocation: /x\r\nContent-Length: 5\r\n\r\nthere" },
	    GOOD, HTTPS_ANSWERED, 301, "", 0, NULL, "/x" },
	{ "closed before an answer", { .answer = NULL }, GOOD, HTTPS_BROKEN, 0, "" },
	{ "closed within it", { .answer = OK "Content-Length: 10\r\n\r\nhalf" }, GOOD, HTTPS_BROKEN,
	    200, "" },
	{ "no HTTP", { .answer = "220 mx.a.com ESMTP\r\n" }, GOOD, HTTPS_BROKEN, 0, "" },
	{ "an answer that comes too late", { .answer = OK CLOSE "\r\nx", .pause_ms = 1200 }, GOOD,
	    HTTPS_TIMEOUT, 0, "" },
	{ "a certificate of another name", { .answer = OK "\r\n" }, OTHER_NAME, HTTPS_OTHER_NAME, 0,
	    "" },
	{ "a certificate that has ended", { .answer = OK "\r\n" }, ENDED, HTTPS_EXPIRED, 0, "" },
	{ "a certificate to come", { .answer = OK "\r\n" }, TO_COME, HTTPS_EXPIRED, 0, "" },
	{ "a certificate that nobody signed", { .answer = OK "\r\n" }, SELF_SIGNED, HTTPS_UNTRUSTED,
	    0, "" },
	{ "no TLS", { .answer = "HTTP/1.1 400 Bad Request\r\n\r\n" }, NO_TLS, HTTPS_TLS, 0, "" },
	{ "silence", { .answer = NULL, .pause_ms = 1200 }, NO_TLS, HTTPS_TIMEOUT, 0, "" },
};

/* A fetch and what came of it. */
struct outcome {
	bool over;
	struct https_observation seen;
	char problem[HTTPS_TEXT_MAX + 1], body[BODY_MAX + 1], media_type[HTTPS_TEXT_MAX + 1],
	    location[HTTPS_TEXT_MAX + 1];
};

static void
on_done(void *user, const struct https_observation *seen)
{
	struct outcome *out = user;

	assert_false(out->over);
	assert_true(seen->length <= BODY_MAX);
	out->over = true;
	out->seen = *seen;
	memcpy(out->body, seen->body, seen->length);
	snprintf(out->media_type, sizeof out->media_type, "%s", seen->media_type);
	snprintf(out->location, sizeof out->location, "%s", seen->location);
	snprintf(out->problem, sizeof out->problem, "%s", seen->problem);
}

static struct https_client *
client_new(struct loop *loop, uint16_t port, const char *ca)
{
	return https_client_new(&(struct https_options){
	    .loop = loop,
	    .ca = ca,
	    .agent = "test/1",
	    .port = port,
	    .limit_ms = LIMIT_MS,
	    .body_max = BODY_MAX,
	});
}

static struct https_fetch *
start(struct https_client *client, const char *addresses, struct outcome *out)
{
	struct https_request request = { .host = HOST, .path = PATH };
	struct ip ips[HTTPS_ADDRESSES_MAX];
	char text[100], *rest = text, *word;

	memset(out, 0, sizeof *out);
	snprintf(text, sizeof text, "%s", addresses);
	while ((word = strsep(&rest, " ")) != NULL)
		assert_true(ip_parse(word, &ips[request.address_count++]));
	request.addresses = ips;
	return https_fetch_start(client, &request, on_done, out);
}

static void
fetch(struct loop *loop, struct https_client *client, const char *addresses, struct outcome *out)
{
	start(client, addresses, out);
	assert_false(out->over); /* never from inside the call */
	while (!out->over)
		loop_run_once(loop);
}

static struct fake_web_plan
plan_of(const struct web_case *c)
{
	struct fake_web_plan plan = c->plan;

	plan.certificate = c->shown == NO_TLS ? NULL : &certificates[c->shown];
	return plan;
}

static void
compare(const struct web_case *c, const struct outcome *out)
{
	size_t length = c->body != NULL ? strlen(c->body) : c->length;

	if (out->seen.end != c->end || out->seen.status != c->status)
		fail_msg("%s: %s %u %s", c->name, https_end_text(out->seen.end), out->seen.status,
		    out->problem);
	if (out->seen.length != length ||
	    (c->body != NULL && memcmp(out->body, c->body, length) != 0))
		fail_msg("%s: %zu octets: %s", c->name, out->seen.length, out->body);
	if (!out->seen.connected)
		fail_msg("%s: not connected", c->name);
	assert_string_equal(out->location, c->location != NULL ? c->location : "");
	if (c->media_type != NULL)
		assert_string_equal(out->media_type, c->media_type);
	assert_in_range(out->seen.seen_at, time(NULL) - 10, time(NULL));
}

static void
fetches_end_as_they_must(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fake_web_plan plan = plan_of(&cases[i]);
		struct fake_web *web = fake_web_start(&plan, 0);
		struct loop *loop = loop_new();
		struct https_client *client = client_new(loop, fake_web_port(web), roots);
		struct outcome out;

		fetch(loop, client, "127.0.0.1", &out);
		compare(&cases[i], &out);
		https_client_free(client);
		loop_free(loop);
		fake_web_end(web);
	}
}

static const struct fake_web_plan fine = { .certificate = &certificates[GOOD],
	.answer = OK CLOSE "\r\nfine" };

static void
the_request_says_what_it_must(void **state)
{
	struct fake_web *web;
	struct loop *loop = loop_new();
	struct https_client *client;
	struct outcome out;
	char expected[200];
	const char *request;

	(void)state;
	setenv("https_proxy", "http://127.0.0.1:1", 1);
	setenv("ALL_PROXY", "socks5://127.0.0.1:1", 1);
	web = fake_web_start(&fine, 0);
	client = client_new(loop, fake_web_port(web), roots);
	snprintf(expected, sizeof expected,
	    "GET " PATH " HTTP/1.1\r\nHost: " HOST
	    ":%u\r\nUser-Agent: test/1\r\nAccept: */*\r\n\r\n",
	    fake_web_port(web));
	fetch(loop, client, "127.0.0.1", &out);
	assert_int_equal(out.seen.status, 200);
	request = fake_web_end(web);
	assert_string_equal(request, expected);
	unsetenv("https_proxy");
	unsetenv("ALL_PROXY");
	https_client_free(client);
	loop_free(loop);
}

/* The second address is tried when the first refuses; and each fetch goes where it was told to. */
static void
addresses_are_those_that_were_given(void **state)
{
	struct fake_web_plan other = { .address = "127.0.0.2",
		.certificate = &certificates[GOOD],
		.answer = OK CLOSE "\r\nother" };
	struct fake_web *here = fake_web_start(&fine, 0);
	struct fake_web *there = fake_web_start(&other, fake_web_port(here));
	struct loop *loop = loop_new();
	struct https_client *client = client_new(loop, fake_web_port(here), roots);
	struct outcome out;
	char text[IP_TEXT_MAX];

	(void)state;
	fetch(loop, client, "127.0.0.1", &out);
	assert_string_equal(out.body, "fine");
	assert_string_equal(ip_format(&out.seen.ip, text), "127.0.0.1");
	fake_web_end(here);
	fetch(loop, client, "127.0.0.3 127.0.0.2", &out);
	assert_string_equal(out.body, "other");
	assert_string_equal(ip_format(&out.seen.ip, text), "127.0.0.2");
	fake_web_end(there);
	fetch(loop, client, "127.0.0.1", &out); /* nobody is there any more */
	assert_int_equal(out.seen.end, HTTPS_REFUSED);
	assert_false(out.seen.connected);
	assert_int_equal(out.seen.ip.family, 0);
	https_client_free(client);
	loop_free(loop);
}

static void
without_roots_nobody_is_trusted(void **state)
{
	struct fake_web *web = fake_web_start(&fine, 0);
	struct loop *loop = loop_new();
	struct https_client *client = client_new(loop, fake_web_port(web), NULL);
	struct outcome out;

	(void)state;
	fetch(loop, client, "127.0.0.1", &out);
	assert_int_equal(out.seen.end, HTTPS_NO_ROOTS);
	https_client_free(client);
	loop_free(loop);
	fake_web_end(web);
}

static void
a_fetch_can_be_given_up(void **state)
{
	struct fake_web *web = fake_web_start(&fine, 0);
	struct loop *loop = loop_new();
	struct https_client *client = client_new(loop, fake_web_port(web), roots);
	struct outcome out;
	struct https_fetch *one = start(client, "127.0.0.1", &out);

	(void)state;
	https_fetch_cancel(&one);
	assert_null(one);
	https_fetch_cancel(&one);
	one = start(client, "127.0.0.1", &out);
	for (int turn = 0; turn < 3 && !out.over; turn++) /* somewhere in its middle */
		loop_run_once(loop);
	if (!out.over)
		https_fetch_cancel(&one);
	https_client_free(client);
	loop_free(loop);
	fake_web_end(web);
}

static int
make_certificates(void **state)
{
	int64_t now = (int64_t)time(NULL), day = 86400;
	const struct certificate_plan root = { .subject = "root",
		.not_before = now - 900 * day,
		.not_after = now + 900 * day,
		.authority = true };
	const struct certificate_plan plans[NO_TLS] = {
		[GOOD] = { .names = "DNS:" HOST, .not_before = now - day, .not_after = now + day },
		[OTHER_NAME] = { .names = "DNS:a.com,DNS:*.b.com",
		    .not_before = now - day,
		    .not_after = now + day },
		[ENDED] = { .names = "DNS:" HOST,
		    .not_before = now - 2 * day,
		    .not_after = now - day },
		[TO_COME] = { .names = "DNS:" HOST,
		    .not_before = now + day,
		    .not_after = now + 2 * day },
		[SELF_SIGNED] = { .subject = HOST,
		    .names = "DNS:" HOST,
		    .not_before = now - day,
		    .not_after = now + day },
	};
	const struct certificate *trusted[] = { &authority };

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	setenv("SSL_CERT_FILE", "/dev/null", 1);
	fake_certificate_make(&root, NULL, &authority);
	for (int i = 0; i < NO_TLS; i++)
		fake_certificate_make(
		    &plans[i], i == SELF_SIGNED ? NULL : &authority, &certificates[i]);
	roots = fake_certificate_file(trusted, 1);
	return 0;
}

static int
free_certificates(void **state)
{
	(void)state;
	fake_certificate_free(&authority);
	for (int i = 0; i < NO_TLS; i++)
		fake_certificate_free(&certificates[i]);
	unlink(roots);
	free(roots);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fetches_end_as_they_must),
		cmocka_unit_test(the_request_says_what_it_must),
		cmocka_unit_test(addresses_are_those_that_were_given),
		cmocka_unit_test(without_roots_nobody_is_trusted),
		cmocka_unit_test(a_fetch_can_be_given_up),
	};

	return cmocka_run_group_tests(tests, make_certificates, free_certificates);
}
