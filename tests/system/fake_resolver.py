#!/usr/bin/python3 -B
"""A fake: a recursive resolver that knows a few names and misbehaves in the way that it is told.

    fake_resolver.py ADDRESS=BEHAVIOUR...     answers on port 53, UDP and TCP, of each address
    fake_resolver.py --list                   the behaviours

BEHAVIOUR+later tells the truth about the probe names, by which a scanner tests its resolvers before it
believes them, and misbehaves with all others. `ready` is printed when all addresses answer. It is for a
network namespace of its own: whoever asks it on a real network is told lies."""

import asyncio
import random
import socket
import struct
import sys

A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, PRIVATE_USE = 1, 2, 5, 6, 12, 15, 16, 28, 65300
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, REFUSED = 0, 1, 2, 3, 5
RESPONSE, TRUNCATED, AUTHENTIC = 0x8180, 0x0200, 0x0020
TTL = 300
UDP_MOST, TCP_MOST = 1232, 65535
MANY = 4000
REWRITTEN_TO = "203.0.113.99"
PROBES = ("iana.org", "google.com")
KEY = ("MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDGMjj8MVaESl30KSPYdLaEreSYzvOVh15u9YKAmTLgk1ecr4BCRq3Vkg3Xa2QrEQWbIv"
       "Qj9FNqBYOr3XIczzU8gkK5Kh42P4C3DgNiBvlNNk2BlA5ITN/EvVAn/ImjoGq5IrcO+hAj2iSAozYTEpJAKe0NTrj49CIkj5JI6ibyJwIDAQAB")

# One line a record. A name that no line gives, and that has none below it, does not exist.
RECORDS = """
iana.org                          A    192.0.2.1
google.com                        A    192.0.2.2
good-fake.com                     MX   10 mx.good-fake.com
good-fake.com                     TXT  v=spf1 mx -all
s1._domainkey.good-fake.com       TXT  v=DKIM1; p={key}
_dmarc.good-fake.com              TXT  v=DMARC1; p=reject
mx.good-fake.com                  A    203.0.113.10
10.113.0.203.in-addr.arpa         PTR  mx.good-fake.com
alias-fake.com                    MX   10 mx.good-fake.com
alias-fake.com                    TXT  v=spf1 include:_spf.good-fake.com -all
_spf.good-fake.com                TXT  v=spf1 ip4:203.0.113.10 -all
s1._domainkey.alias-fake.com      CNAME s1._domainkey.good-fake.com
_dmarc.alias-fake.com             TXT  v=DMARC1; p=reject
bare-fake.com                     MX   10 mx.good-fake.com
nohost-fake.com                   MX   10 nowhere.nohost-fake.com
nohost-fake.com                   TXT  v=spf1 -all
_dmarc.nohost-fake.com            TXT  v=DMARC1; p=reject
long-fake.com                     MX   10 mx.good-fake.com
long-fake.com                     TXT  v=spf1 mx -all
_dmarc.long-fake.com              TXT  v=DMARC1; p=reject
ip.list-fake.net                  NS   ns1.list-fake.net
2.0.0.127.ip.list-fake.net        A    127.0.0.2
2.0.0.127.ip.list-fake.net        TXT  a test
name.list-fake.net                NS   ns1.list-fake.net
test.name.list-fake.net           A    127.0.0.2
test.name.list-fake.net           TXT  a test
"""
LONG = [("long-fake.com", TXT, f"site-verification={number:060}") for number in range(30)]  # needs TCP
TYPES = {"A": A, "NS": NS, "MX": MX, "TXT": TXT, "PTR": PTR, "CNAME": CNAME}


def read_records():
    """{(name, type): data in text}"""
    records = {}
    for line in RECORDS.strip().splitlines():
        name, kind, data = line.split(None, 2)
        records.setdefault((name, TYPES[kind]), []).append(data.replace("{key}", KEY))
    for name, kind, data in LONG:
        records.setdefault((name, kind), []).append(data)
    return records


ZONE = read_records()
NAMES = {name.split(".", dots)[dots] for name, _ in ZONE for dots in range(name.count(".") + 1)}
PARENTS = ("com", "net", "org", "in-addr.arpa")
APEXES = {name for name, _ in ZONE if name.count(".") == 1}


