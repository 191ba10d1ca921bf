/* Options of the fetches of policy files. */
#include "app/policy_fetches.h"

#include "net/https.h"

enum {
	HTTPS_PORT = 443,
	POLICY_OCTETS_MAX = 64 << 10,     /* of a file (RFC 8461 3.3) */
	SECOND_LOOK_MS = 60 * 1000,       /* is never later than this */
	SECOND_LOOK_CHECK_MS = 10 * 1000, /* of `check`, where a person waits */
};

static const char agent[] = "mxsweep/" MXSWEEP_VERSION;

struct https_client *
policy_client_new(const struct options *options, struct loop *loop)
{
	return https_client_new(&(struct https_options){
	    .loop = loop,
	    .port = HTTPS_PORT,
	    .ca = options->ca,
	    .agent = agent,
	    .limit_ms = (unsigned)options->https_timeout,
	    .body_max = POLICY_OCTETS_MAX,
	});
}

static uint64_t
second_look_ms(const struct options *options)
{
	if (!options_given(options, "second-look"))
		return options->command == COMMAND_CHECK ? SECOND_LOOK_CHECK_MS : SECOND_LOOK_MS;
	return options->second_look < SECOND_LOOK_MS ? options->second_look : SECOND_LOOK_MS;
}

struct policies_options
policy_fetches(const struct options *options, struct https_client *client)
{
	return (struct policies_options){
		.https = client,
		.at_once = (unsigned)options->https_fetches,
		.second_look_ms = second_look_ms(options),
	};
}
