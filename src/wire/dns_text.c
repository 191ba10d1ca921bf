/* What the values of DNS messages are called, and what kind they are of. */
#include "wire/dns_message.h"

const char *
dns_status_text(enum dns_status status)
{
	static const char *const texts[] = {
#define X(name, text) [name] = text,
		DNS_STATUS_MAP(X)
#undef X
	};

	return texts[status];
}

const char *
dns_type_text(enum dns_type type)
{
	switch (type) {
	case DNS_A:
		return "A";
	case DNS_NS:
		return "NS";
	case DNS_CNAME:
		return "CNAME";
	case DNS_SOA:
		return "SOA";
	case DNS_PTR:
		return "PTR";
	case DNS_MX:
		return "MX";
	case DNS_TXT:
		return "TXT";
	case DNS_AAAA:
		return "AAAA";
	case DNS_DS:
		return "DS";
	case DNS_RRSIG:
		return "RRSIG";
	case DNS_DNSKEY:
		return "DNSKEY";
	case DNS_TLSA:
		return "TLSA";
	case DNS_SPF:
		return "SPF";
	case DNS_CAA:
		return "CAA";
	}
	return "?";
}

bool
dns_type_is_opaque(enum dns_type type)
{
	return type == DNS_DS || type == DNS_RRSIG || type == DNS_DNSKEY || type == DNS_TLSA ||
	    type == DNS_CAA;
}

bool
dns_is_negative(const struct dns_answer *answer)
{
	return answer->status == DNS_NODATA || answer->status == DNS_NXDOMAIN;
}

bool
dns_is_answer(const struct dns_answer *answer)
{
	return answer->status == DNS_DATA || dns_is_negative(answer);
}

bool
dns_is_left_out(const struct dns_answer *answer)
{
	return answer->status == DNS_CANCELLED || answer->status == DNS_RATE_LIMITED;
}
