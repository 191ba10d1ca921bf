/* The program is the first user of the library. */
#include "mxsweep.h"

int
main(int argc, char *argv[])
{
	return mxsweep_command(argc, argv);
}
