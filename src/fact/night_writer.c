/*
 * Writing while gathering. What the graph hands over is kept in a batch; each second, or when it is
 * full, the batch goes to a background thread as one transaction, and a new one begins. So the loop
 * never waits for a disk, and at most the last second is lost with the machine.
 */
#include "fact/night.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "fact/night_file.h"
#include "net/loop.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum {
	COMMIT_EVERY_MS = 1000,
	BATCH_MAX = 1 << 20, /* octets: the buffers stay small, and are used again */
};

enum entry_kind {
	ENTRY_FACT = 1,
	ENTRY_DOMAIN,
};

struct night_writer {
	struct night *night;
	struct loop *loop;
	struct loop_timer *timer;
	struct strbuf filling;   /* entries to come, on the loop's side */
	struct strbuf writing;   /* entries on their way to the disk, on the thread's side */
	uint64_t batch, written; /* the number that is being filled; the last on disk */
	bool busy;
	bool failed;
	struct error error; /* of the thread; read by the loop when it is not busy */
	night_failed_fn on_failed;
	void *user;
};

static void
add_bytes(struct strbuf *out, const void *bytes, size_t length)
{
	strbuf_add_varint(out, length);
	strbuf_add(out, bytes, length);
}

struct slice {
	const void *bytes;
	size_t length;
};

static struct slice
take_bytes(struct buf *buf)
{
	size_t length = (size_t)buf_varint(buf);

	return (struct slice){ buf_bytes(buf, length), length };
}

static bool
write_entry(struct night *night, struct buf *entries)
{
	bool is_fact = buf_u8(entries) == ENTRY_FACT;
	struct slice first = take_bytes(entries), second = take_bytes(entries);
	sqlite3_stmt *put = night_statement(night, is_fact ? NIGHT_FACT_PUT : NIGHT_DOMAIN_PUT);

	if (put == NULL)
		return false;
	if (is_fact) {
		sqlite3_bind_blob(put, 1, first.bytes, (int)first.length, SQLITE_STATIC);
	} else {
		sqlite3_bind_text(put, 1, first.bytes, (int)first.length, SQLITE_STATIC);
		sqlite3_bind_int64(put, 3, (sqlite3_int64)buf_varint(entries));
		sqlite3_bind_int64(put, 4, (sqlite3_int64)buf_varint(entries));
	}
	sqlite3_bind_blob(put, 2, second.bytes, (int)second.length, SQLITE_STATIC);
	return sqlite3_step(put) == SQLITE_DONE && sqlite3_reset(put) == SQLITE_OK;
}

/* On a thread of the pool, or on the loop's when that has ended; never on both at once. */
static void
write_batch(void *user)
{
	struct night_writer *writer = user;
	struct night *night = writer->night;
	struct buf entries = buf_over(writer->writing.at, writer->writing.length);

	writer->failed = night_execute(night, "BEGIN IMMEDIATE", &writer->error) != 0;
	while (!writer->failed && buf_left(&entries) > 0)
		if (!write_entry(night, &entries))
			writer->failed =
			    night_error(night, "cannot be written", &writer->error) != 0;
	if (!writer->failed)
		writer->failed = night_execute(night, "COMMIT", &writer->error) != 0;
	if (writer->failed)
		sqlite3_exec(night->db, "ROLLBACK", NULL, NULL, NULL);
}

static void
on_written(void *user)
{
	struct night_writer *writer = user;

	writer->busy = false;
	if (!writer->failed) {
		writer->written = writer->batch - 1;
		strbuf_reset(&writer->writing);
		return;
	}
	loop_timer_stop(writer->timer);
	writer->on_failed(writer->user, &writer->error);
}

static void
swap_buffers(struct night_writer *writer)
{
	struct strbuf full = writer->filling;

	writer->filling = writer->writing;
	writer->writing = full;
	writer->batch++;
}

uint64_t
night_batch(const struct night *night)
{
	return night->writer->batch;
}

uint64_t
night_batch_written(const struct night *night)
{
	return night->writer->written;
}

static void
hand_over(struct night_writer *writer)
{
	swap_buffers(writer);
	writer->busy = true;
	loop_background(writer->loop, write_batch, on_written, writer);
}

static void
on_timer(void *user)
{
	struct night_writer *writer = user;

	if (!writer->busy && writer->filling.length > 0)
		hand_over(writer);
}

/* After a failure nothing is written any more. */
static void
end_entry(struct night_writer *writer)
{
	if (writer->filling.length >= BATCH_MAX && !writer->busy && !writer->failed)
		hand_over(writer);
}

void
night_put_fact(
    struct night *night, const void *key, size_t key_length, const void *value, size_t length)
{
	struct strbuf *out = &night->writer->filling;

	strbuf_add_u8(out, ENTRY_FACT);
	add_bytes(out, key, key_length);
	add_bytes(out, value, length);
	end_entry(night->writer);
}

void
night_put_domain(struct night *night, const char *name, const void *facts, size_t length,
    int64_t scanned_at, uint32_t elapsed_ms)
{
	struct strbuf *out = &night->writer->filling;

	strbuf_add_u8(out, ENTRY_DOMAIN);
	add_bytes(out, name, strlen(name));
	add_bytes(out, facts, length);
	strbuf_add_varint(out, (uint64_t)scanned_at);
	strbuf_add_varint(out, elapsed_ms);
	end_entry(night->writer);
}

void
night_gather_begin(struct night *night, struct loop *loop, night_failed_fn failed, void *user)
{
	struct night_writer *writer = alloc_zeroed(1, sizeof *writer);

	writer->batch = 1;
	writer->night = night;
	writer->loop = loop;
	writer->on_failed = failed;
	writer->user = user;
	writer->timer = loop_timer_new(loop, on_timer, writer);
	loop_timer_start(writer->timer, COMMIT_EVERY_MS, COMMIT_EVERY_MS);
	night->writer = writer;
	night_open_reader(night);
}

static void
write_rest(struct night_writer *writer)
{
	if (writer->failed || writer->filling.length == 0)
		return;
	swap_buffers(writer);
	write_batch(writer);
}

int
night_gather_end(struct night *night, struct error *error)
{
	struct night_writer *writer = night->writer;
	int result = 0;

	loop_timer_free(writer->timer);
	night_close_reader(night);
	while (writer->busy)
		loop_run_once(writer->loop);
	write_rest(writer);
	if (writer->failed) {
		*error = writer->error;
		error->code = EX_IOERR;
		result = -1;
	} else {
		sqlite3_exec(night->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
	}
	strbuf_free(&writer->filling);
	strbuf_free(&writer->writing);
	free(writer);
	night->writer = NULL;
	return result;
}
