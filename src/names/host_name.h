#ifndef MXSWEEP_NAMES_HOST_NAME_H
#define MXSWEEP_NAMES_HOST_NAME_H

#include <stdbool.h>

enum {
	HOST_NAME_MAX_OCTETS = 253, /* RFC 1035 2.3.4, as text without the trailing dot */
	HOST_NAME_LABEL_MAX = 63,
	HOST_NAME_SIZE = HOST_NAME_MAX_OCTETS + 1,
	HOST_NAME_PROBLEM_SIZE = 160,
};

/* From harmless to grave; of several faults the gravest is reported. */
enum host_name_fault {
	HOST_NAME_OK,
	HOST_NAME_UNDERSCORE,   /* an underscore is all that is wrong */
	HOST_NAME_SINGLE_LABEL, /* no dot: not a full name */
	HOST_NAME_ILLEGAL,      /* another octet, a hyphen at an end of a label, or too long */
	HOST_NAME_EMPTY_LABEL,  /* the empty name included, and a trailing dot */
	HOST_NAME_ADDRESS,      /* IPv4, IPv6, [...], or a last label of digits alone */
};

/*
 * Is it a full host name (RFC 1123 2.1): at least two labels of 1 to 63 letters, digits and
 * hyphens? Letters of either case; A-labels, not U-labels. `fault_out` may be NULL.
 */
bool host_name_valid(const char *name, enum host_name_fault *fault_out);

/* What is wrong with it, for people: "it ..." or "its ..."; empty when nothing is. */
void host_name_problem(const char *name, char problem_out[HOST_NAME_PROBLEM_SIZE]);

/*
 * The form in which names from greetings, EHLO replies and PTR records are compared: lower case,
 * one trailing dot removed, U-labels as A-labels. What is no name (an address literal, say) goes
 * through all the same. False, and `out` empty, when it is too long or not to be written in ASCII.
 */
bool host_name_normalise(const char *text, char out[HOST_NAME_SIZE]);

#endif
