"""Other programs that speak TLS at port 25, each asked about a host in its own way; what they say, in the words of
tests/system/tls-peers: `tls` (yes, no), `version`, `trusted` (does the chain lead to the lab's root, dates apart where
the peer can tell), `name` (does the certificate name the host), `ends` (when it does), `expired`. What a peer has no
word for is absent. `text` is all that it wrote."""

import collections
import functools
import re
import subprocess
import xml.etree.ElementTree
from datetime import datetime

FIELDS = ("tls", "version", "trusted", "name", "ends", "expired")
ROOTS = "/run/mxsweep-lab/certs/ca.pem"
SUITES = "ALL:eNULL:@SECLEVEL=0"  # as mxsweep: whatever the library can
PATIENCE = 20  # seconds for one command
EHLO = "scanner.mxlab-operator.net"

Host = collections.namedtuple("Host", "name ip")


def run_peer(inside, *words):
    """All that it writes; what takes too long is ended, and has said what it said."""
    done = inside.run("timeout", PATIENCE, *words, errors="replace")
    return done.stdout + done.stderr


def bracketed(ip):
    return f"[{ip}]" if ":" in ip else ip


def time_of(text):
    """`Jan  1 00:00:00 2045 GMT` as a scorecard has it."""
    when = datetime.strptime(" ".join(text.split()), "%b %d %H:%M:%S %Y GMT")
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def first_certificate(text):
    """The peer's own; swaks puts a mark before each of its lines."""
    text = re.sub(r"^=== ", "", text, flags=re.M)
    found = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", text, re.S)
    return found[0] if found else None


@functools.cache
def dates_of(pem):
    """Until when a certificate is valid, and whether that is over."""
    done = subprocess.run(["openssl", "x509", "-noout", "-enddate", "-checkend", "0"], input=pem, encoding="utf-8",
                          capture_output=True, check=False)
    ends = re.search(r"notAfter=(.*)", done.stdout)
    return {"ends": time_of(ends[1]), "expired": "yes" if done.returncode else "no"} if ends else {}


NO_CERTIFICATE = {name: "no certificate" for name in FIELDS[2:]}

# ---- openssl s_client

DATE_ERRORS = {9, 10}  # not yet valid, expired
NAME_ERRORS = {62}


def errors_of(text):
    """(depth, number) of each error of its verification."""
    depth, errors = 0, set()
    for found in re.finditer(r"^depth=(\d+)|^verify error:num=(\d+)", text, re.M):
        if found[1]:
            depth = int(found[1])
        else:
            errors.add((depth, int(found[2])))
    return errors


def s_client(inside, host):
    text = run_peer(inside, "openssl", "s_client", "-starttls", "smtp", "-name", EHLO, "-connect",
                    f"{bracketed(host.ip)}:25", "-servername", host.name, "-verify_hostname", host.name, "-CAfile",
                    ROOTS, "-no-CApath", "-no-CAstore", "-min_protocol", "TLSv1", "-cipher", SUITES, "-showcerts",
                    "-state")
    version = re.search(r"^    Protocol  : (\S+)", text, re.M) or re.search(r"^New, (TLSv1\.3), Cipher is", text, re.M)
    if version is None or not all(f"SSLv3/TLS {way} finished" in text for way in ("read", "write")):
        return {"tls": "no", "text": text}  # it names what was agreed on of a handshake that failed, too
    said = {"tls": "yes", "version": version[1], "text": text}
    pem = first_certificate(text)
    if pem is None:
        return {**said, **NO_CERTIFICATE}
    errors = errors_of(text)
    other = {(depth, number) for depth, number in errors
             if number not in NAME_ERRORS and not (depth == 0 and number in DATE_ERRORS)}
    return {**said, "trusted": "no" if other else "yes", **dates_of(pem),
            "name": "no" if NAME_ERRORS & {number for _, number in errors} else "yes"}


# ---- posttls-finger

