/* Fetches by libcurl's multi interface on the loop. Only this file sees curl.h. */
#include "net/https.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "cert/roots.h"
#include "net/loop.h"
#include "net/socket.h"

#include <curl/curl.h>
#include <errno.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/socket.h>

enum {
	STATUS_OK = 200,
};

struct https_client {
	struct https_options options;
	CURLM *multi;
	struct loop_timer *timer;
	X509_STORE *roots;        /* NULL until the first handshake */
	struct curl_slist *stale; /* addresses of fetches that are over, for curl to forget */
};

struct https_fetch {
	struct https_client *client;
	CURL *easy;
	struct curl_slist *addresses; /* as curl wants them; the last is of this fetch */
	char *forget;                 /* the word that makes curl forget it */
	struct ip allowed[HTTPS_ADDRESSES_MAX];
	size_t allowed_count;
	struct strbuf body;
	bool too_large;
	bool shortage; /* a socket could not be had */
	int64_t seen_at;
	uint64_t started; /* loop milliseconds */
	https_done_fn done;
	void *user;
	char problem[CURL_ERROR_SIZE];
};

/* ---- what was seen */

/* Errors of connect(2) that are our own, not the host's. */
static bool
is_ours(long error)
{
	static const long ours[] = { ENETUNREACH, EPERM, EACCES, EAFNOSUPPORT };

	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
		if (ours[i] == error)
			return true;
	return false;
}

static enum https_end
end_of_connecting(const struct https_fetch *fetch)
{
	long error = 0;

	curl_easy_getinfo(fetch->easy, CURLINFO_OS_ERRNO, &error);
	if (fetch->shortage || socket_error_is_shortage((int)error))
		return HTTPS_SHORTAGE;
	return is_ours(error) ? HTTPS_NO_ROUTE : HTTPS_REFUSED;
}

/* A bad chain has a result of its own; behind a good one the name is looked at, and only then the
 * result is set. */
static enum https_end
end_of_verifying(const struct https_fetch *fetch)
{
	long result = X509_V_ERR_UNSPECIFIED;

	curl_easy_getinfo(fetch->easy, CURLINFO_SSL_VERIFYRESULT, &result);
	switch (result) {
	case X509_V_OK:
	case X509_V_ERR_UNSPECIFIED:
		return HTTPS_OTHER_NAME;
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return HTTPS_EXPIRED;
	default:
		return cert_roots_count(fetch->client->roots) == 0 ? HTTPS_NO_ROOTS
								   : HTTPS_UNTRUSTED;
	}
}

static enum https_end
end_of(const struct https_fetch *fetch, CURLcode code, unsigned status)
{
	switch (code) {
	case CURLE_OK:
		return HTTPS_ANSWERED;
	case CURLE_WRITE_ERROR: /* what stands behind another status is not read at all */
		return status == STATUS_OK && fetch->too_large ? HTTPS_TOO_LARGE : HTTPS_ANSWERED;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTPS_TIMEOUT;
	case CURLE_COULDNT_CONNECT:
		return end_of_connecting(fetch);
	case CURLE_PEER_FAILED_VERIFICATION:
		return end_of_verifying(fetch);
	case CURLE_SSL_CONNECT_ERROR:
		return HTTPS_TLS;
	default:
		return HTTPS_BROKEN;
	}
}

/* A text of the answer, cut; "" when it has none. */
static const char *
text_info(struct arena *arena, const char *text)
{
	return text == NULL ? "" : arena_string_n(arena, text, strnlen(text, HTTPS_TEXT_MAX));
}

/* As sent, whether or not the answer was read to its end; "" when there is none. */
static const char *
location_of(const struct https_fetch *fetch, struct arena *arena)
{
	struct curl_header *header;

	return curl_easy_header(fetch->easy, "Location", 0, CURLH_HEADER, -1, &header) == CURLHE_OK
	    ? text_info(arena, header->value)
	    : "";
}

/* The library's words, where they say more than the end does and hold no number of milliseconds. */
static const char *
problem_of(const struct https_fetch *fetch, enum https_end end, CURLcode code, struct arena *arena)
{
	if (end < HTTPS_BROKEN || end > HTTPS_TLS)
		return "";
	return text_info(
	    arena, fetch->problem[0] != '\0' ? fetch->problem : curl_easy_strerror(code));
}

static void
see_answer(const struct https_fetch *fetch, struct arena *arena, struct https_observation *seen)
{
	const char *media_type = NULL;
	char *address = NULL;

	curl_easy_getinfo(fetch->easy, CURLINFO_CONTENT_TYPE, &media_type);
	curl_easy_getinfo(fetch->easy, CURLINFO_PRIMARY_IP, &address);
	seen->media_type = text_info(arena, media_type);
	seen->location = location_of(fetch, arena);
	seen->connected = address != NULL && ip_parse(address, &seen->ip); /* else it is "" */
}

static void
see(const struct https_fetch *fetch, CURLcode code, struct arena *arena,
    struct https_observation *seen)
{
	long status = 0;

	curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
	*seen = (struct https_observation){
		.status = (unsigned)status,
		.end = end_of(fetch, code, (unsigned)status),
		.seen_at = fetch->seen_at,
		.elapsed_ms = (uint32_t)(loop_now(fetch->client->options.loop) - fetch->started),
		.body = "",
	};
	see_answer(fetch, arena, seen);
	seen->problem = problem_of(fetch, seen->end, code, arena);
	if (https_fetched(seen) && fetch->body.length > 0) {
		seen->body = fetch->body.at;
		seen->length = fetch->body.length;
	}
}

/* ---- the end of a fetch */

static void
free_fetch(struct https_fetch *fetch)
{
	fetch->client->stale = curl_slist_append(fetch->client->stale, fetch->forget);
	free(fetch->forget);
	curl_multi_remove_handle(fetch->client->multi, fetch->easy);
	curl_easy_cleanup(fetch->easy);
	curl_slist_free_all(fetch->addresses);
	strbuf_free(&fetch->body);
	free(fetch);
}

static void
finish(struct https_fetch *fetch, CURLcode code)
{
	struct https_observation seen;
	struct arena arena = { 0 };
	struct strbuf body = fetch->body;
	https_done_fn done = fetch->done;
	void *user = fetch->user;

	see(fetch, code, &arena, &seen);
	fetch->body = (struct strbuf){ 0 };
	free_fetch(fetch);
	done(user, &seen);
	strbuf_free(&body);
	arena_free(&arena);
}

/* Whenever something has happened: which fetches are over? */
static void
collect(struct https_client *client)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
		struct https_fetch *fetch = NULL;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &fetch);
		finish(fetch, code);
	}
}

/* ---- curl on the loop */

static void
on_ready(void *user, int fd, bool readable, bool writable)
{
	struct https_client *client = user;
	int running;

	curl_multi_socket_action(client->multi, fd,
	    (readable ? CURL_CSELECT_IN : 0) | (writable ? CURL_CSELECT_OUT : 0), &running);
	collect(client);
}

static void
on_time(void *user)
{
	struct https_client *client = user;
	int running;

	curl_multi_socket_action(client->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	collect(client);
}

static int
set_timer(CURLM *multi, long timeout_ms, void *user)
{
	struct https_client *client = user;

	(void)multi;
	if (timeout_ms < 0)
		loop_timer_stop(client->timer);
	else /* never from inside: curl may be at work on what it asks for */
		loop_timer_start(client->timer, (uint64_t)timeout_ms, 0);
	return 0;
}

static int
set_watch(CURL *easy, curl_socket_t fd, int what, void *user, void *assigned)
{
	struct https_client *client = user;
	struct loop_watch *watch = assigned;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		loop_watch_free(watch);
		curl_multi_assign(client->multi, fd, NULL);
		return 0;
	}
	if (watch == NULL) {
		watch = loop_watch_new(client->options.loop, fd, on_ready, client);
		curl_multi_assign(client->multi, fd, watch);
	}
	if (watch == NULL)
		return -1;
	loop_watch_set(watch, (what & CURL_POLL_IN) != 0, (what & CURL_POLL_OUT) != 0);
	return 0;
}

/* ---- a fetch, as curl asks for it */

/* The last gate before a packet leaves: no address but those that were given. */
static curl_socket_t
open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct https_fetch *fetch = user;
	uint16_t port = fetch->client->options.port;
	struct sockaddr_storage wanted;
	int fd;

	for (size_t i = 0; i < fetch->allowed_count; i++) {
		socklen_t size = socket_address(&fetch->allowed[i], port, &wanted);

		if (purpose != CURLSOCKTYPE_IPCXN || size != address->addrlen ||
		    memcmp(&wanted, &address->addr, size) != 0)
			continue;
		fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
		if (fd < 0)
			fetch->shortage |= socket_error_is_shortage(errno);
		return fd < 0 ? CURL_SOCKET_BAD : fd;
	}
	return CURL_SOCKET_BAD;
}

static size_t
take_body(char *bytes, size_t size, size_t count, void *user)
{
	struct https_fetch *fetch = user;
	size_t length = size * count;
	long status = 0;

	curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &status);
	fetch->too_large = fetch->body.length + length > fetch->client->options.body_max;
	if (status != STATUS_OK || fetch->too_large)
		return CURL_WRITEFUNC_ERROR;
	strbuf_add(&fetch->body, bytes, length);
	return length;
}

/* One store for all fetches: to read the system's roots costs twenty times a handshake. */
static CURLcode
set_roots(CURL *easy, void *context, void *user)
{
	struct https_client *client = user;
	struct error ignored; /* the file was read before, when the run began */

	(void)easy;
	if (client->roots == NULL) {
		client->roots = X509_STORE_new();
		if (client->roots == NULL)
			return CURLE_OUT_OF_MEMORY;
		cert_roots_add_system(client->roots);
		if (client->options.ca != NULL)
			cert_roots_add_file(client->roots, client->options.ca, &ignored);
	}
	SSL_CTX_set1_cert_store(context, client->roots);
	return CURLE_OK;
}