# ---- the wire

def write_name(name):
    labels = [label for label in name.split(".") if label]
    return b"".join(bytes([len(label)]) + label.encode("latin-1") for label in labels) + b"\0"


def write_data(kind, data):
    if kind == A:
        return socket.inet_aton(data)
    if kind == MX:
        preference, host = data.split()
        return struct.pack("!H", int(preference)) + write_name(host)
    if kind == TXT:
        parts = [data[at:at + 255].encode("latin-1") for at in range(0, len(data), 255)]
        return b"".join(bytes([len(part)]) + part for part in parts)
    if kind == SOA:
        return write_name(f"ns1.{data}") + write_name(f"hostmaster.{data}") + \
            struct.pack("!5I", 1, 14400, 3600, 1209600, 300)
    return write_name(data)


def write_record(owner, kind, data):
    """`owner` is a name, or bytes as they are to stand there."""
    owner = owner if isinstance(owner, bytes) else write_name(owner)
    return owner + struct.pack("!HHIH", kind, 1, TTL, len(data)) + data


class Question:
    """What came: id, name in small letters, type, and the question's bytes."""

    def __init__(self, packet):
        self.id, _, questions = struct.unpack_from("!HHH", packet)
        labels, at = [], 12
        while packet[at]:
            labels.append(packet[at + 1:at + 1 + packet[at]].decode("latin-1"))
            at += 1 + packet[at]
        if questions != 1:
            raise ValueError
        self.written = ".".join(labels)
        self.name = self.written.lower()
        self.kind, = struct.unpack_from("!H", packet, at + 1)


class Answer:
    """A message in the making: what a truthful resolver would say, until a behaviour changes it."""

    def __init__(self, question):
        self.id, self.question_name, self.question_kind = question.id, question.written, question.kind
        self.flags, self.rcode = RESPONSE, NOERROR
        self.answers, self.authorities = [], []

    def bytes(self):
        head = struct.pack("!6H", self.id, self.flags | self.rcode, 1, len(self.answers),
                           len(self.authorities), 0)
        body = write_name(self.question_name) + struct.pack("!2H", self.question_kind, 1)
        return head + body + b"".join(self.answers) + b"".join(self.authorities)


def zone_of(name):
    """Whose word a negative is."""
    for apex in APEXES:
        if name == apex or name.endswith("." + apex):
            return apex
    return next((parent for parent in PARENTS if name.endswith("." + parent)), "")


def truth(question):
    answer, name = Answer(question), question.name
    while question.kind != CNAME and (name, CNAME) in ZONE:
        target = ZONE[name, CNAME][0]
        answer.answers.append(write_record(name, CNAME, write_data(CNAME, target)))
        name = target
    found = ZONE.get((name, question.kind), [])
    answer.answers += [write_record(name, question.kind, write_data(question.kind, data)) for data in found]
    if not found:
        answer.rcode = NOERROR if name in NAMES else NXDOMAIN
        zone = zone_of(name)
        answer.authorities.append(write_record(zone, SOA, write_data(SOA, zone)))
    return answer


# ---- behaviours: question, whether by TCP -> the messages sent, [(bytes, seconds to wait, from where)]

SELF, OTHER_ADDRESS, OTHER_PORT, CLOSE, HOLD = range(5)


def send(answer, tcp, delay=0.0, source=SELF):
    """An answer that does not fit goes without its records and with TC."""
    packet = answer.bytes()
    if not tcp and len(packet) > UDP_MOST:
        answer.answers, answer.authorities, answer.flags = [], [], answer.flags | TRUNCATED
        packet = answer.bytes()
    return [(packet, delay, source)]


def changed(change):
    """A behaviour that is a change of the truthful answer."""
    def behaviour(question, tcp):
        answer = truth(question)
        change(answer, question)
        return send(answer, tcp)
    return behaviour


def wrong_id(answer, _):
    answer.id ^= 0x5555


def wrong_question(answer, _):
    answer.question_name = "other-fake.com"


def truncated(answer, _):
    answer.flags |= TRUNCATED
    answer.answers, answer.authorities = [], []


