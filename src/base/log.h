#ifndef MXSWEEP_BASE_LOG_H
#define MXSWEEP_BASE_LOG_H

/*
 * One line on standard error, "mxsweep: " before it; control characters, and what is no UTF-8, as
 * \xNN. Where that is the journal of systemd, it is told that the line is a warning.
 */
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
