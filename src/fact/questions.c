/*
 * One question, one packet, shared by all who ask: memo, coalescing, confirmation. What nobody
 * holds stands in a list, oldest use first, and goes from there when there is too much of it and
 * the night file has it on disk.
 */
#include "fact/questions.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "dns/client.h"
#include "fact/archive.h"
#include "fact/codec.h"
#include "fact/list_desk.h"
#include "fact/night.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

struct waiter {
	struct waiter *next;
	question_ready_fn ready;
	void *user;
	bool confirmed;
};

struct question {
	struct list_link idle;
	struct questions *questions;
	struct waiter *waiters;
	uint8_t *value; /* the encoded answer; NULL until it is there */
	uint32_t length;
	uint16_t key_length;
	uint16_t type;
	uint8_t resolvers; /* who gave the answer */
	uint8_t status;    /* of the answer */
	bool negative;
	bool want_confirmed;
	bool confirming; /* the second resolver has been asked */
	bool repeated;   /* ... again, for it was silent */
	bool confirmed;  /* as strong as it will be */
	bool stored;
	uint32_t holders;
	uint64_t batch; /* of the night file in which it was stored */
	uint64_t asker; /* the last that was noted */
	char key[];     /* NUL-terminated; the name is its end */
};

struct questions {
	struct dns_client *dns;
	struct night *night;
	struct archive *archive;
	struct list_desk *desk; /* NULL: lists are asked like others */
	struct map all;
	struct list idle; /* questions that nobody holds, oldest use first */
	size_t idle_bytes, idle_bytes_max;
	struct strbuf key, value;
	struct pool memory; /* of questions, their answers and who waits for them */
	struct questions_counts counts;
};

static const struct dns_answer unconfirmed = { .status = DNS_UNCONFIRMED };

struct questions *
questions_new(struct dns_client *dns, struct night *night, size_t cache_bytes)
{
	struct questions *questions = alloc_zeroed(1, sizeof *questions);

	questions->dns = dns;
	questions->night = night;
	questions->archive = archive_new();
	questions->idle_bytes_max = cache_bytes;
	map_init(&questions->all);
	return questions;
}

static const char *
name_of(const struct question *question)
{
	const char *name;
	size_t length;
	enum dns_type type;

	fact_key_read_dns(question->key, question->key_length, &name, &length, &type);
	return name;
}

static bool
is_ready(const struct question *question, bool confirmed)
{
	return question->value != NULL &&
	    (!confirmed || !question->negative || question->confirmed);
}

/* Who is called back may come to wait again, for the confirmation. */
static void
wake(struct question *question)
{
	struct pool *memory = &question->questions->memory;
	struct waiter *waiter = question->waiters;

	question->waiters = NULL;
	while (waiter != NULL) {
		struct waiter *next = waiter->next;

		if (is_ready(question, waiter->confirmed)) {
			waiter->ready(waiter->user);
			pool_give(memory, waiter, sizeof *waiter);
		} else {
			waiter->next = question->waiters;
			question->waiters = waiter;
		}
		waiter = next;
	}
}

static void
set_confirmed(struct question *question, enum dns_confirmation confirmation, uint8_t resolvers)
{
	fact_confirm_dns(question->value, confirmation, resolvers);
	question->confirmed = true;
	question->stored = false; /* it is more than what was stored */
}

static void
free_value(struct question *question)
{
	if (question->value != NULL)
		pool_give(&question->questions->memory, question->value, question->length);
}

static void
set_value(struct question *question)
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

static void
encode_value(struct question *question, const struct dns_answer *answer)
{
	struct strbuf *value = &question->questions->value;

	strbuf_reset(value);
	fact_encode_dns(value, answer, question->type);
	set_value(question);
}

/* That it has no such record is said by both, when only one says that the name does not exist. */
static void
confirm_negative(struct question *question, const struct dns_answer *answer)
{
	uint8_t first = question->resolvers;

	if (question->status == DNS_NXDOMAIN && answer->status == DNS_NODATA)
		encode_value(question, answer);
	set_confirmed(question, DNS_CONFIRMED, first | answer->resolvers);
}

static void on_confirmation(void *user, const struct dns_answer *answer);

static void
ask_to_confirm(struct question *question, unsigned resolver)
{
	dns_client_ask_only(question->questions->dns, name_of(question), question->type, resolver,
	    on_confirmation, question);
}

/* It has had half the tries that a question has; a lost packet is no reason to doubt. */
static bool
confirm_again(struct question *question)
{
	int other = dns_client_other(question->questions->dns, question->resolvers);

	if (question->repeated || other < 0)
		return false;
	question->repeated = true;
	ask_to_confirm(question, (unsigned)other);
	return true;
}

