/* The rules of TLSA and CAA records as rows: what each says of a table, as one line of text. */
#include "rule/caa.h"
#include "rule/dane.h"
#include "rule/rule_case.h"

static const char *const securities[] = {
	[ANSWER_INSECURE] = "insecure",
	[ANSWER_SECURE] = "secure",
	[ANSWER_UNCHECKED] = "unchecked",
};

static void
write_host(const struct mx_host *mx_host, const struct dane_host *host, struct strbuf *out)
{
	strbuf_printf(out, "; %s %s", mx_host->name, securities[host->addresses]);
	if (host->base == NULL)
		return;
	strbuf_printf(out, " %s %s %s", host->base, dns_status_text(host->tlsa->status),
	    securities[host->security]);
	if (host->record_count > 0)
		strbuf_printf(out, " %zu/%zu", host->usable, host->record_count);
	if (dane_host_protects(host))
		strbuf_add_string(out, " protects");
	else if (dane_host_binds(host))
		strbuf_add_string(out, " binds");
	if (dane_host_wants_session(host, mx_host))
		strbuf_add_string(out, " +session");
}

static void
run_dane(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct dane_result dane;
	struct mx_result mx;

	mx_evaluate(facts, subject, arena, &mx);
	if (facts->unknown > 0)
		return;
	dane_evaluate(facts, &mx, arena, &dane);
	if (facts->unknown > 0)
		return;
	strbuf_add_string(out, securities[dane.mx]);
	for (size_t i = 0; i < dane.host_count; i++)
		write_host(&mx.hosts[i], &dane.hosts[i], out);
}

const struct rule_row rule_dane = { "dane", run_dane };

static void
run_caa(struct facts *facts, const char *subject, struct arena *arena, struct strbuf *out)
{
	struct mx_result mx;

	mx_evaluate(facts, subject, arena, &mx);
	for (size_t i = 0; facts->unknown == 0 && i < mx.host_count; i++) {
		struct caa_result caa;

		caa_evaluate(facts, &mx.hosts[i], &caa);
		if (caa.answer == NULL) {
			strbuf_add_string(out, "nothing");
			continue;
		}
		strbuf_printf(out, "%s %s", caa.owner, dns_status_text(caa.answer->status));
		if (caa.cut)
			strbuf_add_string(out, " cut");
		if (caa.problem != NULL)
			strbuf_printf(out, " %zu: %s", caa.record, caa.problem);
	}
}

const struct rule_row rule_caa = { "caa", run_caa };
