/* The command `facts`: the recorded evidence as JSON lines. */
#include "app/commands.h"
#include "base/arena.h"
#include "base/hex.h"
#include "base/strbuf.h"
#include "cert/base64.h"
#include "fact/codec.h"
#include "fact/history_fact.h"
#include "fact/looks.h"
#include "fact/night.h"
#include "fact/policy_fact.h"
#include "report/json.h"
#include "report/output.h"
#include "report/row.h"

#include <sysexits.h>

struct printer {
	struct output *output;
	struct error *error;
	int result;
	struct strbuf line;
	struct arena arena;
};

static void
add_soa(struct json *json, const struct dns_soa *soa)
{
	json_begin_object(json);
	json_key_string(json, "mname", soa->mname);
	json_key_string(json, "rname", soa->rname);
	json_key_int(json, "serial", soa->serial);
	json_key_int(json, "refresh", soa->refresh);
	json_key_int(json, "retry", soa->retry);
	json_key_int(json, "expire", soa->expire);
	json_key_int(json, "minimum", soa->minimum);
	json_end_object(json);
}

static void
add_record(
    struct json *json, const struct dns_record *record, enum dns_type type, struct arena *arena)
{
	char text[IP_TEXT_MAX];

	switch (type) {
	case DNS_A:
	case DNS_AAAA:
		json_string(json, ip_format(&record->ip, text));
		break;
	case DNS_TXT:
	case DNS_SPF:
		json_string_n(json, record->text, record->length);
		break;
	case DNS_DS:
	case DNS_RRSIG:
	case DNS_DNSKEY:
	case DNS_TLSA:
	case DNS_CAA:
		json_string(json, hex_text(arena, record->octets, record->length));
		break;
	case DNS_MX:
		json_string(json, arena_printf(arena, "%u %s", record->preference, record->name));
		break;
	case DNS_SOA:
		add_soa(json, record->soa);
		break;
	case DNS_NS:
	case DNS_CNAME:
	case DNS_PTR:
		json_string(json, record->name);
		break;
	}
}

static void
add_answer(
    struct json *json, const struct dns_answer *answer, enum dns_type type, struct arena *arena)
{
	static const char *const confirmations[] = {
		[DNS_NOT_CONFIRMED] = NULL,
		[DNS_CONFIRMED_ALONE] = "alone",
		[DNS_CONFIRMED] = "confirmed",
		[DNS_CONTRADICTED] = "contradicted",
		[DNS_CONFIRMATION_GIVEN_UP] = "given_up",
	};

	json_key_string(json, "status", dns_status_text(answer->status));
	if (confirmations[answer->confirmation] != NULL)
		json_key_string(json, "confirmation", confirmations[answer->confirmation]);
	if (answer->canonical != NULL)
		json_key_string(json, "canonical", answer->canonical);
	if (answer->soa_owner != NULL)
		json_key_string(json, "soa_owner", answer->soa_owner);
	json_key(json, "authentic");
	json_bool(json, answer->authentic);
	json_key_int(json, "resolvers", answer->resolvers);
	json_key_int(json, "ttl", answer->ttl);
	json_key_int(json, "elapsed_ms", answer->elapsed_ms);
	json_key_string(json, "seen_at", row_time_text(answer->seen_at, arena));
	json_key(json, "records");
	json_begin_array(json);
	for (size_t i = 0; i < answer->count; i++)
		add_record(json, &answer->records[i], type, arena);
	json_end_array(json);
}

static void
add_heard(struct json *json, const char *key, const struct smtp_heard *heard)
{
	json_key(json, key);
	if (heard->code == 0) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_key_int(json, "code", heard->code);
	json_key_string(json, "text", heard->text);
	json_end_object(json);
}

