"""The lab's name space: every record of the tables and of the lab itself, by zone."""

import hashlib
import ipaddress
import re

import archetypes
from tables import SUFFIXES, TableError, ascii_name, expand, repeated

ROOT, REGISTRIES, CUSTOMERS = "198.51.100.1", "198.51.100.2", "198.51.100.3"
DEAD = "198.51.100.4"  # a name server whose packets vanish
SCANNER = ("scanner.mxlab-operator.net", "198.51.100.10", "2001:db8::10")
POOL = ("pool.mxlab-operator.net", "198.51.100.11", "198.51.100.12", "2001:db8::11")  # a scanner's

REVERSE = ("113.0.203.in-addr.arpa", "100.51.198.in-addr.arpa", "18.198.in-addr.arpa",
           "19.198.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa")

NAME_SERVERS = [
    ("root.mxlab-dns.net.", "A", ROOT),
    ("tld.mxlab-dns.net.", "A", REGISTRIES),
    ("ns1.mxlab-dns.net.", "A", CUSTOMERS),
    ("dead.mxlab-dns.net.", "A", DEAD),
]

# The scanner, and the names of data/probes.tsv: real ones, served here as they are outside.
OTHERS = [
    (f"{SCANNER[0]}.", "A", SCANNER[1]),
    (f"{SCANNER[0]}.", "AAAA", SCANNER[2]),
    ("iana.org.", "A", "198.51.100.80"),
    ("google.com.", "A", "198.51.100.80"),
    ("dnssec-failed.org.", "A", "198.51.100.80"),
]
SIGNED_PROBE = "iana.org"
BROKEN_PROBE = "dnssec-failed.org"

# Its name server's packets vanish, so each question costs the scanner all its patience: no case of
# the quick sweep. Whether a resolver says SERVFAIL in time, or nothing, is chance.
DEAD_ZONE = "dead-mxlab.com"

# Words of the column zone in cases.tsv: what they stand for, and what they say of the whole zone.
PARTS = {
    "spf": '@ TXT "v=spf1 mx -all"',
    "dkim": f'{archetypes.SELECTOR}._domainkey TXT "v=DKIM1; k=rsa; p={{key}}"',
    "dmarc": '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@{domain}"',
}
STANDARD = ["mx", "spf", "dkim", "dmarc"]
TLSA = re.compile(r"\{tlsa (\d) (\d) (\d) ([\w-]+)\}")
DIGEST = re.compile(r"\{digest ([^{}]*)\}")
FLAGS = ("!signed", "!bogus", "!expired", "!lame", "!dead", "!halfdead")


def zone_of(name):
    """The zone that holds a name: a reverse zone, or one label below the longest suffix served."""
    name = name.rstrip(".")
    for zone in REVERSE:
        if name.endswith(zone):
            return zone
    labels = name.split(".")
    for start in range(1, len(labels)):
        if ".".join(labels[start:]) in SUFFIXES:
            return ".".join(labels[start - 1:])
    raise TableError(f"{name}: not below a suffix that the lab serves ({' '.join(SUFFIXES)})")


def cut_strings(rdata):
    """TXT data as a zone file needs it: no string of more than 255 octets."""
    def cut(match):
        text = match[1]
        return " ".join(f'"{text[at:at + 255]}"' for at in range(0, max(len(text), 1), 255))
    return re.sub(r'"((?:[^"\\]|\\.)*)"', cut, rdata)


class NameSpace:
    """Zones as lists of lines for a zone file, and the flags of some."""

    def __init__(self, dkim_key, tlsa):
        self.zones = {zone: [] for zone in REVERSE}
        self.flags = {}
        self.dkim_key = dkim_key
        self.tlsa = tlsa

    def add(self, owner, kind, rdata, origin="."):
        """A record. Names without a final dot are relative to the origin, `@` is the origin."""
        full = origin if owner == "@" else owner if owner.endswith(".") else f"{owner}.{origin}"
        if kind == "TXT":
            rdata = cut_strings(rdata)
        lines = self.zones.setdefault(zone_of(full), [])
        line = f"$ORIGIN {origin}\n{full} {kind} {rdata}\n"
        if line not in lines:
            lines.append(line)

    def add_flag(self, zone, flag):
        self.zones.setdefault(zone, [])
        self.flags.setdefault(zone, set()).add(flag)

    def has(self, zone, *flags):
        return bool(self.flags.get(zone, set()) & set(flags))

    def name_servers(self, zone):
        """The names of a customer's name servers."""
        if self.has(zone, "!dead"):
            return ["dead"]
        return ["dead", "ns1"] if self.has(zone, "!halfdead") else ["ns1"]

    def add_host(self, host, addresses, ptr):
        """A host's addresses, and the names that their reverse records give."""
        for address in addresses:
            self.add(f"{host}.", "AAAA" if ":" in address else "A", address)
            for name in ptr:
                self.add(f"{ipaddress.ip_address(address).reverse_pointer}.", "PTR", f"{name}.")

    def add_case(self, case):
        """The records and flags of one line of cases.tsv."""
        domain = ascii_name(case.domain)
        for part in case.zone.split(" | "):
            for word in STANDARD if part == "standard" else repeated(part) or [part]:
                self.add_word(domain, case, expand(word))

    def fill(self, record):
        """The record with keys and digests in place of what stands for them."""
        record = record.replace("{key}", self.dkim_key)
        record = TLSA.sub(lambda found: self.tlsa(*found.groups()), record)
        return DIGEST.sub(lambda found: hashlib.sha256(found[1].encode()).hexdigest(), record)

    def add_word(self, domain, case, word):
        """One part of the column zone: a flag, a word of the notation or a record."""
        if word in FLAGS:
            self.add_flag(zone_of(domain), word)
            return
        records = [PARTS.get(word, word)]
        if word == "mx":
            records = [f"@ MX {10 * place} {host}." for place, host in enumerate(case.servers, 1)]
        for record in records:
            text = self.fill(record).replace("{domain}", domain)
            if len(text.split(None, 2)) < 3:
                raise TableError(f"cases.tsv: {case.domain}: neither word nor record: {word}")
            self.add(*text.split(None, 2), origin=f"{domain}.")


def collect(dkim_key, tlsa, servers, cases):
    """Everything that DNS holds below the lab's suffixes."""
    space = NameSpace(dkim_key, tlsa)
    for record in NAME_SERVERS + OTHERS + archetypes.shared_records(dkim_key):
        space.add(*record)
    space.add_flag(SIGNED_PROBE, "!signed")
    space.add_flag(BROKEN_PROBE, "!bogus")
    space.add_flag(DEAD_ZONE, "!dead")
    for host in (SCANNER, POOL):
        space.add_host(host[0], host[1:], host[:1])
    for server in servers:
        space.add_host(server.host, server.addresses, server.ptr)
    for case in cases:
        if case.zone:
            space.add_case(case)
    return space
