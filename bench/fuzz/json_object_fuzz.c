/*
 * A line of `spf --batch`. Of an object that was read, what was wanted lies in the line as written
 * and, put into an object of its own, is read to the same texts; else there is one line of why.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "wire/json_object.h"

#include <stdlib.h>
#include <string.h>

enum { WANTED = 3 };

static bool
read_object(const char *text, size_t length, struct arena *arena, struct json_member *out)
{
	static const char *const names[WANTED] = { "id", "ip", "helo" };
	const char *problem = NULL;
	bool whole;

	memset(out, 0, WANTED * sizeof *out);
	for (size_t i = 0; i < WANTED; i++)
		out[i].name = names[i];
	whole = json_object_read(text, length, arena, out, WANTED, &problem);
	if (!whole)
		must(problem != NULL && fuzz_is_message(problem));
	return whole;
}

static void
check_member(const struct json_member *member, const char *text, size_t length)
{
	if (member->raw == NULL) {
		must(member->text == NULL);
		return;
	}
	must(member->raw >= text && member->raw_length <= length);
	must((size_t)(member->raw - text) <= length - member->raw_length);
	must(member->raw_length > 0 && member->is_string == (member->raw[0] == '"'));
	if (!member->is_string && member->text != NULL)
		must(strlen(member->text) == member->raw_length);
}

static void
check_same(const struct json_member *a, const struct json_member *b)
{
	must((a->text == NULL) == (b->text == NULL) && a->is_string == b->is_string);
	must(a->text == NULL || strcmp(a->text, b->text) == 0);
	must(a->raw_length == b->raw_length);
}

/* In their own order, with blanks between all tokens. */
static void
write_again(struct strbuf *out, const struct json_member *members)
{
	const char *comma = "";

	strbuf_add_string(out, " { ");
	for (size_t i = 0; i < WANTED; i++) {
		if (members[i].raw == NULL)
			continue;
		strbuf_printf(out, "%s\"%s\" : ", comma, members[i].name);
		strbuf_add(out, members[i].raw, members[i].raw_length);
		comma = "\t,\n";
	}
	strbuf_add_string(out, " }\r");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct json_member members[WANTED], again[WANTED];
	struct strbuf copy = { 0 };
	struct arena arena = { 0 };
	char *text = fuzz_text(bytes, size);

	if (read_object(text, size, &arena, members)) {
		write_again(&copy, members);
		must(read_object(copy.at, copy.length, &arena, again));
		for (size_t i = 0; i < WANTED; i++) {
			check_member(&members[i], text, size);
			check_same(&members[i], &again[i]);
		}
	}
	arena_free(&arena);
	strbuf_free(&copy);
	free(text);
	return 0;
}
