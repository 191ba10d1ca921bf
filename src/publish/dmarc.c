/* DMARC records to publish. */
#include "publish/dmarc.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "publish/field.h"
#include "wire/tag_list.h"

#include <string.h>
#include <strings.h>

#define POLICIES "none quarantine reject"

/* In the order in which they are written. */
static const struct publish_field tags[] = {
	{ "p", FIELD_CHOICE, POLICIES, 0 },
	{ "sp", FIELD_CHOICE, POLICIES, 0 },
	{ "np", FIELD_CHOICE, POLICIES, 0 },
	{ "t", FIELD_CHOICE, "y n", 0 },
	{ "psd", FIELD_CHOICE, "y n u", 0 },
	{ "adkim", FIELD_CHOICE, "r s", 0 },
	{ "aspf", FIELD_CHOICE, "r s", 0 },
	{ "fo", FIELD_OPTIONS, "0 1 d s", 0 },
	{ "rua", FIELD_REPORTS, NULL, 0 },
	{ "ruf", FIELD_REPORTS, NULL, 0 },
};
enum { TAGS = sizeof tags / sizeof tags[0], P = 0, T = 3 };
_Static_assert((size_t)TAGS <= (size_t)PUBLISH_FIELDS_MAX, "values has a place for each");

/* Tags of older versions (RFC 9989 9.3) and what stands for them now. */
static const struct {
	const char *name, *instead;
} obsolete[] = {
	{ "pct", "; for a trial there is t=y" },
	{ "rf", "" },
	{ "ri", "" },
};

static const char *const starts[][TAGS] = {
	[PUBLISH_DMARC_FIRST_STEP] = { "none" },
	[PUBLISH_DMARC_PARKED] = { "reject", "reject", "reject", NULL, NULL, "s", "s" },
};

static bool
drop_obsolete(const struct tag *tag, struct arena *arena, struct publish_remarks *remarks)
{
	for (size_t i = 0; i < sizeof obsolete / sizeof obsolete[0]; i++) {
		if (strcasecmp(tag->name, obsolete[i].name) != 0)
			continue;
		publish_remark(remarks, arena, "%s=%s is left out: it is no longer defined%s",
		    obsolete[i].name, tag->value, obsolete[i].instead);
		return true;
	}
	return false;
}

/* Sizes behind report addresses are no longer defined (RFC 9989 9.3). */
static const char *
without_sizes(const char *value, struct arena *arena, struct publish_remarks *remarks)
{
	struct strbuf out = { 0 };
	const char *text;

	if (strchr(value, '!') == NULL)
		return value;
	publish_remark(remarks, arena,
	    "the sizes behind `!` in %s are left out: they are no longer defined", value);
	for (const char *at = value; *at != '\0';) {
		size_t length = strcspn(at, "!");

		strbuf_add(&out, at, length);
		at += length;
		at += strcspn(at, ",");
	}
	text = arena_string(arena, out.at == NULL ? "" : out.at);
	strbuf_free(&out);
	return text;
}

/* A tag that is published: kept when it is sound, and when it does not say what the start says. */
static void
keep_tag(const struct tag *tag, struct publish_values *values, const char *const *start,
    struct strbuf *unknown, struct arena *arena, struct publish_remarks *remarks)
{
	size_t i = publish_field_find(tags, TAGS, tag->name, strlen(tag->name));
	const char *value, *problem = NULL;

	if (strcasecmp(tag->name, "v") == 0 || tag->repeated_any_case ||
	    drop_obsolete(tag, arena, remarks))
		return;
	if (i == TAGS) {
		strbuf_printf(unknown, "; %s=%s", tag->name, tag->value);
		publish_remark(remarks, arena, "%s= is kept, but readers ignore it", tag->name);
		return;
	}
	if (i != P && start[i] != NULL)
		return;
	value = tag->value;
	if (tags[i].kind == FIELD_REPORTS)
		value = without_sizes(value, arena, remarks);
	value = publish_field_read(&tags[i], value, arena, &problem);
	if (value == NULL)
		publish_remark(remarks, arena, "left out: %s", problem);
	else
		values->at[i] = value;
}

static const char *
write_record(const struct publish_values *values, const struct strbuf *unknown, struct arena *arena)
{
	struct strbuf out = { 0 };
	const char *text;

	strbuf_add_string(&out, "v=DMARC1");
	for (size_t i = 0; i < TAGS; i++)
		if (values->at[i] != NULL)
			strbuf_printf(&out, "; %s=%s", tags[i].name, values->at[i]);
	strbuf_add(&out, unknown->at, unknown->length);
	text = arena_string(arena, out.at);
	strbuf_free(&out);
	return text;
}

static bool
meet_wishes(const struct publish_wishes *wishes, struct publish_values *values, struct arena *arena,
    struct publish_remarks *remarks)
{
	if (!publish_values_set(values, tags, TAGS, &wishes->set, arena, &remarks->problem))
		return false;
	if (values->at[P] == NULL)
		remarks->problem = "p= cannot be left out: set it to none, quarantine or reject";
	return values->at[P] != NULL;
}

const char *
publish_dmarc(const char *published, enum publish_dmarc_start start,
    const struct publish_wishes *wishes, struct arena *arena, struct publish_remarks *remarks)
{
	struct publish_values values = { { NULL } };
	struct strbuf unknown = { 0 };
	const char *text = NULL;
	struct tag_list list = { 0 };

	memcpy(values.at, starts[start], sizeof starts[start]);
	if (published != NULL)
		tag_list_parse(arena, published, strlen(published), &list);
	for (size_t i = 0; i < list.count; i++)
		keep_tag(&list.tags[i], &values, starts[start], &unknown, arena, remarks);
	if (start == PUBLISH_DMARC_PARKED) { /* in earnest, whatever is published */
		values.at[P] = starts[start][P];
		values.at[T] = NULL;
	}
	if (meet_wishes(wishes, &values, arena, remarks))
		text = write_record(&values, &unknown, arena);
	strbuf_free(&unknown);
	return text;
}