static void
on_confirmation(void *user, const struct dns_answer *answer)
{
	struct question *question = user;

	if (answer->status == DNS_CANCELLED ||
	    (answer->status == DNS_TIMEOUT && confirm_again(question)))
		return;
	if (answer->status == DNS_DATA)
		set_confirmed(question, DNS_CONTRADICTED, 0);
	else if (dns_is_negative(answer))
		confirm_negative(question, answer);
	else
		set_confirmed(question, DNS_CONFIRMATION_GIVEN_UP, 0);
	wake(question);
}

static void
confirm(struct question *question)
{
	struct questions *questions = question->questions;
	int other = dns_client_other(questions->dns, question->resolvers);

	if (question->confirming || question->confirmed)
		return;
	if (other < 0) {
		set_confirmed(question, DNS_CONFIRMED_ALONE, 0);
		return;
	}
	question->confirming = true;
	questions->counts.confirmations++;
	ask_to_confirm(question, (unsigned)other);
}

static void
on_answer(void *user, const struct dns_answer *answer)
{
	struct question *question = user;

	if (answer->status == DNS_CANCELLED)
		return;
	encode_value(question, answer);
	if (question->negative && question->want_confirmed)
		confirm(question);
	wake(question);
}

static struct question *
new_question(struct questions *questions, enum dns_type type)
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

/* A question that is not in memory: its answer left it, or it was never asked. */
static struct question *
read_back_or_ask(struct questions *questions, const char *name, enum dns_type type,
    const struct list_question *listed)
{
	struct question *question = new_question(questions, type);

	strbuf_reset(&questions->value);
	if (archive_read(questions->archive, questions->night, question->key, question->key_length,
		&questions->value)) {
		set_value(question);
		question->stored = true;
		questions->counts.read_back++;
		return question;
	}
	questions->counts.asked++;
	if (listed != NULL && questions->desk != NULL)
		list_desk_ask(questions->desk, listed, type, on_answer, question);
	else
		dns_client_ask(questions->dns, name, type, 0, on_answer, question);
	return question;
}

static struct question *
find(struct questions *questions, const char *name, enum dns_type type,
    const struct list_question *listed)
{
	struct question *question;

	strbuf_reset(&questions->key);
	fact_key_dns(&questions->key, name, type);
	question = map_get(&questions->all, questions->key.at, questions->key.length);
	return question != NULL ? question : read_back_or_ask(questions, name, type, listed);
}

void
questions_use_desk(struct questions *questions, struct list_desk *desk)
{
	questions->desk = desk;
}

struct question *
questions_find_listed(
    struct questions *questions, const struct list_question *listed, enum dns_type type)
{
	char name[LIST_NAME_SIZE];

	/* one that is too long has an answer as well: that it is no name */
	list_question_name(listed, name);
	return find(questions, name, type, listed);
}

struct question *
questions_find(struct questions *questions, const char *name, enum dns_type type, bool confirmed)
{
	struct question *question = find(questions, name, type, NULL);

	if (confirmed && !question->want_confirmed) {
		question->want_confirmed = true;
		if (question->negative)
			confirm(question);
	}
	return question;
}

const struct dns_answer *
question_answer(const struct question *question, bool confirmed, struct arena *arena)
{
	struct dns_answer *answer;

	if (!is_ready(question, confirmed))
		return NULL;
	answer = arena_bytes(arena, sizeof *answer);
	if (!fact_decode_dns(question->value, question->length, question->type, arena, answer))
		abort(); /* we have encoded it ourselves */
	return confirmed && answer->confirmation == DNS_CONTRADICTED ? &unconfirmed : answer;
}

void
question_wait(struct question *question, bool confirmed, question_ready_fn ready, void *user)
{
	struct waiter *waiter = pool_take(&question->questions->memory, sizeof *waiter);

	*waiter = (struct waiter){ question->waiters, ready, user, confirmed };
	question->waiters = waiter;
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

static void free_question(struct question *question);

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
		free_question(question);
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
	question = new_question(questions, type);
	set_value(question);
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
questions_blend(struct questions *questions, const char *domain, struct strbuf *blob)
{
	return archive_blend(questions->archive, questions->night, domain, blob);
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

void
question_store_below(struct question *question, const char *domain, struct strbuf *blob)
{
	if (question->stored || question->value == NULL ||
	    !dns_name_at_or_below(name_of(question), domain))
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

struct questions_counts
questions_counts(const struct questions *questions)
{
	return questions->counts;
}

static void
free_question(struct question *question)
{
	free_value(question);
	pool_give(
	    &question->questions->memory, question, sizeof *question + question->key_length + 1);
}

void
questions_free(struct questions *questions)
{
	struct question *question;
	size_t cursor = 0;

	while ((question = map_next(&questions->all, &cursor)) != NULL)
		free_question(question);
	map_free(&questions->all);
	archive_free(questions->archive);
	strbuf_free(&questions->key);
	strbuf_free(&questions->value);
	pool_free(&questions->memory);
	free(questions);
}
