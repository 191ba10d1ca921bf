#ifndef MXSWEEP_APP_OPTION_TABLE_H
#define MXSWEEP_APP_OPTION_TABLE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* One bit for each command, for the set of those that take an option. */
enum command_bit {
	COMMAND_SCAN = 1 << 0,
	COMMAND_CHECK = 1 << 1,
	COMMAND_SCORE = 1 << 2,
	COMMAND_FACTS = 1 << 3,
	COMMAND_CHECKS = 1 << 4,
	COMMAND_LISTS = 1 << 5,
	COMMAND_SPF = 1 << 6,
	COMMAND_RECORD = 1 << 7,
	COMMAND_DOCTOR = 1 << 8,
	COMMAND_DIFF = 1 << 9,
	COMMAND_FORGET = 1 << 10,
	COMMAND_REPORT = 1 << 11,
	COMMAND_ALL = (1 << 12) - 1,
};
enum { COMMANDS_MAX = 16 }; /* rows of the table of commands */

struct command {
	const char *name;
	enum command_bit bit;
	const char *arguments; /* as the usage line shows them */
	const char *purpose;   /* one line, without a full stop */
	size_t arguments_min, arguments_max;
};

/* What a value is, and which type of member of struct options holds it. */
enum option_kind {
	OPTION_FLAG,          /* bool; takes no value on the command line */
	OPTION_TEXT,          /* char * */
	OPTION_NUMBER,        /* uint64_t */
	OPTION_DURATION,      /* uint64_t, milliseconds; or one of `choices`, if there are any */
	OPTION_DEADLINE,      /* struct option_deadline: a duration or a time of day */
	OPTION_CHOICE,        /* int or an enum: the value of one of `choices` */
	OPTION_SWITCH,        /* bool: on or off */
	OPTION_HOST,          /* char *, a name or address literal to give in EHLO */
	OPTION_FILE,          /* struct option_file: FILE or +FILE */
	OPTION_RESOLVERS,     /* struct option_resolvers; each value adds one */
	OPTION_NETWORKS,      /* struct option_networks; each value adds one */
	OPTION_WORDS,         /* struct option_list; each value adds itself */
	OPTION_HOSTS,         /* struct option_list; each value adds a host name, or is "none" */
	OPTION_AREAS,         /* struct option_list; each value adds some, separated by commas */
	OPTION_CHECKS,        /* the same, ids of checks to opt in */
	OPTION_SUFFIXES,      /* the same, names of hosts */
	OPTION_TARGETS,       /* the same, names of hosts, with a dot all below, or networks */
	OPTION_MAILBOX,       /* char *, a mail address */
	OPTION_SMTP_TIMEOUTS, /* struct option_smtp_timeouts; each value sets some */
	OPTION_RESCAN,        /* struct option_rescan; each value sets some */
};

/* Headings of the help text. The general options have no place in the file of --config. */
enum option_group {
	OPTION_GROUP_INPUT,
	OPTION_GROUP_LOOKUPS,
	OPTION_GROUP_CHECKS,
	OPTION_GROUP_OUTPUT,
	OPTION_GROUP_GENERAL,
	OPTION_GROUP_COUNT
};

/* What becomes of an option of look-ups or checks when an interrupted run is gone on with. */
enum option_resumed {
	OPTION_KEPT,    /* another value than at the beginning would change what the run says */
	OPTION_RENEWED, /* what is given now counts, else what was given at the beginning */
	OPTION_PASSING, /* it holds for the part of the run for which it is given */
};

struct option_choice {
	const char *name;
	int value;
};

struct option_row {
	const char *name;     /* written --NAME; the key in the file of --config */
	const char *argument; /* what stands for the value in help; NULL for a flag */
	enum option_kind kind;
	enum option_group group;
	unsigned commands;                   /* that take it: a set of enum command_bit */
	size_t offset;                       /* of its member in struct options */
	const char *initial;                 /* the default, as one would write it; or NULL */
	const char *shown;                   /* the default in words, where it is no value */
	uint64_t least, most;                /* of a number or duration */
	const struct option_choice *choices; /* ended by a name that is NULL */
	enum option_resumed resumed;
	const char *help; /* one sentence, without a full stop */
};

extern const struct command command_table[];
extern const size_t command_count;
extern const struct option_row option_table[];
extern const size_t option_count;
extern const char *const option_group_titles[OPTION_GROUP_COUNT];
extern const char *const option_areas[]; /* ended by NULL */

const struct command *command_find(const char *name);       /* NULL when there is none */
int command_unknown(const char *name, struct error *error); /* -1 and exit code 64 */

const struct option_row *option_find(const char *name, size_t length); /* NULL when there is none */

/*
 * The name of those (ended by NULL) that `text` may be a misspelling of: nearest by letters that
 * are missing, added, wrong or swapped; NULL when none is near.
 */
const char *option_nearest(const char *text, const char *const *names);

#endif
