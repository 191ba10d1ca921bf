/* The night file: what is written comes back; what is no night file is refused. */
#include "unit.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "net/loop.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

struct fixture {
	char folder[64];
	char path[96];
	struct arena arena;
	struct loop *loop;
};

static int
set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){ .folder = "/tmp/night_test.XXXXXX" };
	if (mkdtemp(fixture.folder) == NULL)
		return -1;
	snprintf(fixture.path, sizeof fixture.path, "%s/night", fixture.folder);
	fixture.loop = loop_new();
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char path[128];

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		snprintf(path, sizeof path, "%s%s", fixture->path, ends[i]);
		unlink(path);
	}
	arena_free(&fixture->arena);
	loop_free(fixture->loop);
	return rmdir(fixture->folder);
}

static struct night *
create(const char *path)
{
	struct night *night = NULL;
	struct error error;

	if (night_create(path, &night, &error) != 0)
		fail_msg("%s", error.text);
	return night;
}

static struct night *
open_again(const char *path)
{
	struct night *night = NULL;
	struct error error;

	if (night_open(path, &night, &error) != 0)
		fail_msg("%s", error.text);
	return night;
}

static void
no_failure(void *user, const struct error *error)
{
	(void)user;
	fail_msg("%s", error->text);
}

static void
begin_gathering(struct fixture *fixture, struct night *night)
{
	night_gather_begin(night, fixture->loop, no_failure, NULL);
}

static void
end_gathering(struct night *night)
{
	struct error error;

	if (night_gather_end(night, &error) != 0)
		fail_msg("%s", error.text);
}

/* ---- rows */

static const char *const cells[] = { "7", "", "f\xc3\xbcr, \"uns\"", "x\ny" };

static const struct night_row rows[] = {
	{
	    .id = 1,
	    .line = 2,
	    .domain = "xn--fr-xka.de",
	    .unicode = "f\xc3\xbcr.de",
	    .input = "F\xc3\xbcr.de",
	    .changed = true,
	    .known = { [KNOWN_SELECTORS] = "s1 s2",
		[KNOWN_ROLE] = "mail",
		[KNOWN_WAIVERS] = "mx.count:2030-01-01" },
	    .cell_count = COUNT_OF(cells),
	    .cells = cells,
	},
	{ .id = 2, .line = 3, .input = "", .problem = "it is empty" },
	{ .id = 3, .line = UINT32_MAX, .domain = "a.com", .input = "a.com", .again = true },
	{ .id = 4, .domain = "a.com", .input = "a.com", .again = true, .differs = true },
};

static void
assert_same_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a != NULL)
		assert_string_equal(a, b);
}

static void
assert_same_row(const struct night_row *a, const struct night_row *b)
{
	assert_int_equal(a->id, b->id);
	assert_int_equal(a->line, b->line);
	assert_same_text(a->domain, b->domain);
	assert_same_text(a->unicode, b->unicode);
	assert_same_text(a->input, b->input);
	assert_same_text(a->problem, b->problem);
	assert_int_equal(a->changed, b->changed);
	assert_int_equal(a->again, b->again);
	assert_int_equal(a->differs, b->differs);
	for (size_t i = 0; i < KNOWN_COUNT; i++)
		assert_same_text(a->known[i], b->known[i]);
	assert_int_equal(a->cell_count, b->cell_count);
	for (size_t i = 0; i < a->cell_count; i++)
		assert_string_equal(a->cells[i], b->cells[i]);
}

static void
add_rows(struct night *night)
{
	struct error error;

	assert_int_equal(night_rows_begin(night, &error), 0);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(night_row_add(night, &rows[i], &error), 0);
	assert_int_equal(night_rows_end(night, &error), 0);
}

static void
read_rows(struct fixture *fixture, struct night *night)
{
	struct night_row row = { .id = 0 };

	assert_int_equal(night_row_count(night), COUNT_OF(rows));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_true(night_next_row(night, row.id, &fixture->arena, &row));
		assert_same_row(&rows[i], &row);
	}
	assert_false(night_next_row(night, row.id, &fixture->arena, &row));
}

