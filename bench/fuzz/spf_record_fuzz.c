/*
 * An SPF record. A fault is said in words and where it stands; the terms stand where their offsets
 * say; and a record put together from the terms that were read is read as the same record.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/spf_record.h"

#include <string.h>

static void
check_at(const char *term, size_t offset, const char *text, size_t length)
{
	must(offset + strlen(term) <= length);
	must(memcmp(text + offset, term, strlen(term)) == 0);
}

static void
check_term(const struct spf_term *term)
{
	bool network = term->mechanism == SPF_IP4 || term->mechanism == SPF_IP6;

	must(strchr("+-~?", term->qualifier) != NULL && term->qualifier != '\0');
	must(term->ip4_length <= 32 && term->ip6_length <= 128);
	must(!network || term->network.ip.family == (term->mechanism == SPF_IP4 ? 4 : 6));
	must(!network || term->network.length <= (term->mechanism == SPF_IP4 ? 32 : 128));
	must(strcasestr(term->text, spf_mechanism_name(term->mechanism)) != NULL);
	if (term->mechanism == SPF_INCLUDE || term->mechanism == SPF_EXISTS)
		must(term->target.spec != NULL && term->target.spec[0] != '\0');
	if (term->target.spec != NULL)
		must(strstr(term->text, term->target.spec) != NULL);
}

static void
check_record(const struct spf_record *record, const char *text, size_t length)
{
	for (size_t i = 0; i < record->count; i++) {
		check_term(&record->terms[i]);
		check_at(record->terms[i].text, record->terms[i].offset, text, length);
		must(i == 0 || record->terms[i - 1].offset < record->terms[i].offset);
	}
	if (record->redirect.text != NULL)
		check_at(record->redirect.text, record->redirect.offset, text, length);
	if (record->explanation.text != NULL)
		check_at(record->explanation.text, record->explanation.offset, text, length);
}

static void
check_error(const struct spf_record *record, size_t length)
{
	must(fuzz_is_message(record->error_text));
	must(record->error_term != NULL && strpbrk(record->error_term, "\r\n\033") == NULL);
	must(record->error_offset <= length);
}

static void
add_modifier(struct strbuf *out, const struct spf_modifier *modifier)
{
	if (modifier->text != NULL)
		strbuf_printf(out, " %s", modifier->text);
}

/* The record of those terms and modifiers that the parser keeps. */
static void
rewrite(const struct spf_record *record, struct strbuf *out)
{
	strbuf_add_string(out, "v=spf1");
	for (size_t i = 0; i < record->count; i++)
		strbuf_printf(out, " %s", record->terms[i].text);
	add_modifier(out, &record->redirect);
	add_modifier(out, &record->explanation);
}

static void
check_rewritten(const struct spf_record *record, struct arena *arena)
{
	struct strbuf first = { 0 }, second = { 0 };
	struct spf_record again;

	rewrite(record, &first);
	must(spf_record_parse(arena, first.at, first.length, &again));
	must(again.count == record->count);
	must(spf_record_passing(&again) == spf_record_passing(record));
	rewrite(&again, &second);
	must(strcmp(first.at, second.at) == 0);
	strbuf_free(&first);
	strbuf_free(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	struct arena arena = { 0 };
	struct spf_record record;
	bool fine = spf_record_parse(&arena, text, size, &record);

	must(fine == (record.error == SPF_NO_ERROR));
	must(spf_record_is(text, size) == (record.error != SPF_ERROR_VERSION));
	check_record(&record, text, size);
	if (fine)
		check_rewritten(&record, &arena);
	else
		check_error(&record, size);
	if (spf_record_is_exactly_deny(&record))
		must(spf_record_passing(&record) == SPF_PASSES_NOTHING);
	must(spf_record_redirect(&record) == NULL || spf_record_all(&record) == NULL);
	arena_free(&arena);
	return 0;
}
