/* Which files are opened as night files, and which are refused. */
#include "unit.h"

#include "base/error.h"
#include "fact/night.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
	char folder[64];
	char path[96];
};

static int
set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){ .folder = "/tmp/night_test.XXXXXX" };
	if (mkdtemp(fixture.folder) == NULL)
		return -1;
	snprintf(fixture.path, sizeof fixture.path, "%s/night", fixture.folder);
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlink(fixture->path);
	return rmdir(fixture->folder);
}

static void
write_file(const char *path, const char *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static void
refuse(const char *path, const char *word)
{
	struct night *night;
	struct error error;

	assert_int_equal(night_open(path, &night, &error), -1);
	if (strstr(error.text, path) == NULL || strstr(error.text, word) == NULL)
		fail_msg("%s", error.text);
}

static void
foreign_files_are_refused(void **state)
{
	static const char database[100] = "SQLite format 3\0\x10\0\1\1\0@  \0\0\0\1\0\0\0\1";
	struct fixture *fixture = *state;
	char other[128];

	refuse(fixture->path, "No such file");
	write_file(fixture->path, "", 0);
	refuse(fixture->path, "is no night file");
	write_file(fixture->path, "domain,role\na.com,mail\n", 23);
	refuse(fixture->path, "is no night file");
	write_file(fixture->path, database, sizeof database);
	refuse(fixture->path, "is no night file");
	refuse(fixture->folder, "");
	snprintf(other, sizeof other, "%s/none/night", fixture->folder);
	refuse(other, "No such file");
}

static void
an_existing_file_is_never_overwritten(void **state)
{
	struct fixture *fixture = *state;
	struct night *night;
	struct error error;
	struct stat after;
	char other[128];

	write_file(fixture->path, "precious", 8);
	assert_int_equal(night_create(fixture->path, &night, &error), -1);
	assert_non_null(strstr(error.text, fixture->path));
	assert_int_equal(stat(fixture->path, &after), 0);
	assert_int_equal(after.st_size, 8);
	snprintf(other, sizeof other, "%s/none/night", fixture->folder);
	assert_int_equal(night_create(other, &night, &error), -1);
	night_close(NULL);
}

/* A child that is ended in the middle of a transaction that has reached the file. */
static void
die_while_writing(const char *path)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		sqlite3 *db;

		sqlite3_open(path, &db);
		sqlite3_exec(db,
		    "PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; BEGIN; DELETE FROM rows; "
		    "DELETE FROM meta;"
		    "PRAGMA user_version=9; CREATE TABLE spilt AS WITH RECURSIVE n(i) AS "
		    "(SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 2000) SELECT * FROM n",
		    NULL, NULL, NULL);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
}

static void
what_a_dead_writer_left_is_undone(void **state)
{
	struct fixture *fixture = *state;
	struct night *night;
	struct error error;
	char journal[128];

	assert_int_equal(night_create(fixture->path, &night, &error), 0);
	night_close(night);
	die_while_writing(fixture->path);
	snprintf(journal, sizeof journal, "%s-journal", fixture->path);
	assert_int_equal(access(journal, F_OK), 0);
	if (night_open(fixture->path, &night, &error) != 0)
		fail_msg("%s", error.text);
	night_close(night);
	assert_int_not_equal(access(journal, F_OK), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(foreign_files_are_refused),
		TEST(an_existing_file_is_never_overwritten),
		TEST(what_a_dead_writer_left_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