def compression_loop(answer, question):
    at = 12 + len(write_name(question.name)) + 4
    answer.rcode = NOERROR
    answer.answers = [write_record(struct.pack("!H", 0xc000 | at), question.kind, b"\0\0\0\0")]


def beyond_end(answer, question):
    answer.rcode, answer.authorities = NOERROR, []
    answer.answers = [write_name(question.name) + struct.pack("!HHIH", question.kind, 1, TTL, 4000) + b"\x3fabc"]


def fail_with(rcode):
    def change(answer, _):
        answer.rcode, answer.answers, answer.authorities = rcode, [], []
    return changed(change)


def fail_only(chosen):
    """SERVFAIL to some questions, the truth to the others."""
    def behaviour(question, tcp):
        answer = truth(question)
        if chosen(question):
            answer.rcode, answer.answers, answer.authorities = SERVFAIL, [], []
        return send(answer, tcp)
    return behaviour


def of_type(kind):
    return fail_only(lambda question: question.kind == kind)


def no_soa(answer, _):
    answer.authorities = []


def alias_loop(answer, question):
    answer.rcode, answer.authorities = NOERROR, []
    answer.answers = [write_record(question.name, CNAME, write_name("b." + question.name)),
                      write_record("b." + question.name, CNAME, write_name(question.name))]


def foreign_names(answer, question):
    """Records of names that nobody asked for, before the truth."""
    foreign = [write_record("other-fake.com", question.kind, write_data(question.kind, data))
               for data in {A: ["198.51.100.66"], MX: ["5 mx.other-fake.com"], TXT: ["v=spf1 +all"],
                            PTR: ["mx.other-fake.com"]}.get(question.kind, [])]
    answer.answers = foreign + answer.answers


def case_changed(answer, question):
    """The question and the owners in capital letters; the data as they are."""
    owner = write_name(question.name)
    answer.question_name = question.written.swapcase()
    answer.answers = [owner.swapcase() + record[len(owner):] if record.startswith(owner) else record
                      for record in answer.answers]


def rewriting(answer, question):
    """As providers do it: names that do not exist lead to a page of advertisements."""
    if answer.rcode != NXDOMAIN:
        return
    answer.rcode = NOERROR
    if question.kind == A:
        answer.authorities = []
        answer.answers = [write_record(question.name, A, write_data(A, REWRITTEN_TO))]


def filler(kind, number):
    return {A: f"203.0.113.{number % 256}", MX: f"20 mx{number}.good-fake.com",
            TXT: f"filler {number}", PTR: f"name{number}.good-fake.com"}[kind]


def many_records(answer, question):
    """Four thousand records wherever there is one, or as many as a message holds."""
    if not answer.answers or question.kind not in (A, MX, TXT, PTR):
        return
    owner = b"\xc0\x0c"
    size = len(answer.bytes())
    for number in range(MANY):
        record = write_record(owner, question.kind, write_data(question.kind, filler(question.kind, number)))
        size += len(record)
        if size > TCP_MOST:
            break
        answer.answers.append(record)


def largest(question, tcp):
    """64 KB by TCP: the truth, and one record of another type that fills the rest."""
    answer = truth(question)
    if not tcp:
        truncated(answer, question)
        return send(answer, tcp)
    left = TCP_MOST - len(answer.bytes()) - 12
    answer.answers.append(write_record(b"\xc0\x0c", PRIVATE_USE, bytes(left)))
    return send(answer, tcp)


def half_lost(question, tcp):
    return send(truth(question), tcp) if random.random() < 0.5 else []


def late(seconds):
    return lambda question, tcp: send(truth(question), tcp, seconds)


def random_order(question, tcp):
    return send(truth(question), tcp, random.random() * 0.2)


def from_elsewhere(source):
    return lambda question, tcp: send(truth(question), tcp, 0, SELF if tcp else source)


def garbage(question, tcp):
    """Noise, then noise that begins with the right id."""
    noise = [random.randbytes(size) for size in (0, 1, 11, 12, 60, 600)]
    noise += [struct.pack("!H", question.id) + octets for octets in noise]
    noise += [struct.pack("!2H", question.id, RESPONSE) + octets for octets in noise]
    return [(octets, 0.0, SELF) for octets in noise]


