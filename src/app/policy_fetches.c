/* Options of the fetches of policy files. */
#include "app/policy_fetches.h"

#include "net/https.h"

enum {
	POLICY_OCTETS_MAX = 64 << 10, /* of a file (RFC 8461 3.3) */
	SECOND_LOOK_MAX_MS =
	    60 * 1000, /* a policy host is looked at again after a minute at most */
};

static const char agent[] = "mxsweep/" MXSWEEP_VERSION;

struct https_client *
policy_client_new(const struct options *options, struct loop *loop)
{
	return https_client_new(&(struct https_options){
	    .loop = loop,
	    .ca = options->ca,
	    .agent = agent,
	    .limit_ms = (unsigned)options->https_timeout,
	    .body_max = POLICY_OCTETS_MAX,
	});
}

struct policies_options
policy_fetches(const struct options *options, struct https_client *client)
{
	return (struct policies_options){
		.https = client,
		.at_once = (unsigned)options->https_fetches,
		.second_look_ms = options->second_look < SECOND_LOOK_MAX_MS ? options->second_look
									    : SECOND_LOOK_MAX_MS,
	};
}
