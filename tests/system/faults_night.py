"""Night files that somebody else wrote: cut, overwritten, with fields that make no sense. `score` and
`facts` end in bounded time, and when rows or facts cannot be read they say so: never a shorter table
and exit code 0."""

import random
import shutil
import sqlite3
import subprocess

from harness import LAB_INI, RELEASE, SANITIZED, check, read_csv, run

LONGEST = 60
PAGE = 4096
# Damage of the file itself is bad data, or no night file at all.
DAMAGED = (65, 66)


class Nights:
    def __init__(self, table, whole):
        self.table, self.folder, self.whole = table, table.folder, whole
        self.bytes = self.whole.read_bytes()
        self.rows = 300

    def made(self, name, data):
        path = self.folder / f"{name}.night"
        path.write_bytes(data)
        return path

    def score(self, path):
        csv = self.folder / "damaged.csv"
        csv.unlink(missing_ok=True)
        try:
            done = run(SANITIZED, "score", "--config", LAB_INI, "--csv", csv, path, timeout=LONGEST)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess([], -1, "", f"mxsweep: no end within {LONGEST} s"), 0
        return done, len(read_csv(csv)) if csv.exists() else 0


def damaged(n, what, path):
    """Both commands tell of it."""
    done, rows = n.score(path)
    n.table.tell(f"{what}: score", done, DAMAGED, path.name)
    if done.returncode == 0:
        check(rows == n.rows, f"  {what}: exit code 0 only with all {n.rows} rows", f"{rows} rows")
    facts = run(SANITIZED, "facts", path, stdout=subprocess.DEVNULL)
    n.table.tell(f"{what}: facts", facts, DAMAGED, path.name)


def cut(n):
    size = len(n.bytes)
    for what, left in (("at its first page", PAGE), ("in the middle", size // 2),
                       ("before its last page", size - PAGE)):
        damaged(n, f"night file cut {what}", n.made("cut", n.bytes[:left]))


def overwritten(n):
    """Random bytes all over, but for the first page; several times, since they fall on other things."""
    for seed in range(3):
        data, dice = bytearray(n.bytes), random.Random(seed)
        for _ in range(500):
            data[dice.randrange(PAGE, len(data))] = dice.randrange(256)
        damaged(n, f"night file with random bytes, {seed + 1}", n.made("noise", data))


def without_tables(n):
    for table in ("rows", "facts", "domains", "meta"):
        path = n.folder / "without.night"
        shutil.copy(n.whole, path)
        with sqlite3.connect(path) as night:
            night.execute(f"DROP TABLE {table}")
        night.close()
        damaged(n, f"night file without its {table}", path)


def scrambled(dice, value):
    value = bytearray(value or b"")
    for _ in range(len(value) // 20 + 1):
        if value:
            value[dice.randrange(len(value))] = dice.randrange(256)
    return bytes(value)


FIELDS = (("facts", "key", "value"), ("domains", "name", "facts"), ("rows", "id", "known"), ("rows", "id", "cells"),
          ("meta", "key", "value"))
TRICKS = {
    "random octets among them": scrambled,
    "cut": lambda dice, value: (value or b"")[: len(value or b"") * 2 // 3],
    "nothing in it": lambda dice, value: None,
    "octets 255": lambda dice, value: b"\xff" * 40,
    "noise": lambda dice, value: dice.randbytes(dice.randrange(200)),
}


def fields(n):
    """The database is sound, what it holds is not: such facts count as not recorded."""
    for table, key, column in FIELDS:
        for trick, change in TRICKS.items():
            path, dice = n.folder / "fields.night", random.Random(7)
            shutil.copy(n.whole, path)
            with sqlite3.connect(path) as night:
                held = night.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key} LIMIT 400").fetchall()
                night.executemany(f"UPDATE {table} SET {column}=? WHERE {key}=?",
                                  [(change(dice, value), name) for name, value in held])
            night.close()
            what = f"{table}.{column}, {trick}"
            done, rows = n.score(path)
            sane = "Sanitizer" not in done.stderr and "runtime error" not in done.stderr
            check(sane and (done.returncode in DAMAGED and done.stderr.count("\n") == 1 or
                            done.returncode == 0 and rows >= n.rows),
                  f"  {what}: score ends with {done.returncode}, {rows} rows", done.stderr.strip()[:2000])
            facts = run(SANITIZED, "facts", path, stdout=subprocess.DEVNULL)
            check(facts.returncode in (0, *DAMAGED) and "Sanitizer" not in facts.stderr,
                  f"  {what}: facts ends with {facts.returncode}", facts.stderr.strip()[:2000])


def make(table, inside):
    """The night of 300 domains that is damaged then."""
    night = table.folder / "whole.night"
    done = inside.run(RELEASE, "scan", "--config", LAB_INI, "--csv", "/dev/null", "--night", night,
                      table.folder / "300.csv")
    check(done.returncode == 0, "a night of 300 domains to damage", done.stderr.strip())
    return night


def test(table, night):
    nights = Nights(table, night)
    for part in (cut, overwritten, without_tables, fields):
        part(nights)
