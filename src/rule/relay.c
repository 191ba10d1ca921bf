/* The open-relay test: its forms, and at whom they may be tried. */
#include "rule/relay.h"

#include "base/arena.h"
#include "rule/mx.h"

#include <string.h>

enum { LABEL_CONTROL = (1 << 24) + 16 }; /* number of the random label; see wildcard.c */

/* ---- at whom */

static bool
is_exchange(const struct mx_result *mx, const struct ip *ip, const char *mx_name)
{
	for (size_t i = 0; i < mx->host_count; i++) {
		if (strcmp(mx->hosts[i].name, mx_name) == 0)
			return true;
		for (size_t k = 0; k < mx->hosts[i].address_count; k++)
			if (ip_equal(&mx->hosts[i].addresses[k], ip))
				return true;
	}
	return false;
}

/* A host may well take mail for the domain of an address that it serves: nothing would follow. */
static const char *
obstacle_of(struct facts *facts, const char *address, const struct ip *ip, const char *mx_name,
    struct arena *arena)
{
	const char *domain = strrchr(address, '@') + 1;
	struct mx_result mx;

	mx_evaluate(facts, domain, arena, &mx);
	if (facts->unknown > 0)
		return NULL;
	if (!mx_usable(&mx))
		return arena_printf(arena, "nobody is known to take mail for %s", domain);
	return is_exchange(&mx, ip, mx_name) ? arena_printf(arena, "it takes mail for %s", domain)
					     : NULL;
}

static const char *
obstacle(struct facts *facts, const struct ip *ip, const char *mx_name, struct arena *arena)
{
	const struct run_visits *visits = &facts->run->visits;
	const char *of_recipient = obstacle_of(facts, visits->relay_to, ip, mx_name, arena);
	const char *of_sender = obstacle_of(facts, visits->relay_from, ip, mx_name, arena);

	return of_recipient != NULL ? of_recipient : of_sender;
}

bool
relay_wanted(struct facts *facts, const struct ip *ip, const char *mx_name, struct arena *scratch)
{
	return visit_leave_relay(facts->run, mx_name) == VISIT_WANTED &&
	    obstacle(facts, ip, mx_name, scratch) == NULL && facts->unknown == 0;
}

void
relay_evaluate(struct facts *facts, const struct ip *ip, const char *mx_name, struct arena *arena,
    struct relay_result *out)
{
	out->leave = visit_leave_relay(facts->run, mx_name);
	if (out->leave != VISIT_WANTED)
		return;
	out->obstacle = obstacle(facts, ip, mx_name, arena);
	out->first = facts_session(facts, LOOK_RELAY, ip, mx_name);
	out->again = facts_session(facts, LOOK_RELAY_AGAIN, ip, mx_name);
}

/* ---- what is tried */

/* {u} and {d}: user and domain of the recipient; {h}: the host's name; {l}: its address literal;
 * {f}, {t}: the two addresses. */
static const struct smtp_form extended[] = {
	{ "percent", "{f}", "{u}%{d}@{h}" },
	{ "percent-literal", "{f}", "{u}%{d}@{l}" },
	{ "percent-alone", "{f}", "{u}%{d}" },
	{ "bang", "{f}", "{d}!{u}" },
	{ "bang-host", "{f}", "{d}!{u}@{h}" },
	{ "bang-literal", "{f}", "{d}!{u}@{l}" },
	{ "route", "{f}", "@{h}:{t}" },
	{ "route-literal", "{f}", "@{l}:{t}" },
	{ "quoted", "{f}", "\"{t}\"" },
	{ "quoted-host", "{f}", "\"{t}\"@{h}" },
	{ "quoted-literal", "{f}", "\"{t}\"@{l}" },
	{ "own-sender", "postmaster@{h}", "{t}" },
	{ "literal-sender", "postmaster@{l}", "{t}" },
	{ "local-sender", "postmaster", "{t}" },
};
enum { EXTENDED = sizeof extended / sizeof extended[0] };
_Static_assert(RELAY_FORMS + EXTENDED <= SMTP_FORMS_MAX, "all fit into one visit");

/* What stands for the letters in braces. */
struct words {
	const char *at['z' + 1];
};

static struct words
words_of(const struct subject *visit, const struct run_facts *run, struct arena *arena)
{
	const char *to = run->visits.relay_to, *at = strrchr(to, '@');
	char text[IP_TEXT_MAX];
	struct words words = { .at = {
				   ['f'] = run->visits.relay_from,
				   ['t'] = to,
				   ['u'] = arena_string_n(arena, to, (size_t)(at - to)),
				   ['d'] = at + 1,
				   ['h'] = visit->mx_name,
				   ['l'] = arena_printf(arena,
				       visit->ip.family == 4 ? "[%s]" : "[IPv6:%s]",
				       ip_format(&visit->ip, text)),
			       } };

	return words;
}

static const char *
filled_in(const char *pattern, const struct words *words, struct arena *arena)
{
	const char *out = "";

	while (*pattern != '\0') {
		size_t plain = strcspn(pattern, "{");

		out = arena_printf(arena, "%s%.*s", out, (int)plain, pattern);
		pattern += plain;
		if (*pattern == '{') {
			out =
			    arena_printf(arena, "%s%s", out, words->at[(unsigned char)pattern[1]]);
			pattern += 3;
		}
	}
	return out;
}

/* Paths that no line can hold are left out: names may have 253 octets each. */
static void
add_extended(const struct words *words, struct arena *arena, struct smtp_form *forms, size_t *count)
{
	for (size_t i = 0; i < EXTENDED; i++) {
		struct smtp_form form = { extended[i].name,
			filled_in(extended[i].from, words, arena),
			filled_in(extended[i].to, words, arena) };

		if (strlen(form.from) <= SMTP_PATH_MAX && strlen(form.to) <= SMTP_PATH_MAX)
			forms[(*count)++] = form;
	}
}

void
relay_plan(const struct subject *visit, const struct run_facts *run, struct arena *arena,
    struct smtp_visit *visit_out)
{
	struct smtp_form *forms = arena_zeroed(arena, SMTP_FORMS_MAX, sizeof *forms);
	const struct words words = words_of(visit, run, arena);
	char label[RANDOM_LABEL_SIZE];
	size_t count = RELAY_FORMS;

	run_random_label(run, LABEL_CONTROL, label);
	forms[0] = (struct smtp_form){ RELAY_PLAIN, run->visits.relay_from, run->visits.relay_to };
	forms[1] = (struct smtp_form){ RELAY_NULL, "", run->visits.relay_to };
	forms[2] = (struct smtp_form){ RELAY_CONTROL, run->visits.relay_from,
		arena_printf(arena, "probe@%s.invalid", label) };
	if (visit->look == LOOK_RELAY && run_opted_in(run, RELAY_EXTENDED_CHECK))
		add_extended(&words, arena, forms, &count);
	visit_out->forms = forms;
	visit_out->form_count = count;
}

enum session_again
relay_again(const struct smtp_observation *seen, const struct run_facts *run)
{
	const struct smtp_form_seen *plain = visit_form(seen, RELAY_PLAIN);
	const struct smtp_form_seen *control = visit_form(seen, RELAY_CONTROL);

	if (plain == NULL || control == NULL ||
	    visit_form_word(seen, plain, run) != FORM_ACCEPTED ||
	    visit_form_word(seen, control, run) == FORM_ACCEPTED)
		return AGAIN_NEVER;
	return AGAIN_LATER;
}