/*
 * HOST:PORT:ADDRESS,ADDRESS as curl takes it in place of a look-up. It walks over all that it was
 * given whenever it begins a fetch: so what fetches before this one have left is taken back.
 */
static void
give_addresses(struct https_fetch *fetch, const struct https_request *request)
{
	struct strbuf text = { 0 };
	char address[IP_TEXT_MAX];

	strbuf_printf(&text, "-%s:%u", request->host, fetch->client->options.port);
	fetch->forget = alloc_string(text.at);
	strbuf_add_byte(&text, ':');
	for (size_t i = 0; i < request->address_count && i < HTTPS_ADDRESSES_MAX; i++) {
		const struct ip *ip = &request->addresses[i];

		strbuf_printf(&text, ip->family == 6 ? "%s[%s]" : "%s%s", i > 0 ? "," : "",
		    ip_format(ip, address));
		fetch->allowed[fetch->allowed_count++] = *ip;
	}
	fetch->addresses = curl_slist_append(fetch->client->stale, text.at + 1);
	fetch->client->stale = NULL;
	curl_easy_setopt(fetch->easy, CURLOPT_RESOLVE, fetch->addresses);
	strbuf_free(&text);
}

/* What RFC 8461 3.3 asks of a client, and that no fetch knows of another. */
static void
set_manners(CURL *easy)
{
	static const struct {
		CURLoption option;
		long value;
	} manners[] = {
		{ CURLOPT_NOSIGNAL, 1 },
		{ CURLOPT_FOLLOWLOCATION, 0 },
		{ CURLOPT_FRESH_CONNECT, 1 },
		{ CURLOPT_FORBID_REUSE, 1 },
		{ CURLOPT_SSL_SESSIONID_CACHE, 0 },
		{ CURLOPT_SSL_VERIFYPEER, 1 },
		{ CURLOPT_SSL_VERIFYHOST, 2 },
		{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
		{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
		{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
	};

	for (size_t i = 0; i < sizeof manners / sizeof manners[0]; i++)
		curl_easy_setopt(easy, manners[i].option, manners[i].value);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(easy, CURLOPT_PROXY, "");    /* whatever the environment says */
	curl_easy_setopt(easy, CURLOPT_CAINFO, NULL); /* see set_roots */
	curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

static void
set_request(struct https_fetch *fetch, const struct https_request *request)
{
	struct https_client *client = fetch->client;
	CURL *easy = fetch->easy;
	struct strbuf url = { 0 };

	strbuf_printf(&url, "https://%s:%u%s", request->host, client->options.port, request->path);
	curl_easy_setopt(easy, CURLOPT_URL, url.at);
	strbuf_free(&url);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, client->options.agent);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)client->options.limit_ms);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)client->options.limit_ms);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, fetch->problem);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, fetch);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, fetch);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, fetch);
	curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, set_roots);
	curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, client);
}

struct https_fetch *
https_fetch_start(struct https_client *client, const struct https_request *request,
    https_done_fn done, void *user)
{
	struct https_fetch *fetch = alloc_zeroed(1, sizeof *fetch);

	fetch->client = client;
	fetch->done = done;
	fetch->user = user;
	fetch->seen_at = (int64_t)time(NULL);
	fetch->started = loop_now(client->options.loop);
	fetch->easy = curl_easy_init();
	if (fetch->easy == NULL)
		abort(); /* out of memory, as curl says it */
	set_manners(fetch->easy);
	set_request(fetch, request);
	give_addresses(fetch, request);
	curl_multi_add_handle(client->multi, fetch->easy);
	return fetch;
}

void
https_fetch_cancel(struct https_fetch **fetch)
{
	if (*fetch != NULL)
		free_fetch(*fetch);
	*fetch = NULL;
}

/* ---- the client */

struct https_client *
https_client_new(const struct https_options *options)
{
	struct https_client *client = alloc_zeroed(1, sizeof *client);

	client->options = *options;
	client->timer = loop_timer_new(options->loop, on_time, client);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		abort(); /* out of memory */
	client->multi = curl_multi_init();
	if (client->multi == NULL)
		abort();
	curl_multi_setopt(client->multi, CURLMOPT_SOCKETFUNCTION, set_watch);
	curl_multi_setopt(client->multi, CURLMOPT_SOCKETDATA, client);
	curl_multi_setopt(client->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(client->multi, CURLMOPT_TIMERDATA, client);
	curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, 1L);
	return client;
}

void
https_client_free(struct https_client *client)
{
	if (client == NULL)
		return;
	curl_multi_cleanup(client->multi);
	loop_timer_free(client->timer);
	X509_STORE_free(client->roots);
	curl_slist_free_all(client->stale);
	curl_global_cleanup();
	free(client);
}
