/*
 * A profile: a file of --profiles. Of one that is read, each rule names a check by its id or none
 * that there is, accepts some outcome, and tests a value only by words; its verdict on a row has a
 * word and a sentence. Of one that is not, the message is a line that names the file.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/error.h"
#include "score/profile.h"
#include "score/profile_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char name[] = "own";

/* A folder in which the file of that name is the input. */
static const char *
folder_of(const uint8_t *bytes, size_t size)
{
	static char folder[] = "/tmp/mxsweep-fuzz-XXXXXX", path[64];
	const char *file = fuzz_file(bytes, size);

	if (*path == '\0') {
		must(mkdtemp(folder) != NULL);
		snprintf(path, sizeof path, "%s/%s.ini", folder, name);
		must(symlink(file, path) == 0);
	}
	return folder;
}

static void
check_rule(const struct profile_rule *rule)
{
	for (; rule != NULL; rule = rule->or_else) {
		must(rule->id != NULL && *rule->id != '\0' && rule->accepted != 0);
		must(rule->check == NULL || strcmp(rule->check->id, rule->id) == 0);
		must(rule->check == check_find(rule->id));
		must(rule->test.value == NULL || rule->test.operand_count > 0);
	}
}

static void
check_profile(const struct profile *profile)
{
	must(strcmp(profile->id, name) == 0 && profile->roles != 0);
	must(profile->version != NULL && profile->date != NULL && profile->source != NULL);
	for (size_t i = 0; i < profile->rule_count; i++)
		check_rule(&profile->rules[i]);
	for (size_t i = 0; i < profile->unseen_count; i++)
		must(*profile->unseen[i] != '\0');
}

/* Of a domain of which nothing is known: each check has some outcome, but those whose value is
 * looked up among what is known. */
static void
make_card(struct scorecard *card, const struct evaluation *e)
{
	*card = (struct scorecard){ .e = e };
	for (size_t area = 0; check_areas[area] != NULL; area++)
		for (size_t i = 0; i < check_areas[area]->count; i++) {
			struct check_result *result = &card->results[card->count];

			result->check = &check_areas[area]->checks[i];
			result->finding.outcome =
			    profile_value_find(result->check->id, "value") == NULL
			    ? (enum outcome)(card->count % OUTCOME_COUNT)
			    : OUTCOME_NOT_TESTED;
			result->in_set = true;
			card->count++;
		}
}

static void
judge(const struct profiles *profiles)
{
	static const struct run_facts run;
	static const struct evaluation e = { .run = &run, .domain = "a.com", .input = "a.com" };
	static const struct judge_tables none;
	static struct scorecard card;
	struct arena arena = { 0 };
	const struct profile_verdict *verdict;

	make_card(&card, &e);
	verdict = profiles_judge(profiles, &card, &none, NULL, &arena);
	must(verdict->word < PROFILE_WORD_COUNT && verdict->shoulds_met <= verdict->shoulds);
	must(strstr(profile_sentence(verdict, &arena), name) != NULL);
	if (verdict->word == PROFILE_NOT_COMPLIANT || verdict->word == PROFILE_UNDETERMINED)
		must(*profile_decided_text(verdict, &arena) != '\0');
	arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *folder = folder_of(bytes, size);
	const char *const names[] = { name };
	struct profiles *profiles;
	struct arena arena = { 0 };
	struct error error;

	if (profiles_load(folder, names, 1, &profiles, &error) != 0) {
		must(error.code == EX_CONFIG && fuzz_is_message(error.text));
		must(strncmp(error.text, folder, strlen(folder)) == 0);
		return 0;
	}
	must(profiles_count(profiles) == 1);
	check_profile(profiles_at(profiles, 0));
	judge(profiles);
	must(profiles_not_built(profiles, &arena) == NULL ||
	    *profiles_not_built(profiles, &arena) != '\0');
	arena_free(&arena);
	profiles_free(profiles);
	return 0;
}
