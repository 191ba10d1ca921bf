/* TCP by libuv, TLS by OpenSSL over memory BIOs: the bytes between them are moved here. */
#include "net/stream.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "net/loop.h"
#include "net/socket.h"
#include "net/tls.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum {
	READ_CHUNK = 16384, /* one TLS record */
	ERROR_TEXT_MAX = 160,
};

struct stream {
	uv_tcp_t tcp; /* first member: freed in its close callback */
	uv_connect_t connecting;
	struct loop *loop;
	struct loop_soon *report; /* of a failure that libuv or OpenSSL told at once */
	enum stream_event reported;
	stream_event_fn fn;
	void *user;
	struct strbuf held;
	size_t consumed; /* of held */
	enum stream_failure failure;
	SSL *ssl;
	bool secure, closing, ended, parting;
	uv_shutdown_t shutdown;
	char error_text[ERROR_TEXT_MAX];
};

struct pending_write {
	uv_write_t uv;
	char bytes[];
};

static const struct {
	int error;
	enum stream_failure failure;
} failures[] = {
	{ UV_ECONNREFUSED, STREAM_REFUSED },
	{ UV_EHOSTUNREACH, STREAM_UNREACHABLE },
	{ UV_ETIMEDOUT, STREAM_SILENT },
	{ UV_ENETUNREACH, STREAM_NO_ROUTE },
	{ UV_EPERM, STREAM_FORBIDDEN },
	{ UV_EACCES, STREAM_FORBIDDEN },
	{ UV_EAFNOSUPPORT, STREAM_NO_ROUTE },
};

static enum stream_failure
failure_of(int error)
{
	if (socket_error_is_shortage(-error)) /* libuv's errors are negative errnos */
		return STREAM_SHORTAGE;
	for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
		if (failures[i].error == error)
			return failures[i].failure;
	return STREAM_UNREACHABLE;
}

static void
tell(struct stream *stream, enum stream_event event)
{
	if (!stream->closing)
		stream->fn(stream->user, event);
}

static void
on_written(uv_write_t *uv, int status)
{
	(void)status; /* a broken connection shows when reading */
	free(uv);
}

static void
write_raw(struct stream *stream, const char *bytes, size_t length)
{
	struct pending_write *pending = alloc_bytes(sizeof *pending + length);
	uv_buf_t buf = uv_buf_init(pending->bytes, (unsigned)length);

	memcpy(pending->bytes, bytes, length);
	if (uv_write(&pending->uv, (uv_stream_t *)&stream->tcp, &buf, 1, on_written) != 0)
		free(pending);
}

/* Sends what OpenSSL has written into its memory BIO. */
static void
flush_tls(struct stream *stream)
{
	BIO *bio = SSL_get_wbio(stream->ssl);
	char *bytes;
	long length = BIO_get_mem_data(bio, &bytes);

	if (length > 0) {
		write_raw(stream, bytes, (size_t)length);
		(void)BIO_reset(bio);
	}
}

static void
note_tls_error(struct stream *stream)
{
	unsigned long error = ERR_peek_last_error();
	const char *reason = error == 0 ? NULL : ERR_reason_error_string(error);

	snprintf(stream->error_text, sizeof stream->error_text, "%s",
	    reason != NULL ? reason : "connection closed during the handshake");
	ERR_clear_error();
}

static void
shake_hands(struct stream *stream)
{
	int result;

	ERR_clear_error();
	result = SSL_do_handshake(stream->ssl);
	flush_tls(stream);
	if (result == 1) {
		stream->secure = true;
		tell(stream, STREAM_SECURE);
	} else if (SSL_get_error(stream->ssl, result) != SSL_ERROR_WANT_READ) {
		note_tls_error(stream);
		tell(stream, STREAM_TLS_FAILED);
	}
}

