#ifndef MXSWEEP_BASE_LOG_H
#define MXSWEEP_BASE_LOG_H

/* One line on standard error, "mxsweep: " before it; control characters as \xNN. */
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
