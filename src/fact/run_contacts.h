#ifndef MXSWEEP_FACT_RUN_CONTACTS_H
#define MXSWEEP_FACT_RUN_CONTACTS_H

#include "fact/facts.h"

struct arena;
struct strbuf;

/*
 * What is true of a run at port 25, as text: who is never contacted, which hosts stand for others,
 * how many sessions there were at once. What is parsed is cut in place, and borrowed.
 */
void run_no_touch_text(const struct no_touch *list, struct strbuf *out); /* words, blanks between */
void run_no_touch_parse(char *text, struct arena *arena, struct no_touch *out);

void run_samples_text(const struct run_facts *run, struct strbuf *out);
void run_samples_parse(char *text, struct arena *arena, struct run_facts *run);

void run_peaks_text(const struct run_facts *run, struct strbuf *out);
void run_peaks_parse(char *text, struct arena *arena, struct run_facts *run);

#endif
