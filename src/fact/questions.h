#ifndef MXSWEEP_FACT_QUESTIONS_H
#define MXSWEEP_FACT_QUESTIONS_H

#include "wire/dns_message.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct dns_client;
struct list_desk;
struct list_question;
struct night;
struct question;
struct questions;
struct strbuf;

/*
 * The DNS questions of a run. Each (name, type) is asked once, however many want it; its answer
 * stays in memory as bytes until the run is over, whatever its TTL. A negative that somebody wants
 * confirmed is put once to a second resolver as well.
 */
struct questions *questions_new(struct dns_client *dns, struct night *night, size_t cache_bytes);
void questions_free(struct questions *questions); /* after dns_client_cancel */

/* Answers that an earlier part of the run has left in the night file are not asked for again, but
 * for those that say nothing (archive.h). */
void questions_recall(struct questions *questions);
/* Brings those of a domain into memory, before it is gathered again. */
void questions_recall_domain(struct questions *questions, const char *domain);
/* As archive_blend. */
bool questions_blend(
    struct questions *questions, const char *domain, struct strbuf *blob, int64_t *scanned_at_out);

/* The question; asked now if it is new. Wanting it confirmed may start the second observation. */
struct question *
questions_find(struct questions *questions, const char *name, enum dns_type type, bool confirmed);

/* The same of what a block list is asked, at the desk where there is one. */
struct question *questions_find_listed(
    struct questions *questions, const struct list_question *listed, enum dns_type type);
void questions_use_desk(struct questions *questions, struct list_desk *desk);

/* Its answer decoded into the arena; NULL while it is not there in the strength wanted. */
const struct dns_answer *
question_answer(const struct question *question, bool confirmed, struct arena *arena);

/* Calls back once, from the loop, when the answer is there in that strength. */
typedef void (*question_ready_fn)(void *user);
void question_wait(struct question *question, bool confirmed, question_ready_fn ready, void *user);

/*
 * True for the first time that this asker is named since another was: then the question stays in
 * memory until the asker lets it go.
 */
bool question_note_asker(struct question *question, uint64_t asker);
void question_let_go(struct question *question); /* stored by then, if it is to be stored */

/* Hands the answer to the night file, if it is there and was not stored yet in this strength. */
void question_store(struct question *question);
/* The same into a domain's blob, for a name at or below the domain; else nothing happens. */
void question_store_below(struct question *question, const char *domain, struct strbuf *blob);
void
questions_note_domain(struct questions *questions, const char *domain); /* its blob is stored */
void questions_store_all(struct questions *questions);

struct questions_counts {
	uint64_t asked, confirmations, read_back;
};
struct questions_counts questions_counts(const struct questions *questions);

#endif
