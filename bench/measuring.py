"""What the parts of bench/run share: servers on the second core, programs on the first, their CPU."""

import contextlib
import os
import pathlib
import re
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILT = ROOT / "build/release"
CORE = BUILT / "bench/bench_core"
RESPONDER = BUILT / "bench/bench_responder"
MXSWEEP = BUILT / "mxsweep"
FIRST, SECOND = "127.0.0.1:53", "127.0.0.2:53"
LONGEST = 120  # seconds for one program


@contextlib.contextmanager
def server(*words):
    """A server of ours while it runs: it says when it is ready, and ends with its standard input."""
    with subprocess.Popen(["taskset", "-c", "1", *map(str, words)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        try:
            yield
        finally:
            process.stdin.close()
            process.wait(10)


@contextlib.contextmanager
def responder(*options):
    with server(RESPONDER, *options, FIRST, SECOND):
        yield


def wait_for_answer(address, port, name):
    for _ in range(100):
        done = subprocess.run(["dig", f"@{address}", "-p", str(port), "+tries=1", "+timeout=1", "+short", name],
                              capture_output=True, text=True, check=False)
        if re.match(r"[\d.]+$", done.stdout.strip()):
            return
    raise SystemExit(f"bench/run: {address}:{port} does not answer")


@contextlib.contextmanager
def daemon(*words):
    """A server that runs in the foreground until it is told to end."""
    with subprocess.Popen(["taskset", "-c", "1", *map(str, words)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(10)


NSD = """\
server:
 ip-address: 127.0.0.3@5300
 server-count: 1
 username: ""
 chroot: ""
 zonesdir: "{folder}"
 database: ""
 pidfile: "{folder}/nsd.pid"
 xfrdfile: "{folder}/xfrd"
 zonelistfile: "{folder}/zone.list"
remote-control:
 control-enable: no
zone:
 name: mail-bench.test
 zonefile: mail-bench.zone
"""
ZONE = """\
$TTL 300
@ SOA ns1.mail-bench.test. hostmaster.mail-bench.test. 1 14400 3600 1209600 300
@ NS ns1
ns1 A 127.0.0.3
* A 192.0.2.1
"""
UNBOUND = """\
server:
 interface: 127.0.0.1
 do-daemonize: no
 username: ""
 chroot: ""
 directory: "{folder}"
 pidfile: ""
 use-syslog: no
 module-config: "iterator"
 do-not-query-localhost: no
 local-zone: "test." nodefault
 num-threads: 1
 outgoing-range: 4096
 num-queries-per-thread: 2048
 so-rcvbuf: 4m
remote-control:
 control-enable: no
stub-zone:
 name: mail-bench.test
 stub-addr: 127.0.0.3@5300
"""


@contextlib.contextmanager
def recursive(*_options):
    """A resolver as people have it, with nothing in its cache, and the name server that it asks."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("nsd.conf", NSD), ("mail-bench.zone", ZONE), ("unbound.conf", UNBOUND)):
            pathlib.Path(folder, name).write_text(text.format(folder=folder), encoding="utf-8")
        with daemon("nsd", "-d", "-c", f"{folder}/nsd.conf"), daemon("unbound", "-d", "-c", f"{folder}/unbound.conf"):
            wait_for_answer("127.0.0.3", 5300, "up.mail-bench.test")
            wait_for_answer("127.0.0.1", 53, "up.mail-bench.test")
            yield


def drops():
    """Datagrams that found a receive buffer full, in this namespace."""
    lines = [line.split() for line in pathlib.Path("/proc/net/snmp").read_text(encoding="ascii").splitlines()
             if line.startswith("Udp:")]
    return int(dict(zip(*lines))["RcvbufErrors"])


def measure(words, stdin=None):
    """What a program on the first core used and said: CPU in µs, memory in octets, drops, its output."""
    before = drops()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(["taskset", "-c", "0", *map(str, words)], stdout=out,
                                 stderr=subprocess.STDOUT, stdin=stdin or subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode(errors="replace")
    return {"cpu": (used.ru_utime + used.ru_stime) * 1e6, "resident": used.ru_maxrss * 1024,
            "drops": drops() - before, "text": text, "code": child.returncode}


def figures_of(text):
    """KEY=VALUE words as a dictionary of numbers."""
    return {key: float(value) for key, value in re.findall(r"(\w+)=([\d.]+)", text)}


def middle(rounds, key):
    return statistics.median(used[key] for used in rounds)


def spread(values, digits=0):
    """The median, and in brackets the least and the most."""
    values = sorted(values)
    return (f"{statistics.median(values):,.{digits}f} "
            f"({values[0]:,.{digits}f}–{values[-1]:,.{digits}f})")
