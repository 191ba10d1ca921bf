/* The row's own expectations. */
#include "rule/expected.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "names/mail_domain.h"
#include "names/suffix.h"

#include <string.h>

static const char blanks[] = " \t\r\n,;";

/* A name below which anybody may register one is nobody's zone. */
static bool
is_above_zones(const struct facts *facts, const char *name)
{
	return strchr(name, '.') == NULL || suffix_list_is_public(facts->run->suffixes, name);
}

void
expected_ns_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct expected_ns *out)
{
	(void)arena;
	*out = (struct expected_ns){ NULL, NULL };
	for (const char *name = domain;; name = strchr(name, '.') + 1) {
		out->answer = facts_dns_confirmed(facts, name, DNS_NS);
		if (out->answer == NULL || !dns_is_answer(out->answer))
			return;
		if (out->answer->status == DNS_DATA) {
			out->zone = name;
			return;
		}
		if (strchr(name, '.') == NULL || is_above_zones(facts, strchr(name, '.') + 1))
			return;
	}
}

/* As names are compared: A-labels in lower case; what is no name stays what it is. */
static const char *
normal_word(const char *word, size_t length, struct arena *arena)
{
	size_t start = word[0] == '*' ? 1 : 0;
	struct mail_domain domain;
	char *text;

	start += word[start] == '.' && length > start + 1;
	if (mail_domain_parse(word + start, length - start, &domain))
		return arena_printf(arena, "%s%s", start > 0 ? "." : "", domain.ascii);
	text = arena_string_n(arena, word, length);
	ascii_lower_text(text);
	return text;
}

bool
expected_words_read(const char *column, struct arena *arena, struct expected_words *out)
{
	out->count = 0;
	out->exactly = false;
	if (column == NULL)
		return false;
	column += strspn(column, blanks);
	if (*column == '=') {
		out->exactly = true;
		column++;
	}
	while (out->count < EXPECTED_MAX) {
		size_t length;

		column += strspn(column, blanks);
		length = strcspn(column, blanks);
		if (length == 0)
			break;
		out->at[out->count++] = normal_word(column, length, arena);
		column += length;
	}
	return out->count > 0;
}

const char *
expected_selectors(const char *const *known, struct arena *arena)
{
	const char *list = known[KNOWN_SELECTORS], *column = known[KNOWN_EXPECTED_DKIM_KEY];

	while (column != NULL) {
		size_t length;

		column += strspn(column, blanks);
		length = strcspn(column, blanks);
		if (length == 0)
			break;
		list = arena_printf(arena, "%s %.*s", list == NULL ? "" : list,
		    (int)strcspn(column, ":,; \t\r\n"), column);
		column += length;
	}
	return list;
}

static bool
matches(const char *word, const char *name)
{
	size_t end = strlen(word), length = strlen(name);

	if (*word != '.' || end == 1)
		return strcmp(word, name) == 0;
	return length > end && strcmp(name + length - end, word) == 0;
}

enum expected_match
expected_names_match(const struct expected_words *words, const char *const *names, size_t count)
{
	bool met[EXPECTED_MAX] = { false };
	size_t matched = 0, missed = 0;

	for (size_t i = 0; i < count; i++) {
		bool any = false;

		for (size_t k = 0; k < words->count; k++)
			if (matches(words->at[k], names[i]))
				any = met[k] = true;
		matched += any;
	}
	for (size_t k = 0; words->exactly && k < words->count; k++)
		missed += !met[k];
	if (matched == 0)
		return EXPECTED_NONE;
	return matched == count && missed == 0 ? EXPECTED_ALL : EXPECTED_SOME;
}
