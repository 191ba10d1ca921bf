"""The lab's certificate authority and the certificates of its mail and policy hosts.

Dates are fixed, 2020 to 2045, so that a lab built today says the same in years.
"""

import hashlib
import subprocess

CA_CONFIG = """\
[ca]
default_ca = lab
[lab]
database = index
rand_serial = yes
new_certs_dir = issued
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""

VALID = ("20200101000000Z", "20450101000000Z")
PAST = ("20200101000000Z", "20210101000000Z")
FUTURE = ("20440101000000Z", "20450101000000Z")

# Authorities besides the root, which alone is trusted: the name of their issuer, None for
# themselves, and their dates.
AUTHORITIES = {
    "private": (None, VALID),
    "middle": ("ca", VALID),
    "lapsed": ("ca", PAST),
}

# What follows `cert=` in servers.tsv and policies.tsv: how the certificate differs from the usual one, which names
# its hosts, has a P-256 key, is of the root, and is valid.
# dates; issuer (None: itself); behind: authorities that are served with it; names: in place of the
# hosts; common: only the common name says the host; bits: of an RSA key; digest: of the signature;
# purpose: extendedKeyUsage.
KINDS = {
    "lab": {},
    "archetypes": {},
    "self": {"issuer": None},
    "expired": {"dates": PAST},
    "expiredchain": {"dates": PAST, "issuer": "middle", "behind": ["middle"]},
    "byname": {},
    "future": {"dates": FUTURE},
    "othername": {"names": ["mx.elsewhere-mxlab.net"]},
    "private": {"issuer": "private", "behind": ["private"]},
    "intermediate": {"issuer": "middle", "behind": ["middle"]},
    "cut": {"issuer": "middle"},
    "unordered": {"issuer": "middle", "behind": ["private", "middle"]},
    "long": {"issuer": "middle", "behind": ["middle"] * 30},
    "huge": {"issuer": "middle", "behind": ["middle"] * 300},
    "lapsed": {"issuer": "lapsed", "behind": ["lapsed"]},
    "clients": {"purpose": "clientAuth"},
    "wildcard": {"names": ["*.wildcard-mxlab.com"]},
    "commonname": {"common": True},
    "rsa": {"bits": 2048},
    "weakkey": {"bits": 1024},
    "sha1": {"digest": "sha1"},
}


def openssl(folder, *arguments):
    """Runs openssl in the folder of the certificates; its own words are the error."""
    command = ["openssl", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]}: {done.stderr.strip()}")


def request(folder, name, subject, *extensions, bits=None):
    """Makes NAME.key, once, and NAME.csr."""
    key = f"{name}.key"
    if not (folder / key).exists():
        kind = ["RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}"] if bits else [
            "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        openssl(folder, "genpkey", "-algorithm", *kind, "-out", key)
    added = [word for extension in extensions for word in ("-addext", extension)]
    openssl(folder, "req", "-new", "-key", key, "-out", f"{name}.csr", "-subj", subject, *added)


def sign(folder, name, issuer, dates, digest="sha256"):
    """Makes NAME.pem from NAME.csr; without an issuer it signs itself."""
    signer = ["-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key"]
    if issuer is None:
        signer = ["-selfsign", "-keyfile", f"{name}.key"]
    openssl(folder, "ca", "-batch", "-notext", "-config", "ca.cnf", *signer, "-md", digest, "-in",
            f"{name}.csr", "-out", f"{name}.pem", "-startdate", dates[0], "-enddate", dates[1])


def make_authority(folder, name, subject, issuer, dates):
    request(folder, name, f"/CN={subject}",
            "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign")
    sign(folder, name, issuer, dates)


def make_authorities(folder):
    """The root certificate that the lab trusts in place of the system's, and others; made once and
    kept."""
    if not (folder / "ca.pem").exists():
        (folder / "issued").mkdir(parents=True, exist_ok=True)
        (folder / "ca.cnf").write_text(CA_CONFIG)
        (folder / "index").write_text("")
        make_authority(folder, "ca", "mxsweep lab root", None, VALID)
    for name, (issuer, dates) in AUTHORITIES.items():
        if not (folder / f"authority-{name}.pem").exists():
            make_authority(folder, f"authority-{name}", f"mxsweep lab {name}", issuer, dates)


def make_leaf(folder, name, kind_name, hosts):
    """NAME.key and NAME.pem for these hosts; in NAME.pem also what is served behind it."""
    kind = KINDS[kind_name]
    hosts = kind.get("names", hosts)
    extensions = []
    if "common" not in kind:
        extensions.append(f"subjectAltName={','.join(f'DNS:{host}' for host in hosts)}")
    if "purpose" in kind:
        extensions.append(f"extendedKeyUsage={kind['purpose']}")
    issuer = kind.get("issuer", "ca")
    if issuer in AUTHORITIES:
        issuer = f"authority-{issuer}"
    request(folder, name, f"/CN={hosts[0]}", *extensions, bits=kind.get("bits"))
    sign(folder, name, issuer, kind.get("dates", VALID), kind.get("digest", "sha256"))
    with (folder / f"{name}.pem").open("a") as chain:
        for behind in kind.get("behind", ()):
            chain.write((folder / f"authority-{behind}.pem").read_text())


def make_certificates(folder, servers, policy_hosts):
    """A certificate for each name that options of servers.tsv have after `cert=`, the same for
    policy hosts, {kind: hosts}, and the group of a server that has only a small one."""
    make_authorities(folder)
    hosts = {}
    for server in servers:
        if server.kind in ("postfix", "fake"):
            hosts.setdefault(server.options.get("cert", "lab"), []).append(server.host)
        if "sni" in server.options:
            name, kind = server.options["sni"].split(":")
            hosts.setdefault(kind, []).append(name)
    for name, names in hosts.items():
        make_leaf(folder, name, name, names)
    for kind, names in policy_hosts.items():
        make_leaf(folder, f"policy-{kind}", kind, names)
    openssl(folder, "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:modp_1536",
            "-out", "dh1536.pem")


def tlsa(folder, usage, selector, kind, name):
    """The data of a TLSA record of the first certificate in NAME.pem, or of its key."""
    form = ["-outform", "der"]
    command = ["openssl", "x509", "-in", f"{name}.pem", *form]
    if selector == "1":
        command = ["openssl", "x509", "-in", f"{name}.pem", "-pubkey", "-noout"]
    whole = subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout
    if selector == "1":
        whole = subprocess.run(["openssl", "pkey", "-pubin", *form], input=whole, check=True,
                               capture_output=True).stdout
    digests = {"0": bytes.hex, "1": lambda data: hashlib.sha256(data).hexdigest(),
               "2": lambda data: hashlib.sha512(data).hexdigest()}
    return f"{usage} {selector} {kind} {digests[kind](whole)}"
