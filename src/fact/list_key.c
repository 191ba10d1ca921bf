/* Keys of block lists, in and out of names. */
#include "fact/list_key.h"

#include "base/arena.h"
#include "base/strbuf.h"

#include <string.h>
#include <strings.h>

void
list_key_put_in(const char *name, const char *key, struct strbuf *name_out)
{
	const char *mark = strstr(name, LIST_KEY_MARK);

	if (mark == NULL) {
		strbuf_add_string(name_out, name);
		return;
	}
	strbuf_add(name_out, name, (size_t)(mark - name));
	strbuf_add_string(name_out, key);
	strbuf_add_string(name_out, mark + sizeof LIST_KEY_MARK - 1);
}

/* Where the key begins, whatever the case of its letters; `length` when it is not there. */
static size_t
find(const char *text, size_t length, const char *key, size_t key_length)
{
	for (size_t i = 0; i + key_length <= length; i++)
		if (strncasecmp(text + i, key, key_length) == 0)
			return i;
	return length;
}

static const char *
hide(const char *text, size_t length, const char *key, struct arena *arena, size_t *length_out)
{
	size_t key_length = strlen(key), at;
	struct strbuf out = { 0 };
	const char *copy;

	while ((at = find(text, length, key, key_length)) < length) {
		strbuf_add(&out, text, at);
		strbuf_add_string(&out, LIST_KEY_MARK);
		text += at + key_length;
		length -= at + key_length;
	}
	strbuf_add(&out, text, length);
	copy = arena_string_n(arena, out.at != NULL ? out.at : "", out.length);
	*length_out = out.length;
	strbuf_free(&out);
	return copy;
}

static const char *
hide_name(const char *name, const char *key, struct arena *arena)
{
	size_t length;

	return name == NULL ? NULL : hide(name, strlen(name), key, arena, &length);
}

const struct dns_answer *
list_key_take_out(
    const struct dns_answer *answer, enum dns_type type, const char *key, struct arena *arena)
{
	struct dns_answer *copy;
	struct dns_record *records;

	if (key == NULL)
		return answer;
	copy = arena_copy(arena, answer, sizeof *answer);
	copy->canonical = hide_name(answer->canonical, key, arena);
	copy->soa_owner = hide_name(answer->soa_owner, key, arena);
	if (type != DNS_TXT || answer->count == 0)
		return copy;
	records = arena_copy(arena, answer->records, answer->count * sizeof *records);
	for (size_t i = 0; i < answer->count; i++)
		records[i].text =
		    hide(records[i].text, records[i].length, key, arena, &records[i].length);
	copy->records = records;
	return copy;
}
