/*
 * A record that is published, and in front of it, up to the first LF, a wish. What is made of them
 * is a record of its kind; made again from itself it stays as it is; and its zone form is
 * printable, in strings of at most 255 octets that hold the text.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "publish/dmarc.h"
#include "publish/record.h"
#include "publish/spf.h"
#include "publish/tls.h"
#include "rule/dmarc_record.h"
#include "rule/spf_record.h"
#include "rule/tls_rpt.h"

#include <stdlib.h>
#include <string.h>

static const struct publish_wishes no_wishes = { { NULL, 0 }, { NULL, 0 }, { NULL, 0 } };

/* The text that a zone file's strings hold. */
static void
read_strings(const char *zone, struct strbuf *out)
{
	size_t octets = 0;

	for (const char *at = zone + 1; *at != '\0'; at++) {
		must(*at >= ' ' && *at <= '~');
		if (*at == '"') {
			octets = 0;
			if (at[1] == '\0')
				return;
			must(at[1] == ' ' && at[2] == '"');
			at += 2;
			continue;
		}
		must(++octets <= 255);
		if (*at == '\\' && at[1] >= '0' && at[1] <= '9') {
			char digits[4] = { at[1], at[2], at[3], '\0' };

			strbuf_add_byte(out, (char)atoi(digits));
			at += 3;
		} else {
			at += *at == '\\';
			strbuf_add_byte(out, *at);
		}
	}
	must(false); /* the last string has no end */
}

static void
check_zone_form(const char *text)
{
	struct publish_record record = { .type = DNS_TXT, .text = text };
	struct strbuf zone = { 0 }, back = { 0 };

	publish_record_write(&zone, &record);
	read_strings(zone.at, &back);
	must(strcmp(back.at == NULL ? "" : back.at, text) == 0);
	strbuf_free(&zone);
	strbuf_free(&back);
}

static void
check_dmarc(const char *published, enum publish_dmarc_start start,
    const struct publish_wishes *wishes, struct arena *arena)
{
	struct publish_remarks remarks = { .count = 0 };
	const char *text = publish_dmarc(published, start, wishes, arena, &remarks);
	struct dmarc_record record;
	const char *again;

	must((text == NULL) == (remarks.problem != NULL));
	if (text == NULL)
		return;
	dmarc_record_parse(text, strlen(text), arena, &record);
	must(dmarc_record_is(text, strlen(text)) && dmarc_record_policies_valid(&record));
	again = publish_dmarc(text, PUBLISH_DMARC_FIRST_STEP, &no_wishes, arena, &remarks);
	must(again != NULL && strcmp(again, text) == 0);
	check_zone_form(text);
}

static void
check_spf(const char *published, const struct publish_wishes *wishes, struct arena *arena)
{
	struct publish_remarks remarks = { .count = 0 };
	size_t count = spf_record_is(published, strlen(published)) ? 1 : 0;
	const char *text = publish_spf(&published, count, true, wishes, arena, &remarks);
	const char *again;

	must((text == NULL) == (remarks.problem != NULL));
	if (text == NULL)
		return;
	must(spf_record_is(text, strlen(text)));
	again = publish_spf(&text, 1, true, &no_wishes, arena, &remarks);
	must(again != NULL && strcmp(again, text) == 0);
	check_zone_form(text);
}

static void
check_tls_rpt(const char *published, const struct publish_wishes *wishes, struct arena *arena)
{
	struct publish_remarks remarks = { .count = 0 };
	struct tls_rpt_result record = { .problem = NULL };
	const char *text =
	    publish_tls_rpt(tls_rpt_record_is(published, strlen(published)) ? published : NULL,
		wishes, arena, &remarks);

	must((text == NULL) == (remarks.problem != NULL));
	if (text == NULL)
		return;
	tls_rpt_record_parse(text, strlen(text), arena, &record);
	must(record.problem == NULL && record.usable == record.uri_count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena arena = { 0 };
	char *wish = arena_string_n(&arena, (const char *)bytes, size);
	char *published = wish + strcspn(wish, "\n");
	struct publish_wishes set = { { &wish, 1 }, { NULL, 0 }, { NULL, 0 } };
	struct publish_wishes add = { { NULL, 0 }, { &wish, 1 }, { NULL, 0 } };

	if (*published != '\0')
		*published++ = '\0';
	check_dmarc(published, PUBLISH_DMARC_FIRST_STEP, *wish == '\0' ? &no_wishes : &set, &arena);
	check_dmarc(published, PUBLISH_DMARC_PARKED, &no_wishes, &arena);
	check_spf(published, *wish == '\0' ? &no_wishes : &add, &arena);
	check_tls_rpt(published, *wish == '\0' ? &no_wishes : &set, &arena);
	arena_free(&arena);
	return 0;
}
