/* TLS-RPT: where reports about failed TLS are wanted. */
#include "rule/tls_rpt.h"

#include "base/arena.h"
#include "rule/text_records.h"
#include "wire/field_list.h"

#include <string.h>

static const char version[] = "v=TLSRPTv1";
enum { VERSION_LENGTH = sizeof version - 1 };

bool
tls_rpt_record_is(const char *text, size_t length)
{
	return length >= VERSION_LENGTH && memcmp(text, version, VERSION_LENGTH) == 0 &&
	    (length == VERSION_LENGTH || memchr("; \t", text[VERSION_LENGTH], 3) != NULL);
}

/* What is kept when there are several texts (RFC 8460 3). */
static bool
begins_a_field(const char *text, size_t length)
{
	return tls_rpt_record_is(text, length) && length > VERSION_LENGTH &&
	    text[VERSION_LENGTH] == ';';
}

static void
note_domain(const struct uri *uri, struct arena *arena, struct tls_rpt_result *out)
{
	for (size_t i = 0; i < out->domain_count; i++)
		if (strcmp(out->domains[i].name, uri->host) == 0)
			return;
	if (out->domain_count < TLS_RPT_DOMAINS_MAX)
		out->domains[out->domain_count++].name = arena_string(arena, uri->host);
}

/* An exclamation mark must be escaped in a URI of rua=; so must commas and semicolons, which
 * separate here (RFC 8460 3). */
static void
take_uri(const char *text, size_t length, struct arena *arena, struct tls_rpt_result *out)
{
	struct uri uri;

	if (out->uri_count == TLS_RPT_URIS_MAX) {
		out->more_uris = true;
		return;
	}
	uri_parse(text, length, &uri);
	if (length > 0 && memchr(text, '!', length) != NULL)
		uri.kind = URI_BAD;
	out->uris[out->uri_count++] =
	    (struct tls_rpt_uri){ arena_string_n(arena, text, length), uri.kind };
	out->usable += uri.kind == URI_MAILTO || uri.kind == URI_HTTPS;
	if (uri.kind == URI_MAILTO)
		note_domain(&uri, arena, out);
}

static bool
is_blank(char octet)
{
	return octet == ' ' || octet == '\t';
}

/* tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri) */
static void
take_uris(const struct field *field, struct arena *arena, struct tls_rpt_result *out)
{
	const char *at = field->value, *end = at + field->value_length;

	for (;;) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma == NULL ? end : comma;

		while (at != field->value && at < stop && is_blank(*at))
			at++;
		while (stop > at && is_blank(stop[-1]))
			stop--;
		take_uri(at, (size_t)(stop - at), arena, out);
		if (comma == NULL || out->more_uris)
			return;
		at = comma + 1;
	}
}

void
tls_rpt_record_parse(
    const char *text, size_t length, struct arena *arena, struct tls_rpt_result *out)
{
	struct field_list list = field_list_over(text, length, VERSION_LENGTH);
	struct field field;

	while (field_list_next(&list, &field)) {
		if (field_is(&field, "rua")) {
			take_uris(&field, arena, out);
			continue;
		}
		out->extensions++;
		if (!field_value_valid(&field)) {
			list.problem = "a field whose value is none";
			list.problem_at = field.offset;
		}
	}
	if (list.problem != NULL)
		out->problem =
		    arena_printf(arena, "%s, at offset %zu", list.problem, list.problem_at);
	else if (out->uri_count == 0)
		out->problem = "no rua";
	else if (out->usable == 0)
		out->problem = "rua names no mailto: or https: address";
}

static void
take_records(struct arena *arena, struct tls_rpt_result *out)
{
	struct text_records found;

	if (out->txt == NULL || out->txt->status != DNS_DATA)
		return;
	found = text_records_of(out->txt, begins_a_field);
	if (found.count == 0)
		found = text_records_of(out->txt, tls_rpt_record_is);
	out->records = found.count;
	if (found.count == 0)
		return;
	out->text = found.first->text;
	out->length = found.first->length;
	tls_rpt_record_parse(out->text, out->length, arena, out);
}

void
tls_rpt_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct tls_rpt_result *out)
{
	memset(out, 0, sizeof *out);
	out->txt = facts_dns(facts, arena_printf(arena, "_smtp._tls.%s", domain), DNS_TXT);
	take_records(arena, out);
	if (out->records != 1)
		return; /* nothing is sent anywhere */
	for (size_t i = 0; i < out->domain_count; i++) {
		struct tls_rpt_domain *at = &out->domains[i];

		at->takes = takes_mail_evaluate(facts, at->name, &at->answer);
	}
}

bool
tls_rpt_record_valid(const struct tls_rpt_result *tls_rpt)
{
	return tls_rpt->records == 1 && tls_rpt->problem == NULL;
}