/* Decrypts all that is at hand; a broken record or the peer's close ends the connection. */
static void
read_secure(struct stream *stream)
{
	char chunk[READ_CHUNK];
	size_t before = stream->held.length;
	int count;

	ERR_clear_error();
	while ((count = SSL_read(stream->ssl, chunk, sizeof chunk)) > 0)
		strbuf_add(&stream->held, chunk, (size_t)count);
	if (SSL_get_error(stream->ssl, count) != SSL_ERROR_WANT_READ)
		stream->ended = true;
	ERR_clear_error();
	flush_tls(stream);
	if (stream->held.length > before)
		tell(stream, STREAM_READABLE);
	if (stream->ended)
		tell(stream, STREAM_CLOSED);
}

static void
take_secure(struct stream *stream, const char *bytes, size_t length)
{
	BIO_write(SSL_get_rbio(stream->ssl), bytes, (int)length);
	if (!stream->secure)
		shake_hands(stream);
	if (stream->secure && !stream->closing && !stream->ended)
		read_secure(stream);
}

static void
on_end(struct stream *stream)
{
	stream->ended = true;
	if (stream->ssl != NULL && !stream->secure) {
		note_tls_error(stream);
		tell(stream, STREAM_TLS_FAILED);
		return;
	}
	tell(stream, STREAM_CLOSED);
}

static void
on_read(uv_stream_t *uv, ssize_t count, const uv_buf_t *buf)
{
	struct stream *stream = (struct stream *)uv;

	if (count > 0 && !stream->closing && !stream->ended && !stream->parting) {
		if (stream->ssl != NULL) {
			take_secure(stream, buf->base, (size_t)count);
		} else {
			strbuf_add(&stream->held, buf->base, (size_t)count);
			tell(stream, STREAM_READABLE);
		}
	}
	if (stream->closing)
		return;
	if (count < 0) {
		uv_read_stop(uv);
		if (!stream->ended)
			on_end(stream);
	}
}

/* libuv reads for one stream at a time and hands the bytes on at once, so one buffer serves all. */
static void
on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	static char shared[READ_CHUNK];

	(void)handle;
	(void)suggested;
	*buf = uv_buf_init(shared, sizeof shared);
}

static void
on_connected(uv_connect_t *uv, int status)
{
	struct stream *stream = uv->data;

	if (stream->closing)
		return;
	if (status == UV_ECONNRESET) { /* it stood, and the peer has reset it at once */
		tell(stream, STREAM_CONNECTED);
		if (!stream->closing)
			on_end(stream);
		return;
	}
	if (status != 0) {
		stream->failure = failure_of(status);
		tell(stream, STREAM_FAILED);
		return;
	}
	uv_read_start((uv_stream_t *)&stream->tcp, on_alloc, on_read);
	tell(stream, STREAM_CONNECTED);
}

static void
on_report(void *user)
{
	struct stream *stream = user;

	tell(stream, stream->reported);
}

/* A failure that shows at once is told from the loop, as all others are. */
static void
report(struct stream *stream, enum stream_event event)
{
	stream->reported = event;
	stream->report = loop_soon_new(stream->loop, on_report, stream);
	loop_soon_ask(stream->report);
}

/* The port is chosen when the peer is known, so that one address has its ports for each peer. */
static int
bind_to(struct stream *stream, const struct ip *source)
{
	struct sockaddr_storage address;
	uv_os_fd_t fd;
	int yes = 1;

	if (source->family == 0)
		return 0;
	socket_address(source, 0, &address);
	if (uv_fileno((uv_handle_t *)&stream->tcp, &fd) == 0)
		(void)setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
	return uv_tcp_bind(&stream->tcp, (struct sockaddr *)&address, 0);
}

struct stream *
stream_connect(
    struct loop *loop, const struct ip *ip, uint16_t port, stream_event_fn fn, void *user)
{
	return stream_connect_from(loop, &(struct ip){ 0 }, ip, port, fn, user);
}

