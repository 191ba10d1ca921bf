/* What is in memory of questions, what goes to the night file, and what an earlier part has left.
 */
#include "fact/archive.h"
#include "fact/codec.h"
#include "fact/night.h"
#include "fact/question_state.h"
#include "wire/dns_name.h"

#include <string.h>

const char *
question_name(const struct question *question)
{
	const char *name;
	size_t length;
	enum dns_type type;

	fact_key_read_dns(question->key, question->key_length, &name, &length, &type);
	return name;
}

static void
free_value(struct question *question)
{
	if (question->value != NULL)
		pool_give(&question->questions->memory, question->value, question->length);
}

void
question_set_value(struct question *question)
{
	const struct strbuf *value = &question->questions->value;
	struct dns_answer answer;

	fact_peek_dns(value->at, value->length, &answer);
	free_value(question);
	question->length = (uint32_t)value->length;
	question->value = pool_take(&question->questions->memory, value->length);
	memcpy(question->value, value->at, value->length);
	question->status = (uint8_t)answer.status;
	question->negative = dns_is_negative(&answer);
	question->resolvers = answer.resolvers;
	question->confirmed = answer.confirmation != DNS_NOT_CONFIRMED;
}

struct question *
question_new(struct questions *questions, enum dns_type type)
{
	size_t length = questions->key.length;
	struct question *question = pool_take(&questions->memory, sizeof *question + length + 1);

	*question = (struct question){
		.questions = questions,
		.type = (uint16_t)type,
		.key_length = (uint16_t)length,
	};
	memcpy(question->key, questions->key.at, length);
	question->key[length] = '\0';
	map_put(&questions->all, question->key, length, question);
	return question;
}

void
question_free(struct question *question)
{
	free_value(question);
	pool_give(
	    &question->questions->memory, question, sizeof *question + question->key_length + 1);
}

/* ---- memory */

static size_t
bytes_of(const struct question *question)
{
	return sizeof *question + question->key_length + question->length;
}

static void
leave_list(struct question *question)
{
	struct questions *questions = question->questions;

	list_remove(&questions->idle, &question->idle);
	questions->idle_bytes -= bytes_of(question);
}

static void
join_list(struct question *question)
{
	struct questions *questions = question->questions;

	list_append(&questions->idle, &question->idle);
	questions->idle_bytes += bytes_of(question);
}

static bool
may_go(const struct question *question)
{
	return question->stored && question->waiters == NULL &&
	    (!question->confirming || question->confirmed) &&
	    question->batch <= night_batch_written(question->questions->night);
}

static void
make_room(struct questions *questions)
{
	while (questions->idle_bytes > questions->idle_bytes_max) {
		struct question *question =
		    LIST_OWNER(questions->idle.first, struct question, idle);

		if (!may_go(question))
			return;
		leave_list(question);
		map_remove(&questions->all, question->key, question->key_length);
		question_free(question);
	}
}

bool
question_note_asker(struct question *question, uint64_t asker)
{
	if (question->asker == asker)
		return false;
	question->asker = asker;
	if (question->holders++ == 0 && list_has(&question->questions->idle, &question->idle))
		leave_list(question);
	return true;
}

void
question_let_go(struct question *question)
{
	if (--question->holders > 0)
		return;
	join_list(question);
	make_room(question->questions);
}

/* ---- what an earlier part of the run has left */

void
questions_recall(struct questions *questions)
{
	archive_recall(questions->archive, questions->night);
}

static void
recall_fact(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct questions *questions = user;
	struct question *question;
	enum dns_type type;

	if (map_get(&questions->all, key, key_length) != NULL ||
	    !archive_offers(questions->archive, key, key_length, value, length, &type))
		return;
	strbuf_reset(&questions->key);
	strbuf_add(&questions->key, key, key_length);
	strbuf_reset(&questions->value);
	strbuf_add(&questions->value, value, length);
	question = question_new(questions, type);
	question_set_value(question);
	question->stored = true;
	questions->counts.read_back++;
	join_list(question);
}

void
questions_recall_domain(struct questions *questions, const char *domain)
{
	archive_each_of_domain(
	    questions->archive, questions->night, domain, recall_fact, questions);
}

bool
questions_blend(
    struct questions *questions, const char *domain, struct strbuf *blob, int64_t *scanned_at_out)
{
	return archive_blend(questions->archive, questions->night, domain, blob, scanned_at_out);
}

/* ---- storing */

void
question_store(struct question *question)
{
	if (question->stored || question->value == NULL)
		return;
	question->stored = true;
	question->batch = night_batch(question->questions->night);
	archive_note_fact(question->questions->archive, question->key, question->key_length);
	night_put_fact(question->questions->night, question->key, question->key_length,
	    question->value, question->length);
}

/* Has an earlier part of the run left it a row, which does not count? That would be read first. */
static bool
has_row(const struct question *question)
{
	return archive_has_fact(question->questions->archive, question->key, question->key_length);
}

void
question_store_below(struct question *question, const char *domain, struct strbuf *blob)
{
	if (question->stored || question->value == NULL || has_row(question) ||
	    !dns_name_at_or_below(question_name(question), domain))
		return;
	question->stored = true;
	question->batch = night_batch(question->questions->night);
	night_blob_add(
	    blob, question->key, question->key_length, question->value, question->length);
}

void
questions_note_domain(struct questions *questions, const char *domain)
{
	archive_note_domain(questions->archive, domain);
}

void
questions_store_all(struct questions *questions)
{
	struct question *question;
	size_t cursor = 0;

	while ((question = map_next(&questions->all, &cursor)) != NULL)
		question_store(question);
}
