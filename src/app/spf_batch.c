/* The batch of the command `spf`: a window of senders between standard input and output. */
#include "app/spf_batch.h"

#include "app/asker.h"
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "net/loop.h"
#include "wire/json_object.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	CHUNK = 65536,
	WINDOW = 1000,          /* senders at once */
	LINE_MAX = 64 * 1024,   /* octets; an address and two names need a few hundred */
	REMEMBERED_MAX = 20000, /* senders whose answers are in memory: some 60 MiB */
};

/* One line of input until its result is printed. */
struct entry {
	struct entry *next;
	struct batch *batch;
	struct arena arena; /* of the sender's texts */
	const char *id;     /* as written; NULL when there is none */
	size_t id_length;
	struct spf_sender sender;
	struct spf_check check;
	struct strbuf result;
	bool done;
};

struct batch {
	struct loop *loop;
	struct asker *asker;
	struct entry *first, **last;
	size_t open;       /* entries in the list */
	size_t remembered; /* senders whose answers are in memory */
	struct strbuf line;
	bool too_long; /* what is left of the line is passed over */
	char chunk[CHUNK];
	ssize_t got; /* octets in the chunk */
	size_t used; /* of them */
	int read_errno;
	bool reading, ended;
	uint64_t lines, bad_lines, first_bad;
};

static void go_on(struct batch *batch);

void
spf_result_write(struct json *json, const struct spf_check *check)
{
	const char *explanation = check->explanation, *mechanism = check->mechanism;

	json_key_string(json, "result", spf_verdict_text(check->verdict));
	json_key_string(json, "explanation", explanation == NULL ? "" : explanation);
	json_key_int(json, "lookups", check->lookups);
	json_key_int(json, "void_lookups", check->void_lookups);
	json_key_string(json, "mechanism", mechanism == NULL ? "" : mechanism);
	json_key_string(json, "problem", check->problem == NULL ? "" : check->problem);
}

/* ---- results */

static struct json
begin_result(struct entry *entry)
{
	struct json json = json_over(&entry->result);

	json_begin_object(&json);
	json_key(&json, "id");
	if (entry->id == NULL)
		json_null(&json);
	else
		json_raw(&json, entry->id, entry->id_length);
	return json;
}

/* Prints what is done, up to the first that is not. */
static void
flush(struct batch *batch)
{
	while (batch->first != NULL && batch->first->done) {
		struct entry *entry = batch->first;

		puts(entry->result.at);
		batch->first = entry->next;
		if (batch->first == NULL)
			batch->last = &batch->first;
		batch->open--;
		strbuf_free(&entry->result);
		arena_free(&entry->arena);
		free(entry);
	}
	fflush(stdout);
}

static void
check_pass(void *user, struct facts *facts, struct arena *arena)
{
	struct entry *entry = user;

	spf_check_host(facts, &entry->sender, arena, &entry->check);
}

static void
on_checked(void *user)
{
	struct entry *entry = user;
	struct batch *batch = entry->batch;
	struct json json = begin_result(entry);

	spf_result_write(&json, &entry->check);
	json_end_object(&json);
	entry->done = true;
	flush(batch); /* frees the entry, when it is its turn */
	go_on(batch);
}

static void
refuse(struct entry *entry, const char *problem)
{
	struct batch *batch = entry->batch;
	struct json json = begin_result(entry);

	json_key(&json, "result");
	json_null(&json);
	json_key_string(&json, "problem", problem);
	json_end_object(&json);
	entry->done = true;
	if (batch->bad_lines++ == 0)
		batch->first_bad = batch->lines;
}

/* ---- lines */

static struct entry *
add_entry(struct batch *batch)
{
	struct entry *entry = alloc_zeroed(1, sizeof *entry);

	entry->batch = batch;
	*batch->last = entry;
	batch->last = &entry->next;
	batch->open++;
	return entry;
}

enum { ID, IP, HELO, MAIL_FROM, MEMBER_COUNT };

static const char *
read_sender(struct entry *entry, const char *line, size_t length)
{
	struct spf_sender *out = &entry->sender;
	struct json_member members[MEMBER_COUNT] = { [ID] = { .name = "id" },
		[IP] = { .name = "ip" },
		[HELO] = { .name = "helo" },
		[MAIL_FROM] = { .name = "mail_from" } };
	const char *text = arena_copy(&entry->arena, line, length), *problem;

	if (!json_object_read(text, length, &entry->arena, members, MEMBER_COUNT, &problem))
		return problem;
	entry->id = members[ID].raw;
	entry->id_length = members[ID].raw_length;
	if (members[IP].text == NULL || !ip_parse(members[IP].text, &out->ip))
		return "ip must be an address such as 192.0.2.1";
	out->helo = members[HELO].text == NULL ? "" : members[HELO].text;
	out->mail_from = members[MAIL_FROM].text == NULL ? "" : members[MAIL_FROM].text;
	return *out->helo == '\0' && *out->mail_from == '\0' ? "helo or mail_from is missing"
							     : NULL;
}

