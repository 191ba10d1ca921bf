/* What all sockets have in common. */
#include "net/socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

socklen_t
socket_address(const struct ip *ip, uint16_t port, struct sockaddr_storage *out)
{
	memset(out, 0, sizeof *out);
	if (ip->family == 4) {
		struct sockaddr_in *in = (struct sockaddr_in *)out;

		in->sin_family = AF_INET;
		in->sin_port = htons(port);
		memcpy(&in->sin_addr, ip->octets, 4);
		return sizeof *in;
	} else {
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)out;

		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons(port);
		memcpy(&in6->sin6_addr, ip->octets, 16);
		return sizeof *in6;
	}
}

struct ip
socket_ip(const struct sockaddr_storage *address)
{
	if (address->ss_family == AF_INET)
		return ip_from_octets(&((const struct sockaddr_in *)address)->sin_addr, 4);
	return ip_from_octets(&((const struct sockaddr_in6 *)address)->sin6_addr, 16);
}

static bool
local_address(int fd, struct ip *ip_out)
{
	struct sockaddr_storage address;
	socklen_t size = sizeof address;

	if (getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		return false;
	*ip_out = socket_ip(&address);
	return true;
}

bool
socket_source(unsigned family, struct ip *ip_out)
{
	/* addresses of a root server: as far away as any */
	static const char *const far[] = { [4] = "198.41.0.4", [6] = "2001:503:ba3e::2:30" };
	struct sockaddr_storage address;
	struct ip ip;
	socklen_t size;
	bool found;
	int fd;

	if (!ip_parse(far[family], &ip))
		return false;
	size = socket_address(&ip, 53, &address);
	fd = socket(address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	found = fd >= 0 && connect(fd, (struct sockaddr *)&address, size) == 0 &&
	    local_address(fd, ip_out);
	if (fd >= 0)
		close(fd);
	return found;
}

bool
socket_has_route(unsigned family)
{
	struct ip source;

	return socket_source(family, &source);
}

bool
socket_is_ours(const struct ip *ip)
{
	struct sockaddr_storage address;
	socklen_t size = socket_address(ip, 0, &address);
	int fd = socket(address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ours = fd >= 0 && bind(fd, (struct sockaddr *)&address, size) == 0;

	if (fd >= 0)
		close(fd);
	return ours;
}

bool
socket_error_is_shortage(int error)
{
	static const int shortages[] = { EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL,
		EADDRINUSE };

	for (size_t i = 0; i < sizeof shortages / sizeof shortages[0]; i++)
		if (shortages[i] == error)
			return true;
	return false;
}
