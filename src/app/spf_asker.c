/* check_host over the DNS: the rule is run again whenever an answer that it waits for has come. */
#include "app/spf_asker.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "dns/client.h"
#include "fact/questions.h"
#include "net/loop.h"

#include <stdlib.h>
#include <time.h>

struct task {
	struct task *previous, *next;
	struct spf_asker *asker;
	struct spf_sender sender;
	spf_asker_done_fn done;
	void *user;
	unsigned open; /* asks that wait for an answer */
	bool begun;
};

/* The facts that a task sees. */
struct view {
	struct facts facts; /* first member */
	struct task *task;
};

struct spf_asker {
	struct questions *questions;
	struct dns_client *dns;
	struct loop_soon *soon; /* begins the tasks that are new */
	struct task *first, *last;
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
view_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	struct task *task = ((struct view *)facts)->task;
	struct spf_asker *asker = task->asker;
	struct question *question = questions_find(asker->questions, name, type, confirmed);
	const struct dns_answer *answer = question_answer(question, confirmed, &asker->scratch);

	if (answer == NULL) {
		question_wait(question, confirmed, on_answer, task);
		task->open++;
	}
	return answer;
}

static const struct facts_source view_source = { .dns = view_dns };

static void
end_task(struct task *task)
{
	struct spf_asker *asker = task->asker;

	if (task->previous != NULL)
		task->previous->next = task->next;
	else
		asker->first = task->next;
	if (task->next != NULL)
		task->next->previous = task->previous;
	else
		asker->last = task->previous;
	free(task);
}

/* One pass. It counts when it has left nothing open. */
static void
run_task(struct task *task)
{
	struct spf_asker *asker = task->asker;
	struct view view = { { &view_source, &asker->run, 0 }, task };
	struct spf_check check;

	task->begun = true;
	arena_reset(&asker->scratch);
	spf_check_host(&view.facts, &task->sender, &asker->scratch, &check);
	if (task->open > 0)
		return;
	task->done(task->user, &check);
	end_task(task);
}

static void
on_soon(void *user)
{
	struct spf_asker *asker = user;
	struct task *next;

	for (struct task *task = asker->first; task != NULL; task = next) {
		next = task->next;
		if (!task->begun)
			run_task(task);
	}
}

struct spf_asker *
spf_asker_new(struct loop *loop, struct dns_client *dns)
{
	struct spf_asker *asker = alloc_zeroed(1, sizeof *asker);

	asker->dns = dns;
	asker->questions = questions_new(dns, NULL, 0);
	asker->soon = loop_soon_new(loop, on_soon, asker);
	asker->run.now = (int64_t)time(NULL);
	asker->run.resolvers = (uint8_t)dns_client_resolvers(dns);
	return asker;
}

void
spf_asker_ask(
    struct spf_asker *asker, const struct spf_sender *sender, spf_asker_done_fn done, void *user)
{
	struct task *task = alloc_zeroed(1, sizeof *task);

	task->asker = asker;
	task->sender = *sender;
	task->done = done;
	task->user = user;
	task->previous = asker->last;
	if (asker->last != NULL)
		asker->last->next = task;
	else
		asker->first = task;
	asker->last = task;
	loop_soon_ask(asker->soon);
}

void
spf_asker_free(struct spf_asker *asker)
{
	if (asker == NULL)
		return;
	dns_client_cancel(asker->dns);
	while (asker->first != NULL)
		end_task(asker->first);
	questions_free(asker->questions);
	loop_soon_free(asker->soon);
	arena_free(&asker->scratch);
	free(asker);
}
