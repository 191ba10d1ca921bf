#ifndef MXSWEEP_APP_OPTIONS_H
#define MXSWEEP_APP_OPTIONS_H

#include "app/deadline.h"
#include "app/option_table.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/ip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text entries, in the order given. */
struct option_list {
	char **at;
	size_t count;
};

struct option_networks {
	struct ip_network *at;
	size_t count;
};

/* Where a resolver answers. */
struct resolver_address {
	struct ip ip;
	uint16_t port;
};

struct option_resolvers {
	struct resolver_address *at;
	size_t count;
};

/* A table of data: the shipped one, another, or the shipped one with additions. */
struct option_file {
	char *path;  /* NULL: the shipped table alone */
	bool adding; /* "+FILE" */
};

/* Limits of a session at port 25, in milliseconds. */
struct option_smtp_timeouts {
	uint64_t connect, greeting, ehlo, starttls, tls, quit, total;
	uint64_t late_greeting, late_total; /* of the second, patient try */
};

/* What of an earlier night is asked anew (--rescan); zero: not given. */
struct option_rescan {
	bool failed, not_tested, changed;
	bool older; /* what was seen so long ago, in milliseconds */
	uint64_t older_ms;
};

enum option_fail_on { FAIL_ON_NONE, FAIL_ON_WARN, FAIL_ON_FAIL, FAIL_ON_REGRESSION };
enum option_csv_layout { CSV_LAYOUT_OWN, CSV_LAYOUT_CHECKDMARC, CSV_LAYOUT_TRUSTYMAIL };
enum option_progress { PROGRESS_AUTO, PROGRESS_NEVER, PROGRESS_ALWAYS };
enum option_source { SOURCE_NONE, SOURCE_DEFAULT, SOURCE_CONFIG, SOURCE_COMMAND_LINE };

enum {
	RESOLVER_PORT = 53,
	OPTIONS_MAX = 128, /* rows of the option table */
};

/*
 * What the command line, the file of --config and the defaults say, in this order of weight.
 * Durations are in milliseconds; a text is NULL, a list empty and a number 0 when there is neither
 * a value nor a default. All of it lives in the arena.
 */
struct options {
	struct arena arena;
	enum option_source source[OPTIONS_MAX]; /* of each row of the option table */
	enum command_bit command;
	struct option_list arguments; /* what is no option: FILE.csv, DOMAIN..., NIGHT */

	bool help, version;
	char *config;

	/* what is looked up, and how */
	struct option_resolvers resolvers;      /* empty: those of /etc/resolv.conf */
	struct option_resolvers list_resolvers; /* of block lists; empty: the same */
	struct option_list list_keys;           /* ZONE=FILE and the like */
	struct option_networks trust_ad;        /* resolvers whose AD bit counts as well */
	uint64_t dns_inflight, dns_qps;         /* for each resolver; 0: by where the resolver is */
	uint64_t dns_timeout;
	char *ehlo;                     /* NULL: the host's FQDN */
	bool ehlo_unchecked;            /* whatever that name leads to */
	struct option_networks sources; /* addresses of ours, as networks of one; empty: any */
	uint64_t window, smtp_sessions;
	struct option_deadline deadline; /* counts when given */
	bool dry_run;                    /* what a sweep would do is reckoned, not done */
	char *since;                     /* the night file of an earlier night; NULL: none */
	struct option_rescan rescan;     /* what of it is asked anew */
	uint64_t second_look; /* 0: off; counts when options_given(options, "second-look") */
	struct option_list witnesses; /* "none" first: none; empty: those of the providers' table */
	struct option_smtp_timeouts smtp_timeouts;
	uint64_t https_fetches, https_timeout;
	struct option_list no_touch;    /* names, suffixes with a dot before them, networks */
	struct option_networks allowed; /* special-purpose addresses that may be connected to */
	struct option_file providers, pressure, lists, selectors, refusals;
	char *probes, *psl; /* NULL: the shipped table, the system's suffix list */
	char *ca;           /* a file of root certificates beside the system's; NULL: none */
	uint64_t seed;      /* of chance; counts when options_given(options, "seed") */

	/* what is checked */
	int deep;                      /* deep checks too */
	struct option_list only, skip; /* areas, each a name of option_areas */
	struct option_list opt_in;     /* ids of checks */
	struct option_list profile;    /* names; "none" first: none */
	char *profiles;                /* folder; NULL: the shipped one */
	char *waivers, *weights;       /* files; NULL: none, those built in */
	struct option_list own_mx;     /* names of hosts, in lower case */
	int relay_test;                /* enum relay_mode */
	char *relay_from, *relay_to;   /* addresses, their domains in lower case; NULL: none */

	char *ip, *domain;      /* that block lists are asked about; the address of a sender */
	char *helo, *mail_from; /* of a sender */

	struct option_list set, add, remove; /* wishes of a record to publish */
	bool offline;                        /* what is published is not looked at */
	bool batch;                          /* senders come from standard input */
	int panel;                           /* records in the form of a web panel */

	/* input */
	char *column, *encoding;

	/* output */
	bool json, markdown;
	bool mail; /* to standard output; then `from` and `to` are needed */
	char *from, *to, *subject;
	char *csv, *ndjson, *findings, *xlsx, *html, *prometheus, *night;
	char *state;                /* the folder of what outlives a run; NULL: the usual one */
	char *split_by, *split_dir; /* a carried column, and where its files go; both or none */
	int csv_delimiter;          /* ',' ';' or TAB */
	bool resume;                /* the run of the night file is gone on with */
	bool csv_bom, csv_safe;
	enum option_csv_layout csv_layout;
	enum option_fail_on fail_on;
	char *db, *changes; /* the history of nights; what changed since the last one */
	uint64_t keep;      /* days of nights that it keeps; 0: all */
	uint64_t confirm;   /* nights for which a change must last to count */
	bool nagios;        /* one line, and exit codes, as monitoring plugins have them */
	bool quiet;
	enum option_progress progress;
};

/*
 * Reads the words behind the command's name. Gives -1 with exit code 64 for what is wrong on the
 * command line, 78 for what is wrong in the file of --config, 66 for a file that cannot be read;
 * then nothing is left to free. With --help or --version neither arguments nor files are looked at.
 */
int options_parse(const struct command *command, int argc, char *const argv[],
    struct options *options_out, struct error *error);
void options_free(struct options *options);

/* Whether the command line or the file of --config gave the option, by its name in the table. */
bool options_given(const struct options *options, const char *name);
bool options_on_command_line(const struct options *options, const char *name); /* there alone */
/* The names of --profile; none when the first one is "none". */
struct option_list options_profiles(const struct options *options);
/* --ip as an address; -1 with exit code 64 when it is none. It must have been given. */
int options_ip(const struct options *options, struct ip *ip_out, struct error *error);

#endif
