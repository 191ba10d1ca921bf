#ifndef MXSWEEP_RULE_TEXT_RECORDS_H
#define MXSWEEP_RULE_TEXT_RECORDS_H

#include "wire/dns_message.h"

#include <stdbool.h>
#include <stddef.h>

/* Chooses, among the TXT records at a name, those that a policy is read from. */
struct text_records {
	size_t count;                   /* that match */
	const struct dns_record *first; /* NULL when none does */
};

typedef bool (*text_record_test)(const char *text, size_t length);
struct text_records text_records_of(const struct dns_answer *answer, text_record_test test);

#endif
