/* Sessions of the table of facts, out of a few words. */
#include "rule/fact_session.h"

#include "base/arena.h"
#include "rule/fact_certificates.h"
#include "rule/fact_table.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

/* A session that ended before a stage heard nothing of it. */
static void
forget_after(struct smtp_observation *seen)
{
	static const struct smtp_heard nothing = { .text = "" };

	if (seen->stage <= SMTP_CONNECT)
		seen->greeting = nothing;
	if (seen->stage <= SMTP_GREETING) {
		seen->ehlo = nothing;
		seen->offers_starttls = false;
	}
	if (seen->stage <= SMTP_HELO)
		seen->starttls = nothing;
	if (seen->stage <= SMTP_TLS) {
		seen->ehlo_again = nothing;
		seen->secure = false;
		seen->tls_version = seen->tls_cipher = seen->tls_group = "";
		seen->chain_length = 0;
	}
}

static void
set_end(struct smtp_observation *seen, char *word)
{
	int end = 0;

	while (end < SMTP_END_COUNT && strcmp(smtp_end_text((enum smtp_end)end), word) != 0)
		end++;
	assert_true(end < SMTP_END_COUNT);
	seen->end = (enum smtp_end)end;
}

static void
set_stage(struct smtp_observation *seen, char *word)
{
	int stage = 0;

	while (
	    stage < SMTP_STAGE_COUNT && strcmp(smtp_stage_text((enum smtp_stage)stage), word) != 0)
		stage++;
	assert_true(stage < SMTP_STAGE_COUNT);
	seen->stage = (enum smtp_stage)stage;
	forget_after(seen);
}

static void
set_heard(struct smtp_heard *heard, const char *text)
{
	heard->code = (int)strtoul(text, NULL, 10);
	heard->text = strlen(text) > 4 ? text + 4 : "";
}

static void
set_greeting(struct smtp_observation *seen, char *text)
{
	set_heard(&seen->greeting, text);
}

static void
set_ehlo(struct smtp_observation *seen, char *text)
{
	set_heard(&seen->ehlo, text);
}

static void
set_starttls(struct smtp_observation *seen, char *text)
{
	set_heard(&seen->starttls, text);
}

static void
set_version(struct smtp_observation *seen, char *text)
{
	seen->tls_version = text;
}

static void
set_error(struct smtp_observation *seen, char *text)
{
	seen->tls_error = text;
}

static void
set_times(struct smtp_observation *seen, char *numbers)
{
	seen->connect_ms = (uint32_t)strtoul(numbers, &numbers, 10);
	seen->greeting_ms = (uint32_t)strtoul(numbers, &numbers, 10);
	seen->total_ms = (uint32_t)strtoul(numbers, &numbers, 10);
}

static void
set_helo(struct smtp_observation *seen, char *nothing)
{
	(void)nothing;
	seen->only_helo = true;
}

static void
set_notls(struct smtp_observation *seen, char *nothing)
{
	(void)nothing;
	seen->offers_starttls = seen->secure = false;
	set_heard(&seen->starttls, "");
}

static void
set_cipher(struct smtp_observation *seen, char *name)
{
	seen->tls_cipher = name;
}

static void
set_bits(struct smtp_observation *seen, char *number)
{
	seen->tls_exchange_bits = (unsigned)strtoul(number, NULL, 10);
}

static void
set_compressed(struct smtp_observation *seen, char *nothing)
{
	(void)nothing;
	seen->tls_compressed = true;
}

static void
set_plain(struct smtp_observation *seen, char *word)
{
	if (strcmp(word, "renegotiation") == 0)
		seen->tls_secure_renegotiation = false;
	else
		seen->tls_extended_master_secret = false;
}

static void
set_again(struct smtp_observation *seen, char *text)
{
	set_heard(&seen->ehlo_again, text);
}

static void
set_cert(struct smtp_observation *seen, char *word)
{
	seen->chain = fact_certificates_chain(word, &seen->chain_length);
}

static void
set_witnesses(struct smtp_observation *seen, char *number)
{
	seen->witnesses = (unsigned)strtoul(number, NULL, 10);
}

static void
set_after(struct smtp_observation *seen, char *seconds)
{
	seen->seen_at += strtol(seconds, NULL, 10);
}

static void
set_noleaf(struct smtp_observation *seen, char *nothing)
{
	(void)nothing;
	seen->chain_length = 0;
}

static void
set_injected(struct smtp_observation *seen, char *nothing)
{
	(void)nothing;
	seen->injected = true;
}

static void
set_busy(struct smtp_observation *seen, char *nothing)
{
	(void)nothing;
	seen->scanner_busy = true;
}