struct stream *
stream_connect_from(struct loop *loop, const struct ip *source, const struct ip *ip, uint16_t port,
    stream_event_fn fn, void *user)
{
	struct stream *stream = alloc_zeroed(1, sizeof *stream);
	struct sockaddr_storage address;
	int status;

	stream->fn = fn;
	stream->user = user;
	stream->connecting.data = stream;
	stream->loop = loop;
	socket_address(ip, port, &address);
	status = uv_tcp_init_ex(loop_uv(loop), &stream->tcp,
	    source->family == 0 ? AF_UNSPEC : (unsigned)address.ss_family);
	if (status != 0) /* no socket was to be had */
		uv_tcp_init(loop_uv(loop), &stream->tcp);
	else
		status = bind_to(stream, source);
	if (status == 0)
		status = uv_tcp_connect(
		    &stream->connecting, &stream->tcp, (struct sockaddr *)&address, on_connected);
	if (status != 0) {
		stream->failure = failure_of(status);
		report(stream, STREAM_FAILED);
	}
	return stream;
}

bool
stream_local_ip(const struct stream *stream, struct ip *ip_out)
{
	struct sockaddr_storage address;
	int size = sizeof address;

	if (uv_tcp_getsockname(&stream->tcp, (struct sockaddr *)&address, &size) != 0)
		return false;
	*ip_out = socket_ip(&address);
	return true;
}

void
stream_write(struct stream *stream, const char *bytes, size_t length)
{
	if (!stream->secure) {
		write_raw(stream, bytes, length);
		return;
	}
	ERR_clear_error();
	SSL_write(stream->ssl, bytes, (int)length); /* a memory BIO takes everything */
	flush_tls(stream);
}

const char *
stream_bytes(const struct stream *stream, size_t *length_out)
{
	*length_out = stream->held.length - stream->consumed;
	return *length_out == 0 ? "" : stream->held.at + stream->consumed;
}

void
stream_consume(struct stream *stream, size_t length)
{
	stream->consumed += length;
	if (stream->consumed == stream->held.length) {
		strbuf_reset(&stream->held);
		stream->consumed = 0;
	}
}

/* Writes the first flight; there is nothing to read yet. */
static bool
begin_handshake(struct stream *stream)
{
	int result;

	ERR_clear_error();
	result = SSL_do_handshake(stream->ssl);
	flush_tls(stream);
	return SSL_get_error(stream->ssl, result) == SSL_ERROR_WANT_READ;
}

/* Bytes that came in clear behind the go-ahead are dropped: they must not count as if they were
 * safe. */
void
stream_start_tls(struct stream *stream, struct tls_context *context, enum tls_versions versions,
    const char *server_name)
{
	size_t left;

	stream_bytes(stream, &left);
	stream_consume(stream, left);
	stream->ssl = tls_client_new(context, versions, server_name);
	if (stream->ssl != NULL && begin_handshake(stream))
		return;
	ERR_clear_error();
	snprintf(stream->error_text, sizeof stream->error_text, "%s", stream_no_such_version);
	stream->ended = true;
	report(stream, STREAM_TLS_FAILED);
}

enum stream_failure
stream_failure(const struct stream *stream)
{
	return stream->failure;
}

const char *
stream_error_text(const struct stream *stream)
{
	return stream->error_text;
}

void
stream_tls_describe(const struct stream *stream, struct arena *arena, struct stream_tls *out)
{
	tls_describe(stream->ssl, arena, out);
}

void
stream_part(struct stream *stream)
{
	stream->parting = true;
	stream->ended = false; /* at most its TLS has */
	if (stream->secure) {
		ERR_clear_error();
		SSL_shutdown(stream->ssl);
		ERR_clear_error();
		flush_tls(stream);
	}
	uv_shutdown(&stream->shutdown, (uv_stream_t *)&stream->tcp, NULL);
}

static void
on_closed(uv_handle_t *handle)
{
	struct stream *stream = (struct stream *)handle;

	strbuf_free(&stream->held);
	SSL_free(stream->ssl);
	free(stream);
}

void
stream_close(struct stream *stream)
{
	if (stream == NULL || stream->closing)
		return;
	stream->closing = true;
	loop_soon_free(stream->report);
	uv_close((uv_handle_t *)&stream->tcp, on_closed);
}