static void
rows_come_back(void **state)
{
	struct fixture *fixture = *state;
	struct night *night = create(fixture->path);

	assert_int_equal(night_row_count(night), 0);
	add_rows(night);
	read_rows(fixture, night);
	night_close(night);
	night = open_again(fixture->path);
	read_rows(fixture, night);
	night_close(night);
}

static void
a_night_in_memory_is_one_as_well(void **state)
{
	struct fixture *fixture = *state;
	struct night *night = create(NULL);
	struct strbuf out = { 0 };

	add_rows(night);
	begin_gathering(fixture, night);
	night_put_fact(night, "key", 3, "value", 5);
	end_gathering(night);
	assert_true(night_fact(night, "key", 3, &out));
	assert_string_equal(out.at, "value");
	read_rows(fixture, night);
	night_close(night);
	strbuf_free(&out);
}

/* ---- what is true of the run */

static void
meta_comes_back(void **state)
{
	struct fixture *fixture = *state;
	struct night *night = create(fixture->path);
	struct strbuf out = { 0 };
	struct error error;

	assert_int_equal(night_set_meta(night, "a", "one", 3, &error), 0);
	assert_int_equal(night_set_meta(night, "a", "t\0wo", 4, &error), 0);
	assert_int_equal(night_set_meta(night, "empty", "", 0, &error), 0);
	night_close(night);
	night = open_again(fixture->path);
	strbuf_add_string(&out, "before ");
	assert_true(night_meta(night, "a", &out));
	assert_int_equal(out.length, 11);
	assert_memory_equal(out.at, "before t\0wo", 11);
	assert_true(night_meta(night, "empty", &out));
	assert_int_equal(out.length, 11);
	assert_false(night_meta(night, "b", &out));
	assert_int_not_equal(night_set_meta(night, "a", "x", 1, &error), 0); /* read-only */
	night_close(night);
	strbuf_free(&out);
}

/* ---- facts and domains */

static void
count_fact(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	size_t *octets = user;

	(void)key;
	(void)value;
	octets[0]++;
	octets[1] += key_length + length;
}

static void
facts_and_domains_come_back(void **state)
{
	struct fixture *fixture = *state;
	struct night *night = create(fixture->path);
	struct night_domain times;
	struct strbuf blob = { 0 }, out = { 0 };
	size_t seen[2] = { 0 };

	night_blob_add(&blob, "k1", 2, "v1", 2);
	night_blob_add(&blob, "k\0", 2, "", 0);
	begin_gathering(fixture, night);
	night_put_fact(night, "key\0a", 5, "value\0a", 7);
	night_put_fact(night, "key\0b", 5, "", 0);
	night_put_fact(night, "key\0a", 5, "better", 6); /* a second observation was added */
	night_put_domain(night, "a.com", blob.at, blob.length, 1796000000, 250);
	night_put_domain(night, "b.com", NULL, 0, 1, 2);
	end_gathering(night);
	night_close(night);

	night = open_again(fixture->path);
	assert_true(night_fact(night, "key\0a", 5, &out));
	assert_string_equal(out.at, "better");
	assert_true(night_fact(night, "key\0b", 5, &out));
	assert_false(night_fact(night, "key", 3, &out));
	strbuf_reset(&out);
	assert_true(night_domain(night, "a.com", &out, &times));
	assert_int_equal(times.scanned_at, 1796000000);
	assert_int_equal(times.elapsed_ms, 250);
	assert_int_equal(out.length, blob.length);
	assert_memory_equal(out.at, blob.at, blob.length);
	assert_true(night_domain(night, "b.com", &out, &times));
	assert_false(night_domain(night, "c.com", &out, &times));

	night_each_fact(night, "a.com", count_fact, seen);
	assert_int_equal(seen[0], 2);
	assert_int_equal(seen[1], 6);
	night_each_fact(night, "c.com", count_fact, seen);
	assert_int_equal(seen[0], 2);
	night_each_fact(night, NULL, count_fact, seen);
	assert_int_equal(seen[0], 2 + 4);
	night_close(night);
	strbuf_free(&blob);
	strbuf_free(&out);
}

