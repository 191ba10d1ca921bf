"""Faults of the places that files are written to."""

from harness import SANITIZED, check
from faults_table import FEW, SCAN, check_left, check_rows

# A small file system, full or read-only, at $1 with the options $2; what is left there is listed to $3.
MOUNTED = """
at=$1 options=$2 left=$3; shift 3
mkdir -p "$at"; mount -t tmpfs -o "$options" small "$at"
"$@"; code=$?
ls "$at" >"$left"; umount "$at"; exit $code
"""
# root that may not write everywhere
NOT_ALMIGHTY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
# /var/lib/mxsweep is made in a folder of its own
NO_STATE = ("unshare", "--mount", "bash", "-c", 'mount -t tmpfs -o mode=755 own /var/lib; exec "$@"', "no-state", "env",
            "-u", "STATE_DIRECTORY", "-u", "HOME")
PIPED = 'exec 3>&1; ("$@"; echo $? >&3) | {reader} >&2'


class Places:
    def __init__(self, table, inside):
        self.table, self.inside, self.folder = table, inside, table.folder
        self.few = self.folder / "few.csv"

    def scan(self, *words, before=(), rows=None):
        return self.inside.run(*before, *SCAN, *words, rows or self.few)

    def mounted(self, options, *words, before=()):
        """Runs words with a small file system at FOLDER/small, and lists what was left there."""
        done = self.inside.run("bash", "-c", MOUNTED, "mounted", self.folder / "small", options,
                               self.folder / "left", *before, *words)
        return done, (self.folder / "left").read_text(encoding="utf-8").split()


def shell(places, script, *words):
    return places.inside.run("bash", "-c", script, "shell", *words)


def full_disk(p):
    small, csv, ndjson = p.folder / "small", p.folder / "good.csv", p.folder / "good.ndjson"
    rows = p.folder / "300.csv"
    for what, words, other in (("CSV", ("--csv", small / "out.csv", "--ndjson", ndjson), ndjson),
                               ("NDJSON", ("--ndjson", small / "out.ndjson", "--csv", csv), csv)):
        other.unlink(missing_ok=True)
        state = p.folder / f"state-full-{what}"
        state.mkdir()
        done, left = p.mounted("size=16k", *SCAN, *words, rows, before=("env", f"STATE_DIRECTORY={state}"))
        p.table.tell(f"disk full while writing {what}", done, 74, "small/out.", "No space left")
        check(not left, f"  disk full, {what}: nothing is left there", left)
        check(other.exists(), f"  disk full, {what}: the other file is written all the same")
        check_kept(p, state, f"disk full, {what}", len(rows.read_text().splitlines()) - 1)
    for option in ("--xlsx", "--html"):
        done, left = p.mounted("size=4k", *SCAN, option, small / "out", rows)
        p.table.tell(f"disk full while writing {option}", done, 74, "small/out", "No space left")
        check(not left, f"  disk full, {option}: nothing is left there", left)
    csv.unlink(missing_ok=True)
    done, _ = p.mounted("size=1m", *SCAN, "--night", small / "night", "--csv", csv, p.folder / "mass.csv")
    p.table.tell("disk full under the night file", done, 74, "small/night", "full")
    check_rows(csv, 2000, "disk full, night file")


def check_kept(p, state, what, rows):
    """A night whose outputs could not be written is not thrown away: score writes them elsewhere."""
    nights = list(state.glob("night*.sqlite"))
    if not check(len(nights) == 1, f"  {what}: the night file is kept, hours of gathering are not lost", nights):
        return
    again = p.folder / "again.csv"
    p.inside.run(SANITIZED, "score", "--csv", again, nights[0])
    check_rows(again, rows, f"{what}, score of the kept night file")


def outputs(p):
    small, closed = p.folder / "small", p.folder / "closed"
    closed.mkdir(mode=0o755)
    p.inside.run("chown", "nobody", closed)
    dead = ("--resolver", "198.51.100.99")  # so that a mistake must be told before the first packet
    for option in ("--csv", "--ndjson", "--xlsx", "--html"):
        done, _ = p.mounted("ro", *SCAN, *dead, option, small / "out", p.few)
        p.table.tell(f"{option} on a read-only file system", done, 73, "small/out", "Read-only file system")
        done = p.scan(*dead, option, closed / "out", before=NOT_ALMIGHTY)
        p.table.tell(f"{option} in a folder that may not be written", done, 73, "closed/out", "Permission denied")
        done = p.scan(*dead, option, p.folder)
        p.table.tell(f"{option} is a folder", done, 73, "directory")
        done = p.scan(*dead, option, p.folder / "none" / "out")
        p.table.tell(f"{option} in a folder that does not exist", done, 73, "none/out", "No such file")
    check_left(closed, (), "folder that may not be written")
    for full, good in (("--csv", "--ndjson"), ("--ndjson", "--csv")):
        other = p.folder / f"beside{good}"
        done = p.scan(full, "/dev/full", good, other)
        p.table.tell(f"{full} /dev/full", done, 74, "/dev/full", "No space left")
        check(other.exists(), f"  {full} /dev/full: {good} is written all the same")


