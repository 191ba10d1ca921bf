/* Facts that tell what is asked of them. */
#include "fact/noted.h"

#include "fact/codec.h"
#include "fact/looks.h"

static void
tell(struct noted *noted, const struct list_question *listed)
{
	const struct noted_fact fact = { noted->key.at, noted->key.length, listed };

	noted->used(noted->user, &fact);
}

static void
tell_dns(
    struct noted *noted, const char *name, enum dns_type type, const struct list_question *listed)
{
	strbuf_reset(&noted->key);
	fact_key_dns(&noted->key, name, type);
	tell(noted, listed);
}

static void
tell_session(struct noted *noted, enum session_look look, const struct ip *ip, const char *name)
{
	strbuf_reset(&noted->key);
	fact_key_session(&noted->key, look, ip, name);
	tell(noted, NULL);
}

static void
tell_policy(struct noted *noted, const char *host)
{
	strbuf_reset(&noted->key);
	fact_key_policy(&noted->key, host);
	tell(noted, NULL);
}

/* ---- asked for */

static const struct dns_answer *
noted_dns(struct facts *facts, const char *name, enum dns_type type, bool confirmed)
{
	struct noted *noted = (struct noted *)facts;

	tell_dns(noted, name, type, NULL);
	return noted->inner->source->dns(noted->inner, name, type, confirmed);
}

static const struct dns_answer *
noted_listed(struct facts *facts, const struct list_question *question, enum dns_type type)
{
	struct noted *noted = (struct noted *)facts;
	char name[LIST_NAME_SIZE];

	if (list_question_name(question, name))
		tell_dns(noted, name, type, question);
	return facts_listed(noted->inner, question, type);
}

static const struct smtp_observation *
noted_session(struct facts *facts, enum session_look look, const struct ip *ip, const char *name)
{
	struct noted *noted = (struct noted *)facts;

	tell_session(noted, look, ip, name);
	return facts_session(noted->inner, look, ip, name);
}

static bool
noted_certificate(struct facts *facts, struct cert_served *served)
{
	return facts_certificate(((struct noted *)facts)->inner, served);
}

static const struct policy_fact *
noted_policy(struct facts *facts, const char *host)
{
	struct noted *noted = (struct noted *)facts;

	tell_policy(noted, host);
	return facts_policy(noted->inner, host);
}

/* ---- shared */

static void
share(struct noted *noted, const struct subject *subject)
{
	if (noted->shared != NULL)
		noted->shared(noted->user, subject);
}

static void
noted_share_address(struct facts *facts, const struct ip *ip)
{
	share((struct noted *)facts, &(struct subject){ .kind = SUBJECT_ADDRESS, .ip = *ip });
}

static void
noted_share_name(struct facts *facts, const char *name)
{
	share((struct noted *)facts, &(struct subject){ .kind = SUBJECT_NAME, .domain = name });
}

static void
share_looks(struct noted *noted, const struct facts_visit *visit)
{
	enum session_look look = visit->look, again = look_row(look)->again;
	const char *name = look == LOOK_FIRST ? visit->mx_name : visit->domain;

	tell_session(noted, look, visit->ip, name);
	if (again != look)
		tell_session(noted, again, visit->ip, name);
}

static void
noted_share_visit(struct facts *facts, const struct facts_visit *visit)
{
	share_looks((struct noted *)facts, visit);
}

static void
noted_share_session(struct facts *facts, const struct ip *ip, const char *mx_name)
{
	static const enum session_look looks[] = { LOOK_FIRST, LOOK_SECOND };
	struct noted *noted = (struct noted *)facts;

	share_looks(noted, &(struct facts_visit){ LOOK_FIRST, ip, mx_name, NULL });
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
		share(noted,
		    &(struct subject){
			.kind = SUBJECT_SESSION, .ip = *ip, .mx_name = mx_name, .look = looks[i] });
}

static void
noted_share_policy(struct facts *facts, const char *host, const struct ip *ips, size_t count)
{
	(void)ips;
	(void)count;
	tell_policy((struct noted *)facts, host);
}

static const struct facts_source noted_source = {
	.dns = noted_dns,
	.listed = noted_listed,
	.session = noted_session,
	.share_address = noted_share_address,
	.share_session = noted_share_session,
	.share_visit = noted_share_visit,
	.share_name = noted_share_name,
	.certificate = noted_certificate,
	.policy = noted_policy,
	.share_policy = noted_share_policy,
};

struct facts *
noted_facts(struct noted *noted, struct facts *inner)
{
	noted->facts = (struct facts){ &noted_source, inner->run, 0 };
	noted->inner = inner;
	return &noted->facts;
}

void
noted_free(struct noted *noted)
{
	strbuf_free(&noted->key);
}
