/*
 * Waivers: a file of --waivers, and the same octets as the column `waivers` of a row. Of what is
 * read, an entry that counts has a check and a day; applied, it leaves nothing of its check but
 * what was found all the same. Of a file that is not, the message is a line that names it.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/error.h"
#include "score/waiver.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const struct run_facts run = { .now = 1796000000 }; /* 2026-11-30 */

static void
check_list(const struct waiver_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct waiver *waiver = &list->at[i];

		must(waiver->state == WAIVER_FAULTY
			? waiver->text != NULL && *waiver->text != '\0'
			: waiver->check != NULL && strlen(waiver->until) == strlen("2026-11-30"));
		must(waiver->state != WAIVER_COUNTS || strcmp(waiver->until, "2026-11-30") >= 0);
	}
}

/* All checks have failed. */
static void
make_card(struct scorecard *card, const struct evaluation *e)
{
	*card = (struct scorecard){ .e = e };
	for (size_t area = 0; check_areas[area] != NULL; area++)
		for (size_t i = 0; i < check_areas[area]->count; i++)
			card->results[card->count++] =
			    (struct check_result){ .check = &check_areas[area]->checks[i],
				    .finding.outcome = OUTCOME_FAIL,
				    .in_set = true };
}

static void
check_applied(const struct waivers *waivers, const struct evaluation *e)
{
	static struct scorecard card;
	struct arena arena = { 0 };

	make_card(&card, e);
	card.waivers = waivers_of_row(waivers, e, &arena);
	check_list(&card.waivers);
	waivers_apply(&card, &arena);
	for (size_t i = 0; i < card.count; i++) {
		const struct finding *finding = &card.results[i].finding;

		must(finding->outcome == OUTCOME_FAIL ||
		    (finding->outcome == OUTCOME_NOT_APPLICABLE &&
			finding->reason == CAUSE_WAIVED && finding->observed == OUTCOME_FAIL));
	}
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *path = fuzz_file(bytes, size), *known[KNOWN_COUNT] = { NULL };
	char *column = fuzz_text(bytes, size);
	struct evaluation e = {
		.run = &run, .domain = "example.com", .input = "example.com", .known = known
	};
	struct waivers *waivers = NULL;
	struct error error;

	known[KNOWN_WAIVERS] = column;
	if (waivers_load(path, &waivers, &error) != 0) {
		must(error.code == EX_CONFIG && fuzz_is_message(error.text));
		must(strncmp(error.text, path, strlen(path)) == 0);
		waivers = NULL;
	}
	check_applied(waivers, &e);
	waivers_free(waivers);
	free(column);
	return 0;
}
