/*
 * A program that knows include/mxsweep.h and nothing else: sweeps a file and prints what the
 * callback is told of each row, separated by tabs. tests/system/library runs it.
 *
 *     system_library scan|score FILE ROWS [NAME=VALUE...]
 *
 * ROWS is after how many rows the callback wants no more; 0 is never.
 */
#include "mxsweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OPTIONS_MAX = 16,
	ENOUGH = 42, /* what the callback returns, and so the run */
};

struct listener {
	long rows, wanted;
};

static int
on_row(void *user, const struct mxsweep_row *row)
{
	struct listener *listener = user;
	const char *first = row->check_count > 0 ? row->checks[0].id : "-";

	printf("%llu\t%s\t%s\t%d\t%s\t%zu\t%s\t%zu\n", (unsigned long long)row->line, row->domain,
	    row->verdict, row->score, row->grade, row->check_count, first, strlen(row->json));
	return ++listener->rows == listener->wanted ? ENOUGH : 0;
}

/* NAME=VALUE, or NAME for a flag. */
static struct mxsweep_option
option_of(char *word)
{
	struct mxsweep_option option = { word, NULL };
	char *equals = strchr(word, '=');

	if (equals != NULL) {
		*equals = '\0';
		option.value = equals + 1;
	}
	return option;
}

int
main(int argc, char *argv[])
{
	struct mxsweep_option options[OPTIONS_MAX];
	struct listener listener = { 0 };
	char text[512] = "";
	size_t count = 0;
	int code;

	if (argc < 4)
		return 64;
	listener.wanted = strtol(argv[3], NULL, 10);
	for (int i = 4; i < argc && count < OPTIONS_MAX; i++)
		options[count++] = option_of(argv[i]);
	code = (strcmp(argv[1], "scan") == 0 ? mxsweep_scan : mxsweep_score)(
	    argv[2], options, count, on_row, &listener, text, sizeof text);
	if (text[0] != '\0')
		printf("error\t%s\n", text);
	return code;
}
