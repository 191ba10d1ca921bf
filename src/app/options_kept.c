/* Options in the night file, for those who go on with its run. */
#include "app/options_kept.h"

#include "app/option_text.h"
#include "app/option_value.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* One option, as it was at the beginning. */
struct kept {
	const struct option_row *row; /* NULL: this version does not know it */
	bool given;
	const char *values; /* each ended by NUL */
	size_t length;
};

static bool
is_kept(const struct option_row *row)
{
	return (row->commands & COMMAND_SCAN) != 0 && row->resumed != OPTION_PASSING &&
	    (row->group == OPTION_GROUP_LOOKUPS || row->group == OPTION_GROUP_CHECKS);
}

/* Without a value, and with no default that could be written, it has none. */
static bool
has_value(const struct options *options, const struct option_row *row)
{
	return options->source[row - option_table] != SOURCE_NONE;
}

static bool
is_given(const struct options *options, const struct option_row *row)
{
	return options->source[row - option_table] > SOURCE_DEFAULT;
}

void
options_kept_write(const struct options *options, struct strbuf *out)
{
	struct strbuf values = { 0 };

	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_table[i];

		if (!is_kept(row))
			continue;
		strbuf_reset(&values);
		if (has_value(options, row))
			option_text(options, row, &values);
		strbuf_add_varint(out, strlen(row->name));
		strbuf_add_string(out, row->name);
		strbuf_add_u8(out, is_given(options, row));
		strbuf_add_varint(out, values.length);
		strbuf_add(out, values.at, values.length);
	}
	strbuf_free(&values);
}

static bool
take_kept(struct buf *buf, struct kept *out)
{
	size_t name_length = (size_t)buf_varint(buf);
	const char *name = (const char *)buf_bytes(buf, name_length);

	out->given = buf_u8(buf) != 0;
	out->length = (size_t)buf_varint(buf);
	out->values = (const char *)buf_bytes(buf, out->length);
	if (buf->failed || (out->length > 0 && out->values[out->length - 1] != '\0'))
		return false;
	out->row = option_find(name, name_length);
	if (out->row != NULL && !is_kept(out->row))
		out->row = NULL;
	return true;
}

static int
damaged(const char *night, const char *what, struct error *error)
{
	return error_set(
	    error, EX_DATAERR, "night file %s: is damaged: %s of its run", night, what);
}

static int
take_up(const struct kept *kept, const char *night, struct options *options, struct error *error)
{
	const char *end = kept->values + kept->length;
	struct error why;

	if (kept->length == 0 && !option_value_is_list(kept->row))
		return damaged(night, kept->row->name, error);
	option_value_clear(options, kept->row);
	options->source[kept->row - option_table] = SOURCE_CONFIG;
	for (const char *value = kept->values; value < end; value += strlen(value) + 1)
		if (value[0] == '@' || option_value_set(options, kept->row, value, &why) != 0)
			return damaged(night, kept->row->name, error);
	return 0;
}

/* For people: the values in one line. */
static void
say_values(const char *values, size_t length, struct strbuf *out)
{
	for (const char *value = values; value < values + length; value += strlen(value) + 1)
		strbuf_printf(out, "%s%s", value == values ? "" : ",", value);
	if (length == 0)
		strbuf_add_string(out, "no value for it");
}

static int
check_same(
    const struct kept *kept, const char *night, const struct options *options, struct error *error)
{
	struct strbuf now = { 0 }, then = { 0 };
	int result = 0;

	option_text(options, kept->row, &now);
	if (now.length != kept->length ||
	    (now.length > 0 && memcmp(now.at, kept->values, now.length) != 0)) {
		say_values(kept->values, kept->length, &then);
		result = error_set(error, EX_USAGE,
		    "--%s: the run of %s was begun with %.300s; leave the option out, or begin "
		    "anew "
		    "without --resume",
		    kept->row->name, night, then.at);
	}
	strbuf_free(&now);
	strbuf_free(&then);
	return result;
}

static int
read_kept(const struct kept *kept, const char *night, struct options *options, struct error *error)
{
	if (kept->row == NULL)
		return 0;
	if (!is_given(options, kept->row))
		return kept->given ? take_up(kept, night, options, error) : 0;
	return kept->row->resumed == OPTION_RENEWED ? 0 : check_same(kept, night, options, error);
}

/* Each option stands there once. */
static bool
is_second(const struct kept *kept, bool *seen)
{
	bool *one = kept->row == NULL ? NULL : &seen[kept->row - option_table];
	bool second = one != NULL && *one;

	if (one != NULL)
		*one = true;
	return second;
}

int
options_kept_read(const void *bytes, size_t length, const char *night, struct options *options,
    struct error *error)
{
	bool *seen = alloc_zeroed(option_count, sizeof *seen);
	struct buf buf = buf_over(bytes, length);
	struct kept kept;
	int result = 0;

	while (buf_left(&buf) > 0 && result == 0) {
		if (!take_kept(&buf, &kept) || is_second(&kept, seen))
			result = damaged(night, "the options", error);
		else
			result = read_kept(&kept, night, options, error);
	}
	free(seen);
	return result;
}
