/*
 * A table of block lists. Of one that is read, every list can be asked about something and is found
 * by its zone, and reading the file once more on top adds nothing. Whatever a list answers has a
 * meaning; only addresses in 127/8 have one by its codes.
 */
#include "fuzz.h"

#include "base/error.h"
#include "names/block_list.h"

#include <string.h>
#include <sysexits.h>

static void
check_answer(const struct block_list *list, struct ip answer)
{
	struct block_list_saying saying = block_list_decode(list, &answer);
	bool inside = answer.family == 4 && answer.octets[0] == 127;

	must(inside == (saying.word != BLOCK_LIST_OUTSIDE));
	must(block_list_severity_name(saying.severity) != NULL);
	if (saying.word == BLOCK_LIST_LISTED || saying.word == BLOCK_LIST_ERROR)
		must(saying.meaning != NULL);
	else
		must(saying.meaning == NULL);
}

static void
check_list(const struct block_lists *lists, const struct block_list *list)
{
	must(list->zone[0] != '\0' && block_lists_find(lists, list->zone) == list);
	must(list->kinds != 0 && list->kinds < 8);
	must(list->role <= BLOCK_LIST_DEAD && list->use <= BLOCK_LIST_NEVER);
	for (unsigned octet = 0; octet < 256; octet++)
		check_answer(list, (struct ip){ 4, { 127, 0, 0, (uint8_t)octet } });
	for (uint8_t octet = 250; octet != 0; octet++)
		check_answer(list, (struct ip){ 4, { 127, 255, 255, octet } });
	check_answer(list, (struct ip){ 4, { 127, 0, 1, 2 } });
	check_answer(list, (struct ip){ 4, { 192, 0, 2, 1 } });
	check_answer(list, (struct ip){ 6, { 0x7f } });
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size);
	struct block_lists *lists;
	struct error error;
	size_t count;

	if (block_lists_load(path, &lists, &error) < 0) {
		must(lists == NULL && error.code == EX_CONFIG && fuzz_is_message(error.text));
		must(strncmp(error.text, path, strlen(path)) == 0);
		return 0;
	}
	count = block_lists_count(lists);
	for (size_t i = 0; i < count; i++)
		check_list(lists, block_lists_at(lists, i));
	must(block_lists_add(lists, path, &error) == 0);
	must(block_lists_count(lists) == count);
	block_lists_free(lists);
	return 0;
}
