#ifndef MXSWEEP_BENCH_FUZZ_H
#define MXSWEEP_BENCH_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What libFuzzer, or replay.c in its place, calls with every input; always gives 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/*
 * Ends the process when something does not hold, whatever NDEBUG says: libFuzzer then keeps the
 * input.
 */
#define must(condition) ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))
void fuzz_fail(const char *file, int line, const char *condition) __attribute__((noreturn));

/* The path of a file in memory that holds the bytes; the next call changes that file. */
const char *fuzz_file(const uint8_t *bytes, size_t size);

/* A copy with a NUL behind it, to be freed: what reads beyond it is seen. */
char *fuzz_text(const uint8_t *bytes, size_t size);

/* Whether it is one line; control octets in it are made harmless where it is printed. */
bool fuzz_is_message(const char *text);

#endif
