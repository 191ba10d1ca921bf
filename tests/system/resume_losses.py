"""A run that lost its disk, its resolvers or its machine, and is gone on with."""

import struct

from harness import check

KILLED = 137
WAL_HEADER, FRAME_HEADER = 32, 24

# A small file system at $1 with $2 octets; the first $3 words behind are the run that fills it, which
# then has room, and the rest goes on with it.
FULL = """
at=$1 size=$2 count=$3; shift 3
mkdir -p "$at"; mount -t tmpfs -o size="$size" night "$at"
"${@:1:count}"; echo "first $?" >&2
mount -o remount,size=256m "$at"
"${@:count+1}"; code=$?
umount "$at"; exit $code
"""
# The resolvers end after $1 seconds, and begin anew when the run behind has ended.
DEAD = """
after=$1 run=/run/mxsweep-lab; shift
"$@" & pid=$!
sleep "$after"
for n in 1 2; do kill -KILL "$(pgrep -f "unbound -d -c $run/unbound-$n.conf")"; done
wait "$pid"; code=$?
for n in 1 2; do setsid unbound -d -c $run/unbound-$n.conf >/dev/null 2>&1 </dev/null & done
sleep 1; exit $code
"""


def full_disk(sweep, whole, same):
    """There is room for half of the night; later there is for all of it."""
    small, size = sweep.folder / "small", (sweep.folder / "whole.night").stat().st_size // 2
    night = f"--night={small / 'night'}"
    first = [*sweep.command("full", night, night=False), sweep.input]
    done = sweep.inside.run("bash", "-c", FULL, "full", small, size, len(first), *first,
                            *sweep.command("full", "--resume", night, night=False))
    words, _, rest = done.stderr.partition("first 74\n")
    check(rest == "" and words.startswith("mxsweep: ") and "full" in words,
          f"a disk that is full at {size >> 10} KiB of the night: 74, and why", done.stderr)
    check(done.returncode == 0, "gone on with where there is room", f"{done.returncode}, {done.stderr}")
    same(sweep, whole, "full", "a full disk")


def dead_resolvers(sweep, whole, same):
    slowly = ("--dns-qps", "120", "--dns-timeout", "500ms")
    done = sweep.inside.run("bash", "-c", DEAD, "dead", 3, *sweep.command("dead", *slowly), sweep.input)
    check(done.returncode == 75 and "no resolver answers any more" in done.stderr,
          "the resolvers die: 75, and why", f"{done.returncode}, {done.stderr}")
    check((sweep.folder / "dead.night").exists(), "the night is kept")
    done = sweep.go_on("dead", "--dns-qps", "1000", "--dns-timeout", "5s")
    check(done.returncode == 0 and not done.stderr, "and gone on with when they are back",
          f"{done.returncode}, {done.stderr}")
    same(sweep, whole, "dead", "dead resolvers")


def transactions(wal):
    """Where each transaction of a write-ahead log ends that the database would take from it."""
    size, salt, ends = struct.unpack(">I", wal[8:12])[0], wal[16:24], []
    at = WAL_HEADER
    while at + FRAME_HEADER + size <= len(wal) and wal[at + 8:at + 16] == salt:
        if wal[at + 4:at + 8] != b"\0\0\0\0":  # pages of the database: the last frame of a transaction
            ends.append(at + FRAME_HEADER + size)
        at += FRAME_HEADER + size
    return ends


def power_loss(sweep, whole, same, moment):
    """The last transaction reached the disk in part: what it held is asked again, no more than that."""
    night = sweep.folder / "power.night"
    log = night.with_name("power.night-wal")
    for path in sweep.folder.glob("power.*"):
        path.unlink()
    code = sweep.kill(moment, [*sweep.command("power", "--dns-qps", "60"), sweep.input], "power")
    if not check(code == KILLED and log.exists(), f"the machine ends after {moment} s", code):
        return
    text = log.read_bytes()
    ends = transactions(text)
    if not check(len(ends) > 1, f"its log holds {len(ends)} transactions", len(text)):
        return
    log.write_bytes(text[:(ends[-2] + ends[-1]) // 2])
    night.with_name("power.night-shm").unlink(missing_ok=True)
    done = sweep.go_on("power", "--dns-qps", "1000")
    check(done.returncode == 0 and not done.stderr, "half of the last transaction is lost, and it is gone on with",
          f"{done.returncode}, {done.stderr}")
    same(sweep, whole, "power", "a power cut")
