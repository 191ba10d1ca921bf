"""Policy hosts of MTA-STS: one nginx with a server for each line of policies.tsv, smtp-sink for
silence (it takes any connection), and packet rules for packets that vanish."""

from tables import INSIDE, TableError

PATH = "/.well-known/mta-sts.txt"
PORT = 443

NGINX_CONF = f"""\
daemon off;
pid {INSIDE}/nginx.pid;
error_log {INSIDE}/log/nginx-error.log;
worker_processes 1;
user root; # the state folder may lie where nobody else may look
events {{ worker_connections 4096; }}
http {{
	log_format fetches '$ssl_server_name $status "$request" "$http_user_agent" "$http_cookie"';
	access_log {INSIDE}/log/nginx.log fetches;
	client_body_temp_path {INSIDE}/nginx-body;
	proxy_temp_path {INSIDE}/nginx-proxy;
	fastcgi_temp_path {INSIDE}/nginx-fastcgi;
	uwsgi_temp_path {INSIDE}/nginx-uwsgi;
	scgi_temp_path {INSIDE}/nginx-scgi;
	server_names_hash_bucket_size 128;
	types {{ }}
"""

SERVER = """\
	server {{
		listen {socket} ssl;
		server_name {host};
		ssl_certificate {certificate}.pem;
		ssl_certificate_key {certificate}.key;
		ssl_protocols {protocols};
		ssl_ciphers ALL:@SECLEVEL=0;
		root {root};
		default_type '{type}';
{more}	}}
"""

UNSERVED = ("silent", "blackhole")


def is_served(policy):
    return not any(word in policy.options for word in UNSERVED)


def policy_text(policy):
    """The file: the policy's lines, and what fills it up to its size."""
    end = "\r\n" if policy.options.get("end") == "crlf" else "\n"
    text = "".join(line + end for line in policy.lines)
    size = int(policy.options.get("size", 0))
    while len(text) < size:
        room = size - len(text) - len("x: " + end)
        if room < 1:
            raise TableError(f"policies.tsv: {policy.domain}: no field fits into what is left")
        length = room if room <= 100 else min(100, room - 10)
        text += "x: " + length * "x" + end
    return text


def socket_of(policy):
    address = f"[{policy.address}]" if ":" in policy.address else policy.address
    return f"{address}:{PORT}"


def server(policy):
    """The part of nginx.conf for one policy host."""
    options = policy.options
    more = ""
    if "status" in options:
        location = f" {options['location']}" if "location" in options else ""
        more = f"\t\tlocation / {{ return {options['status']}{location}; }}\n"
    elif "rate" in options:
        more = f"\t\tlimit_rate {options['rate']};\n"
    return SERVER.format(
        socket=socket_of(policy), host=policy.host, more=more, type=options.get("type", "text/plain"),
        certificate=f"{INSIDE}/certs/policy-{options.get('cert', 'lab')}",
        protocols=options.get("tls", "TLSv1.2 TLSv1.3"), root=f"{INSIDE}/policies/{policy.domain}")


def sinks(policies):
    """Commands for init to start, as mail.sink makes them."""
    return "".join(
        "\t".join(["smtp-sink", "-u", "nobody", "-h", policy.host, "-W", "connect:3600",
                   socket_of(policy), "1000"]) + "\n"
        for policy in policies if "silent" in policy.options)


def drops(policies):
    """The rules of nftables for hosts whose packets vanish."""
    return "".join(f"\t\tip daddr {policy.address} tcp dport {PORT} drop\n"
                   for policy in policies if "blackhole" in policy.options)


def hosts_by_certificate(policies):
    """{kind of certificate: policy hosts that show it}"""
    hosts = {}
    for policy in policies:
        if is_served(policy):
            hosts.setdefault(policy.options.get("cert", "lab"), []).append(policy.host)
    return hosts


def write_web(state, policies):
    """The configuration of nginx and the files that it serves, below the state folder."""
    served = [policy for policy in policies if is_served(policy)]
    for policy in served:
        path = state / "policies" / (policy.domain + PATH)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(policy_text(policy).encode())
    servers = "".join(server(policy) for policy in served)
    (state / "nginx.conf").write_text(f"{NGINX_CONF}{servers}}}\n")
