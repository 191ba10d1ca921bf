#ifndef MXSWEEP_TESTS_RULE_FACT_POLICY_H
#define MXSWEEP_TESTS_RULE_FACT_POLICY_H

#include "fact/policy_fact.h"

/*
 * Reads what became of a policy file; options stand behind '|' each, "~" in one is a line end. The
 * fact points into the text, which is written to.
 *
 *   look=200 text/plain   an answer of that status and media type; one more begins the second look
 *   look=timeout          another end, by the words of https_observation.h
 *   body= location=       of the last look
 *   silent                no address took the connection in it
 *   open                  other policy hosts did take one
 */
void fact_policy_read(char *text, struct policy_fact *out);

#endif