def finger_once(inside, host, level):
    place = f"ipv6:{host.ip}" if ":" in host.ip else host.ip
    return run_peer(inside, "env", "MAIL_CONFIG=/run/mxsweep-lab/postfix", "posttls-finger", "-c", "-C", "-t", "10",
                    "-T", "10", "-l", level, "-F", ROOTS, "-s", host.name, "-o", f"tls_medium_cipherlist={SUITES}",
                    f"[{place}]:25", host.name)


def finger(inside, host):
    """Of names it speaks where it insists on one, and then only if nothing else is wrong; where it is not content,
    it is asked again without that, whether it trusts the chain."""
    insisting = finger_once(inside, host, "verify")
    text = insisting if "Verified TLS" in insisting else finger_once(inside, host, "encrypt")
    found = re.search(r"(\w+) TLS connection established to .*?: (\S+) with cipher", text)
    if found is None:
        return {"tls": "no", "text": text}
    said = {"tls": "yes", "version": found[2], "text": text}
    pem = first_certificate(text)
    if pem is None:
        return {**said, **NO_CERTIFICATE}
    names = {"matched peername": "yes", "hostname mismatch": "no"}
    return {**said, "trusted": "yes" if found[1] in ("Verified", "Trusted") else "no", **dates_of(pem),
            "name": next((word for sign, word in names.items() if sign in insisting), None)}


# ---- swaks

def swaks(inside, host):
    """It says nothing of a session that it does not trust, and is asked again without that. It looks at no name."""
    words = ("swaks", "--server", host.ip, "--port", "25", "--ehlo", EHLO, "--timeout", "10", "--tls", "--tls-sni",
             host.name, "--tls-cipher", SUITES, "--quit-after", "TLS", "--tls-get-peer-cert")
    begun = "TLS started with cipher"
    text = run_peer(inside, *words, "--tls-verify", "--tls-ca-path", ROOTS)
    trusted = begun in text
    if not trusted:
        text = run_peer(inside, *words)
    found = re.search(rf"{begun} (\S+?):", text)
    if found is None:
        return {"tls": "no", "text": text}
    return {"tls": "yes", "version": found[1], "trusted": "yes" if trusted else "no",
            **dates_of(first_certificate(text)), "text": text}


# ---- sslscan

SCANNED_VERSIONS = {"1.0": "TLSv1", "1.1": "TLSv1.1", "1.2": "TLSv1.2", "1.3": "TLSv1.3"}
SCAN_NOTHING_ELSE = ("--no-ciphersuites", "--no-fallback", "--no-renegotiation", "--no-compression", "--no-groups",
                     "--no-heartbleed")


def sslscan(inside, host):
    """The best version that it finds, and the dates. It asks neither whom a chain leads to nor whom it names."""
    text = run_peer(inside, "sslscan", "--starttls-smtp", f"--sni-name={host.name}", *SCAN_NOTHING_ELSE,
                    "--show-certificate", "--timeout=5", "--xml=-",
                    f"{bracketed(host.ip)}:25")
    try:
        tree = xml.etree.ElementTree.fromstring(text[text.index("<?xml"):])
    except (ValueError, xml.etree.ElementTree.ParseError):
        return {"tls": "no", "text": text}
    versions = sorted(one.get("version") for one in tree.iter("protocol")
                      if one.get("type") == "tls" and one.get("enabled") == "1")
    if not versions:
        return {"tls": "no", "text": text}
    said = {"tls": "yes", "version": SCANNED_VERSIONS[versions[-1]], "text": text}
    ends, expired = (tree.find(f".//{name}") for name in ("not-valid-after", "expired"))
    if ends is None:
        return said
    return {**said, "ends": time_of(ends.text), "expired": "yes" if expired.text == "true" else "no"}


PEERS = {"openssl": s_client, "posttls-finger": finger, "swaks": swaks, "sslscan": sslscan}
