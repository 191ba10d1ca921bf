#ifndef MXSWEEP_TESTS_RULE_FACT_TEXT_H
#define MXSWEEP_TESTS_RULE_FACT_TEXT_H

#include "rule/fact_table.h"

enum { ANY_TYPE = 0 };

struct fact_entry {
	struct fact_entry *next; /* in the order of the text */
	const char *name;
	int type; /* enum dns_type, or ANY_TYPE */
	enum dns_status status;
	struct dns_record record; /* of DNS_DATA */
};

struct fact_zone {
	struct fact_zone *next;
	const char *name;
	bool is_signed;
};

struct fact_speakers {
	struct fact_speakers *next;
	const char *name;
	uint8_t resolvers;
};

struct fact_session {
	struct fact_session *next;
	struct ip ip;
	const char *mx_name;
	struct smtp_observation seen;
};

struct fact_policy {
	struct fact_policy *next;
	const char *host;
	struct policy_fact fact;
};

/* Reads the lines of a table, which fact_table.h describes, into its entries, sessions and lists.
 */
void fact_text_read(struct fact_table *table, const char *text);

#endif