static void
take_line(struct batch *batch)
{
	struct strbuf *line = &batch->line;
	struct entry *entry;
	const char *problem = "the line is too long";

	batch->lines++;
	if (!batch->too_long && (line->length == 0 || strspn(line->at, " \t\r") == line->length))
		return;
	entry = add_entry(batch);
	if (!batch->too_long)
		problem = read_sender(entry, line->at, line->length);
	if (problem != NULL) {
		refuse(entry, problem);
		return;
	}
	batch->remembered++;
	asker_run(batch->asker, check_pass, on_checked, entry);
}

/* Adds to the line at hand; true when its end was there. */
static bool
take_octets(struct batch *batch)
{
	const char *start = batch->chunk + batch->used;
	size_t left = (size_t)batch->got - batch->used;
	const char *end = memchr(start, '\n', left);
	size_t length = end == NULL ? left : (size_t)(end - start);

	if (batch->line.length + length > LINE_MAX)
		batch->too_long = true;
	else
		strbuf_add(&batch->line, start, length);
	batch->used += length + (end != NULL);
	return end != NULL;
}

static bool
has_room(const struct batch *batch)
{
	return batch->open < WINDOW && batch->remembered < REMEMBERED_MAX;
}

/* Between two windows nothing is open, and what is in memory may go. */
static void
forget_if_full(struct batch *batch)
{
	if (batch->remembered < REMEMBERED_MAX || batch->open > 0)
		return;
	batch->remembered = 0;
	asker_forget(batch->asker);
}

/* While the next chunk is read there is none. */
static bool
has_octets(const struct batch *batch)
{
	return !batch->reading && batch->used < (size_t)batch->got;
}

static void
take_lines(struct batch *batch)
{
	while (has_room(batch) && has_octets(batch)) {
		if (!take_octets(batch))
			continue;
		take_line(batch);
		strbuf_reset(&batch->line);
		batch->too_long = false;
	}
}

/* ---- reading, in the background: standard input may be a file, a pipe or a terminal */

static void
read_chunk(void *user)
{
	struct batch *batch = user;

	do
		batch->got = read(STDIN_FILENO, batch->chunk, sizeof batch->chunk);
	while (batch->got < 0 && errno == EINTR);
	batch->read_errno = batch->got < 0 ? errno : 0;
}

static void
on_chunk(void *user)
{
	struct batch *batch = user;

	batch->reading = false;
	batch->used = 0;
	if (batch->got <= 0) {
		batch->got = 0;
		batch->ended = true;
		if (batch->line.length > 0 || batch->too_long)
			take_line(batch); /* the last one has no line end */
	}
	go_on(batch);
}

static void
go_on(struct batch *batch)
{
	do {
		forget_if_full(batch);
		take_lines(batch);
		flush(batch);
	} while (has_room(batch) && has_octets(batch)); /* lines that are refused are done */
	if (batch->reading || !has_room(batch))
		return;
	if (batch->ended) {
		if (batch->open == 0)
			loop_stop(batch->loop);
		return;
	}
	batch->reading = true;
	loop_background(batch->loop, read_chunk, on_chunk, batch);
}

static int
end(const struct batch *batch, struct error *error)
{
	if (batch->read_errno != 0)
		return error_set(
		    error, EX_IOERR, "standard input: %s", strerror(batch->read_errno));
	if (batch->bad_lines > 0)
		return error_set(error, EX_DATAERR,
		    "standard input: %" PRIu64 " of %" PRIu64
		    " lines cannot be used, the first is line %" PRIu64 "; their results say why",
		    batch->bad_lines, batch->lines, batch->first_bad);
	return 0;
}

int
spf_batch_run(struct loop *loop, struct asker *asker, struct error *error)
{
	struct batch *batch = alloc_zeroed(1, sizeof *batch);
	int result;

	batch->loop = loop;
	batch->asker = asker;
	batch->last = &batch->first;
	go_on(batch);
	loop_run(loop);
	result = end(batch, error);
	strbuf_free(&batch->line);
	free(batch);
	return result;
}
