/* Files by rename, and what a signal takes away. */
#include "unit.h"

#include "base/error.h"
#include "report/output.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t
files_in(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
		count += entry->d_name[0] != '.';
	closedir(dir);
	return count;
}

struct fixture {
	char folder[32], path[64];
};

static int
set_up(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);

	strcpy(f->folder, "/tmp/output.XXXXXX");
	if (mkdtemp(f->folder) == NULL)
		return -1;
	snprintf(f->path, sizeof f->path, "%s/out", f->folder);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	int result;

	unlink(f->path);
	result = rmdir(f->folder);
	test_free(f);
	return result;
}

static struct output *
begin(struct fixture *f)
{
	struct output *output = NULL;
	struct error error;

	if (output_open(f->path, &output, &error) != 0 ||
	    output_write(output, "abc", 3, &error) != 0)
		fail_msg("%s", error.text);
	return output;
}

static void
a_file_appears_whole_or_not_at_all(void **state)
{
	struct fixture *f = *state;
	struct output *output = begin(f);
	struct error error;

	assert_int_not_equal(access(f->path, F_OK), 0);
	output_abandon(output);
	assert_int_equal(files_in(f->folder), 0);
	output = begin(f);
	assert_int_equal(output_commit(output, &error), 0);
	assert_int_equal(access(f->path, F_OK), 0);
	assert_int_equal(files_in(f->folder), 1);
}

static void
what_is_unfinished_goes_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	struct output *done = begin(f), *open;
	struct error error;

	assert_int_equal(output_commit(done, &error), 0);
	open = begin(f);
	assert_int_equal(files_in(f->folder), 2);
	output_remove_unfinished();
	assert_int_equal(files_in(f->folder), 1);
	assert_int_equal(access(f->path, F_OK), 0);
	output_abandon(open);
	output_remove_unfinished();
	assert_int_equal(access(f->path, F_OK), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_file_appears_whole_or_not_at_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    what_is_unfinished_goes_and_nothing_else, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
