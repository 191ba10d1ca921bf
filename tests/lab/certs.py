"""The lab's certificate authority and the certificates of its mail hosts.

Dates are fixed, 2020 to 2045, so that a lab built today says the same in years.
"""

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
# What follows `cert=` in servers.tsv: dates of the certificate; all others are VALID.
DATES = {
    "expired": ("20200101000000Z", "20210101000000Z"),
    "future": ("20440101000000Z", "20450101000000Z"),
}


def openssl(folder, *arguments):
    """Runs openssl in the folder of the certificates; its own words are the error."""
    command = ["openssl", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]}: {done.stderr.strip()}")


def request(folder, name, subject, *extensions):
    """Makes NAME.key, once, and NAME.csr."""
    key = f"{name}.key"
    if not (folder / key).exists():
        openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
    added = [word for extension in extensions for word in ("-addext", extension)]
    openssl(folder, "req", "-new", "-key", key, "-out", f"{name}.csr", "-subj", subject, *added)


def sign(folder, name, dates, *how):
    """Makes NAME.pem from NAME.csr."""
    openssl(folder, "ca", "-batch", "-notext", "-config", "ca.cnf", *how, "-in", f"{name}.csr",
            "-out", f"{name}.pem", "-startdate", dates[0], "-enddate", dates[1])


def make_authority(folder):
    """The root certificate that the lab trusts in place of the system's; made once and kept."""
    if (folder / "ca.pem").exists():
        return
    (folder / "issued").mkdir(parents=True, exist_ok=True)
    (folder / "ca.cnf").write_text(CA_CONFIG)
    (folder / "index").write_text("")
    request(folder, "ca", "/CN=mxsweep lab root",
            "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign")
    sign(folder, "ca", VALID, "-selfsign", "-keyfile", "ca.key")


def make_leaf(folder, name, hosts):
    """NAME.key and NAME.pem for these hosts. `self`, `expired`, `future` and `othername` are what
    their names say."""
    if name == "othername":
        hosts = ["mx.elsewhere-mxlab.net"]
    names = ",".join(f"DNS:{host}" for host in hosts)
    request(folder, name, f"/CN={hosts[0]}", f"subjectAltName={names}")
    signer = ["-cert", "ca.pem", "-keyfile", "ca.key"]
    if name == "self":
        signer = ["-selfsign", "-keyfile", f"{name}.key"]
    sign(folder, name, DATES.get(name, VALID), *signer)


def make_certificates(folder, servers):
    """A certificate for each name that options of servers.tsv have after `cert=`."""
    make_authority(folder)
    hosts = {}
    for server in servers:
        if server.kind in ("postfix", "fake"):
            hosts.setdefault(server.options.get("cert", "lab"), []).append(server.host)
    for name, names in hosts.items():
        make_leaf(folder, name, names)
