/* Which block lists a run asks, and by which keys. */
#include "app/options_fixture.h"

#include "app/list_choice.h"
#include "base/strbuf.h"
#include "names/block_list.h"

#define ROW(zone, role, use)                                                                       \
	zone "\tip4\t" role "\t" use "\texact\t127.0.0.2=x:low\t\t\t\tlow\t1\t1\tno\thttps://x/\n"

static const char table_text[] =
    ROW("on.org", "block", "on") ROW("opt.org", "block", "opt-in") ROW("off.org", "block", "off")
	ROW("reg.net", "block", "key") ROW("{key}.a.dq.com", "block", "key")
	    ROW("{key}.b.dq.com", "block", "key") ROW("dead.org", "dead", "never");

struct choice_case {
	const char *words; /* values of --list-key */
	const char
	    *expected; /* "ZONE" or "ZONE=KEY", "ZONE!" for one that has no key; or the error */
	int code;
};

static const struct choice_case cases[] = {
	{ "", "on.org reg.net! {key}.a.dq.com! {key}.b.dq.com!" },
	{ "opt.org=registered", "on.org opt.org reg.net! {key}.a.dq.com! {key}.b.dq.com!" },
	{ "off.org=registered", "on.org off.org reg.net! {key}.a.dq.com! {key}.b.dq.com!" },
	{ "reg.net=registered", "on.org reg.net {key}.a.dq.com! {key}.b.dq.com!" },
	{ "dq.com=env:LIST_KEY", "on.org reg.net! {key}.a.dq.com=k3y {key}.b.dq.com=k3y" },
	{ "b.dq.com=env:LIST_KEY", "on.org reg.net! {key}.a.dq.com! {key}.b.dq.com=k3y" },
	{ "B.DQ.com=env:LIST_KEY", "on.org reg.net! {key}.a.dq.com! {key}.b.dq.com=k3y" },
	{ "q.com=env:LIST_KEY", "no list of the table has that zone", 78 },
	{ "dead.org=registered", "is dead and is never asked", 78 },
	{ "on.org=env:LIST_KEY", "it takes no key; ZONE=registered", 78 },
	{ "a.dq.com=registered", "it takes a key, in a FILE or as env:NAME", 78 },
	{ "a.dq.com", "ZONE=FILE, ZONE=env:NAME or ZONE=registered would be right", 78 },
	{ "a.dq.com=env:NO_SUCH", "the environment has no NO_SUCH", 78 },
	{ "a.dq.com=/no/such/file", "/no/such/file: No such file or directory", 66 },
	{ "a.dq.com=/dev/null", "holds no key", 78 },
	{ "a.dq.com=env:BAD_KEY", "holds no key", 78 },
};

static struct block_lists *
load_table(void)
{
	char path[] = "/tmp/lists.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");
	struct block_lists *lists;
	struct error error = { 0 };

	fputs(table_text, file);
	fclose(file);
	if (block_lists_load(path, &lists, &error) != 0)
		fail_msg("%s", error.text);
	remove(path);
	return lists;
}

static void
write_choice(const struct list_choice *choice, struct strbuf *out)
{
	for (size_t i = 0; i < choice->count; i++)
		strbuf_printf(out, "%s%s%s%s%s", i > 0 ? " " : "", choice->health[i].zone,
		    choice->keys[i] != NULL ? "=" : "",
		    choice->keys[i] != NULL ? choice->keys[i] : "",
		    choice->health[i].fault == LIST_NO_KEY ? "!" : "");
}

static void
check(const struct choice_case *c, const struct block_lists *table)
{
	struct options options;
	struct list_choice choice;
	struct error error = { 0 };
	struct strbuf said = { 0 };
	struct arena arena = { 0 };
	char line[200];

	snprintf(
	    line, sizeof line, "scan%s%s x.csv", *c->words != '\0' ? " --list-key " : "", c->words);
	parse_well(line, &options);
	if (list_choice_make(&options, table, &arena, &choice, &error) == 0)
		write_choice(&choice, &said);
	else
		strbuf_add_string(&said, error.text);
	if (c->code != 0 ? strstr(said.at, c->expected) == NULL : strcmp(said.at, c->expected) != 0)
		fail_msg("%s: %s", c->words, said.at);
	assert_int_equal(error.code, c->code);
	assert_null(strstr(error.text, "k3y,"));
	strbuf_free(&said);
	arena_free(&arena);
	options_free(&options);
}

static void
lists_are_chosen_by_table_and_word(void **state)
{
	struct block_lists *table = load_table();

	(void)state;
	setenv("LIST_KEY", "k3y", 1);
	setenv("BAD_KEY", "k3y, and more", 1);
	unsetenv("NO_SUCH");
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		check(&cases[i], table);
	block_lists_free(table);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_chosen_by_table_and_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
