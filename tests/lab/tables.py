"""The lab's tables: what a newcomer extends by one line, read into plain objects."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent

# The state folder as every process inside the lab sees it: a short path that any user may enter,
# wherever the project lies.
INSIDE = "/run/mxsweep-lab"

# Public suffixes that the lab's own registries serve. Names live one label below them.
SUFFIXES = ("com", "net", "org", "de", "uk", "co.uk", "gov")


class TableError(Exception):
    """A line of a table that cannot be used; the text says which and why."""


@dataclass
class Server:
    """A line of servers.tsv: a mail host, its addresses and how it behaves on port 25."""
    host: str
    addresses: list
    kind: str
    greeting: str
    ptr: list
    options: dict


@dataclass
class Case:
    """A line of cases.tsv: a row of the sweep's input, its zone and what must be said of it."""
    domain: str
    customer: str
    input: dict
    servers: list
    zone: str
    expect: list
    what: str


@dataclass
class Policy:
    """A line of policies.tsv: a policy host of MTA-STS and what it serves."""
    domain: str
    address: str
    options: dict
    lines: list

    @property
    def host(self):
        return f"mta-sts.{self.domain}"


def rows(path, columns):
    """The lines of a tab-separated table as dictionaries. Its first line names the columns."""
    header = None
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != columns:
                raise TableError(f"{path}:{number}: the columns must be: {' '.join(columns)}")
            continue
        if len(cells) != len(header):
            raise TableError(f"{path}:{number}: {len(cells)} cells instead of {len(header)}")
        yield dict(zip(header, cells))


def optional(cell, default=""):
    """`-` stands for an empty cell, so that a table stays readable."""
    return default if cell == "-" else cell


def pairs(cell):
    """`name=value name='a value with blanks'` as a dictionary."""
    try:
        return dict(word.split("=", 1) for word in shlex.split(optional(cell)))
    except ValueError:
        raise TableError(f"not name=value: {cell}") from None


def repeated(text):
    """The texts that `<N*TEXT>` stands for; {n} in TEXT counts from 1. None when that is not all."""
    found = re.fullmatch(r"<(\d+)\*([^<>]*)>", text)
    if found is None:
        return None
    return [found[2].replace("{n}", str(number)) for number in range(1, int(found[1]) + 1)]


def expand(text):
    """The text with what `<N*TEXT>` stands for in its place."""
    return re.sub(r"<\d+\*[^<>]*>", lambda found: "".join(repeated(found[0])), text)


def read_servers(path=HERE / "servers.tsv"):
    """The mail hosts. `=` as greeting or PTR name stands for the host's own name."""
    servers = []
    for row in rows(path, ["host", "addresses", "kind", "greeting", "ptr", "options"]):
        same = lambda name: row["host"] if name == "=" else name
        servers.append(Server(
            host=row["host"],
            addresses=row["addresses"].split(),
            kind=row["kind"],
            greeting=same(row["greeting"]),
            ptr=[same(name) for name in optional(row["ptr"]).split()],
            options=pairs(row["options"])))
    return servers


def read_policies(path=HERE / "policies.tsv"):
    """The policy hosts."""
    return [Policy(
        domain=row["domain"],
        address=row["address"],
        options=pairs(row["options"]),
        lines=[line for line in optional(row["policy"]).split(" | ") if line],
    ) for row in rows(path, ["domain", "address", "options", "policy"])]


def read_cases(path=HERE / "cases.tsv"):
    """The rows of the sweep, in the order of the input file."""
    columns = ["domain", "customer", "input", "servers", "zone", "expect", "case"]
    return [Case(
        domain=optional(row["domain"]),
        customer=optional(row["customer"]),
        input={name: value.replace(",", " ") for name, value in pairs(row["input"]).items()},
        servers=optional(row["servers"]).split(),
        zone=optional(row["zone"]),
        expect=optional(row["expect"]).split(),
        what=row["case"]) for row in rows(path, columns)]


def ascii_name(name):
    """A domain name as DNS carries it: A-labels, lower case."""
    return name.encode("idna").decode().lower()
