/* DMARC: the walk up the tree, and which record applies. */
#include "rule/dmarc.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "rule/text_records.h"
#include "wire/dns_name.h"

#include <string.h>
#include <strings.h>

enum { LABELS_KEPT = 7 }; /* a longer name jumps to its last seven labels (RFC 9989 4.10) */

static size_t
skip_blanks(const char *text, size_t length, size_t at)
{
	while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
		at++;
	return at;
}

bool
dmarc_record_is(const char *text, size_t length)
{
	size_t at = 0;

	if (length == 0 || ascii_lower(text[at++]) != 'v') /* tag names have no letter case */
		return false;
	at = skip_blanks(text, length, at);
	if (at == length || text[at++] != '=')
		return false;
	at = skip_blanks(text, length, at);
	if (length - at < 6 || memcmp(text + at, "DMARC1", 6) != 0)
		return false;
	at = skip_blanks(text, length, at + 6);
	return at == length || text[at] == ';';
}

static char
psd_of(struct arena *arena, const struct dmarc_step *step)
{
	struct tag_list tags;
	const struct tag *psd;

	tag_list_parse(arena, step->text, step->length, &tags);
	psd = tag_list_find_any_case(&tags, "psd");
	if (psd == NULL || psd->value_length != 1)
		return 'u';
	return strcasecmp(psd->value, "y") == 0 ? 'y'
	    : strcasecmp(psd->value, "n") == 0  ? 'n'
						: 'u';
}

static void
take_step(struct facts *facts, const char *name, struct arena *arena, struct dmarc_step *step)
{
	struct text_records found;

	step->name = name;
	step->psd = 'u';
	step->answer = facts_dns_confirmed(facts, arena_printf(arena, "_dmarc.%s", name), DNS_TXT);
	if (step->answer == NULL || step->answer->status != DNS_DATA)
		return;
	found = text_records_of(step->answer, dmarc_record_is);
	step->records = found.count;
	if (found.count != 1)
		return; /* of several, all are discarded */
	step->text = found.first->text;
	step->length = found.first->length;
	step->psd = psd_of(arena, step);
}

static const char *
next_name(const char *name)
{
	size_t labels = dns_name_labels(name);

	if (labels <= LABELS_KEPT)
		return dns_name_parent(name);
	while (labels-- > LABELS_KEPT)
		name = dns_name_parent(name);
	return name;
}

/* False when the walk could not be finished: an answer is not known yet, or will never be. */
static bool
walk(struct facts *facts, const char *domain, struct arena *arena, struct dmarc_result *out)
{
	const char *name = domain;

	while (name != NULL && out->count < DMARC_QUERIES_MAX) {
		struct dmarc_step *step = &out->steps[out->count++];

		take_step(facts, name, arena, step);
		if (step->answer == NULL)
			return false;
		if (!dns_is_answer(step->answer)) {
			out->transient = step->answer;
			return false;
		}
		if (step->text != NULL && step->psd != 'u')
			break;
		name = next_name(name);
	}
	return true;
}

/* The name one label below `ancestor` on the way to `name`. */
static const char *
one_below(const char *name, const char *ancestor)
{
	const char *parent;

	while ((parent = dns_name_parent(name)) != NULL && strcmp(parent, ancestor) != 0)
		name = parent;
	return name;
}

/* RFC 9989 4.10.2, longest name first. */
static const char *
organizational_domain(const struct dmarc_result *dmarc, const char *domain)
{
	const char *shortest = domain;

	for (size_t i = 0; i < dmarc->count; i++) {
		const struct dmarc_step *step = &dmarc->steps[i];

		if (step->text == NULL)
			continue;
		if (step->psd == 'n')
			return step->name;
		if (step->psd == 'y' && i > 0)
			return one_below(domain, step->name);
		shortest = step->name;
	}
	return shortest;
}

static const struct dmarc_step *
record_at(const struct dmarc_result *dmarc, const char *name)
{
	for (size_t i = 0; i < dmarc->count; i++)
		if (dmarc->steps[i].text != NULL && strcmp(dmarc->steps[i].name, name) == 0)
			return &dmarc->steps[i];
	return NULL;
}

static const struct dmarc_step *
record_of_suffix(const struct dmarc_result *dmarc)
{
	for (size_t i = 0; i < dmarc->count; i++)
		if (dmarc->steps[i].text != NULL && dmarc->steps[i].psd == 'y')
			return &dmarc->steps[i];
	return NULL;
}

/* RFC 9989 4.10.1: the author domain, else the organizational domain, else the public suffix. */
static void
choose_record(struct dmarc_result *dmarc, bool walked)
{
	dmarc->applying = dmarc->steps[0].text != NULL ? &dmarc->steps[0] : NULL;
	dmarc->location = DMARC_OWN;
	if (dmarc->applying == NULL && walked) {
		dmarc->applying = record_at(dmarc, dmarc->organizational);
		dmarc->location = DMARC_ORG;
	}
	if (dmarc->applying == NULL && walked) {
		dmarc->applying = record_of_suffix(dmarc);
		dmarc->location = DMARC_PSD;
	}
	if (dmarc->applying == NULL)
		dmarc->location = DMARC_NONE;
}

void
dmarc_evaluate(
    struct facts *facts, const char *domain, struct arena *arena, struct dmarc_result *out)
{
	bool walked;

	memset(out, 0, sizeof *out);
	walked = walk(facts, domain, arena, out);
	if (walked)
		out->organizational = organizational_domain(out, domain);
	choose_record(out, walked);
	if (out->applying != NULL)
		tag_list_parse(arena, out->applying->text, out->applying->length, &out->tags);
}

const char *
dmarc_policy_word(const struct tag *tag)
{
	static const char *const words[] = { "none", "quarantine", "reject" };

	for (size_t i = 0; tag != NULL && i < sizeof words / sizeof words[0]; i++)
		if (strcasecmp(tag->value, words[i]) == 0)
			return words[i];
	return NULL;
}

/* mailto: and an address; `!size` behind it has no meaning any more (RFC 9989 4.6). */
static bool
is_report_uri(const char *uri, size_t length)
{
	static const char scheme[] = "mailto:";
	const char *sign, *size;

	if (length < sizeof scheme || strncasecmp(uri, scheme, sizeof scheme - 1) != 0)
		return false;
	size = memchr(uri, '!', length);
	if (size != NULL)
		length = (size_t)(size - uri);
	sign = memrchr(uri, '@', length);
	return sign != NULL && sign > uri + sizeof scheme - 1 &&
	    memchr(sign, '.', length - (size_t)(sign - uri)) != NULL;
}

bool
dmarc_has_report_uri(const struct dmarc_result *dmarc)
{
	const struct tag *rua = tag_list_find_any_case(&dmarc->tags, "rua");
	const char *at = rua == NULL ? "" : rua->value;

	while (*at != '\0') {
		size_t length;

		at += strspn(at, " \t\r\n,");
		length = strcspn(at, ",");
		if (is_report_uri(at, length))
			return true;
		at += length;
	}
	return false;
}
