#ifndef MXSWEEP_APP_SPF_ASKER_H
#define MXSWEEP_APP_SPF_ASKER_H

#include "rule/spf_check.h"

struct dns_client;
struct loop;

/*
 * Runs check_host for many senders at once. Each question is asked once, however many senders need
 * it, and its answer holds for as long as the asker lives.
 */
struct spf_asker *spf_asker_new(struct loop *loop, struct dns_client *dns);
void
spf_asker_free(struct spf_asker *asker); /* before its client; what is open calls back no more */

/* The result and all that it points to are borrowed until the callback returns. */
typedef void (*spf_asker_done_fn)(void *user, const struct spf_check *check);

/* The sender's texts must live until `done`, which comes once, never from inside this call. */
void spf_asker_ask(
    struct spf_asker *asker, const struct spf_sender *sender, spf_asker_done_fn done, void *user);

#endif
