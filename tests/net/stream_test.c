/* TLS where the machine's own policy forbids old versions: that is told as ours, not as the peer's.
 */
#include "unit.h"

#include "net/loop.h"
#include "net/stream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char policy[] = "openssl_conf = all\n"
			     "[all]\nssl_conf = ssl\n"
			     "[ssl]\nsystem_default = rules\n"
			     "[rules]\nProtocol = -TLSv1,-TLSv1.1\n";

enum {
	SHORT = 200,
	LONG = 60000
}; /* to see that nothing happens; that something does, however busy the machine */

struct fixture {
	struct loop *loop;
	struct tls_context *tls;
	struct stream *stream;
	enum tls_versions versions;
	bool inside; /* a function of the stream's face */
	int failures;
};

static int
listening(uint16_t *port_out)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 8) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		abort();
	*port_out = ntohs(address.sin_port);
	return fd;
}

static void
on_event(void *user, enum stream_event event)
{
	struct fixture *f = user;

	assert_false(f->inside);
	if (event == STREAM_CONNECTED) {
		f->inside = true;
		stream_start_tls(f->stream, f->tls, f->versions, "mx.a.test");
		f->inside = false;
		return;
	}
	assert_int_equal(event, STREAM_TLS_FAILED);
	assert_string_equal(stream_error_text(f->stream), stream_no_such_version);
	f->failures++;
	loop_stop(f->loop);
}

static void
give_up(void *user)
{
	struct fixture *f = user;

	loop_stop(f->loop);
}

/* How often it failed, within the time, at a peer that accepts and says nothing. */
static int
failures_with(enum tls_versions versions, unsigned milliseconds)
{
	struct fixture f = { .loop = loop_new(), .tls = tls_context_new(), .versions = versions };
	struct loop_timer *timer = loop_timer_new(f.loop, give_up, &f);
	uint16_t port;
	int fd = listening(&port);
	struct ip ip;

	ip_parse("127.0.0.1", &ip);
	loop_timer_start(timer, milliseconds, 0);
	f.stream = stream_connect(f.loop, &ip, port, on_event, &f);
	loop_run(f.loop);
	stream_close(f.stream);
	loop_timer_free(timer);
	loop_free(f.loop);
	tls_context_free(f.tls);
	close(fd);
	return f.failures;
}

static void
what_the_machine_forbids_fails_at_once(void **state)
{
	(void)state;
	assert_int_equal(failures_with(TLS_VERSION_1_0_ALONE, LONG), 1);
	assert_int_equal(failures_with(TLS_VERSION_1_1_ALONE, LONG), 1);
}

static void
what_it_allows_goes_on(void **state)
{
	(void)state;
	assert_int_equal(failures_with(TLS_VERSIONS_ALL, SHORT), 0);
}

/* OpenSSL reads its policy once, before anything else. */
static void
set_policy(char *path)
{
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, policy, strlen(policy)) != (ssize_t)strlen(policy) ||
	    setenv("OPENSSL_CONF", path, 1) != 0)
		abort();
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_machine_forbids_fails_at_once),
		cmocka_unit_test(what_it_allows_goes_on),
	};
	char path[] = "/tmp/mxsweep-policy-XXXXXX";
	int failed;

	set_policy(path);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
