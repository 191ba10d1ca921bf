/* What is excused, and until when. */
#include "score/waiver.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/error.h"
#include "names/mail_domain.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

enum { DAY_SIZE = sizeof "2027-01-31" };

static const char blanks[] = " \t\r\n,;";

/* A line of the file. */
struct entry {
	const char *domain; /* below which, or which alone; "" with `below`: all */
	bool below;
	const struct check *check;
	const char *until;
};

struct waivers {
	struct arena arena;
	struct entry *entries;
	size_t count, room;
};

/* A file under way. */
struct reading {
	struct waivers *waivers;
	const char *path;
	size_t line;
	struct error *error;
};

static bool
is_day(const char *text)
{
	static const char form[] = "0000-00-00";

	for (size_t i = 0; i < sizeof form; i++)
		if (form[i] == '0' ? !ascii_is_digit(text[i]) : form[i] != text[i])
			return false;
	return strncmp(text + 5, "13", 2) < 0 && strncmp(text + 8, "32", 2) < 0;
}

static int
fault(const struct reading *r, const char *text, const char *what)
{
	return error_set(r->error, EX_CONFIG, "%s:%zu: '%.80s' %s", r->path, r->line, text, what);
}

static int
read_domain(const struct reading *r, const char *text, struct entry *entry)
{
	struct mail_domain domain;

	entry->below = *text == '*';
	if (strcmp(text, "*") == 0) {
		entry->domain = "";
		return 0;
	}
	if (entry->below && text[1] != '.')
		return fault(r, text, "is no domain; *.example.com, or * for all would be right");
	text += entry->below ? 2 : 0;
	if (!mail_domain_parse(text, strlen(text), &domain))
		return fault(r, text, "is no domain");
	entry->domain = arena_string(&r->waivers->arena, domain.ascii);
	return 0;
}

static struct entry *
add_entry(struct waivers *waivers)
{
	if (waivers->count == waivers->room) {
		struct entry *old = waivers->entries;

		waivers->room = waivers->room == 0 ? 64 : 2 * waivers->room;
		waivers->entries =
		    arena_bytes(&waivers->arena, waivers->room * sizeof *waivers->entries);
		if (old != NULL)
			memcpy(waivers->entries, old, waivers->count * sizeof *old);
	}
	return &waivers->entries[waivers->count++];
}

static int
read_line(const struct reading *r, char *line)
{
	char *rest, *domain, *check, *day;
	struct entry entry = { 0 };

	domain = strtok_r(line, blanks, &rest);
	if (domain == NULL || *domain == '#')
		return 0;
	check = strtok_r(NULL, blanks, &rest);
	day = strtok_r(NULL, blanks, &rest);
	if (day == NULL)
		return fault(
		    r, domain, "is not all of a waiver; DOMAIN CHECK-ID DAY would be right");
	if (read_domain(r, domain, &entry) != 0)
		return -1;
	entry.check = check_find(check);
	if (entry.check == NULL || entry.check->subject == OF_RUN)
		return fault(r, check, "is no check of a domain; `mxsweep checks` lists them");
	if (!is_day(day))
		return fault(r, day, "must be the last day that it counts, as 2027-01-31");
	entry.until = arena_string(&r->waivers->arena, day);
	*add_entry(r->waivers) = entry;
	return 0;
}

int
waivers_load(const char *path, struct waivers **out, struct error *error)
{
	struct waivers *waivers = alloc_zeroed(1, sizeof *waivers);
	struct reading r = { .waivers = waivers, .path = path, .error = error };
	FILE *file = fopen(path, "re");
	size_t capacity = 0;
	char *line = NULL;
	int result = 0;

	if (file == NULL) {
		waivers_free(waivers);
		return error_set(
		    error, EX_NOINPUT, "%s: cannot be opened: %s", path, strerror(errno));
	}
	while (result == 0 && getline(&line, &capacity, file) >= 0) {
		r.line++;
		result = read_line(&r, line);
	}
	if (result == 0 && ferror(file))
		result =
		    error_set(error, EX_NOINPUT, "%s: cannot be read: %s", path, strerror(errno));
	free(line);
	fclose(file);
	if (result != 0)
		waivers_free(waivers);
	else
		*out = waivers;
	return result;
}

void
waivers_free(struct waivers *waivers)
{
	if (waivers == NULL)
		return;
	arena_free(&waivers->arena);
	free(waivers);
}

