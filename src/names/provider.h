#ifndef MXSWEEP_NAMES_PROVIDER_H
#define MXSWEEP_NAMES_PROVIDER_H

#include <stddef.h>
#include <stdint.h>

struct error;
struct providers;

/* Whose connections are counted together. */
enum provider_group {
	PROVIDER_GROUP_PROVIDER, /* all hosts of the provider */
	PROVIDER_GROUP_SITE,     /* the hosts of the suffix whose addresses share a /24 or /48 */
	PROVIDER_GROUP_HOST,     /* each MX host alone */
	PROVIDER_GROUP_IP,       /* each address alone */
};

/* Which hosts get a session. */
enum provider_probe {
	PROVIDER_PROBE_EACH,
	PROVIDER_PROBE_FIRST,  /* the first two of a domain in preference order */
	PROVIDER_PROBE_SAMPLE, /* `sample` hosts of the provider a night */
	PROVIDER_PROBE_NONE,
};

/*
 * One row of providers.tsv: who serves the hosts of a suffix, and how gently to come near. The
 * numbers hold for connections from one source address.
 */
struct provider {
	/* ".example.net" = any name below, "mx.example.net" = that host, "*" = all the rest */
	const char *suffix;
	const char *name;
	enum provider_group group;
	uint32_t max_conn;   /* simultaneous connections */
	uint32_t per_min;    /* new connections a minute */
	uint32_t min_gap_ms; /* least time between two connects */
	enum provider_probe probe;
	uint32_t sample;     /* hosts a night; 0 unless PROVIDER_PROBE_SAMPLE */
	char conf;           /* of the numbers: S a source says so, K KumoMTA, I inferred */
	const char *note;    /* "" for none */
	const char *witness; /* lower-case host name, or NULL */
};

/*
 * Reads a table; its row "*" must exist. -1 with `error` set ("FILE:LINE: column: what is wrong,
 * what would be right"), `*out` NULL. Release with providers_free.
 */
int providers_load(const char *path, struct providers **out, struct error *error);
void providers_free(struct providers *providers); /* NULL does nothing */

/*
 * Reads one more table: its rows are added, or take the place of the row with the same suffix. With
 * a fault in the file nothing changes. Rows already given out show the new values.
 */
int providers_add(struct providers *providers, const char *path, struct error *error);

/*
 * The row of a host: the longest suffix wins. `mx_host` may have upper case and one trailing dot.
 * find gives the row "*" where no other matches and is never NULL; match gives NULL then.
 */
const struct provider *providers_find(const struct providers *providers, const char *mx_host);
const struct provider *providers_match(const struct providers *providers, const char *mx_host);

/* The rows in the order of the files, from cursor 0; NULL at the end. */
const struct provider *providers_next(const struct providers *providers, size_t *cursor);

const char *provider_group_name(enum provider_group group); /* as the table writes it */
const char *provider_probe_name(enum provider_probe probe);

#endif
