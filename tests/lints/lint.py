"""What the lints share: the tree's files, and one line for each thing that is wrong.

A lint is a program of its own. It prints `ok …`, or a line `FAILED file:line: what` for each find, and
exits 1 when there was one."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_OURS = {".git", "build", "__pycache__"}


def files(*suffixes, below=("",)):
    """Paths relative to the tree, of files with one of these suffixes (all when none is given)."""
    for folder in below:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT)
            if path.is_file() and not NOT_OURS & set(name.parts) and (
                    not suffixes or path.suffix in suffixes):
                yield name


def lines(name):
    """(number, line) of a text file; nothing of any other file."""
    try:
        text = (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    return list(enumerate(text.splitlines(), 1))


def finish(finds, text):
    """Prints what was found, [(file, line, what)], or that all is well, and ends the process."""
    for name, number, what in finds:
        print(f"FAILED {name}:{number}: {what}")
    if not finds:
        print(f"ok {text}")
    sys.exit(1 if finds else 0)
