/* The forms of a visit, before anything was answered. */
#include "smtp/visit.h"

#include "base/arena.h"
#include "smtp/observation.h"

#include <assert.h>

struct smtp_form_seen *
smtp_forms_unanswered(const struct smtp_visit *visit, struct arena *arena)
{
	static const struct smtp_heard nothing = { .text = "" };
	struct smtp_form_seen *forms;

	if (visit->form_count == 0)
		return NULL;
	assert(visit->form_count <= SMTP_FORMS_MAX);
	forms = arena_zeroed(arena, visit->form_count, sizeof *forms);
	for (size_t i = 0; i < visit->form_count; i++) {
		const struct smtp_form *form = &visit->forms[i];

		forms[i].form = (struct smtp_form){
			.name = arena_string(arena, form->name),
			.from = arena_string(arena, form->from),
			.to = form->to == NULL ? NULL : arena_string(arena, form->to),
		};
		forms[i].mail = forms[i].rcpt = nothing;
	}
	return forms;
}
