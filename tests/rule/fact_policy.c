/* Policy files of the table of facts, out of a few words. */
#include "rule/fact_policy.h"

#include "rule/fact_table.h"
#include "unit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct https_observation *
last_look(struct policy_fact *fact)
{
	assert_true(fact->look_count > 0);
	return &fact->looks[fact->look_count - 1];
}

static void
add_look(struct policy_fact *fact, char *text)
{
	struct https_observation *look;
	int end = HTTPS_ANSWERED;

	assert_true(fact->look_count < POLICY_LOOKS_MAX);
	look = &fact->looks[fact->look_count++];
	*look = (struct https_observation){
		.connected = true,
		.media_type = "",
		.location = "",
		.problem = "",
		.body = "",
		.seen_at = FACT_TABLE_NOW,
	};
	if (isdigit((unsigned char)*text)) {
		look->status = (unsigned)strtoul(text, &text, 10);
		look->media_type = *text == ' ' ? text + 1 : "";
		return;
	}
	while (end < HTTPS_END_COUNT && strcmp(https_end_text((enum https_end)end), text) != 0)
		end++;
	assert_true(end < HTTPS_END_COUNT);
	look->end = (enum https_end)end;
}

static void
set_body(struct policy_fact *fact, char *text)
{
	last_look(fact)->body = text;
	last_look(fact)->length = strlen(text);
}

static void
set_location(struct policy_fact *fact, char *text)
{
	last_look(fact)->location = text;
}

static void
set_silent(struct policy_fact *fact, char *nothing)
{
	(void)nothing;
	last_look(fact)->connected = false;
}

static void
set_open(struct policy_fact *fact, char *nothing)
{
	(void)nothing;
	fact->path_open = true;
}

static const struct {
	const char *name;
	void (*set)(struct policy_fact *fact, char *value);
} policy_options[] = {
	{ "look", add_look },
	{ "body", set_body },
	{ "location", set_location },
	{ "silent", set_silent },
	{ "open", set_open },
};

static void
read_option(struct policy_fact *fact, char *option)
{
	char *value = option + strcspn(option, "=");

	if (*value == '=')
		*value++ = '\0';
	for (char *at = value; (at = strchr(at, '~')) != NULL;)
		*at = '\n';
	for (size_t i = 0; i < COUNT_OF(policy_options); i++)
		if (strcmp(policy_options[i].name, option) == 0) {
			policy_options[i].set(fact, value);
			return;
		}
	fail_msg("no such option of a policy: %s", option);
}

void
fact_policy_read(char *text, struct policy_fact *out)
{
	*out = (struct policy_fact){ 0 };
	for (char *option = strtok(text, "|"); option != NULL; option = strtok(NULL, "|"))
		read_option(out, option);
}
