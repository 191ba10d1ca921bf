#ifndef MXSWEEP_BASE_ALLOC_H
#define MXSWEEP_BASE_ALLOC_H

#include <stddef.h>

/*
 * Allocation that cannot fail: when memory is out, the process ends with a message on standard
 * error and exit code 71 (EX_OSERR). So no caller checks for NULL. Free with free().
 */
void *alloc_bytes(size_t size);
void *alloc_zeroed(size_t count, size_t size);
void *alloc_resize(void *old, size_t size);
char *alloc_string(const char *text);

/*
 * Memory for a large table, zeroed. From 2 MiB on it lies in huge pages, where there are some:
 * fewer page faults, each of which may hold the loop up, and fewer misses in the processor's table
 * of pages. To be given back with free().
 */
void *alloc_table(size_t size);

#endif
