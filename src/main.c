/* The program is the first user of the library. */
#include "mxsweep.h"

#include <fcntl.h>
#include <unistd.h>

/*
 * Standard files that were closed are opened, so that no file of ours gets their number and is
 * written to by mistake. /dev/null opened the wrong way round still fails as a closed one would.
 */
static void
open_standard_files(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_WRONLY };

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", modes[fd]);
}

int
main(int argc, char *argv[])
{
	open_standard_files();
	return mxsweep_command(argc, argv);
}
