"""Runs a command and writes what it took as JSON: measure.py FILE COMMAND..."""

import json
import os
import sys
import time

start = time.monotonic()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump({"seconds": time.monotonic() - start, "user": used.ru_utime, "system": used.ru_stime,
               "resident": used.ru_maxrss * 1024}, file)
sys.exit(os.waitstatus_to_exitcode(status))
