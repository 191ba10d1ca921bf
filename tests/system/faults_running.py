"""Faults while the program runs: shortages, signals, the clock, the resolvers."""

import concurrent.futures
import pathlib
import re
import signal
import subprocess
import time

from harness import LAB_INI, LONGEST, RELEASE, SANITIZED, check, outputs, read_json, run
from faults_table import FEW, check_known, check_left, check_rows, verdicts

SLOWLY = ("--dns-qps", "600", "--window", "20", "--progress", "never")  # 600 domains in some 13 s
PATIENTLY = ("--smtp-timeout", "connect=15s,greeting=40s,ehlo=40s,starttls=40s,tls=40s,total=120s")  # no server is at fault
TOO_LONG = 30  # seconds for three domains
FAKETIME = pathlib.Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")

# A limit of the shell, and the command.
LIMITED = 'ulimit -n "$1"; shift; "$@"'
# Every local port but these is out of reach; $2 seconds long they are held by somebody else.
PORTS = """
range=$1 held=$2; shift 2
old=$(sysctl -n net.ipv4.ip_local_port_range)
sysctl -qw net.ipv4.ip_local_port_range="$range"
[ "$held" = 0 ] || python3 -c '
import socket, sys, time
low, high = map(int, sys.argv[1].split())
held = [socket.socket() for _ in range(low, high + 1)]
for number, one in enumerate(held):
    one.bind(("0.0.0.0", low + number))
print(flush=True)
time.sleep(float(sys.argv[2]))' "$range" "$held" >"$0.held" &
[ "$held" = 0 ] || until [ -s "$0.held" ]; do sleep 0.05; done
"$@"; code=$?
sysctl -qw net.ipv4.ip_local_port_range="$old"; wait; exit $code
"""
# Signals after pauses: words like 3:INT, then --, then the command. Job control, so that it is not
# started with SIGINT ignored.
SEND = """
signals=(); while [ "$1" != -- ]; do signals+=("$1"); shift; done; shift
set -m; "$@" & pid=$!; set +m
until [ -e "$0.night" ]; do sleep 0.1; done
for one in "${signals[@]}"; do sleep "${one%:*}"; kill -"${one#*:}" "$pid"; done
wait "$pid"
"""
# Ends the resolvers in $1 by their numbers after $2 s and starts them again after $3 s more.
OUTAGE = """
which=$1 after=$2 pause=$3; shift 3
run=/run/mxsweep-lab
"$@" & pid=$!
sleep "$after"
for n in $which; do kill "$(pgrep -f "unbound -d -c $run/unbound-$n.conf")"; done
sleep "$pause"
for n in $which; do setsid unbound -d -c $run/unbound-$n.conf >/dev/null 2>&1 </dev/null & done
wait "$pid"
"""
CLOCK = """
file=$1 after=$2 to=$3; shift 3
echo +0 >"$file"
"$@" & pid=$!
until [ -e "$0.night" ]; do sleep 0.1; done
sleep "$after"; echo "$to" >"$file"; wait "$pid"
"""


class Running:
    def __init__(self, table, inside):
        self.table, self.inside, self.folder = table, inside, table.folder

    def scan(self, name, script, words, rows, *options, program=SANITIZED, before=(), timeout=LONGEST):
        """A sweep under a script; NAME.csv, .ndjson and .night are its files."""
        return self.inside.run("bash", "-c", script, self.folder / name, *words, *before, program, "scan",
                               "--config", LAB_INI, *PATIENTLY, *options, *outputs(self.folder, name),
                               "--state", self.folder / f"{name}.state",  # two run at once
                               "--night", self.folder / f"{name}.night", self.folder / f"{rows}.csv", timeout=timeout)

    def cards(self, name):
        return self.folder / f"{name}.ndjson"


def descriptors(r):
    done = r.scan("files40", LIMITED, ["40"], "300", "--smtp-sessions", "1000")
    r.table.tell("40 descriptors, 300 domains, 1,000 sessions allowed", done, 0)
    check_known(r.cards("files40"), 300, "40 descriptors")
    for count in range(20, 4, -2):  # the release: the sanitizers' own files would come on top
        few_descriptors(r, count)


