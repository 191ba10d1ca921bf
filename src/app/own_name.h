#ifndef MXSWEEP_APP_OWN_NAME_H
#define MXSWEEP_APP_OWN_NAME_H

enum { OWN_NAME_SIZE = 256 };

/* The name that the machine gives itself, as full as it can be had; "localhost" when there is none.
 */
void own_name_find(char name[OWN_NAME_SIZE]);

#endif
