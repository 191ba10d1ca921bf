#ifndef MXSWEEP_APP_POLICY_FETCHES_H
#define MXSWEEP_APP_POLICY_FETCHES_H

#include "app/options.h"
#include "fact/policies.h"

struct https_client;
struct loop;

/* The client that fetches policy files, and how the options say that it does. */
struct https_client *policy_client_new(const struct options *options, struct loop *loop);
struct policies_options policy_fetches(const struct options *options, struct https_client *client);

#endif
