/* Allocation whose failure ends the process: the logic above it has no path for NULL. */
#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>

enum { HUGE_PAGE = 2 << 20 };

static void *
checked(void *memory)
{
	if (memory == NULL) {
		fputs("mxsweep: out of memory\n", stderr);
		_Exit(EX_OSERR);
	}
	return memory;
}

void *
alloc_bytes(size_t size)
{
	return checked(malloc(size > 0 ? size : 1));
}

void *
alloc_zeroed(size_t count, size_t size)
{
	return checked(calloc(count > 0 ? count : 1, size));
}

void *
alloc_resize(void *old, size_t size)
{
	return checked(realloc(old, size > 0 ? size : 1));
}

char *
alloc_string(const char *text)
{
	return checked(strdup(text));
}

void *
alloc_table(size_t size)
{
	void *memory;

	if (size < HUGE_PAGE || posix_memalign(&memory, HUGE_PAGE, size) != 0)
		return alloc_zeroed(1, size);
	madvise(memory, size, MADV_HUGEPAGE);
	memset(memory, 0, size);
	return memory;
}
