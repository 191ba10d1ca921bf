/* Rules over the DNS: each is run again when the answers that it waits for have come. */
#include "app/asker.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/list.h"
#include "dns/client.h"
#include "fact/questions.h"
#include "net/loop.h"

#include <stdlib.h>
#include <time.h>

struct task {
	struct list_link link; /* in the tasks of the asker */
	struct asker *asker;
	asker_pass_fn pass;
	asker_done_fn done;
	void *user;
	unsigned open; /* asks that wait for an answer */
};

/* The facts that a task sees. */
struct view {
	struct facts facts; /* first member */
	struct task *task;
};

struct asker {
	struct questions *questions; /* NULL without a client */
	struct dns_client *dns;
	struct list_desk *desk; /* NULL: block lists are not asked */
	struct loop_soon *soon; /* begins the tasks that are new */
	struct list tasks;
	struct list_link *fresh; /* the first that has not begun; all behind it have not either */
	bool forgets;
	struct run_facts run;
	struct arena scratch; /* of the pass that runs */
};

static void run_task(struct task *task);

static void
on_answer(void *user)
{
	struct task *task = user;

	if (--task->open == 0)
		run_task(task);
}

static const struct dns_answer *
answer_to(struct task *task, struct question *question, bool confirmed)
{
	const struct dns_answer *answer =
	    question_answer(question, confirmed, &task->asker->scratch);

	if (answer == NULL) {
		question_wait(question, confirmed, on_answer, task);
		task->open++;
	}
	return answer;
}

static const struct dns_answer *
view_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	struct task *task = ((struct view *)facts)->task;
	struct questions *questions = task->asker->questions;

	if (questions == NULL)
		return facts_nothing.dns(facts, name, type, confirmed);
	return answer_to(task, questions_find(questions, name, type, confirmed), confirmed);
}

static const struct dns_answer *
view_listed(struct facts *facts, const struct list_question *question, enum dns_type type)
{
	struct task *task = ((struct view *)facts)->task;
	struct questions *questions = task->asker->questions;

	if (questions == NULL)
		return facts_nothing.dns(facts, question->label, type, false);
	return answer_to(task, questions_find_listed(questions, question, type), false);
}

static const struct facts_source view_source = { .dns = view_dns, .listed = view_listed };

static void
end_task(struct task *task)
{
	list_remove(&task->asker->tasks, &task->link);
	free(task);
}

/* One pass. It counts when it has left nothing open. */
static void
run_task(struct task *task)
{
	struct asker *asker = task->asker;
	struct view view = { { &view_source, &asker->run, 0 }, task };

	arena_reset(&asker->scratch);
	task->pass(task->user, &view.facts, &asker->scratch);
	if (task->open > 0)
		return;
	task->done(task->user);
	end_task(task);
}

static void
renew_questions(struct asker *asker)
{
	if (asker->questions != NULL)
		questions_free(asker->questions);
	asker->questions = asker->dns == NULL ? NULL : questions_new(asker->dns, NULL, 0);
	if (asker->questions != NULL)
		questions_use_desk(asker->questions, asker->desk);
}

/* Not at once: whoever forgets may have been called by a question. */
static void
on_soon(void *user)
{
	struct asker *asker = user;

	if (asker->forgets && asker->tasks.first == asker->fresh)
		renew_questions(asker);
	asker->forgets = false;
	while (asker->fresh != NULL) {
		struct list_link *fresh = asker->fresh;

		asker->fresh = fresh->next;
		run_task(LIST_OWNER(fresh, struct task, link));
	}
}

struct asker *
asker_new(struct loop *loop, struct dns_client *dns)
{
	struct asker *asker = alloc_zeroed(1, sizeof *asker);

	asker->dns = dns;
	renew_questions(asker);
	if (dns != NULL)
		asker->run.resolvers = (uint8_t)dns_client_resolvers(dns);
	asker->soon = loop_soon_new(loop, on_soon, asker);
	asker->run.now = (int64_t)time(NULL);
	return asker;
}

struct run_facts *
asker_run_facts(struct asker *asker)
{
	return &asker->run;
}

void
asker_use_desk(struct asker *asker, struct list_desk *desk)
{
	asker->desk = desk;
	questions_use_desk(asker->questions, desk);
}

void
asker_run(struct asker *asker, asker_pass_fn pass, asker_done_fn done, void *user)
{
	struct task *task = alloc_zeroed(1, sizeof *task);

	task->asker = asker;
	task->pass = pass;
	task->done = done;
	task->user = user;
	list_append(&asker->tasks, &task->link);
	if (asker->fresh == NULL)
		asker->fresh = &task->link;
	loop_soon_ask(asker->soon);
}

void
asker_forget(struct asker *asker)
{
	asker->forgets = true;
	loop_soon_ask(asker->soon);
}

void
asker_free(struct asker *asker)
{
	if (asker == NULL)
		return;
	if (asker->dns != NULL)
		dns_client_cancel(asker->dns);
	while (asker->tasks.first != NULL)
		end_task(LIST_OWNER(asker->tasks.first, struct task, link));
	if (asker->questions != NULL)
		questions_free(asker->questions);
	loop_soon_free(asker->soon);
	arena_free(&asker->scratch);
	free(asker);
}
