/* Reading the fields of MTA-STS and TLS-RPT records. */
#include "wire/field_list.h"

#include "base/ascii.h"

#include <string.h>

enum { FIELD_NAME_MAX = 32 };

static bool
is_blank(char octet)
{
	return octet == ' ' || octet == '\t';
}

static void
skip_blanks(struct field_list *list)
{
	while (list->at < list->length && is_blank(list->text[list->at]))
		list->at++;
}

static bool
note_problem(struct field_list *list, size_t at, const char *problem)
{
	list->problem = problem;
	list->problem_at = at;
	return false;
}

struct field_list
field_list_over(const char *text, size_t length, size_t version_length)
{
	return (struct field_list){ .text = text, .length = length, .at = version_length };
}

/* *WSP ";" *WSP, which may end the record. False at the end. */
static bool
take_delimiter(struct field_list *list)
{
	skip_blanks(list);
	if (list->at == list->length)
		return false;
	if (list->text[list->at] != ';')
		return note_problem(list, list->at, "no semicolon behind the version");
	list->at++;
	skip_blanks(list);
	return list->at < list->length;
}

bool
field_list_next(struct field_list *list, struct field *out)
{
	const char *start, *end, *equals;

	if (list->problem != NULL || !take_delimiter(list))
		return false;
	start = list->text + list->at;
	end = memchr(start, ';', list->length - list->at);
	if (end == NULL)
		end = list->text + list->length;
	while (end > start && is_blank(end[-1]))
		end--;
	if (end == start)
		return note_problem(list, list->at, "an empty field");
	equals = memchr(start, '=', (size_t)(end - start));
	if (equals == NULL)
		return note_problem(list, list->at, "a field without `=`");
	if (!field_name_valid(start, (size_t)(equals - start)))
		return note_problem(list, list->at, "a field whose name is none");
	*out = (struct field){
		.name = start,
		.name_length = (size_t)(equals - start),
		.value = equals + 1,
		.value_length = (size_t)(end - equals - 1),
		.offset = list->at,
	};
	list->at = (size_t)(end - list->text);
	return true;
}

bool
field_is(const struct field *field, const char *name)
{
	return strlen(name) == field->name_length &&
	    memcmp(name, field->name, field->name_length) == 0;
}

bool
field_value_valid(const struct field *field)
{
	for (size_t i = 0; i < field->value_length; i++)
		if (field->value[i] <= ' ' || field->value[i] > '~' || field->value[i] == '=')
			return false;
	return field->value_length > 0;
}

bool
field_name_valid(const char *name, size_t length)
{
	if (length == 0 || length > FIELD_NAME_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		bool alphanumeric = ascii_is_letter(name[i]) || ascii_is_digit(name[i]);

		if (!alphanumeric && (i == 0 || memchr("_-.", name[i], 3) == NULL))
			return false;
	}
	return true;
}
