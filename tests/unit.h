#ifndef MXSWEEP_TESTS_UNIT_H
#define MXSWEEP_TESTS_UNIT_H

/* What every cmocka program needs, in the order that cmocka asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
