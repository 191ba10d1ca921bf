/* Who was contacted at port 25, and how often at once, as text in the night file. */
#include "fact/run_contacts.h"

#include "base/arena.h"
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A line for each: how many at once, of how many that are allowed, whose. */
void
run_peaks_text(const struct run_facts *run, struct strbuf *out)
{
	for (size_t i = 0; i < run->peak_count; i++)
		strbuf_printf(out, "%u %u %s\n", run->peaks[i].peak, run->peaks[i].limit,
		    run->peaks[i].whose);
}

/* Names, then networks; blanks between. */
void
run_no_touch_text(const struct no_touch *list, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < list->names.count; i++)
		strbuf_printf(out, "%s ", list->names.at[i]);
	for (size_t i = 0; i < list->network_count; i++)
		strbuf_printf(out, "%s/%u ", ip_format(&list->networks[i].ip, text),
		    list->networks[i].length);
}

/* A line for each: key, a tab, names and addresses. */
void
run_samples_text(const struct run_facts *run, struct strbuf *out)
{
	char text[IP_TEXT_MAX];

	for (size_t i = 0; i < run->sample_count; i++) {
		const struct session_sample *sample = &run->samples[i];

		strbuf_printf(out, "%s\t", sample->key);
		for (size_t k = 0; k < sample->count; k++)
			strbuf_printf(out, "%s%s %s", k > 0 ? " " : "", sample->at[k].name,
			    ip_format(&sample->at[k].ip, text));
		strbuf_add_string(out, "\n");
	}
}

void
run_peaks_parse(char *text, struct arena *arena, struct run_facts *run)
{
	char *rest = NULL;
	struct session_peak *peaks = arena_zeroed(arena, strlen(text) / 4 + 1, sizeof *peaks);

	for (char *line = strtok_r(text, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		struct session_peak *peak = &peaks[run->peak_count];
		int length = 0;

		if (sscanf(line, "%9u %9u %n", &peak->peak, &peak->limit, &length) != 2 ||
		    length == 0 || line[length] == '\0')
			continue;
		peak->whose = line + length;
		run->peak_count++;
	}
	run->peaks = peaks;
}

void
run_no_touch_parse(char *text, struct arena *arena, struct no_touch *out)
{
	size_t most = strlen(text) / 2 + 1;
	struct ip_network *networks = arena_zeroed(arena, most, sizeof *networks);
	const char **names = arena_zeroed(arena, most, sizeof *names);
	char *rest = NULL;

	*out = (struct no_touch){ .names = { names, 0 }, .networks = networks };
	for (char *word = strtok_r(text, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest)) {
		if (ip_network_parse(word, &networks[out->network_count]))
			out->network_count++;
		else
			names[out->names.count++] = word;
	}
}

static void
load_sample(char *line, struct arena *arena, struct session_sample *out)
{
	struct sampled_host *hosts = arena_zeroed(arena, strlen(line) / 4 + 1, sizeof *hosts);
	char *rest = line;
	const char *name, *ip;

	*out = (struct session_sample){ .key = strsep(&rest, "\t"), .at = hosts };
	while ((name = strsep(&rest, " ")) != NULL && (ip = strsep(&rest, " ")) != NULL) {
		hosts[out->count].name = name;
		out->count += ip_parse(ip, &hosts[out->count].ip);
	}
}

static int
by_key(const void *a, const void *b)
{
	return strcmp(
	    ((const struct session_sample *)a)->key, ((const struct session_sample *)b)->key);
}

void
run_samples_parse(char *text, struct arena *arena, struct run_facts *run)
{
	char *rest = NULL;
	struct session_sample *samples = arena_zeroed(arena, strlen(text) / 2 + 1, sizeof *samples);

	for (char *line = strtok_r(text, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest))
		load_sample(line, arena, &samples[run->sample_count++]);
	qsort(samples, run->sample_count, sizeof *samples, by_key);
	run->samples = samples;
}
