#ifndef MXSWEEP_APP_OPTIONS_KEPT_H
#define MXSWEEP_APP_OPTIONS_KEPT_H

#include "app/options.h"

#include <stddef.h>

struct strbuf;

/*
 * The options of look-ups and checks with which a run was begun, as the night file keeps them for
 * whoever goes on with it: of each row of the option table its name, whether it was given, and its
 * values.
 */
void options_kept_write(const struct options *options, struct strbuf *out);

/*
 * Takes up those that are not given now. -1 with exit code 64 where one is given that differs and
 * must not (OPTION_KEPT), 65 where the bytes are damaged; `night` is the file's name for messages.
 * Options that this version does not know are left out.
 */
int options_kept_read(const void *bytes, size_t length, const char *night, struct options *options,
    struct error *error);

#endif
