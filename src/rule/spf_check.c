/* check_host: may this sender use that domain (RFC 7208 4)? */
#include "rule/spf_check.h"

#include "base/arena.h"
#include "base/strbuf.h"
#include "rule/spf_client.h"
#include "rule/spf_expand.h"
#include "rule/spf_macro.h"
#include "rule/spf_name.h"
#include "rule/spf_record.h"
#include "rule/text_records.h"
#include "wire/dns_name.h"

#include <stdarg.h>
#include <string.h>

struct checking {
	struct spf_client client;
	struct arena *arena;
	struct spf_macro_values values;
	struct strbuf expansion;
	struct spf_check *out;
	struct spf_modifier explanation; /* of the record that decided */
	const char *explained;           /* the domain of that record */
};

/* Why a record cannot be judged. Those that are met first are the cause. */
static void
say_problem(struct checking *c, const struct spf_name *domain, const char *term, const char *what)
{
	if (c->out->problem == NULL)
		c->out->problem = arena_printf(c->arena, "%s: %s%s%s", domain->octets,
		    term == NULL ? "" : term, term == NULL ? "" : ": ", what);
}

/* ---- macros */

static void
expand(struct checking *c, const struct spf_name *domain, const char *text, size_t length,
    uint32_t letters)
{
	strbuf_reset(&c->expansion);
	c->values.domain = domain->octets;
	if ((letters & spf_macro_bit('p')) != 0)
		c->values.validated = spf_client_validated_name(&c->client, domain->text);
	if (c->client.pending)
		return;
	spf_expand(text, length, &c->values, c->arena, &c->expansion);
}

/* The domain that a term names; its own domain when it names none (RFC 7208 4.8). */
static void
target_name(struct checking *c, const struct spf_name *domain, const struct spf_target *target,
    struct spf_name *out)
{
	*out = *domain;
	if (target->spec == NULL)
		return;
	if (strchr(target->spec, '%') == NULL) {
		spf_name_make(c->arena, target->spec, strlen(target->spec), out);
		return;
	}
	expand(c, domain, target->spec, strlen(target->spec), target->macro_letters);
	spf_name_make_fitting(c->arena, c->expansion.at, c->expansion.length, out);
}

/* ---- terms */

static enum spf_verdict evaluate(struct checking *c, const struct spf_name *domain);

static bool
count_lookup(struct checking *c, const struct spf_name *domain, const char *term)
{
	if (++c->out->lookups <= SPF_LOOKUPS_MAX)
		return true;
	say_problem(c, domain, term, "the record needs more than 10 look-ups");
	return false;
}

/* What a match of the included record means for the term, RFC 7208 5.2. */
static enum spf_match
include_matches(struct checking *c, const struct spf_name *domain, const char *term,
    const struct spf_name *target)
{
	enum spf_verdict verdict = evaluate(c, target);

	switch (verdict) {
	case SPF_PASS:
		return SPF_MATCH;
	case SPF_TEMPERROR:
		return SPF_MATCH_TEMPORARY;
	case SPF_NONE:
		c->out->problem = NULL;
		say_problem(c, domain, term, "there is no SPF record");
		return SPF_MATCH_PERMANENT;
	case SPF_PERMERROR:
		return SPF_MATCH_PERMANENT;
	default:
		return SPF_MISS;
	}
}

/* A term that asks the DNS. A name that cannot be asked for does not match (RFC 7208 4.8). */
static enum spf_match
question_matches(struct checking *c, const struct spf_name *domain, const struct spf_term *term)
{
	struct spf_name target;
	enum spf_match match;

	if (!count_lookup(c, domain, term->text))
		return SPF_MATCH_PERMANENT;
	target_name(c, domain, &term->target, &target);
	if (c->client.pending)
		return SPF_MATCH_TEMPORARY;
	if (term->mechanism == SPF_INCLUDE)
		return include_matches(c, domain, term->text, &target);
	if (target.text == NULL)
		return SPF_MISS;
	match = spf_client_matches(&c->client, term, target.text);
	if (c->client.fault != NULL)
		say_problem(c, domain, term->text, c->client.fault);
	return match;
}

static enum spf_match
term_matches(struct checking *c, const struct spf_name *domain, const struct spf_term *term)
{
	switch (term->mechanism) {
	case SPF_ALL:
		return SPF_MATCH;
	case SPF_IP4:
	case SPF_IP6:
		return ip_in_network(&c->client.ip, &term->network) ? SPF_MATCH : SPF_MISS;
	default:
		return question_matches(c, domain, term);
	}
}

static enum spf_verdict
qualified(char qualifier)
{
	switch (qualifier) {
	case '-':
		return SPF_FAIL;
	case '~':
		return SPF_SOFTFAIL;
	case '?':
		return SPF_NEUTRAL;
	default:
		return SPF_PASS;
	}
}

/* ---- records */

static enum spf_verdict
redirected(struct checking *c, const struct spf_name *domain, const struct spf_modifier *redirect)
{
	struct spf_name target;
	enum spf_verdict verdict;

	if (!count_lookup(c, domain, redirect->text))
		return SPF_PERMERROR;
	target_name(c, domain, &redirect->target, &target);
	if (c->client.pending)
		return SPF_TEMPERROR;
	verdict = evaluate(c, &target);
	if (verdict != SPF_NONE)
		return verdict;
	c->out->problem = NULL;
	say_problem(c, domain, redirect->text, "there is no SPF record");
	return SPF_PERMERROR; /* RFC 7208 6.1 */
}

static void
decide(struct checking *c, const struct spf_name *domain, const struct spf_record *record,
    const char *term)
{
	c->out->mechanism = term;
	c->out->matched_domain = domain->octets;
	c->explanation = record->explanation;
	c->explained = domain->octets;
}

