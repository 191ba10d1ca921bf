"""Many domains from few zones: the archetypes' mail hosts, and the names that are served from them.

A domain costs a delegation in its registry and one line of NSD's zone list. Its records come from
the template of a mail host, so that any number of domains needs no file each.
"""

import csv
import re

from tables import SUFFIXES, Server, TableError

HOSTS = 64  # each of a registrable domain and a network of its own, as unrelated providers are
PATTERNS = [f"archetype{number:02d}" for number in range(HOSTS)]
SELECTOR = "s1"

TEMPLATE = """\
$TTL 300
@ SOA ns1.mxlab-dns.net. hostmaster.mxlab-dns.net. 1 14400 3600 1209600 300
@ NS ns1.mxlab-dns.net.
@ MX 10 mx.{mail}.
@ A {network}.80
@ TXT "v=spf1 include:_spf.{mail} -all"
{selector}._domainkey CNAME {selector}.dkim.{mail}.
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@{mail}"
_mta-sts TXT "v=STSv1; id=20260101000000"
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@{mail}"
"""


SILENT = "silent"
SILENT_ZONE = """\
$TTL 300
@ SOA ns1.mxlab-dns.net. hostmaster.mxlab-dns.net. 1 14400 3600 1209600 300
@ NS ns1.mxlab-dns.net.
@ MX 10 mx
mx A {address}
@ TXT "v=spf1 mx -all"
"""


def mail_domain(number):
    """The registrable domain of a mail host."""
    return f"mail{number:02d}-mxlab.net"


def network(number):
    """The first three octets of a mail host's network."""
    return f"198.18.{number}"


def servers():
    """The mail hosts, as if they stood in servers.tsv."""
    for number in range(HOSTS):
        host = f"mx.{mail_domain(number)}"
        options = {"cert": "archetypes"}
        yield Server(host, [f"{network(number)}.25"], "postfix", host, [host], options)


def shared_records(key):
    """What the domains refer to at their mail hosts' domains: mailboxes for reports, SPF records
    and the DKIM key."""
    shared = []
    for number in range(HOSTS):
        mail = mail_domain(number)
        shared += [
            (f"{mail}.", "MX", f"10 mx.{mail}."),
            (f"*._report._dmarc.{mail}.", "TXT", '"v=DMARC1"'),
            (f"_spf.{mail}.", "TXT", f'"v=spf1 ip4:{network(number)}.0/24 -all"'),
            (f"{SELECTOR}.dkim.{mail}.", "TXT", f'"v=DKIM1; k=rsa; p={key}"'),
        ]
    return shared


def write_templates(folder):
    """One zone file for each mail host, with relative names only."""
    for number, name in enumerate(PATTERNS):
        text = TEMPLATE.format(mail=mail_domain(number), network=network(number), selector=SELECTOR)
        (folder / f"{name}.zone").write_text(text)


def zone_list(names, silent):
    """NSD's list of the zones that follow a pattern; it insists on these two comment lines."""
    lines = ["# NSD zone list", "# name pattern"]
    lines += [f"add {name} {PATTERNS[index % HOSTS]}" for index, name in enumerate(names)]
    lines += [f"add {name} {SILENT}" for name in silent]
    return "\n".join(lines) + "\n"


def made_names(count):
    """The names of `lab up --mass COUNT`."""
    return [f"d{number:07d}-mxlab.com" for number in range(count)]


def silent_names(count):
    """The names of `lab up --silent COUNT`: each with a mail host of its own, which nobody is."""
    return [f"s{number:07d}-mxlab.com" for number in range(count)]


def write_silent(folder, count):
    """Their zones, one file each."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(silent_names(count)):
        address = f"198.19.{number // 250}.{number % 250 + 1}"
        (folder / f"{name}.zone").write_text(SILENT_ZONE.format(address=address))


def names_of(path):
    """The domains of a CSV that can be delegated, and how many others there are.

    They are taken from the column "Domain name" or "domain", and must lie one label below a suffix
    that the lab serves."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(line for line in file if not line.startswith("#"))
        columns = [name for name in table.fieldnames or ()
                   if name.strip().lower() in ("domain name", "domain")]
        if not columns:
            raise TableError(f'{path}: no column "Domain name" or "domain"')
        names = {(row[columns[0]] or "").strip().lower() for row in table}
    suffixes = "|".join(map(re.escape, SUFFIXES))
    usable = re.compile(rf"[a-z0-9]([a-z0-9-]{{0,61}}[a-z0-9])?\.({suffixes})")
    taken = sorted(name for name in names if usable.fullmatch(name))
    return taken, len(names) - len(taken)