/* ---- of a row */

/* Days sort as texts. */
static enum waiver_state
state_on(const char *until, int64_t now)
{
	time_t seconds = (time_t)now;
	char today[DAY_SIZE];
	struct tm tm;

	strftime(today, sizeof today, "%Y-%m-%d", gmtime_r(&seconds, &tm));
	return strcmp(until, today) < 0 ? WAIVER_EXPIRED : WAIVER_COUNTS;
}

static bool
is_for(const struct entry *entry, const char *domain)
{
	size_t length = strlen(domain), end = strlen(entry->domain);

	if (!entry->below)
		return strcmp(entry->domain, domain) == 0;
	return end == 0 ||
	    (length > end && domain[length - end - 1] == '.' &&
		strcmp(domain + length - end, entry->domain) == 0);
}

/* CHECK-ID:DAY */
static struct waiver
read_word(char *word, int64_t now, struct arena *arena)
{
	struct waiver waiver = { .text = arena_string(arena, word), .state = WAIVER_FAULTY };
	char *colon = strchr(word, ':');

	if (colon == NULL || !is_day(colon + 1))
		return waiver;
	*colon = '\0';
	waiver.check = check_find(word);
	if (waiver.check == NULL || waiver.check->subject == OF_RUN)
		return waiver;
	waiver.until = colon + 1;
	waiver.state = state_on(waiver.until, now);
	return waiver;
}

struct waiver_list
waivers_of_row(const struct waivers *waivers, const struct evaluation *e, struct arena *arena)
{
	const char *column = e->known == NULL ? NULL : e->known[KNOWN_WAIVERS];
	size_t entries = waivers == NULL || e->domain == NULL ? 0 : waivers->count;
	struct waiver_list list = { NULL, 0 };
	struct waiver *at;
	char *text, *rest;

	if ((column == NULL || *column == '\0') && entries == 0)
		return list;
	text = arena_string(arena, column == NULL ? "" : column);
	at = arena_bytes(arena, (strlen(text) / 2 + 1 + entries) * sizeof *at);
	for (char *word = strtok_r(text, blanks, &rest); word != NULL;
	     word = strtok_r(NULL, blanks, &rest))
		at[list.count++] = read_word(word, e->run->now, arena);
	for (size_t i = 0; i < entries; i++) {
		const struct entry *entry = &waivers->entries[i];

		if (is_for(entry, e->domain))
			at[list.count++] = (struct waiver){ NULL, entry->check, entry->until,
				state_on(entry->until, e->run->now) };
	}
	list.at = at;
	return list;
}

/* ---- taking out */

static struct finding
waived(struct finding finding, const char *until)
{
	finding.observed = finding.outcome;
	finding.outcome = OUTCOME_NOT_APPLICABLE;
	finding.reason = CAUSE_WAIVED;
	finding.named = until;
	return finding;
}

static void
waive(struct check_result *result, const char *until, struct arena *arena)
{
	size_t size = result->subject_count * sizeof *result->subjects;
	struct subject_finding *subjects;

	result->finding = waived(result->finding, until);
	result->applicable = result->tested = 0;
	if (size == 0)
		return;
	subjects = arena_copy(arena, result->subjects, size);
	for (size_t i = 0; i < result->subject_count; i++)
		if (subjects[i].finding.outcome != OUTCOME_NOT_APPLICABLE)
			subjects[i].finding = waived(subjects[i].finding, until);
	result->decided_by = subjects + (result->decided_by - result->subjects);
	result->subjects = subjects;
}

/* What nobody asked for, and what does not arise, needs no excuse. */
static struct check_result *
excusable(struct scorecard *card, const struct check *check)
{
	for (size_t i = 0; i < card->count; i++) {
		struct check_result *result = &card->results[i];

		if (result->check == check)
			return result->in_set && result->finding.outcome != OUTCOME_NOT_APPLICABLE
			    ? result
			    : NULL;
	}
	return NULL;
}

void
waivers_apply(struct scorecard *card, struct arena *arena)
{
	for (size_t i = 0; i < card->waivers.count; i++) {
		const struct waiver *waiver = &card->waivers.at[i];
		struct check_result *result;

		if (waiver->state != WAIVER_COUNTS)
			continue;
		result = excusable(card, waiver->check);
		if (result != NULL)
			waive(result, waiver->until, arena);
	}
}
