"""The part of bench/run about whole sweeps: gathering and finishing apart, as the list grows."""

import subprocess

from measuring import BUILT, MXSWEEP, ROOT, measure, responder, server, spread
from sessions import certificate

DOMAINS = "--resolver 127.0.0.1 --resolver 127.0.0.2 --allow-net 198.18.0.0/15 --seed 1 --progress never".split()
TABLES = ["--lists", ROOT / "tests/lab/dnsbl.tsv", "--providers", ROOT / "tests/lab/providers.tsv",
          "--ehlo", "scanner.mxlab-operator.net", "--ehlo-unchecked"]
WITHOUT_25 = ["--skip", "smtp,tls"]

def write_input(folder, count):
    path = folder / f"domains-{count}.csv"
    if not path.exists():
        with open(path, "wb") as file:
            subprocess.run([ROOT / "tests/lab/lab", "mass-csv", str(count)], stdout=file, check=True)
    return path

def facts_of(night):
    """How many facts of each kind the night file holds; the DNS ones are the questions."""
    with subprocess.Popen([MXSWEEP, "facts", night], stdout=subprocess.PIPE) as facts:
        return sum(b'"fact":"dns"' in line for line in facts.stdout)

def sweep(folder, count, options, outputs):
    source, night = write_input(folder, count), folder / "night"
    night.unlink(missing_ok=True)
    with responder("--mail"):
        whole = measure([MXSWEEP, "scan", *DOMAINS, *TABLES, *options, *outputs, "--night", night, source])
    finish = measure([MXSWEEP, "score", *options, *outputs, night])
    if whole["code"] != 0 or finish["code"] != 0 or whole["text"] or finish["text"]:
        raise SystemExit(f"bench/run: sweep: {whole['text']}{finish['text']}")
    questions = facts_of(night)
    gather = whole["cpu"] - finish["cpu"]
    return {"whole": whole["cpu"] / count, "gather": gather / count, "question": gather / questions,
            "questions": questions / count, "finish": finish["cpu"] / count,
            "resident": whole["resident"] / 2**20, "night": night.stat().st_size / count, "drops": whole["drops"]}

def print_row(title, rounds):
    def of(key, digits=0):
        return spread([one[key] for one in rounds], digits)

    print(f"| {title} | {of('whole')} | {of('gather')} | {rounds[0]['questions']:.2f} | {of('question', 1)} | "
          f"{of('finish')} | {max(one['resident'] for one in rounds):,.0f} | {of('night')} | "
          f"{max(one['drops'] for one in rounds):,} |", flush=True)

HEAD = ("\n| domains | µs of CPU a domain | gathering | questions | gathering, a question | finishing | MiB at most | "
        "octets of night file | dropped |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")

def print_part(folder, rounds, long):
    subprocess.run(["ip", "route", "add", "local", "198.18.0.0/15", "dev", "lo"], check=True)
    both = ["--csv", folder / "out.csv", "--ndjson", folder / "out.ndjson"]
    csv = ["--csv", folder / "out.csv"]
    print(HEAD)
    with server(BUILT / "bench/bench_smtp_responder", "--cert", certificate(folder), 25):
        for count in (1000, 10000, 100000):
            times = rounds if count < 100000 else max(1, rounds // 2)
            print_row(f"{count:,}", [sweep(folder, count, [], both) for _ in range(times)])
    for count in (10000, 1000000) if long else ():
        times = rounds if count < 100000 else 1
        print_row(f"{count:,}, without port 25 and JSON",
                  [sweep(folder, count, WITHOUT_25, csv) for _ in range(times)])