static void
add_forms(struct json *json, const struct smtp_observation *seen)
{
	json_key(json, "forms");
	json_begin_array(json);
	for (size_t i = 0; i < seen->form_count; i++) {
		const struct smtp_form_seen *form = &seen->forms[i];

		json_begin_object(json);
		json_key_string(json, "form", form->form.name);
		json_key_string(json, "from", form->form.from);
		json_key_string(json, "to", form->form.to);
		add_heard(json, "mail", &form->mail);
		add_heard(json, "rcpt", &form->rcpt);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
add_observation(struct json *json, const struct smtp_observation *seen, struct arena *arena)
{
	json_key_string(json, "end", smtp_end_text(seen->end));
	json_key_string(json, "stage", smtp_stage_text(seen->stage));
	json_key_string(json, "seen_at", row_time_text(seen->seen_at, arena));
	json_key_int(json, "connect_ms", seen->connect_ms);
	json_key_int(json, "greeting_ms", seen->greeting_ms);
	json_key_int(json, "total_ms", seen->total_ms);
	add_heard(json, "greeting", &seen->greeting);
	add_heard(json, "ehlo", &seen->ehlo);
	add_heard(json, "starttls", &seen->starttls);
	add_heard(json, "ehlo_after_tls", &seen->ehlo_again);
	json_key_string(json, "tls_version", seen->tls_version);
	json_key_string(json, "tls_cipher", seen->tls_cipher);
	json_key_string(json, "tls_group", seen->tls_group);
	json_key_string(json, "tls_error", seen->tls_error);
	json_key(json, "certificates");
	json_begin_array(json);
	for (size_t i = 0; i < seen->chain_length; i++)
		json_string(json, hex_text(arena, seen->chain[i].digest, CERT_DIGEST_SIZE));
	json_end_array(json);
	if (seen->form_count > 0)
		add_forms(json, seen);
}

static bool
add_dns_fact(struct printer *p, struct json *json, const void *key, size_t key_length,
    const void *value, size_t length)
{
	struct dns_answer answer;
	enum dns_type type;
	const char *name;
	size_t name_length;

	if (!fact_key_read_dns(key, key_length, &name, &name_length, &type) ||
	    !fact_decode_dns(value, length, type, &p->arena, &answer))
		return false;
	json_key_string(json, "fact", "dns");
	json_key(json, "name");
	json_string_n(json, name, name_length);
	json_key_string(json, "type", dns_type_text(type));
	add_answer(json, &answer, type, &p->arena);
	return true;
}

static bool
add_session_fact(struct printer *p, struct json *json, const void *key, size_t key_length,
    const void *value, size_t length)
{
	struct smtp_observation seen;
	static const char *const names[] = {
		[ABOUT_NAME] = "mx",
		[ABOUT_DOMAIN] = "domain",
	};
	enum session_look look;
	const char *name;
	size_t name_length;
	struct ip ip;
	char text[IP_TEXT_MAX];

	if (!fact_key_read_session(key, key_length, &look, &ip, &name, &name_length) ||
	    !fact_decode_session(value, length, &p->arena, &seen))
		return false;
	json_key_string(json, "fact", look_row(look)->fact);
	json_key_string(json, "ip", ip_format(&ip, text));
	if (look_row(look)->about != ABOUT_ADDRESS) {
		json_key(json, look == LOOK_WITNESS ? "host" : names[look_row(look)->about]);
		json_string_n(json, name, name_length);
	}
	if (look == LOOK_SECOND)
		json_key_int(json, "witnesses", seen.witnesses);
	if (look == LOOK_INJECTION)
		json_key_bool(json, "injected", true, seen.injected);
	add_observation(json, &seen, &p->arena);
	return true;
}

static bool
add_certificate_fact(struct printer *p, struct json *json, const void *key, size_t key_length,
    const void *value, size_t length)
{
	uint8_t digest[CERT_DIGEST_SIZE];

	if (!fact_key_read_certificate(key, key_length, digest))
		return false;
	json_key_string(json, "fact", "certificate");
	json_key_string(json, "sha256", hex_text(&p->arena, digest, CERT_DIGEST_SIZE));
	json_key_string(json, "der", base64_encode(&p->arena, value, length));
	return true;
}

static void
add_look(struct json *json, const struct https_observation *seen, struct arena *arena)
{
	char text[IP_TEXT_MAX];

	json_begin_object(json);
	json_key_string(json, "end", https_end_text(seen->end));
	json_key_string(json, "seen_at", row_time_text(seen->seen_at, arena));
	json_key_int(json, "elapsed_ms", seen->elapsed_ms);
	json_key_string(json, "ip", seen->ip.family == 0 ? NULL : ip_format(&seen->ip, text));
	json_key_int(json, "status", seen->status);
	json_key_string(json, "media_type", seen->media_type);
	json_key_string(json, "location", seen->location);
	json_key_string(json, "problem", seen->problem);
	json_key_string_n(json, "body", https_fetched(seen) ? seen->body : NULL, seen->length);
	json_end_object(json);
}

static bool
add_policy_fact(struct printer *p, struct json *json, const void *key, size_t key_length,
    const void *value, size_t length)
{
	struct policy_fact policy;
	const char *host;
	size_t host_length;

	if (!fact_key_read_policy(key, key_length, &host, &host_length) ||
	    !fact_decode_policy(value, length, &p->arena, &policy))
		return false;
	json_key_string(json, "fact", "policy");
	json_key(json, "host");
	json_string_n(json, host, host_length);
	json_key_bool(json, "path_open", true, policy.path_open);
	json_key(json, "looks");
	json_begin_array(json);
	for (size_t i = 0; i < policy.look_count; i++)
		add_look(json, &policy.looks[i], &p->arena);
	json_end_array(json);
	return true;
}

static bool
add_history_fact(struct printer *p, struct json *json, const void *key, size_t key_length,
    const void *value, size_t length)
{
	struct history_fact history;
	const char *domain;
	size_t domain_length;

	if (!fact_key_read_history(key, key_length, &domain, &domain_length) ||
	    !fact_decode_history(value, length, &p->arena, &history))
		return false;
	json_key_string(json, "fact", "history");
	json_key_string_n(json, "domain", domain, domain_length);
	json_key_string(json, "seen_at", row_time_text(history.seen_at, &p->arena));
	json_key(json, "shown");
	json_begin_array(json);
	for (size_t i = 0; i < history.count; i++) {
		const struct history_entry *entry = &history.entries[i];

		json_begin_object(json);
		json_key_string(json, "what", entry->name);
		json_key_string(json, "value", entry->text);
		json_key_string(json, "since", row_time_text(entry->since, &p->arena));
		json_key_int(json, "nights", (int64_t)entry->nights);
		json_key_bool(json, "began", true, entry->began);
		json_end_object(json);
	}
	json_end_array(json);
	return true;
}

static void
print_fact(void *user, const void *key, size_t key_length, const void *value, size_t length)
{
	struct printer *p = user;
	struct json json = json_over(&p->line);

	if (p->result != 0)
		return;
	strbuf_reset(&p->line);
	json_begin_object(&json);
	if (!add_dns_fact(p, &json, key, key_length, value, length) &&
	    !add_session_fact(p, &json, key, key_length, value, length) &&
	    !add_certificate_fact(p, &json, key, key_length, value, length) &&
	    !add_policy_fact(p, &json, key, key_length, value, length) &&
	    !add_history_fact(p, &json, key, key_length, value, length))
		json_key_string(&json, "fact", "damaged");
	json_end_object(&json);
	strbuf_add_byte(&p->line, '\n');
	p->result = output_write(p->output, p->line.at, p->line.length, p->error);
	arena_reset(&p->arena);
}

static int
print_facts(struct night *night, const char *domain, struct printer *p)
{
	bool found;

	if (output_open("-", &p->output, p->error) != 0)
		return -1;
	found = night_each_fact(night, domain, print_fact, p);
	if (p->result != 0)
		output_abandon(p->output);
	else
		p->result = output_commit(p->output, p->error);
	if (p->result == 0)
		p->result = night_reads_check(night, p->error);
	if (p->result == 0 && !found)
		p->result = error_set(p->error, EX_DATAERR, "night file %s: holds no domain %s",
		    night_path(night), domain);
	return p->result;
}

int
command_facts(const struct options *options, struct error *error)
{
	const struct option_list *arguments = &options->arguments;
	struct printer printer = { .error = error };
	struct night *night;
	int result;

	if (night_open(arguments->at[0], &night, error) != 0)
		return error->code;
	result = print_facts(night, arguments->count > 1 ? arguments->at[1] : NULL, &printer);
	night_close(night);
	strbuf_free(&printer.line);
	arena_free(&printer.arena);
	return result == 0 ? 0 : error->code;
}
