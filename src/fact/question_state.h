#ifndef MXSWEEP_FACT_QUESTION_STATE_H
#define MXSWEEP_FACT_QUESTION_STATE_H

/* What the files of questions share: asking (questions.c), memory and storing (question_memory.c).
 */
#include "base/list.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/strbuf.h"
#include "fact/questions.h"

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

const char *question_name(const struct question *question);
/* Of the key and the value that stand in the questions. */
struct question *question_new(struct questions *questions, enum dns_type type);
void question_set_value(struct question *question);
void question_free(struct question *question); /* it is in no map or list any more */

#endif