def few_descriptors(r, count):
    """Either all is answered all the same, or the user hears, soon, that there are too few; nobody else
    gets the blame, no resolver and no domain."""
    name, title = f"files{count}", f"{count} descriptors"
    try:
        done = r.scan(name, LIMITED, [count], "few", program=RELEASE, timeout=TOO_LONG)
    except subprocess.TimeoutExpired:
        r.table.tell(title, subprocess.CompletedProcess([], -1, "", f"(no end within {TOO_LONG} s)"),
                     (0, 66, 71, 73, 75), "open files")
        return
    judged, untested = verdicts(r.cards(name))
    if done.returncode == 0 and done.stderr == "" and not untested:
        r.table.tell(title, done, 0)
        check(judged["pass"] == len(FEW), f"  {title}: all is answered", dict(judged))
    else:
        r.table.tell(title, done, (66, 71, 73, 75), "open files")


def ports(r):
    done = r.scan("ports", PORTS, ["20000 20009", "3"], "300")
    r.table.tell("out of ports for 3 s", done, 0)
    check_known(r.cards("ports"), 300, "out of ports")
    done = r.scan("oneport", PORTS, ["20000 20000", "0"], "300")
    r.table.tell("a single local port, two resolvers", done, (0, 71, 75), "port")
    check_known(r.cards("oneport"), 300, "a single local port", ("dns_servfail",))  # it is the resolvers' too


# name, signals, exit code, whether files are written, what the fault is called
WHILE_GATHERING = (
    ("hup", ("3:HUP",), 129, True, "SIGHUP while gathering"),
    ("pipe", ("3:PIPE",), 0, True, "SIGPIPE while gathering"),
    ("twice", ("3:INT", "0.3:INT"), 130, None, "a second SIGINT, 0.3 s after the first"),
    ("kill", ("3:KILL",), 137, False, "SIGKILL while gathering"),
)


def signals_while_gathering(r):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [(case, pool.submit(r.scan, case[0], SEND, (*case[1], "--"), "600", *SLOWLY))
                for case in WHILE_GATHERING]
        nohup = pool.submit(r.scan, "nohup", SEND, ("3:HUP", "--"), "600", *SLOWLY, before=("nohup",))
    for (name, _, code, files, what), job in jobs:
        done = job.result()
        done.stderr = without_job_words(done.stderr)
        r.table.tell(what, done, code)
        if files:
            check_known(r.cards(name), 600, what, () if code == 0 else ("cancelled",))
        check_night_scores(r, name, what)
        temporary = [path.name for path in r.folder.glob(f"{name}.*.??????")]
        check(not temporary, f"  {what}: no temporary file is left", temporary)
    done = nohup.result()
    done.stderr = without_job_words(done.stderr.replace("nohup: ignoring input\n", ""))
    r.table.tell("SIGHUP under nohup", done, 0)
    check_known(r.cards("nohup"), 600, "SIGHUP under nohup")


def without_job_words(text):
    """The shell's own words about a job that a signal ended are not the program's."""
    return "".join(line for line in text.splitlines(keepends=True) if not re.match(r"^\S+: line \d+:", line))


def check_night_scores(r, name, what):
    """Whatever ended the run: what had been found by then can be scored."""
    csv = r.folder / f"{name}.scored.csv"
    done = run(SANITIZED, "score", "--config", LAB_INI, "--csv", csv, r.folder / f"{name}.night")
    check(done.returncode == 0, f"  {what}: score of its night file ends with 0",
          f"{done.returncode}, {done.stderr.strip()}")
    check_rows(csv, 600, f"{what}, score")


def wait_for_temporary(folder, process):
    while process.poll() is None and not list(folder.glob("out.ndjson.*")):
        time.sleep(0.01)


# signals 0.2 s apart, exit code, whether files are written
WHILE_FINISHING = (
    (("SIGINT",), 130, True),
    (("SIGTERM",), 143, True),
    (("SIGHUP",), 129, True),
    (("SIGPIPE",), 0, True),
    (("SIGINT", "SIGINT"), 130, False),
)