static void
set_untidy(struct smtp_observation *seen, char *word)
{
	seen->greeting.bare_lf = strcmp(word, "lf") == 0;
	seen->greeting.mixed_codes = strcmp(word, "codes") == 0;
	seen->greeting.long_line = strcmp(word, "long") == 0;
	seen->greeting.uncoded_line = strcmp(word, "text") == 0;
}

static void
add_form(struct smtp_observation *seen, char *words)
{
	struct smtp_form_seen *forms = (struct smtp_form_seen *)seen->forms;
	struct smtp_form_seen *form = &forms[seen->form_count++];

	assert_true(seen->form_count <= SMTP_FORMS_MAX);
	form->form.name = words;
	form->form.from = "";
	words += strcspn(words, " ");
	*words++ = '\0';
	form->mail = (struct smtp_heard){ .code = (int)strtol(words, &words, 10), .text = "" };
	form->rcpt = (struct smtp_heard){ .code = (int)strtol(words, &words, 10), .text = "" };
	form->form.to = form->rcpt.code == 0 ? NULL : "to";
	if (*words != '\0')
		*(form->rcpt.code == 0 ? &form->mail.text : &form->rcpt.text) = words + 1;
}

static const struct {
	const char *name;
	void (*set)(struct smtp_observation *seen, char *value);
} session_options[] = {
	{ "end", set_end },           /* how it ended, by the words of observation.h */
	{ "at", set_stage },          /* ... and where; before what was heard all the same */
	{ "greeting", set_greeting }, /* CODE TEXT */
	{ "ehlo", set_ehlo }, { "tls", set_starttls }, { "version", set_version }, /* of TLS */
	{ "error", set_error }, { "ms", set_times }, /* CONNECT GREETING TOTAL */
	{ "helo", set_helo },                        /* only that works */
	{ "notls", set_notls },                      /* STARTTLS is not offered */
	{ "again", set_again },                      /* CODE TEXT: the reply to EHLO within TLS */
	{ "cipher", set_cipher }, { "bits", set_bits }, /* of the suite; of the exchange */
	{ "compressed", set_compressed },
	{ "plain", set_plain }, /* renegotiation or master-secret, without their extensions */
	{ "cert", set_cert },   /* a word of fact_certificates.c */
	{ "noleaf", set_noleaf },
	{ "witnesses", set_witnesses }, /* other providers that let us in then */
	{ "after", set_after },         /* so many seconds */
	{ "busy", set_busy },           /* the loop came late while it connected */
	{ "untidy", set_untidy },       /* the greeting: lf, codes, long, text */
	{ "form", add_form },
	{ "injected", set_injected }, /* what came in clear was answered within TLS */
};

static void
read_option(struct smtp_observation *seen, char *option)
{
	char *value = option + strcspn(option, "=");

	if (*value == '=')
		*value++ = '\0';
	for (char *at = value; (at = strchr(at, '~')) != NULL;)
		*at = '\n';
	for (size_t i = 0; i < COUNT_OF(session_options); i++)
		if (strcmp(session_options[i].name, option) == 0) {
			session_options[i].set(seen, value);
			return;
		}
	fail_msg("no such option of a session: %s", option);
}

void
fact_session_read(
    char *text, const char *mx_name, struct arena *arena, struct smtp_observation *seen_out)
{
	char good[] = "good";

	*seen_out = (struct smtp_observation){
		.end = SMTP_END_COMPLETE,
		.stage = SMTP_QUIT,
		.seen_at = FACT_TABLE_NOW,
		.connect_ms = 10,
		.greeting_ms = 20,
		.total_ms = 100,
		.greeting = { 220, arena_printf(arena, "%s ESMTP", mx_name), 0, 0, 0 },
		.ehlo = { 250, arena_printf(arena, "%s\nSTARTTLS", mx_name), 0, 0, 0 },
		.starttls = { 220, "go ahead", 0, 0, 0 },
		.ehlo_again = { 250, mx_name, 0, 0, 0 },
		.offers_starttls = true,
		.secure = true,
		.tls_error = "",
		.tls_version = "TLSv1.3",
		.tls_cipher = "TLS_AES_256_GCM_SHA384",
		.tls_group = "x25519",
		.tls_exchange_bits = 253,
		.tls_secure_renegotiation = true,
		.tls_extended_master_secret = true,
		.local = { 4, { 198, 51, 100, 10 } },
		.forms = arena_zeroed(arena, SMTP_FORMS_MAX, sizeof(struct smtp_form_seen)),
	};
	set_cert(seen_out, good);
	for (char *option = strtok(text, "|"); option != NULL; option = strtok(NULL, "|"))
		read_option(seen_out, option);
}
