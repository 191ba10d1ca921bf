/* What the session at an address says of it, or one that stands for it. */
#include "base/arena.h"
#include "rule/evaluation.h"
#include "rule/gather.h"

/* SPF of the name that a server gives itself (RFC 7208 2.3). */
void
gather_check_helo(struct facts *facts, const struct names_result *names, const struct ip *ip,
    struct arena *arena, struct spf_check *out)
{
	const struct spf_sender sender = { .ip = *ip, .helo = names->judged, .mail_from = "" };

	if (names->judged != NULL)
		spf_check_host(facts, &sender, arena, out);
}

/* Its own session, or that of a host that stands for it. */
void
evaluation_add_session(struct facts *facts, const struct evaluation *e,
    struct address_result *address, struct arena *arena)
{
	const struct mx_host *host = address->host;
	struct ip ip = address->ip;
	struct ptr_result *ptr;

	address->no_touch = run_no_touch(facts->run, host->name, &ip);
	address->session_name = host->name;
	address->session_ptr = &address->ptr;
	stand_in_find(facts, &e->mx, host, &ip, &address->stand_in);
	if (address->stand_in.wanted) {
		if (address->stand_in.mx_name == NULL)
			return;
		address->session_name = address->stand_in.mx_name;
		ip = address->stand_in.ip;
		ptr = arena_zeroed(arena, 1, sizeof *ptr);
		ptr_evaluate(facts, &ip, arena, ptr);
		address->session_ptr = ptr;
	}
	address->looks = second_look_at(facts, &ip, address->session_name);
	if (address->looks.better == NULL)
		return;
	names_evaluate(facts, address->looks.better, &ip, arena, &address->names);
	tls_evaluate(facts, address->looks.better, address->session_name, arena, &address->tls);
	if (address->special == NULL && role_receives(e->role))
		gather_check_helo(facts, &address->names, &ip, arena, &address->helo_spf);
}