def signals_while_finishing(r):
    """`score`, for which no lab is needed, and then `scan`: it finishes in the same way."""
    night = r.folder / "big.night"
    done = r.inside.run(RELEASE, "scan", "--config", LAB_INI, "--csv", "/dev/null", "--night", night,
                        r.folder / "mass.csv")
    check(done.returncode == 0, "a night of 2,000 domains to finish", done.stderr.strip())
    for which, code, files in WHILE_FINISHING:
        folder = r.folder / f"finishing-{'-'.join(which)}"
        folder.mkdir()
        with subprocess.Popen([SANITIZED, "score", "--config", LAB_INI, *outputs(folder, "out"), night],
                              stderr=subprocess.PIPE, encoding="utf-8") as process:
            wait_for_temporary(folder, process)
            for number, name in enumerate(which):
                time.sleep(0.2 if number else 0.05)
                if process.poll() is None:
                    process.send_signal(getattr(signal, name))
            words = process.communicate(timeout=60)[1]
        code_seen = 128 - process.returncode if process.returncode < 0 else process.returncode
        what = f"{' and '.join(which)} while finishing"
        r.table.tell(what, subprocess.CompletedProcess([], code_seen, "", words), code)
        if files:
            check_rows(folder / "out.csv", 2000, what)
        check_left(folder, ("out.csv", "out.ndjson"), what)


def clock(r):
    """Seen by the program alone: nobody else's clock is touched."""
    if not FAKETIME.exists():
        print("skipped clock set back: libfaketime is not installed (Debian package faketime)")
        return
    file = r.folder / "clock"
    before = ("env", f"FAKETIME_TIMESTAMP_FILE={file}", "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
              f"LD_PRELOAD={FAKETIME}")
    for name, to, what in (("back", "-400d", "clock set back by 400 days"),
                           ("on", "+400d", "clock set on by 400 days")):
        done = r.scan(f"clock-{name}", CLOCK, [file, "1.5", to], "600", *SLOWLY, program=RELEASE, before=before)
        r.table.tell(f"{what}, while gathering", done, 0)
        check_known(r.cards(f"clock-{name}"), 600, what)
        times = {card["scanned_at"][:10] for card in read_json(r.cards(f"clock-{name}"))}
        check(len(times) == 2, f"  {what}: it was set while the program ran", times)
        slowest = max(card["elapsed_ms"] for card in read_json(r.cards(f"clock-{name}")))
        check(0 <= slowest < 60000, f"  {what}: the slowest domain took {slowest} ms")


def resolvers(r):
    quick = ("--dns-qps", "600", "--window", "100", "--progress", "never")
    done = r.scan("outage-one", OUTAGE, ["1", "1", "2"], "600", *quick)
    r.table.tell("one of two resolvers ends, and is back after 2 s", done, 0)
    check_known(r.cards("outage-one"), 600, "one resolver ends")
    done = r.scan("outage-brief", OUTAGE, ["1 2", "1", "1"], "600", *quick)
    r.table.tell("both resolvers end, and are back after 1 s", done, 0)
    # the patience with one question at one resolver is 5 s: a restart fits into it
    check_known(r.cards("outage-brief"), 600, "both are back after 1 s")
    done = r.scan("outage-long", OUTAGE, ["1 2", "1", "12"], "600", *quick)
    r.table.tell("both resolvers end for 12 s", done, (0, 75), "resolver")
    judged = check_known(r.cards("outage-long"), 600, "both end for 12 s",
                         ("dns_timeout", "list_unavailable", "no_selector_known", "prerequisite"))
    check(judged["pass"] > 0, f"  both end for 12 s: {judged['pass']} rows that were known are there",
          verdicts(r.cards("outage-long")))


def test(table, inside):
    running = Running(table, inside)
    for part in (descriptors, ports, resolvers, clock, signals_while_gathering, signals_while_finishing):
        part(running)
