#ifndef MXSWEEP_APP_DESCRIPTORS_H
#define MXSWEEP_APP_DESCRIPTORS_H

struct error;

/*
 * Raises the limit of open files to what the system allows: thousands of sessions need as many, and
 * the soft limit is 1,024 as a rule. -1 with exit code 71 when there are too few to begin at all.
 */
int descriptors_prepare(struct error *error);

#endif