/* A file whose rows have a gap, as a damaged one may have: the walk ends, and says so. */
static void
missing_rows_are_told(void **state)
{
	struct fixture *fixture = *state;
	struct night *night = create(fixture->path);
	struct night_row row = { .id = 0 };
	struct error error;

	assert_int_equal(night_rows_begin(night, &error), 0);
	assert_int_equal(night_row_add(night, &rows[0], &error), 0);
	assert_int_equal(night_row_add(night, &rows[2], &error), 0);
	assert_int_equal(night_rows_end(night, &error), 0);
	night_close(night);
	night = open_again(fixture->path);
	assert_int_equal(night_reads_check(night, &error), 0);
	assert_true(night_next_row(night, 0, &fixture->arena, &row));
	assert_false(night_next_row(night, row.id, &fixture->arena, &row));
	assert_int_equal(night_reads_check(night, &error), -1);
	assert_int_equal(error.code, EX_DATAERR);
	assert_non_null(strstr(error.text, fixture->path));
	night_close(night);
}

static void
many_facts_are_written(void **state)
{
	enum { FACTS = 20000 };
	struct fixture *fixture = *state;
	struct night *night = create(fixture->path);
	size_t seen[2] = { 0 };
	struct stat written;
	char wal[128];

	begin_gathering(fixture, night);
	for (int i = 0; i < FACTS; i++) {
		char key[16];
		int length = snprintf(key, sizeof key, "%d", i);

		night_put_fact(night, key, (size_t)length, "value", 5);
	}
	end_gathering(night);
	night_close(night);
	snprintf(wal, sizeof wal, "%s-wal", fixture->path); /* one plain file is left */
	assert_int_not_equal(stat(wal, &written), 0);
	night = open_again(fixture->path);
	night_each_fact(night, NULL, count_fact, seen);
	assert_int_equal(seen[0], FACTS);
	night_close(night);
}

static void
damaged_blobs_do_no_harm(void **state)
{
	struct strbuf blob = { 0 };
	uint32_t random = 1;
	size_t seen[2];

	(void)state;
	for (int i = 0; i < 5; i++)
		night_blob_add(&blob, "key", 3, "a value", 7);
	seen[0] = seen[1] = 0;
	assert_true(night_blob_each(blob.at, blob.length, count_fact, seen));
	assert_int_equal(seen[0], 5);
	assert_true(night_blob_each(NULL, 0, count_fact, seen));
	for (size_t length = 0; length < blob.length; length++) {
		char *copy = malloc(length + 1);
		bool whole;

		memcpy(copy + 1, blob.at, length);
		seen[0] = seen[1] = 0;
		whole = night_blob_each(copy + 1, length, count_fact, seen);
		free(copy);
		if (whole != (length % (blob.length / 5) == 0))
			fail_msg("cut at %zu", length);
		assert_int_equal(seen[0], length / (blob.length / 5));
	}
	for (int round = 0; round < 20000; round++) {
		struct strbuf damaged = { 0 };

		strbuf_add(&damaged, blob.at, blob.length);
		for (int i = round % 3; i >= 0; i--) {
			random = random * 1103515245 + 12345;
			damaged.at[(random >> 8) % damaged.length] = (char)(random >> 24);
		}
		seen[0] = seen[1] = 0;
		night_blob_each(damaged.at, damaged.length, count_fact, seen);
		assert_true(seen[1] <= damaged.length);
		strbuf_free(&damaged);
	}
	strbuf_free(&blob);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_come_back),
		TEST(a_night_in_memory_is_one_as_well),
		TEST(meta_comes_back),
		TEST(facts_and_domains_come_back),
		TEST(missing_rows_are_told),
		TEST(many_facts_are_written),
		TEST(damaged_blobs_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
