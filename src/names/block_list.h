#ifndef MXSWEEP_NAMES_BLOCK_LIST_H
#define MXSWEEP_NAMES_BLOCK_LIST_H

#include "base/ip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct block_lists;

/* What a list can be asked about: a set of bits. */
enum block_list_kind {
	BLOCK_LIST_IP4 = 1,
	BLOCK_LIST_IP6 = 2,
	BLOCK_LIST_DOMAIN = 4,
};

enum block_list_kind block_list_kind_of(const struct ip *ip); /* what it is asked as */

enum block_list_role {
	BLOCK_LIST_BLOCK,
	BLOCK_LIST_ALLOW, /* never cancels a listing */
	BLOCK_LIST_INFO,
	BLOCK_LIST_DEAD,
};

/* Whether it is asked: only ON is, without a word of the user. NEVER is refused whatever he says.
 */
enum block_list_use {
	BLOCK_LIST_ON,
	BLOCK_LIST_OPT_IN,
	BLOCK_LIST_KEY,
	BLOCK_LIST_OFF,
	BLOCK_LIST_NEVER,
};

/* How bad a code is; what that means for an address depends on its use. */
enum block_list_severity {
	SEVERITY_GOOD,
	SEVERITY_INFO,
	SEVERITY_LOW,
	SEVERITY_POLICY,
	SEVERITY_MEDIUM,
	SEVERITY_HIGH,
	SEVERITY_CRITICAL,
};

struct block_list_code;

/* One row of dnsbl.tsv. */
struct block_list {
	const char *zone;
	unsigned kinds; /* a set of enum block_list_kind */
	enum block_list_role role;
	enum block_list_use use;
	const char *match; /* how codes are compared: "exact", "bitmask", "octet4", "range", ... */
	const struct block_list_code *codes, *errors;
	size_t code_count, error_count;
	bool any_other_is_error;         /* answers that no code names are refusals */
	const char *positive, *negative; /* test points before the zone; "" = those of RFC 5782 */
	uint32_t max_qps, max_per_day;
	const char *homepage;
};

/* What one A record of an answer says (RFC 5782 2.3). */
enum block_list_word {
	BLOCK_LIST_LISTED,
	BLOCK_LIST_UNKNOWN_CODE,  /* inside 127/8, yet in no table: never clean, never a failure */
	BLOCK_LIST_NOT_A_LISTING, /* 127.0.0.1 where the table does not say otherwise */
	BLOCK_LIST_ERROR,         /* the list refuses: who asks, how often, with which key */
	BLOCK_LIST_OUTSIDE,       /* not in 127/8: somebody answers in the list's place */
};

struct block_list_saying {
	enum block_list_word word;
	enum block_list_severity severity; /* of LISTED */
	const char *meaning;               /* of LISTED and ERROR; lives as long as the table */
};

/* -1 with an error that names file, line, column and what would be right. */
int block_lists_load(const char *path, struct block_lists **out, struct error *error);
void block_lists_free(struct block_lists *lists);
/* Rows of another table are added, or take the place of the row with the same zone; but one that is
 * never asked stays so. */
int block_lists_add(struct block_lists *lists, const char *path, struct error *error);

size_t block_lists_count(const struct block_lists *lists);
const struct block_list *block_lists_at(const struct block_lists *lists, size_t index);

const struct block_list *block_lists_find(const struct block_lists *lists, const char *zone);

struct block_list_saying block_list_decode(const struct block_list *list, const struct ip *answer);
const char *block_list_severity_name(enum block_list_severity severity);

#endif
