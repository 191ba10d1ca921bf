/* The MTA-STS record, which says that there is a policy and which version of it. */
#include "rule/mta_sts.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "rule/text_records.h"
#include "wire/field_list.h"

#include <string.h>

enum {
	ID_MAX = 32,       /* RFC 8461 3.1 */
	VERSION_LENGTH = 7 /* of v=STSv1 */
};

bool
mta_sts_record_is(const char *text, size_t length)
{
	static const char start[] = "v=STSv1;";

	return length >= sizeof start - 1 && memcmp(text, start, sizeof start - 1) == 0;
}

static bool
is_id(const struct field *field)
{
	for (size_t i = 0; i < field->value_length; i++)
		if (!ascii_is_letter(field->value[i]) && !ascii_is_digit(field->value[i]))
			return false;
	return field->value_length > 0 && field->value_length <= ID_MAX;
}

/* What is wrong with a field; NULL when nothing is. */
static const char *
take_field(const struct field *field, struct arena *arena, struct mta_sts_result *out)
{
	if (!field_is(field, "id")) {
		out->extensions++;
		return field_value_valid(field) ? NULL : "a field whose value is none";
	}
	if (!is_id(field))
		return "an id that is not 1 to 32 letters and digits";
	if (out->id != NULL)
		return "a second id";
	out->id = arena_string_n(arena, field->value, field->value_length);
	return NULL;
}

void
mta_sts_record_parse(
    const char *text, size_t length, struct arena *arena, struct mta_sts_result *out)
{
	struct field_list list = field_list_over(text, length, VERSION_LENGTH);
	const char *problem = NULL;
	struct field field;

	while (problem == NULL && field_list_next(&list, &field)) {
		problem = take_field(&field, arena, out);
		list.problem_at = field.offset;
	}
	if (problem == NULL)
		problem = list.problem;
	if (problem != NULL)
		out->problem = arena_printf(arena, "%s, at offset %zu", problem, list.problem_at);
	else if (out->id == NULL)
		out->problem = "no id";
}

static void
take_records(struct arena *arena, struct mta_sts_result *out)
{
	struct text_records found;

	if (out->txt == NULL || out->txt->status != DNS_DATA)
		return;
	found = text_records_of(out->txt, mta_sts_record_is);
	out->records = found.count;
	if (found.count == 0)
		return;
	out->text = found.first->text;
	out->length = found.first->length;
	mta_sts_record_parse(out->text, out->length, arena, out);
}

void
mta_sts_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct mta_sts_result *out)
{
	const char *host = arena_printf(arena, "mta-sts.%s", domain);

	memset(out, 0, sizeof *out);
	out->txt = alias_answer(facts, arena_printf(arena, "_mta-sts.%s", domain), DNS_TXT);
	out->a = alias_answer(facts, host, DNS_A);
	if (out->a != NULL && out->a->status == DNS_NODATA)
		out->aaaa = alias_answer(facts, host, DNS_AAAA);
	take_records(arena, out);
}

bool
mta_sts_record_valid(const struct mta_sts_result *mta_sts)
{
	return mta_sts->records == 1 && mta_sts->problem == NULL;
}

const struct dns_answer *
mta_sts_host_answer(const struct mta_sts_result *mta_sts)
{
	return mta_sts->aaaa != NULL ? mta_sts->aaaa : mta_sts->a;
}