def standard_output(p):
    kept = p.folder / "kept.night"
    p.scan("--csv", "/dev/null", "--night", kept)
    scan = (*SCAN, p.few)
    score, facts = (SANITIZED, "score", kept), (SANITIZED, "facts", kept)
    check_ = (SANITIZED, "check", "--config", SCAN[3], FEW[0])
    for name, words in (("scan", scan), ("score", score), ("facts", facts), ("check", check_),
                        ("check --json", (*check_, "--json")), ("checks", (SANITIZED, "checks")),
                        ("--help", (SANITIZED, "scan", "--help"))):
        done = shell(p, '"$@" >/dev/full', *words)
        p.table.tell(f"standard output full, {name}", done, 74, "standard output", "No space left")
    for name, words in (("scan", scan), ("score", score), ("facts", facts)):
        done = shell(p, '"$@" >&-', *words)
        p.table.tell(f"standard output closed, {name}", done, (73, 74), "standard output")
        done = shell(p, '{ sleep 0.5; "$@"; echo "code $?" >&2; } | true', *words)
        done.returncode = piped_code(done)
        p.table.tell(f"standard output into a pipe that nobody reads, {name}", done, 74, "standard output",
                     "Broken pipe")
    done = shell(p, '{ "$@"; echo "code $?" >&2; } | head -1', SANITIZED, "scan", "--config", SCAN[3],
                 p.folder / "mass.csv")
    done.returncode = piped_code(done)
    p.table.tell("mxsweep scan | head -1", done, 74, "standard output", "Broken pipe")
    check(done.stdout.startswith("domain,") and done.stdout.count("\n") == 1, "  | head -1: the header comes out")
    for name, to in (("closed", "2>&-"), ("full", "2>/dev/full")):
        csv = p.folder / f"stderr-{name}.csv"
        done = shell(p, f'"$@" {to}', *SCAN, "--only", "spf,dnsbl", "--csv", csv, p.few)  # it has a warning
        p.table.tell(f"standard error {name}", done, 0)
        check_rows(csv, len(FEW), f"standard error {name}")
        check("mxsweep:" not in csv.read_text(), f"  standard error {name}: no warning stands in the CSV")


def piped_code(done):
    """The exit code that the script wrote as the last line of standard error; it goes from there."""
    lines = done.stderr.splitlines(keepends=True)
    code = int(lines.pop().split()[1]) if lines and lines[-1].startswith("code ") else -1
    done.stderr = "".join(lines)
    return code


def night_files(p):
    small, closed = p.folder / "small", p.folder / "closed"
    csv = ("--csv", p.folder / "night.csv")
    done, _ = p.mounted("ro", *SCAN, *csv, "--night", small / "night", p.few)
    p.table.tell("night file on a read-only file system", done, 73, "small/night", "Read-only file system")
    done = p.scan(*csv, "--night", p.folder / "none" / "night")
    p.table.tell("night file in a folder that does not exist", done, 73, "none/night", "No such file")
    done = p.scan(*csv, "--night", p.folder)
    p.table.tell("night file is a folder", done, 73, "(folder)")
    done = p.scan(*csv, "--night", closed / "night", before=NOT_ALMIGHTY)
    p.table.tell("night file in a folder that may not be written", done, 73, "closed/night", "Permission denied")
    check(not (p.folder / "night.csv").exists(), "  night file that cannot be made: no CSV is begun")


def state_folder(p):
    csv = ("--csv", p.folder / "state.csv")
    small, closed = p.folder / "small", p.folder / "closed"
    done, _ = p.mounted("ro", *SCAN, *csv, p.few, before=("env", f"STATE_DIRECTORY={small}"))
    p.table.tell("state folder on a read-only file system", done, 73, "small", "Read-only file system", "--night")
    done = p.scan(*csv, before=("env", f"STATE_DIRECTORY={closed}", *NOT_ALMIGHTY))
    p.table.tell("state folder that may not be written", done, 73, "closed", "Permission denied", "--night")
    done = p.scan(*csv, before=("env", f"STATE_DIRECTORY={p.few}"))
    p.table.tell("state folder is a file", done, 73, "few.csv", "--night")
    done = p.scan(*csv, before=NO_STATE)
    p.table.tell("HOME unset, root", done, 0)
    check_rows(p.folder / "state.csv", len(FEW), "HOME unset, root")
    probe = p.inside.run("setpriv", "--reuid=65534", "--clear-groups", SANITIZED, "--version")
    if probe.returncode != 0:
        print("skipped HOME unset, not root: another user cannot run the program where it lies")
        return
    done = p.scan(before=(*NO_STATE, "setpriv", "--reuid=65534", "--clear-groups"))
    p.table.tell("HOME unset, not root", done, 73, "/var/lib/mxsweep", "Permission denied", "--night")


def test(table, inside):
    places = Places(table, inside)
    for part in (outputs, standard_output, night_files, state_folder, full_disk):
        part(places)
