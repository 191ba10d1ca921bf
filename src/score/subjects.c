/* Listing what checks are asked about. */
#include "score/subjects.h"

#include "base/arena.h"

static void
add_subject(struct subjects *subjects, const struct judged *judged, const char *text,
    const char *host, const char *ip)
{
	subjects->judged[subjects->count] = *judged;
	subjects->named[subjects->count++] =
	    (struct subject_finding){ .subject = text, .host = host, .ip = ip };
}

static void
add_addresses(struct subjects *subjects, struct judged judged, bool outbound_too)
{
	const struct evaluation *e = judged.e;

	for (size_t i = 0; i < e->address_count; i++) {
		const struct address_result *address = &e->addresses[i];
		const char *host = address->host == NULL ? NULL : address->host->name;

		if (host == NULL && !outbound_too)
			continue;
		judged.address = address;
		judged.host = address->host;
		add_subject(subjects, &judged,
		    host == NULL ? address->text
				 : arena_printf(judged.arena, "%s %s", host, address->text),
		    host, address->text);
	}
}

static void
add_list(struct subjects *subjects, struct judged *judged, const struct list_word *word,
    const char *what)
{
	const char *host = judged->host == NULL ? NULL : judged->host->name;

	judged->word = word;
	add_subject(subjects, judged, arena_printf(judged->arena, "%s %s", word->list->zone, what),
	    host, judged->address == NULL ? NULL : judged->address->text);
}

static void
add_listed_addresses(struct subjects *subjects, struct judged judged)
{
	for (size_t i = 0; i < judged.e->address_count; i++) {
		const struct address_result *address = &judged.e->addresses[i];

		judged.address = address;
		judged.host = address->host;
		for (size_t k = 0; k < address->lists.count; k++)
			add_list(subjects, &judged, &address->lists.at[k], address->text);
	}
}

static void
add_listed_hosts(struct subjects *subjects, struct judged judged)
{
	for (size_t i = 0; i < judged.e->listed_hosts.count; i++) {
		const struct listed_host *host = &judged.e->listed_hosts.at[i];

		judged.host = host->host;
		for (size_t k = 0; k < host->lists.count; k++)
			add_list(subjects, &judged, &host->lists.at[k], host->name);
	}
}

static size_t
most_subjects(const struct evaluation *e, enum check_subject kind)
{
	const size_t most[CHECK_SUBJECT_COUNT] = {
		[OF_DOMAIN] = 1,
		[OF_HOST] = e->mx.host_count,
		[OF_ADDRESS] = e->address_count,
		[OF_ANY_ADDRESS] = e->address_count,
		[OF_LISTED_ADDRESS] = e->address_count * e->run->list_count,
		[OF_LISTED_NAME] = e->lists.count,
		[OF_LISTED_HOST] = e->listed_hosts.count * e->run->list_count,
		[OF_SELECTOR] = e->dkim.count,
	};

	return most[kind];
}

static void
list_subjects(struct judged judged, enum check_subject kind, struct subjects *subjects)
{
	const struct evaluation *e = judged.e;
	size_t most = most_subjects(e, kind);

	subjects->named = arena_bytes(judged.arena, most * sizeof *subjects->named);
	subjects->judged = arena_bytes(judged.arena, most * sizeof *subjects->judged);
	subjects->listed = true;
	switch (kind) {
	case OF_DOMAIN:
		add_subject(
		    subjects, &judged, e->domain != NULL ? e->domain : e->input, NULL, NULL);
		break;
	case OF_HOST:
		for (size_t i = 0; i < e->mx.host_count; i++) {
			judged.host = &e->mx.hosts[i];
			add_subject(subjects, &judged, judged.host->name, judged.host->name, NULL);
		}
		break;
	case OF_ADDRESS:
	case OF_ANY_ADDRESS:
		add_addresses(subjects, judged, kind == OF_ANY_ADDRESS);
		break;
	case OF_LISTED_ADDRESS:
		add_listed_addresses(subjects, judged);
		break;
	case OF_LISTED_NAME:
		for (size_t i = 0; i < e->lists.count; i++)
			add_list(subjects, &judged, &e->lists.at[i], e->listed_name);
		break;
	case OF_LISTED_HOST:
		add_listed_hosts(subjects, judged);
		break;
	case OF_SELECTOR:
		for (size_t i = 0; i < e->dkim.count; i++) {
			judged.key = &e->dkim.keys[i];
			add_subject(subjects, &judged, judged.key->selector, NULL, NULL);
		}
		break;
	case OF_RUN:
	case CHECK_SUBJECT_COUNT:
		break;
	}
}

const struct subjects *
subjects_of(struct judging *judging, enum check_subject kind)
{
	struct subjects *subjects = &judging->subjects[kind];

	if (!subjects->listed)
		list_subjects(judging->judged, kind, subjects);
	return subjects;
}
