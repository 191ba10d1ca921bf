/* From which addresses we speak. */
#include "app/sources.h"

#include "net/socket.h"

#include <string.h>
#include <sysexits.h>

static bool
is_one_address(const struct ip_network *network)
{
	return network->length == (network->ip.family == 4 ? 32 : 128);
}

static bool
holds(const struct sources *sources, const struct ip *ip)
{
	for (size_t i = 0; i < sources->count; i++)
		if (ip_equal(&sources->at[i], ip))
			return true;
	return false;
}

static int
add_given(struct sources *out, const struct ip_network *network, struct error *error)
{
	char text[IP_TEXT_MAX];

	ip_format(&network->ip, text);
	if (!is_one_address(network))
		return error_set(error, EX_USAGE,
		    "--source-ip %s/%u: one address would be right, such as %s", text,
		    network->length, text);
	if (!socket_is_ours(&network->ip))
		return error_set(error, EX_USAGE,
		    "--source-ip %s: this machine does not have that address; `ip address` lists "
		    "those it has",
		    text);
	if (holds(out, &network->ip))
		return 0;
	if (out->count == OWN_ADDRESSES_MAX - 2) /* one of each family may follow */
		return error_set(error, EX_USAGE, "--source-ip: at most %d addresses can be used",
		    OWN_ADDRESSES_MAX - 2);
	out->at[out->count++] = network->ip;
	return 0;
}

static bool
has_family(const struct sources *sources, unsigned family)
{
	for (size_t i = 0; i < sources->count; i++)
		if (sources->at[i].family == family)
			return true;
	return false;
}

int
sources_choose(const struct options *options, struct sources *out, struct error *error)
{
	memset(out, 0, sizeof *out);
	out->given = options->sources.count > 0;
	for (size_t i = 0; i < options->sources.count; i++)
		if (add_given(out, &options->sources.at[i], error) != 0)
			return -1;
	for (unsigned family = 4; family <= 6; family += 2)
		if (!has_family(out, family))
			out->count += socket_source(family, &out->at[out->count]);
	return 0;
}

bool
sources_forbidden(const struct sources *sources, const struct run_facts *run)
{
	for (size_t i = 0; i < sources->count; i++)
		if (!run_own_name_forbids(run, sources->at[i].family))
			return false;
	return sources->count > 0;
}
