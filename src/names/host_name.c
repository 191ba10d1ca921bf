/* The syntax of host names. */
#include "names/host_name.h"

#include "base/ascii.h"
#include "base/ip.h"
#include "names/idna.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum reason {
	NOTHING_WRONG,
	HAS_UNDERSCORE,
	HAS_ONE_LABEL,
	HAS_BAD_OCTET,
	HAS_HYPHEN_AT_END,
	HAS_LONG_LABEL,
	IS_TOO_LONG,
	HAS_EMPTY_LABEL,
	IS_EMPTY,
	ENDS_IN_DIGITS,
	IS_ADDRESS,
};

static const enum host_name_fault faults[] = {
	[NOTHING_WRONG] = HOST_NAME_OK,
	[HAS_UNDERSCORE] = HOST_NAME_UNDERSCORE,
	[HAS_ONE_LABEL] = HOST_NAME_SINGLE_LABEL,
	[HAS_BAD_OCTET] = HOST_NAME_ILLEGAL,
	[HAS_HYPHEN_AT_END] = HOST_NAME_ILLEGAL,
	[HAS_LONG_LABEL] = HOST_NAME_ILLEGAL,
	[IS_TOO_LONG] = HOST_NAME_ILLEGAL,
	[HAS_EMPTY_LABEL] = HOST_NAME_EMPTY_LABEL,
	[IS_EMPTY] = HOST_NAME_EMPTY_LABEL,
	[ENDS_IN_DIGITS] = HOST_NAME_ADDRESS,
	[IS_ADDRESS] = HOST_NAME_ADDRESS,
};

static const char *const problems[] = {
	[NOTHING_WRONG] = "",
	[HAS_UNDERSCORE] = "it has an underscore, which no host name may have",
	[HAS_ONE_LABEL] = "it has only one label, a full name has two or more",
	[HAS_BAD_OCTET] = "it has an octet that no name may have",
	[HAS_HYPHEN_AT_END] = "it has a label that begins or ends with a hyphen",
	[HAS_LONG_LABEL] = "it has a label of more than 63 octets",
	[IS_TOO_LONG] = "it has more than 253 octets",
	[HAS_EMPTY_LABEL] = "it has an empty label: two dots in a row, or a dot at an end",
	[IS_EMPTY] = "it is empty",
	[ENDS_IN_DIGITS] = "its last label is a number, as if it were an IP address",
	[IS_ADDRESS] = "it is an IP address, not a name",
};

/* The gravest thing seen so far, and the octet that it is about. */
struct finding {
	enum reason reason;
	unsigned char octet;
};

static void
note(struct finding *finding, enum reason reason, char octet)
{
	if (reason > finding->reason)
		*finding = (struct finding){ reason, (unsigned char)octet };
}

/* Notes what is wrong with one label; tells whether it consists of digits. */
static bool
check_label(const char *label, size_t length, struct finding *finding)
{
	bool digits = length > 0;

	if (length == 0)
		note(finding, HAS_EMPTY_LABEL, '.');
	else if (label[0] == '-' || label[length - 1] == '-')
		note(finding, HAS_HYPHEN_AT_END, '-');
	if (length > HOST_NAME_LABEL_MAX)
		note(finding, HAS_LONG_LABEL, label[0]);
	for (size_t i = 0; i < length; i++) {
		digits = digits && ascii_is_digit(label[i]);
		if (label[i] == '_')
			note(finding, HAS_UNDERSCORE, '_');
		else if (!ascii_is_letter(label[i]) && !ascii_is_digit(label[i]) && label[i] != '-')
			note(finding, HAS_BAD_OCTET, label[i]);
	}
	return digits;
}

static struct finding
examine(const char *name)
{
	struct finding finding = { NOTHING_WRONG, 0 };
	const char *label = name;
	size_t length = strcspn(label, ".");
	struct ip ip;

	if (name[0] == '\0')
		return (struct finding){ IS_EMPTY, 0 };
	if (name[0] == '[' || ip_parse(name, &ip))
		return (struct finding){ IS_ADDRESS, 0 };
	if (strlen(name) > HOST_NAME_MAX_OCTETS)
		note(&finding, IS_TOO_LONG, 0);
	if (label[length] == '\0')
		note(&finding, HAS_ONE_LABEL, 0);
	for (; label[length] != '\0'; length = strcspn(label, ".")) {
		check_label(label, length, &finding);
		label += length + 1;
	}
	if (check_label(label, length, &finding))
		note(&finding, ENDS_IN_DIGITS, 0);
	return finding;
}

bool
host_name_valid(const char *name, enum host_name_fault *fault_out)
{
	enum host_name_fault fault = faults[examine(name).reason];

	if (fault_out != NULL)
		*fault_out = fault;
	return fault == HOST_NAME_OK;
}

void
host_name_problem(const char *name, char problem_out[HOST_NAME_PROBLEM_SIZE])
{
	const size_t size = HOST_NAME_PROBLEM_SIZE;
	struct finding finding = examine(name);
	unsigned octet = finding.octet;

	if (finding.reason != HAS_BAD_OCTET)
		snprintf(problem_out, size, "%s", problems[finding.reason]);
	else if (octet == ' ')
		snprintf(problem_out, size, "it has a blank inside");
	else if (octet > 0x20 && octet < 0x7f)
		snprintf(problem_out, size, "it has '%c', which no name may have", octet);
	else
		snprintf(problem_out, size, "it has the octet 0x%02x, which is illegal", octet);
}

bool
host_name_normalise(const char *text, char out[HOST_NAME_SIZE])
{
	char problem[IDNA_PROBLEM_SIZE];
	size_t length = strlen(text);

	if (length > 0 && text[length - 1] == '.')
		length--;
	return idna_to_ascii(text, length, out, problem);
}
