/*
 * A record of MTA-STS, of TLS-RPT or of BIMI. What is a record of MTA-STS has an id; a place of
 * TLS-RPT that is called usable is a URI of its scheme, with a host that can be asked for; BIMI
 * that declines has no problem.
 */
#include "fuzz.h"

#include "base/arena.h"
#include "rule/bimi.h"
#include "rule/mta_sts.h"
#include "rule/tls_rpt.h"

#include <string.h>
#include <strings.h>

static void
check_mta_sts(const char *text, size_t length, struct arena *arena)
{
	struct mta_sts_result mta_sts = { 0 };

	if (!mta_sts_record_is(text, length))
		return;
	mta_sts_record_parse(text, length, arena, &mta_sts);
	must(mta_sts.problem != NULL || mta_sts.id != NULL);
	must(mta_sts.id == NULL || (*mta_sts.id != '\0' && strlen(mta_sts.id) <= 32));
	must(!tls_rpt_record_is(text, length) && !bimi_record_is(text, length));
}

static void
check_uri(const struct tls_rpt_uri *uri)
{
	struct uri again;

	if (uri->kind != URI_MAILTO && uri->kind != URI_HTTPS)
		return;
	uri_parse(uri->text, strlen(uri->text), &again);
	must(again.kind == uri->kind && host_name_valid(again.host, NULL));
	must(strpbrk(uri->text, "!,; \t") == NULL);
	must(strncasecmp(uri->text, uri->kind == URI_MAILTO ? "mailto:" : "https://", 7) == 0);
}

static void
check_tls_rpt(const char *text, size_t length, struct arena *arena)
{
	struct tls_rpt_result tls_rpt = { 0 };

	if (!tls_rpt_record_is(text, length))
		return;
	tls_rpt_record_parse(text, length, arena, &tls_rpt);
	must(tls_rpt.usable <= tls_rpt.uri_count && tls_rpt.uri_count <= TLS_RPT_URIS_MAX);
	must(tls_rpt.problem != NULL || tls_rpt.usable > 0);
	must(tls_rpt.domain_count <= tls_rpt.usable);
	for (size_t i = 0; i < tls_rpt.uri_count; i++)
		check_uri(&tls_rpt.uris[i]);
	for (size_t i = 0; i < tls_rpt.domain_count; i++)
		must(host_name_valid(tls_rpt.domains[i].name, NULL));
}

static void
check_bimi(const char *text, size_t length, struct arena *arena)
{
	struct bimi_result bimi = { 0 };

	if (!bimi_record_is(text, length))
		return;
	bimi_record_parse(text, length, arena, &bimi);
	must(bimi.problem == NULL || *bimi.problem != '\0');
	must(!bimi.declined || bimi.problem == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	struct arena arena = { 0 };

	check_mta_sts(text, size, &arena);
	check_tls_rpt(text, size, &arena);
	check_bimi(text, size, &arena);
	arena_free(&arena);
	return 0;
}
