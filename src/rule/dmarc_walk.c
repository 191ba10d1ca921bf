/* DMARC: the walk up the tree. */
#include "rule/dmarc_walk.h"

#include "base/arena.h"
#include "rule/dmarc_record.h"
#include "rule/text_records.h"
#include "wire/dns_name.h"

#include <string.h>
#include <strings.h>

enum { LABELS_KEPT = 7 }; /* a longer name jumps to its last seven labels (RFC 9989 4.10) */

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
walk_to_its_end(struct facts *facts, const char *name, struct arena *arena, struct dmarc_walk *out)
{
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

/* Longest name first. */
static const char *
select_organizational(const struct dmarc_step *from, const struct dmarc_step *end)
{
	const char *shortest = from->name;

	for (const struct dmarc_step *step = from; step < end; step++) {
		if (step->text == NULL)
			continue;
		if (step->psd == 'n')
			return step->name;
		if (step->psd == 'y' && step > from)
			return one_below(from->name, step->name);
		shortest = step->name;
	}
	return shortest;
}

void
dmarc_walk_up(struct facts *facts, const char *name, struct arena *arena, struct dmarc_walk *out)
{
	memset(out, 0, sizeof *out);
	if (walk_to_its_end(facts, name, arena, out))
		out->organizational = select_organizational(out->steps, out->steps + out->count);
}

const char *
dmarc_walk_organizational(const struct dmarc_walk *walk, const struct dmarc_step *from)
{
	return walk->organizational == NULL
	    ? NULL
	    : select_organizational(from, walk->steps + walk->count);
}

const struct dmarc_step *
dmarc_walk_record_at(const struct dmarc_walk *walk, const char *name)
{
	for (size_t i = 0; i < walk->count; i++)
		if (walk->steps[i].text != NULL && strcmp(walk->steps[i].name, name) == 0)
			return &walk->steps[i];
	return NULL;
}

const struct dmarc_step *
dmarc_walk_record_of_suffix(const struct dmarc_walk *walk)
{
	for (size_t i = 0; i < walk->count; i++)
		if (walk->steps[i].text != NULL && walk->steps[i].psd == 'y')
			return &walk->steps[i];
	return NULL;
}
