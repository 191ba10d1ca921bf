"""The part of bench/run about port 25: CPU of a session, and memory of many that are open."""

import subprocess

from measuring import BUILT, figures_of, measure, server, spread

CLIENT = BUILT / "bench/bench_smtp"
SERVER = BUILT / "bench/bench_smtp_responder"
PORT = 25
OPEN = 5000


def certificate(folder):
    """A key and a certificate of RSA 2048, as most mail servers have."""
    path = folder / "mx.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=mx.mail-bench.test",
                    "-keyout", folder / "mx.key", "-out", path], check=True, capture_output=True)
    path.write_text((folder / "mx.key").read_text() + path.read_text())
    return path


def run_sessions(count, at_once, *options, serving=()):
    with server(SERVER, *serving, PORT):
        used = measure([CLIENT, "--sessions", count, "--at-once", at_once, *options, PORT])
    if used["code"] != 0:
        raise SystemExit(f"bench/run: sessions: {used['text']}")
    return figures_of(used["text"])


def print_part(folder, rounds):
    cert = certificate(folder)
    secure = ("--cert", cert)
    plain = [run_sessions(20000, 500)["us_each"] for _ in range(rounds)]
    starttls = [run_sessions(3000, 200, "--tls", serving=secure)["us_each"] for _ in range(rounds)]
    held = run_sessions(OPEN, OPEN, "--per-second", 500, "--tls", serving=(*secure, "--hold", OPEN))
    print("\n| a session on port 25 | µs of CPU |\n| --- | ---: |")
    print(f"| connect, greeting, EHLO, QUIT | {spread(plain)} |")
    print(f"| the same with STARTTLS and a second EHLO | {spread(starttls)} |")
    print(f"\n{OPEN:,} TLS sessions open at once: {held['resident'] / 2**20:.0f} MiB resident at most, "
          f"{held['resident'] / OPEN / 1024:.0f} KiB each.")
