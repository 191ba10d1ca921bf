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
#include "fact/question_state.h"
#include "wire/dns_name.h"

#include <stdlib.h>
#include <string.h>

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
encode_value(struct question *question, const struct dns_answer *answer)
{
	struct strbuf *value = &question->questions->value;

	strbuf_reset(value);
	fact_encode_dns(value, answer, question->type);
	question_set_value(question);
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
	dns_client_ask_only(question->questions->dns, question_name(question), question->type,
	    resolver, on_confirmation, question);
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

/* A question that is not in memory: its answer left it, or it was never asked. */
static struct question *
read_back_or_ask(struct questions *questions, const char *name, enum dns_type type,
    const struct list_question *listed)
{
	struct question *question = question_new(questions, type);

	strbuf_reset(&questions->value);
	if (archive_read(questions->archive, questions->night, question->key, question->key_length,
		&questions->value)) {
		question_set_value(question);
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

struct questions_counts
questions_counts(const struct questions *questions)
{
	return questions->counts;
}

void
questions_free(struct questions *questions)
{
	struct question *question;
	size_t cursor = 0;

	while ((question = map_next(&questions->all, &cursor)) != NULL)
		question_free(question);
	map_free(&questions->all);
	archive_free(questions->archive);
	strbuf_free(&questions->key);
	strbuf_free(&questions->value);
	pool_free(&questions->memory);
	free(questions);
}
