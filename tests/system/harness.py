"""What the tests of the whole program share: the lab, the program in it, and how a test reports.

A test is a program of its own, run from anywhere. It prints one line for each thing that it looked
at, which begins with `ok`, `FAILED` or `skipped`, and exits 1 when a line says FAILED. Files go to
build/system/TEST and stay there until the test runs again."""

import contextlib
import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAB_INI = "samples/lab.ini"
DOMAINS = "samples/domains.csv"
SANITIZED = "build/dev/mxsweep"
RELEASE = "build/release/mxsweep"
LONGEST = 600  # seconds that one command may take

# reasons of what nobody asked for, or needs an earlier run: no gap in what a sweep tells
NO_GAP = {"no_history", "not_own_host", "opt_in_off"}

failures = 0


def ok(text):
    print(f"ok {text}", flush=True)


def failed(text):
    global failures
    failures += 1
    print(f"FAILED {text}", flush=True)


def check(condition, text, seen=""):
    """One line: ok, or FAILED with what was seen instead."""
    if condition:
        ok(text)
    else:
        failed(f"{text}: {seen}" if seen != "" else text)
    return bool(condition)


def note(text):
    """Something seen that is neither right nor wrong."""
    print(f"   {text}", flush=True)


class Skip(Exception):
    """This test cannot run here; the text says why."""


def need(*programs):
    """Leaves the test when it is not run as root, or when a program was not built."""
    if os.geteuid() != 0:
        raise Skip("needs root, for the lab's namespaces")
    for program in programs:
        if not (ROOT / program).exists():
            raise Skip(f"{program} is not built")


def main(test):
    """Runs test(folder) with a fresh folder for its files, and ends the process."""
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the lab goes down all the same
    name = pathlib.Path(sys.argv[0]).name
    folder = ROOT / "build" / "system" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    state = folder.with_name(f"{name}.state")  # nothing of this machine's outlives a test, nor steers it
    shutil.rmtree(state, ignore_errors=True)
    os.environ["STATE_DIRECTORY"] = str(state)
    # the default, 256 MiB of what was freed, costs a third of the sanitized program's time
    os.environ.setdefault("ASAN_OPTIONS", "quarantine_size_mb=8")
    try:
        test(folder)
    except Skip as reason:
        print(f"skipped {name}: {reason}")
    except subprocess.TimeoutExpired as late:
        failed(f"{name}: {' '.join(map(str, late.cmd))} took more than {late.timeout} s")
    sys.exit(1 if failures else 0)


def run(*words, **options):
    """A command and what it wrote, as text; its exit code is not looked at."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
               "encoding": "utf-8", "timeout": LONGEST, **options}
    return subprocess.run([str(word) for word in words], check=False, **options)


def forget_interrupted():
    """The night files that failed sweeps have left in the state folder: the next would tell of them."""
    for path in pathlib.Path(os.environ["STATE_DIRECTORY"]).glob("night*"):
        path.unlink()


class Lab:
    """The lab while it is up; see tests/lab/README.md."""

    def __init__(self):
        self.state = pathlib.Path(os.environ.get("MXSWEEP_LAB", ROOT / "build" / "lab-system"))
        self.environment = {**os.environ, "MXSWEEP_LAB": str(self.state)}

    def command(self, *words, **options):
        return run("tests/lab/lab", *words, env=self.environment, **options)

    def run(self, *words, **options):
        """Runs a command inside."""
        return self.command("exec", *words, **options)

    def log(self, name):
        return (self.state / "log" / name).read_text(encoding="utf-8", errors="replace")


def started(here, *words):
    """Ends the test when the lab is not up after that command."""
    up = here.command(*words)
    if up.returncode != 0:
        failed(f"the lab does not start: {up.stderr.strip()}")
        sys.exit(1)
    # what is scored outside from now on trusts whom the lab trusts
    os.environ["SSL_CERT_FILE"] = str(here.state / "certs" / "ca.pem")
    return here


@contextlib.contextmanager
def lab(*serving):
    """A lab of this test's own, up: `with lab("--mass", 2000) as inside`."""
    here = Lab()
    here.command("down")
    started(here, "up", *serving)
    try:
        yield here
    finally:
        here.command("down")


@contextlib.contextmanager
def shared_lab():
    """The lab, up, as if nobody had been there, for a test that changes nothing in it: where MXSWEEP_LAB_STAYS
    is set, as tests/run sets it, the next such test need not start it."""
    here = Lab()
    started(here, "renew")
    try:
        yield here
    finally:
        if "MXSWEEP_LAB_STAYS" not in os.environ:
            here.command("down")


def outputs(folder, name):
    """Options of `scan` and `score` that put NAME.csv and NAME.ndjson into a folder."""
    return ["--csv", folder / f"{name}.csv", "--ndjson", folder / f"{name}.ndjson"]


def scan(inside, program, input_path, *options, before=(), said=None):
    """One sweep in the lab, its command line with some words before it; says so when it did not go
    through in silence, or with one line in which `said` stands."""
    done = inside.run(*before, program, "scan", "--config", LAB_INI, *options, input_path)
    check(done.returncode == 0, f"scan of {pathlib.Path(input_path).name} ends with 0",
          f"{done.returncode}, {done.stderr.strip()[:2000]}")
    if said is None:
        check(done.stderr == "", "and says nothing on standard error", done.stderr.strip()[:2000])
    else:
        check(said in done.stderr and done.stderr.count("\n") == 1, f"and says `{said}` once", done.stderr.strip()[:2000])
    return done


def read_csv(path):
    """The rows of a CSV with a header, one dictionary each; the input's `#` lines are skipped."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def read_json(path):
    """The objects of a file with one on each line."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def found(card):
    """What a scorecard says of the domain, without times: for comparing two sweeps. (That a domain
    was given before is a remark on the row, and depends on which row comes first.)"""
    checks = [(c["id"], c["outcome"], c.get("reason")) for c in card["checks"]
              if c["id"] != "domain.name-valid"]
    return {"verdict": card["verdict"], "score": card["score"], "checks": checks}
