/*
 * A DMARC record. The counts of its places are right, a place of mail has a host that can be asked
 * for, and no place holds what must be escaped. Policies follow from its tags: t=y makes none of
 * them stricter, sp= and np= hold only below the name, and a bad one leaves none or nothing.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "rule/dmarc_record.h"

#include <string.h>
#include <strings.h>

static void
check_uri(const struct dmarc_uri *uri)
{
	struct uri again;

	must(strpbrk(uri->text, ",;") == NULL);
	must((uri->host != NULL) == (uri->kind == URI_MAILTO));
	if (uri->kind == URI_BAD)
		return;
	uri_parse(uri->text, strlen(uri->text), &again);
	must(again.kind == uri->kind && strpbrk(uri->text, "! \t") == NULL);
	if (uri->host != NULL)
		must(host_name_valid(uri->host, NULL) && strcmp(uri->host, again.host) == 0);
}

static void
check_uris(const struct dmarc_uris *uris)
{
	size_t valid = 0, mail = 0;

	must(uris->count <= DMARC_URIS_MAX);
	must(uris->more == 0 || uris->count == DMARC_URIS_MAX);
	must(uris->tag != NULL || uris->count == 0);
	for (size_t i = 0; i < uris->count; i++) {
		check_uri(&uris->at[i]);
		valid += uris->at[i].kind != URI_BAD;
		mail += uris->at[i].kind == URI_MAILTO;
	}
	must(uris->valid == valid && uris->mail == mail);
}

static void
check_policies(const struct dmarc_record *record)
{
	bool valid = dmarc_record_policies_valid(record);

	for (int name = 0; name < DMARC_NAME_COUNT; name++) {
		enum dmarc_policy policy = dmarc_record_policy(record, (enum dmarc_name)name);

		must(dmarc_policy_lowered(policy) <= policy);
		must((dmarc_policy_text(policy) == NULL) == (policy == DMARC_NO_POLICY));
		if (valid)
			must(policy == record->p ||
			    (name != DMARC_THE_NAME &&
				(policy == record->sp || policy == record->np)));
		else
			must(policy <=
			    (record->rua.valid > 0 ? DMARC_POLICY_NONE : DMARC_NO_POLICY));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	struct arena arena = { 0 };
	struct dmarc_record record;

	dmarc_record_parse(text, size, &arena, &record);
	if (dmarc_record_is(text, size))
		must(record.tags.count > 0 && strcasecmp(record.tags.tags[0].name, "v") == 0);
	must(record.bad_sp == NULL || record.sp == DMARC_NO_POLICY);
	must(record.bad_np == NULL || record.np == DMARC_NO_POLICY);
	check_uris(&record.rua);
	check_uris(&record.ruf);
	check_policies(&record);
	arena_free(&arena);
	return 0;
}
