/* What is known of one block list while it is asked: when it must be tested, and what came of it.
 */
#include "fact/list_line.h"

#include "base/alloc.h"
#include "base/log.h"

enum {
	TEST_EVERY_MS = 10 * 60 * 1000,
	TEST_EVERY_QUESTIONS = 20000,
	SILENCES_IN_A_ROW = 3,
	HEARD_LEAST = 50, /* of so few even a good list may happen to name many */
	LISTED_TENTHS_MOST = 3,
	FIRST_LOG = 8,
};

bool
list_line_is_due(const struct list_line *line, uint64_t now_ms)
{
	return line->asked_since_test >= TEST_EVERY_QUESTIONS ||
	    (line->asked_since_test > 0 && now_ms - line->tested_at >= TEST_EVERY_MS);
}

bool
list_line_may_be_tested(const struct list_line *line)
{
	return line->suspended && !line->testing && line->flying == 0 && line->on != 0;
}

enum list_fault
list_line_fault_of(
    const struct list_line *line, enum dns_type type, const struct dns_answer *answer)
{
	for (size_t i = 0; type == DNS_A && i < answer->count; i++) {
		struct block_list_saying saying =
		    block_list_decode(line->row, &answer->records[i].ip);

		if (saying.word == BLOCK_LIST_OUTSIDE)
			return LIST_OUTSIDE;
		if (saying.word == BLOCK_LIST_ERROR)
			return LIST_REFUSES;
	}
	return LIST_WELL;
}

static bool
is_silence(const struct dns_answer *answer)
{
	return answer->status == DNS_TIMEOUT || answer->status == DNS_SERVFAIL ||
	    answer->status == DNS_REFUSED;
}

/* Each subject is asked about once, so every A answer is of another one. */
bool
list_line_is_suspicious(struct list_line *line, enum dns_type type, const struct dns_answer *answer)
{
	bool silent, many;

	line->silent = is_silence(answer) ? line->silent + 1 : 0;
	if (type == DNS_A && dns_is_answer(answer)) {
		line->heard++;
		line->listed += answer->status == DNS_DATA;
	}
	silent = line->silent >= SILENCES_IN_A_ROW;
	many = line->row->role == BLOCK_LIST_BLOCK && line->heard >= HEARD_LEAST &&
	    (uint64_t)line->listed * 10 > (uint64_t)line->heard * LISTED_TENTHS_MOST;
	if (many)
		line->heard = line->listed = 0;
	if (silent)
		line->silent = 0;
	return silent || many;
}

static void
note_fault(struct list_line *line, enum list_fault fault)
{
	if (fault == LIST_WELL || line->health->fault != LIST_WELL)
		return;
	line->health->fault = fault;
	if (fault == LIST_SPENT)
		log_warn("block list %s: the ceiling of the day is reached; answers of earlier "
			 "nights stand",
		    line->health->zone);
	else
		log_warn("block list %s failed its test (%s): its cells are not tested",
		    line->health->zone, list_fault_text(fault));
}

void
list_line_note_test(struct list_line *line, int64_t at, unsigned passed, enum list_fault fault)
{
	if (line->log_count == line->log_room) {
		line->log_room = line->log_room == 0 ? FIRST_LOG : line->log_room * 2;
		line->log = alloc_resize(line->log, line->log_room * sizeof *line->log);
	}
	line->log[line->log_count++] = (struct list_test){ at, passed };
	line->health->tests = line->log;
	line->health->test_count = line->log_count;
	line->on &= passed;
	note_fault(line, fault);
}

void
list_line_tested(struct list_line *line, enum list_test_phase phase, int64_t at, unsigned passed,
    enum list_fault fault)
{
	switch (phase) {
	case LIST_TEST_FIRST:
		line->health->passed_start = line->on = passed;
		note_fault(line, fault);
		break;
	case LIST_TEST_BETWEEN:
		list_line_note_test(line, at, passed, fault);
		break;
	case LIST_TEST_LAST:
		line->health->passed_end = line->on & passed;
		note_fault(line, fault);
		break;
	}
	line->asked_since_test = 0;
	line->suspended = line->testing = false;
}
