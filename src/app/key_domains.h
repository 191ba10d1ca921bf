#ifndef MXSWEEP_APP_KEY_DOMAINS_H
#define MXSWEEP_APP_KEY_DOMAINS_H

struct digest_map;
struct night;

/*
 * Counts for each DKIM key, as octets, how many domains of the night file publish it under any
 * selector that was asked. The map is empty before, and the caller's to free.
 */
void key_domains_count(struct night *night, struct digest_map *map);

#endif
