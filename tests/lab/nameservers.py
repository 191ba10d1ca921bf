"""Configurations of the name servers (NSD) and of the resolvers (Unbound)."""

import shutil

import archetypes
import records
import zones
from tables import INSIDE

RESOLVERS = ("198.51.100.53", "198.51.100.54")
RECEIVE_BUFFER = 4 << 20  # a burst of 2,000 questions must fit; the kernel drops what does not

NSD_CONF = """\
server:
	server-count: 1
	username: ""
	database: ""
	zonesdir: "{inside}/zones"
	pidfile: "{inside}/pids/nsd-{name}"
	xfrdfile: "{inside}/nsd-{name}/xfrd.state"
	xfrdir: "{inside}/nsd-{name}"  # its files there bear its process number, which two labs share
	zonelistfile: "{inside}/nsd-{name}/zone.list"
	logfile: "{inside}/log/nsd-{name}.log"
	ip-address: {address}
	ip-freebind: yes
	ipv4-edns-size: 1232
	minimal-responses: yes
	hide-version: yes
	tcp-count: 500
	receive-buffer-size: {receive_buffer}
	rrl-ratelimit: 0
remote-control:
	control-enable: no
"""

UNBOUND_CONF = """\
server:
	directory: "{inside}"
	pidfile: "{inside}/pids/unbound-{number}"
	logfile: "{inside}/log/unbound-{number}.log"
	use-syslog: no
	verbosity: 1
	val-log-level: 2
	username: ""
	chroot: ""
	interface: {address}
	outgoing-interface: {address}
	ip-freebind: yes
	access-control: 0.0.0.0/0 allow
	num-threads: 1
	outgoing-range: 4096
	num-queries-per-thread: 2048
	so-rcvbuf: {receive_buffer}
	msg-cache-size: 128m
	rrset-cache-size: 256m
	root-hints: "{inside}/root.hints"
	trust-anchor-file: "{inside}/root.key"
	module-config: "validator iterator"
	infra-cache-max-rtt: 1000
	unblock-lan-zones: yes
	insecure-lan-zones: no
{reverse}	include: "{inside}/query-log.conf"
remote-control:
	control-enable: yes
	control-interface: {inside}/unbound-{number}.ctl
	control-use-cert: no
"""


def write_nsd(state, name, address, files):
    """One name server and its zones; returns the path of its configuration."""
    text = NSD_CONF.format(
        inside=INSIDE, name=name, address=address, receive_buffer=RECEIVE_BUFFER)
    for zone, file in files.items():
        text += f'zone:\n\tname: "{zone}."\n\tzonefile: "{file}"\n'
    path = state / f"nsd-{name}" / "nsd.conf"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def write_name_servers(state, signer, space):
    """Three of them: root and reverse trees, registries, customers with the archetypes."""
    write_nsd(state, "root", records.ROOT, zones.write_root(signer))
    write_nsd(state, "registries", records.REGISTRIES, zones.write_registries(signer, space))
    path = write_nsd(state, "customers", records.CUSTOMERS, zones.write_customers(signer, space))
    archetypes.write_templates(signer.folder)
    with path.open("a") as file:
        for name in archetypes.PATTERNS:
            file.write(f'pattern:\n\tname: "{name}"\n\tzonefile: "{name}.zone"\n')
        name = archetypes.SILENT
        file.write(f'pattern:\n\tname: "{name}"\n\tzonefile: "{name}/%s.zone"\n')


def write_resolvers(state, signer):
    """Two validating resolvers that start at the lab's root."""
    # Unbound answers the reverse zones of documentation ranges itself unless told not to.
    reverse = "".join(f'\tlocal-zone: "{zone}." nodefault\n' for zone in records.REVERSE)
    for number, address in enumerate(RESOLVERS, 1):
        text = UNBOUND_CONF.format(inside=INSIDE, number=number, address=address,
            reverse=reverse, receive_buffer=RECEIVE_BUFFER)
        (state / f"unbound-{number}.conf").write_text(text)
    (state / "root.hints").write_text(
        f". 3600000 NS root.mxlab-dns.net.\nroot.mxlab-dns.net. 3600000 A {records.ROOT}\n")
    shutil.copy(f"{signer.key('')}.key", state / "root.key")
    # trust-ad: glibc would strip the AD bit that Postfix and others rely on.
    servers = "".join(f"nameserver {address}\n" for address in RESOLVERS)
    (state / "resolv.conf").write_text(f"{servers}options edns0 trust-ad timeout:2 attempts:2\n")


def log_queries(state, wanted):
    """Whether the resolvers log every question: a test may want to count them."""
    (state / "query-log.conf").write_text(f"log-queries: {'yes' if wanted else 'no'}\n")
