/* The rules of a profile: a check, what is accepted of it, and tests. */
#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"
#include "score/profile_reading.h"

#include <string.h>
#include <sysexits.h>

enum { WHEN_UNSTATED = 1 << OUTCOME_PASS | 1 << OUTCOME_INFO };

int
profile_fault(const struct profile_reading *r, const char *text, const char *what)
{
	return error_set(r->error, EX_CONFIG, "%s:%zu: '%.80s' %s", r->path, r->line, text, what);
}

char *
profile_trim(char *text)
{
	size_t length;

	text += strspn(text, " \t");
	length = strlen(text);
	while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
		text[--length] = '\0';
	return text;
}

/* Whether it could be the id of a check: one of a later version may be right. */
static bool
is_check_id(const char *text)
{
	const char *dot = strchr(text, '.');

	if (dot == NULL || dot == text || dot[1] == '\0' || strchr(dot + 1, '.') != NULL)
		return false;
	for (; *text != '\0'; text++)
		if (!ascii_is_digit(*text) && strchr("_-.", *text) == NULL &&
		    (!ascii_is_letter(*text) || ascii_is_upper(*text)))
			return false;
	return true;
}

static int
read_accepted(struct profile_reading *r, char *text, unsigned *accepted_out)
{
	char *word;

	*accepted_out = 0;
	while ((word = strsep(&text, ", ")) != NULL) {
		int outcome = OUTCOME_PASS;

		while (outcome <= OUTCOME_FAIL &&
		    strcmp(outcome_text((enum outcome)outcome), word) != 0)
			outcome++;
		if (outcome > OUTCOME_FAIL && *word != '\0')
			return profile_fault(r, word,
			    "is no outcome; pass, info, warn or fail would be right, separated by "
			    "commas");
		if (*word != '\0')
			*accepted_out |= 1u << outcome;
	}
	return *accepted_out != 0 ? 0 : profile_fault(r, "=", "needs outcomes behind it");
}

/* Its place among the results of a scorecard, which has none of the area run. */
static size_t
place_of(const struct check *check)
{
	size_t place = 0;

	for (size_t area = 0; check_areas[area] != NULL; area++)
		for (size_t i = 0; i < check_areas[area]->count; i++) {
			if (&check_areas[area]->checks[i] == check)
				return place;
			place += check_areas[area]->checks[i].subject != OF_RUN;
		}
	return place;
}

/* ID, or ID = OUTCOME,... */
static int
read_check(struct profile_reading *r, char *text, struct profile_rule *rule)
{
	char *equals = strchr(text, '=');

	if (equals != NULL)
		*equals = '\0';
	rule->id = profile_trim(text);
	rule->accepted = WHEN_UNSTATED;
	rule->must = r->section == PROFILE_SECTION_MUST;
	rule->check = check_find(rule->id);
	if (rule->check != NULL)
		rule->place = place_of(rule->check);
	if (!is_check_id(rule->id))
		return profile_fault(r, rule->id,
		    "is no check; an id such as spf.present would be right, `mxsweep checks` "
		    "lists them");
	return equals == NULL ? 0 : read_accepted(r, profile_trim(equals + 1), &rule->accepted);
}

static int
read_scope(struct profile_reading *r, const char *word, struct profile_rule *rule)
{
	static const char *const words[] = {
		[SCOPE_ALL] = "all",
		[SCOPE_OWN] = "own",
		[SCOPE_IPV6] = "ipv6",
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i], word) == 0) {
			rule->scope = (enum profile_scope)i;
			return 0;
		}
	return profile_fault(r, word, "is not known; own or ipv6 would be right behind on");
}

static const char *const test_words[] = {
	[TEST_IS] = "is",
	[TEST_LEAST] = ">=",
	[TEST_MOST] = "<=",
	[TEST_HAS] = "has",
	[TEST_WITHOUT] = "without",
};

static int
read_operands(struct profile_reading *r, char *text, struct profile_test *test)
{
	bool number = test->kind == TEST_LEAST || test->kind == TEST_MOST;
	char *word;

	ascii_lower_text(text);
	while ((word = strsep(&text, " ")) != NULL) {
		if (*word == '\0')
			continue;
		if (test->operand_count == PROFILE_OPERANDS_MAX)
			return profile_fault(r, word, "is one word too many; 16 are read");
		if (number && word[strspn(word, "0123456789")] != '\0')
			return profile_fault(r, word, "must be a number");
		test->operands[test->operand_count++] = word;
	}
	if (test->operand_count == 0 || (number && test->operand_count > 1))
		return profile_fault(r, test_words[test->kind],
		    number ? "needs one number behind it" : "needs words behind it");
	return 0;
}

/* NAME OPERATOR WORD... */
static int
read_test(struct profile_reading *r, char *text, struct profile_rule *rule)
{
	struct profile_test *test = &rule->test;
	char *name = strsep(&text, " "), *word;
	size_t i = 0;

	word = text == NULL ? NULL : strsep(&text, " ");
	while (word != NULL && i < sizeof test_words / sizeof test_words[0] &&
	    strcmp(test_words[i], word) != 0)
		i++;
	if (word == NULL || text == NULL || i == sizeof test_words / sizeof test_words[0])
		return profile_fault(r, name,
		    "begins no test; value is|has|without WORD, or value >=|<= NUMBER would be "
		    "right");
	if (test->operand_count > 0)
		return profile_fault(r, name, "is a second test; a rule has one");
	test->kind = (enum profile_test_kind)i;
	if (read_operands(r, text, test) != 0)
		return -1;
	if (rule->check == NULL) /* what it will have as a value is not known yet */
		return 0;
	test->value = profile_value_find(rule->id, name);
	if (test->value == NULL)
		return profile_fault(r, name,
		    arena_printf(
			r->arena, "is no value that %s has: it cannot be tested", rule->id));
	if (!test->value->number && (test->kind == TEST_LEAST || test->kind == TEST_MOST))
		return profile_fault(r, name, "is no number; is, has or without would be right");
	return 0;
}

static int
read_part(struct profile_reading *r, char *part, struct profile_rule **rule)
{
	struct profile_rule *other;

	if (strncmp(part, "on ", 3) == 0)
		return read_scope(r, profile_trim(part + 3), *rule);
	if (strncmp(part, "or ", 3) != 0)
		return read_test(r, part, *rule);
	other = arena_zeroed(r->arena, 1, sizeof *other);
	(*rule)->or_else = other;
	*rule = other;
	return read_check(r, profile_trim(part + 3), other);
}

int
profile_read_rule(struct profile_reading *r, char *line)
{
	struct profile_rule *rule = &r->rules[r->profile->rule_count];
	char *part;

	if (r->profile->rule_count == PROFILE_RULES_MAX)
		return profile_fault(r, line, "is one rule too many; 256 are read");
	for (size_t i = 0; i < r->profile->rule_count; i++)
		if (strncmp(r->rules[i].id, line, strlen(r->rules[i].id)) == 0 &&
		    strchr(" =;", line[strlen(r->rules[i].id)]) != NULL &&
		    r->rules[i].must == (r->section == PROFILE_SECTION_MUST))
			return profile_fault(
			    r, r->rules[i].id, "stands twice in this section; once would be right");
	r->profile->rule_count++;
	part = strsep(&line, ";");
	if (read_check(r, profile_trim(part), rule) != 0)
		return -1;
	while ((part = strsep(&line, ";")) != NULL)
		if (*(part = profile_trim(part)) != '\0' && read_part(r, part, &rule) != 0)
			return -1;
	return 0;
}
