#ifndef MXSWEEP_BASE_ERROR_H
#define MXSWEEP_BASE_ERROR_H

/*
 * Why something could not be set up, in one line for a person: what, where, and what would be
 * right. `code` is the exit code of sysexits(3) that fits. Functions that fill it return -1. What
 * it quotes of files and arguments has its control characters as \xNN.
 */
struct error {
	int code;
	char text[600];
};

int error_set(struct error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4))); /* always -1, so that callers can return it */

#endif
