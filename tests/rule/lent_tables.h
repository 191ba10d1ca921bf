#ifndef MXSWEEP_TESTS_RULE_LENT_TABLES_H
#define MXSWEEP_TESTS_RULE_LENT_TABLES_H

#include "fact/facts.h"

/* Lends the tables that rules consult to a run: the shipped providers, selectors.tsv of this
 * folder.
 */
void lent_tables(struct run_facts *run);

#endif
