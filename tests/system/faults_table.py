"""What the tests of faults share: the table, its checks, the inputs."""

import collections

from harness import LAB_INI, NO_GAP, SANITIZED, check, forget_interrupted, note, read_csv, read_json, run

SCAN = (SANITIZED, "scan", "--config", LAB_INI)
MASS = 2000  # domains besides those of the tables
FEW = ("good-mxlab.com", "pair-mxlab.com", "cityhall-mxlab.gov")


def write_inputs(folder):
    """few.csv, and mass.csv with its first 600 and 300 rows."""
    (folder / "few.csv").write_text("domain,selectors\n" + "".join(f"{name},s1\n" for name in FEW),
                                    encoding="utf-8")
    lines = run("tests/lab/lab", "mass-csv", MASS).stdout.splitlines(keepends=True)
    for name, count in (("mass", MASS), ("600", 600), ("300", 300)):
        (folder / f"{name}.csv").write_text("".join(lines[: count + 1]), encoding="utf-8")


class Table:
    """fault, what the user sees, exit code."""

    def __init__(self, folder):
        self.folder, self.rows = folder, []

    def tell(self, fault, done, codes, *named):
        """One line of the table: the exit code is one of these, and standard error is one line that
        holds each of these words (is empty when there are none)."""
        codes = codes if isinstance(codes, tuple) else (codes,)
        words = done.stderr.replace(f"{self.folder}/", "").replace(str(self.folder), "(folder)").strip()
        lines = words.splitlines()
        sees = lines[0] if lines else "(nothing)"
        self.rows.append((fault, sees, str(done.returncode)))
        told = len(lines) == 1 and words.startswith("mxsweep: ") if named else not lines
        crashed = "Sanitizer" in words or "runtime error" in words or done.returncode in (134, 136, 139, -6, -11)
        good = done.returncode in codes and told and all(word in words for word in named) and not crashed
        expected = f"one line with {', '.join(named)}" if named else "no word"
        more = f"; it says {words[:600]!r}" if len(lines) > 1 else ""
        forget_interrupted()
        return check(good, f"{fault} | {sees} | {done.returncode}",
                     f"expected {' or '.join(map(str, codes))}, {expected}{more}")

    def text(self):
        head = ("fault", "what the user sees", "exit code")
        widths = [max(len(row[column]) for row in (head, *self.rows)) for column in (0, 1)]
        rows = [head, ("-" * widths[0], "-" * widths[1], "---"), *self.rows]
        return "".join(f"{fault:{widths[0]}} | {sees:{widths[1]}} | {code}\n" for fault, sees, code in rows)

    def write(self):
        """To table.txt, and to standard output."""
        text = self.text()
        (self.folder / "table.txt").write_text(text, encoding="utf-8")
        for line in text.splitlines():
            note(line)


def check_rows(path, count, what):
    """A CSV with that many rows."""
    rows = len(read_csv(path)) if path.exists() else 0
    check(rows == count, f"  {what}: all {count} rows are in {path.name}", f"{rows} rows")


def check_left(folder, allowed, what):
    """Nothing lies in a folder but these."""
    left = sorted(path.name for path in folder.iterdir())
    check(not set(left) - set(allowed), f"  {what}: nothing is left beside the outputs",
          sorted(set(left) - set(allowed)))


def verdicts(path):
    """How often each verdict, and each reason of what was not tested, but for what is no gap."""
    cards = read_json(path) if path.exists() else []
    reasons = collections.Counter(found.get("reason") for card in cards for found in card["checks"]
                                  if found["outcome"] == "not_tested" and found.get("reason") not in NO_GAP)
    return collections.Counter(card["verdict"] for card in cards), reasons


def check_known(path, count, what, reasons=()):
    """All rows, none worse than `pass`, and nothing untested but for these reasons."""
    judged, untested = verdicts(path)
    check(sum(judged.values()) == count, f"  {what}: all {count} rows are there", dict(judged))
    check(not judged["fail"] and not judged["warn"], f"  {what}: no domain is worse for it", dict(judged))
    check(not set(untested) - set(reasons), f"  {what}: untested " + (f"only as {', '.join(reasons)}" if reasons
                                                                     else "nothing"), dict(untested))
    return judged