static enum spf_verdict
evaluate_record(struct checking *c, const struct spf_name *domain, const struct spf_record *record)
{
	const struct spf_modifier *redirect = spf_record_redirect(record);

	for (size_t i = 0; i < record->count; i++) {
		const struct spf_term *term = &record->terms[i];

		switch (term_matches(c, domain, term)) {
		case SPF_MATCH:
			decide(c, domain, record, term->text);
			return qualified(term->qualifier);
		case SPF_MATCH_TEMPORARY:
			return SPF_TEMPERROR;
		case SPF_MATCH_PERMANENT:
			return SPF_PERMERROR;
		case SPF_MISS:
			break;
		}
	}
	if (redirect != NULL)
		return redirected(c, domain, redirect);
	decide(c, domain, record, "default");
	return SPF_NEUTRAL; /* RFC 7208 4.7 */
}

/* One record and no other may be there (RFC 7208 4.5); it is read whole before it is judged. */
static enum spf_verdict
evaluate_answer(struct checking *c, const struct spf_name *domain, const struct dns_answer *answer)
{
	struct text_records found = text_records_of(answer, spf_record_is);
	struct spf_record record;

	if (found.count == 0) {
		say_problem(c, domain, NULL, "there is no SPF record");
		return SPF_NONE;
	}
	if (found.count > 1) {
		say_problem(c, domain, NULL, "there is more than one SPF record");
		return SPF_PERMERROR;
	}
	if (!spf_record_parse(c->arena, found.first->text, found.first->length, &record)) {
		say_problem(c, domain, record.error_term, record.error_text);
		return SPF_PERMERROR;
	}
	return evaluate_record(c, domain, &record);
}

/* The depth is bounded: each step down is a look-up that counts. */
static enum spf_verdict
evaluate(struct checking *c, const struct spf_name *domain)
{
	const struct dns_answer *answer;

	if (domain->text == NULL) {
		say_problem(c, domain, NULL, "no name that can be asked for");
		return SPF_NONE;
	}
	answer = spf_client_ask(&c->client, domain->text, DNS_TXT);
	if (answer == NULL) {
		if (c->client.fault != NULL)
			say_problem(c, domain, NULL, c->client.fault);
		return SPF_TEMPERROR;
	}
	return evaluate_answer(c, domain, answer);
}

/* ---- the explanation, RFC 7208 6.2: whatever is wrong with it, then there is none */

static void
explain(struct checking *c)
{
	struct spf_name domain, target;
	struct spf_macro_use use;
	const struct dns_answer *answer;

	if (c->explanation.text == NULL)
		return;
	spf_name_make(c->arena, c->explained, strlen(c->explained), &domain);
	target_name(c, &domain, &c->explanation.target, &target);
	if (c->client.pending || target.text == NULL)
		return;
	answer = spf_client_ask(&c->client, target.text, DNS_TXT);
	if (answer == NULL || answer->count != 1 ||
	    !spf_macro_check(
		answer->records[0].text, answer->records[0].length, SPF_MACRO_IN_TEXT, &use))
		return;
	expand(c, &domain, answer->records[0].text, answer->records[0].length, use.letters);
	c->out->explanation = arena_string_n(c->arena, c->expansion.at, c->expansion.length);
}

/* ---- the sender */

/* Who sends, with what stands in for missing parts (RFC 7208 2.4, 4.3). */
static void
set_sender(struct checking *c, const struct spf_sender *sender)
{
	const char *mail_from = sender->mail_from, *at;

	if (*mail_from == '\0')
		mail_from = sender->helo;
	at = strrchr(mail_from, '@');
	c->values.sender_domain = at == NULL ? mail_from : at + 1;
	c->values.local = at == NULL || at == mail_from
	    ? "postmaster"
	    : arena_string_n(c->arena, mail_from, (size_t)(at - mail_from));
	c->values.sender =
	    arena_printf(c->arena, "%s@%s", c->values.local, c->values.sender_domain);
	c->values.helo = sender->helo;
	c->values.ip = &c->client.ip;
	c->values.now = c->client.facts->run->now;
}

/* A domain that is no full name has no record (RFC 7208 4.3). */
static enum spf_verdict
check_domain(struct checking *c)
{
	struct spf_name domain;

	spf_name_make(c->arena, c->values.sender_domain, strlen(c->values.sender_domain), &domain);
	c->out->domain = domain.octets;
	if (domain.text != NULL && dns_name_labels(domain.text) < 2)
		domain.text = NULL;
	return evaluate(c, &domain);
}

/* An IPv4-mapped address is the IPv4 client behind it (RFC 7208 5). */
void
spf_check_host(struct facts *facts, const struct spf_sender *sender, struct arena *arena,
    struct spf_check *out)
{
	struct checking c = {
		.client = { .facts = facts, .ip = ip_unmapped(sender->ip), .arena = arena },
		.arena = arena,
		.out = out,
	};

	memset(out, 0, sizeof *out);
	set_sender(&c, sender);
	out->verdict = check_domain(&c);
	out->void_lookups = c.client.void_lookups;
	out->unanswered = out->verdict == SPF_TEMPERROR ? c.client.unanswered : NULL;
	if (out->verdict == SPF_FAIL)
		explain(&c);
	if (out->verdict == SPF_NONE || out->verdict == SPF_TEMPERROR ||
	    out->verdict == SPF_PERMERROR)
		out->mechanism = out->matched_domain = NULL;
	else
		out->problem = NULL;
	strbuf_free(&c.expansion);
}

const char *
spf_verdict_text(enum spf_verdict verdict)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		SPF_VERDICT_MAP(X)
#undef X
	};

	return texts[verdict];
}
