"""Zone files, signed where they must be: customers, registries, the root and the reverse trees.

Signatures are valid from 2020 to 2045, so that zones can be kept and no test depends on the date.
"""

import base64
import shutil
import subprocess

import archetypes
import records
from tables import SUFFIXES

SOA = "@ SOA ns1.mxlab-dns.net. hostmaster.mxlab-dns.net. 1 14400 3600 1209600 300\n"
DATES = ("-i", "20200101000000", "-e", "20450101000000")
PAST = ("-i", "20200101000000", "-e", "20210101000000")
OPT_OUT = ["-n", "-p", "-t", "0"]  # NSEC3 without the unsigned delegations, as large registries do
BOGUS_DS = "1 13 2 " + "ab" * 32


def run(*command, cwd=None):
    """The output of a command; what it says on failure is the error."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {(done.stderr or done.stdout).strip()}")
    return done.stdout.strip()


def name_servers(zone, servers):
    """NS records of a zone."""
    return "".join(f"{zone} NS {server}.mxlab-dns.net.\n" for server in servers)


class Signer:
    """Writes zone files below the state folder. Keys are made once and kept."""

    def __init__(self, state):
        self.folder = state / "zones"
        self.keys = state / "keys"
        self.folder.mkdir(exist_ok=True)
        self.keys.mkdir(exist_ok=True)

    def key(self, zone):
        """The path, without its ending, of a zone's signing key."""
        pointer = self.keys / f"{zone or 'root'}.name"
        if not pointer.exists():
            made = run("ldns-keygen", "-k", "-a", "ECDSAP256SHA256", f"{zone}.", cwd=self.keys)
            pointer.write_text(made)
        return f"{self.keys}/{pointer.read_text()}"

    def ds(self, zone):
        """The DS record that the parent publishes."""
        return run("ldns-key2ds", "-n", "-2", f"{self.key(zone)}.key") + "\n"

    def dkim_key(self):
        """The public half, in base64, of one RSA key for every selector of the lab."""
        path = self.keys / "dkim.pem"
        if not path.exists():
            run("openssl", "genrsa", "-out", str(path), "2048")
        command = ["openssl", "rsa", "-in", path, "-pubout", "-outform", "der"]
        key = subprocess.run(command, check=True, capture_output=True).stdout
        return base64.b64encode(key).decode()

    def write(self, zone, servers, text):
        """An unsigned zone file; returns its name."""
        name = f"{zone or 'root'}.zone"
        head = f"$ORIGIN {zone}.\n$TTL 300\n{SOA}{name_servers('@', servers)}"
        (self.folder / name).write_text(head + text)
        return name

    def sign(self, zone, *how, dates=DATES):
        """Signs the zone's file; returns the name of the signed one."""
        name = f"{zone or 'root'}.zone"
        run("ldns-signzone", *dates, *how, "-o", f"{zone}.", "-f", f"{name}.signed", name,
            self.key(zone), cwd=self.folder)
        return f"{name}.signed"


def write_customers(signer, space):
    """The zones below the suffixes and the reverse zones: {zone: file}."""
    files = {}
    for zone, lines in space.zones.items():
        if space.has(zone, "!lame"):  # delegated, but the server knows nothing of it: REFUSED
            continue
        files[zone] = signer.write(zone, space.name_servers(zone), "".join(lines))
        if space.has(zone, "!expired"):
            files[zone] = signer.sign(zone, dates=PAST)
        elif space.has(zone, "!signed", "!bogus"):
            files[zone] = signer.sign(zone)
    return files


def delegation(signer, space, zone):
    """What the registry says of a customer's zone."""
    text = name_servers(f"{zone}.", space.name_servers(zone))
    if space.has(zone, "!bogus"):
        text += f"{zone}. DS {BOGUS_DS}\n"
    elif space.has(zone, "!signed", "!expired"):
        text += signer.ds(zone)
    return text


def write_registries(signer, space):
    """The suffixes' own zones: {zone: file}."""
    files = {}
    for suffix in SUFFIXES:
        text = "".join(delegation(signer, space, zone) for zone in space.zones
                       if zone.partition(".")[2] == suffix)
        if suffix == "net":
            text += "".join(" ".join(record) + "\n" for record in records.NAME_SERVERS)
        if suffix == "uk":
            text += "co.uk. NS tld.mxlab-dns.net.\n" + signer.ds("co.uk")
        signer.write(suffix, ["tld"], text)
        files[suffix] = signer.sign(suffix, *OPT_OUT)
        for name in (f"{suffix}.zone", f"{suffix}.zone.signed"):  # for `serve` to begin from
            shutil.copy(signer.folder / name, signer.folder / f"{name}.built")
    return files


def write_root(signer):
    """The root and the reverse trees above the customers' reverse zones: {zone: file}."""
    to_customers = [f"{zone}. NS ns1.mxlab-dns.net.\n" for zone in records.REVERSE]
    trees = ("in-addr.arpa", "ip6.arpa")
    texts = {tree: "".join(line for line in to_customers if tree in line) for tree in trees}
    texts["arpa"] = "".join(f"{tree}. NS root.mxlab-dns.net.\n{signer.ds(tree)}" for tree in trees)
    tops = "".join(f"{suffix}. NS tld.mxlab-dns.net.\n{signer.ds(suffix)}"
                   for suffix in SUFFIXES if "." not in suffix)
    glue = "".join(" ".join(record) + "\n" for record in records.NAME_SERVERS[:2])
    texts[""] = f"{tops}{glue}arpa. NS root.mxlab-dns.net.\n{signer.ds('arpa')}"
    files = {}
    for zone, text in texts.items():
        signer.write(zone, ["root"], text)
        files[zone] = signer.sign(zone)
    return files


def serve(state, names, silent=()):
    """Makes registries and customers' server know these names besides those of the tables."""
    signer = Signer(state)
    archetypes.write_silent(signer.folder / archetypes.SILENT, len(silent))
    (state / "nsd-customers" / "zone.list").write_text(archetypes.zone_list(names, silent))
    more = {suffix: [] for suffix in SUFFIXES}
    for name in [*names, *silent]:
        more[name.partition(".")[2]].append(f"{name}. NS ns1.mxlab-dns.net.\n")
    for suffix, lines in more.items():
        path = signer.folder / f"{suffix}.zone"
        if lines:
            path.write_text((signer.folder / f"{suffix}.zone.built").read_text() + "".join(lines))
            signer.sign(suffix, *OPT_OUT)
        else:
            shutil.copy(f"{path}.signed.built", f"{path}.signed")
