/* The limit of open files. */
#include "app/descriptors.h"

#include "base/error.h"

#include <sys/resource.h>
#include <sysexits.h>

enum { FEWEST = 32 }; /* libraries, night file and outputs take some 20 before the first socket */

int
descriptors_prepare(struct error *error)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 0;
	if (limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= FEWEST)
		return 0;
	return error_set(error, EX_OSERR,
	    "the limit of open files is %llu: at least %d are needed, and one more for each "
	    "session (`ulimit -n`, or LimitNOFILE= of systemd)",
	    (unsigned long long)limit.rlim_cur, FEWEST);
}
