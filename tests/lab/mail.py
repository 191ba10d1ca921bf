"""Mail servers: one Postfix with a service for each address, smtp-sink for what Postfix never says,
fakes for what no real server says, and packet rules for silence."""

import json

from records import DEAD
from tables import INSIDE, TableError

MAIN_CF = f"""\
compatibility_level = 3.6
queue_directory = {INSIDE}/spool
data_directory = {INSIDE}/postfix-data
maillog_file = {INSIDE}/log/maillog
maillog_file_prefixes = {INSIDE}
inet_protocols = all
myhostname = mx.mxlab-operator.net
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
smtpd_relay_restrictions = reject_unauth_destination
virtual_mailbox_domains = hosted-mxlab.com
virtual_mailbox_maps = inline:{{ postmaster@hosted-mxlab.com=yes }}
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_error_sleep_time = 0
in_flow_delay = 0
smtpd_tls_loglevel = 1
tls_append_default_CA = no
default_process_limit = 100
max_idle = 1h
max_use = 10000
postlogd_watchdog_timeout = 100s
"""

# What smtpd leans on. Recipients are accepted at some addresses, but no mail ever, so nothing that
# would carry it is here.
MASTER_CF = """\
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
cleanup unix n - n - 0 cleanup
postlog unix-dgram n - n - 1 postlogd
"""

# kind of servers.tsv -> how smtp-sink is told to behave
SINKS = {
    "sink-421": ["-Q", "connect"],
    "sink-554": ["-B", "554 No SMTP service here", "-f", "connect"],
    "silent": ["-W", "connect:3600"],
}

# Nothing listens at these: a refused one answers with a reset, a blackhole's packets vanish.
UNSERVED = ("refused", "blackhole")

PACKET_RULES = """\
table inet lab {{
	# Must stay at zero: judged, never contacted. The last address is published as an IPv4-mapped
	# one, and as that of MX hosts beyond the tenth.
	counter private_contacts {{ }}
	# Connections begun since `up`.
	counter port25_contacts {{ }}
	chain input {{
		type filter hook input priority 0
		tcp dport 25 tcp flags & (syn | ack) == syn counter name port25_contacts
		ip daddr {{ 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, 203.0.113.249 }} \\
			counter name private_contacts
		ip daddr 127.0.0.0/8 tcp dport 25 counter name private_contacts
		ip6 daddr {{ ::1, fc00::/7, fe80::/10 }} tcp dport 25 counter name private_contacts
		ip daddr {dead} drop
{drops}	}}
}}
"""


def services(server, address):
    """The lines of master.cf for one address: port 25, and those of `ports`, 465 with TLS from the first octet."""
    options = dict(server.options)
    ports = ["25", *options.pop("ports", "").replace(",", " ").split()]
    return "".join(service(server, address, port, dict(options)) for port in ports)


def service(server, address, port, options):
    """The log tells the services apart by address, and by port where that is not 25."""
    certificate = f"{INSIDE}/certs/{options.pop('cert', 'lab')}"
    settings = {
        "syslog_name": f"postfix/{address}" if port == "25" else f"postfix/{address}:{port}",
        "smtpd_tls_wrappermode": "yes" if port == "465" else "no",
        "smtpd_banner": f"{server.greeting} ESMTP",
        "myhostname": options.pop("ehlo", server.greeting),
        "smtpd_tls_security_level": options.pop("tls", "may"),
        "smtpd_tls_chain_files": f"{certificate}.key,{certificate}.pem",
        **options,
    }
    socket = f"[{address}]" if ":" in address else address
    lines = [f"{socket}:{port} inet n - n - - smtpd"]
    lines += [f"  -o {{ {name} = {value} }}" for name, value in settings.items()]
    return "\n".join(lines) + "\n"


def greets_at_once(server):
    """Not when its restrictions on clients come before the greeting, to delay or refuse it."""
    return server.options.get("smtpd_delay_reject") != "no"


def sink(server, address):
    """One smtp-sink command, its words separated by tabs, for init to start."""
    socket = f"inet6:[{address}]:25" if ":" in address else f"{address}:25"
    words = ["smtp-sink", "-u", "nobody", "-h", server.greeting, *SINKS[server.kind]]
    return "\t".join([*words, socket, "1000"]) + "\n"


def packet_rules(servers, drops):
    """The rules of nftables that make the blackholes, those of others before them."""
    for server in servers:
        for address in server.addresses if server.kind == "blackhole" else ():
            family = "ip6" if ":" in address else "ip"
            drops += f"\t\t{family} daddr {address} tcp dport 25 drop\n"
    return PACKET_RULES.format(drops=drops, dead=DEAD)


def write_mail(state, servers, sinks, drops):
    """The configuration of every mail server below the state folder. Sinks and packet rules of
    other servers stand before those of mail."""
    master, greeting, fakes = MASTER_CF, "", []
    for server in servers:
        for address in server.addresses:
            if server.kind == "postfix":
                master += services(server, address)
                greeting += f"{address}\n" if greets_at_once(server) else ""
            elif server.kind == "fake":
                fakes.append({"host": server.host, "address": address, "name": server.greeting,
                              "options": server.options})
            elif server.kind in SINKS:
                sinks += sink(server, address)
            elif server.kind not in UNSERVED:
                raise TableError(f"servers.tsv: {server.host}: no kind {server.kind}")
    folder = state / "postfix"
    folder.mkdir(exist_ok=True)
    (folder / "main.cf").write_text(MAIN_CF)
    (folder / "master.cf").write_text(master)
    (state / "greeting").write_text(greeting)
    (state / "sinks.tsv").write_text(sinks)
    (state / "fakes.json").write_text(json.dumps(fakes, indent=1))
    (state / "rules.nft").write_text(packet_rules(servers, drops))