def tcp_only_then(end):
    """TC by UDP; by TCP half of the answer, and then an end or silence."""
    def behaviour(question, tcp):
        answer = truth(question)
        if tcp:
            packet = answer.bytes()
            return [(packet[: len(packet) // 2], 0.0, end)]
        truncated(answer, question)
        return send(answer, tcp)
    return behaviour


BEHAVIOURS = {
    "honest": lambda question, tcp: send(truth(question), tcp),
    "wrong-id": changed(wrong_id),
    "wrong-question": changed(wrong_question),
    "wrong-address": from_elsewhere(OTHER_ADDRESS),
    "wrong-port": from_elsewhere(OTHER_PORT),
    "truncated": changed(truncated),
    "tcp-closes": tcp_only_then(CLOSE),
    "tcp-hangs": tcp_only_then(HOLD),
    "compression-loop": changed(compression_loop),
    "beyond-end": changed(beyond_end),
    "64k": largest,
    "4000-records": changed(many_records),
    "rewriting": changed(rewriting),
    "servfail": fail_with(SERVFAIL),
    "servfail-mx": of_type(MX),
    "servfail-ptr": of_type(PTR),
    "servfail-a": fail_only(lambda question: question.kind in (A, AAAA) and not is_probe(question.name)),
    "servfail-txt": fail_only(lambda question: question.kind == TXT and "_" not in question.name),
    "servfail-_": fail_only(lambda question: question.name.startswith("_")),
    "probe-silent": lambda question, tcp: [] if is_probe(question.name) else send(truth(question), tcp),
    "refused": fail_with(REFUSED),
    "formerr": fail_with(FORMERR),
    "silent": lambda question, tcp: [],
    "half-lost": half_lost,
    "late-1s": late(1.0),
    "late-4s": late(4.0),
    "duplicated": lambda question, tcp: 3 * send(truth(question), tcp),
    "random-order": random_order,
    "garbage": garbage,
    "no-soa": changed(no_soa),
    "alias-loop": changed(alias_loop),
    "foreign-names": changed(foreign_names),
    "case-changed": changed(case_changed),
}


def is_probe(name):
    return any(name == probe or name.endswith("." + probe) for probe in PROBES)


class Resolver(asyncio.DatagramProtocol):
    """One address and its behaviour."""

    def __init__(self, address, behaviour):
        self.address = address
        name, _, when = behaviour.partition("+")
        self.behaviour, self.later = BEHAVIOURS[name], when == "later"
        self.transport, self.others = None, {}

    def replies(self, packet, tcp):
        try:
            question = Question(packet)
        except (IndexError, ValueError, struct.error):
            return []
        if self.later and is_probe(question.name):
            return BEHAVIOURS["honest"](question, tcp)
        return self.behaviour(question, tcp)

    async def start(self):
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(lambda: self, (self.address, 53))
        await asyncio.start_server(self.serve, self.address, 53)
        elsewhere = {OTHER_ADDRESS: ("127.0.99.1", 0), OTHER_PORT: (self.address, 0)}
        for source, at in elsewhere.items():
            self.others[source] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.others[source].bind(at)

    def datagram_received(self, data, addr):
        for packet, delay, source in self.replies(data, False):
            send_to = self.others[source].sendto if source in self.others else self.transport.sendto
            if delay:
                asyncio.get_running_loop().call_later(delay, send_to, packet, addr)
            else:
                send_to(packet, addr)

    async def serve(self, reader, writer):
        try:
            while True:
                size, = struct.unpack("!H", await reader.readexactly(2))
                for reply in self.replies(await reader.readexactly(size), True):
                    await self.reply_tcp(writer, *reply)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def reply_tcp(self, writer, packet, delay, source):
        await asyncio.sleep(delay)
        size = TCP_MOST if source in (CLOSE, HOLD) else len(packet)
        writer.write(struct.pack("!H", size) + packet)
        await writer.drain()
        if source == CLOSE:
            raise ConnectionError


async def main():
    for word in sys.argv[1:]:
        address, _, behaviour = word.partition("=")
        await Resolver(address, behaviour).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(BEHAVIOURS))
    else:
        asyncio.run(main())
