/* From the members of struct options back to text, one function a kind. */
#include "app/option_text.h"

#include "app/option_value.h"
#include "app/rescan_choice.h"
#include "base/strbuf.h"

#include <inttypes.h>
#include <string.h>

static void
end(struct strbuf *out)
{
	strbuf_add_byte(out, '\0');
}

static void
add_switch(const struct option_row *row, const void *member, struct strbuf *out)
{
	(void)row;
	strbuf_add_string(out, *(const bool *)member ? "on" : "off");
	end(out);
}

static void
add_text(const struct option_row *row, const void *member, struct strbuf *out)
{
	const char *text = *(char *const *)member;

	(void)row;
	if (text == NULL)
		return;
	strbuf_add_string(out, text);
	end(out);
}

static void
add_number(const struct option_row *row, const void *member, struct strbuf *out)
{
	(void)row;
	strbuf_printf(out, "%" PRIu64, *(const uint64_t *)member);
	end(out);
}

static const char *
choice_of(const struct option_row *row, uint64_t value)
{
	for (const struct option_choice *at = row->choices; at != NULL && at->name != NULL; at++)
		if ((uint64_t)at->value == value)
			return at->name;
	return NULL;
}

static void
add_duration(const struct option_row *row, const void *member, struct strbuf *out)
{
	uint64_t value = *(const uint64_t *)member;
	const char *name = choice_of(row, value);

	if (name != NULL)
		strbuf_add_string(out, name);
	else
		strbuf_printf(out, "%" PRIu64 "ms", value);
	end(out);
}

static void
add_choice(const struct option_row *row, const void *member, struct strbuf *out)
{
	const char *name;
	int value;

	memcpy(&value, member, sizeof value);
	name = choice_of(row, (uint64_t)value);
	strbuf_add_string(out, name == NULL ? "" : name);
	end(out);
}

static void
add_file(const struct option_row *row, const void *member, struct strbuf *out)
{
	const struct option_file *file = member;

	(void)row;
	if (file->path == NULL)
		return;
	strbuf_printf(out, "%s%s", file->adding ? "+" : "", file->path);
	end(out);
}

static void
add_resolvers(const struct option_row *row, const void *member, struct strbuf *out)
{
	const struct option_resolvers *list = member;
	char ip[IP_TEXT_MAX];

	(void)row;
	for (size_t i = 0; i < list->count; i++) {
		strbuf_printf(out, "[%s]:%u", ip_format(&list->at[i].ip, ip), list->at[i].port);
		end(out);
	}
}

static void
add_networks(const struct option_row *row, const void *member, struct strbuf *out)
{
	const struct option_networks *list = member;
	char ip[IP_TEXT_MAX];

	(void)row;
	for (size_t i = 0; i < list->count; i++) {
		strbuf_printf(out, "%s/%u", ip_format(&list->at[i].ip, ip), list->at[i].length);
		end(out);
	}
}

static void
add_list(const struct option_row *row, const void *member, struct strbuf *out)
{
	const struct option_list *list = member;

	(void)row;
	for (size_t i = 0; i < list->count; i++) {
		strbuf_add_string(out, list->at[i]);
		end(out);
	}
}

static void
add_limits(const struct option_row *row, const void *member, struct strbuf *out)
{
	(void)row;
	for (size_t i = 0; i < option_limit_count; i++) {
		const void *limit = (const char *)member + option_limits[i].offset;

		strbuf_printf(out, "%s%s=%" PRIu64 "ms", i > 0 ? "," : "", option_limits[i].name,
		    *(const uint64_t *)limit);
	}
	end(out);
}

static void
add_rescan(const struct option_row *row, const void *member, struct strbuf *out)
{
	(void)row;
	rescan_choice_text(member, out);
	end(out);
}

static void (*const kinds[])(
    const struct option_row *row, const void *member, struct strbuf *out) = {
	[OPTION_FLAG] = add_switch,
	[OPTION_TEXT] = add_text,
	[OPTION_NUMBER] = add_number,
	[OPTION_DURATION] = add_duration,
	[OPTION_CHOICE] = add_choice,
	[OPTION_SWITCH] = add_switch,
	[OPTION_HOST] = add_text,
	[OPTION_FILE] = add_file,
	[OPTION_RESOLVERS] = add_resolvers,
	[OPTION_NETWORKS] = add_networks,
	[OPTION_WORDS] = add_list,
	[OPTION_HOSTS] = add_list,
	[OPTION_AREAS] = add_list,
	[OPTION_CHECKS] = add_list,
	[OPTION_SUFFIXES] = add_list,
	[OPTION_TARGETS] = add_list,
	[OPTION_MAILBOX] = add_text,
	[OPTION_SMTP_TIMEOUTS] = add_limits,
	[OPTION_RESCAN] = add_rescan,
};

void
option_text(const struct options *options, const struct option_row *row, struct strbuf *out)
{
	kinds[row->kind](row, (const char *)options + row->offset, out);
}
