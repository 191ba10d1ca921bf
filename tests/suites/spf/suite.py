"""The suites of this folder, and a name server that says what they want: what no real server serves is
among it, such as names that are never answered, and TXT records without a string."""

import socket
import struct
import threading

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SPF": 99}
NOERROR, SERVFAIL, NXDOMAIN = 0, 2, 3
TTL = 60


# ---- the form of the files

def read(path):
    """The scenarios of a suite: title, records and cases."""
    scenarios = []
    with open(path, encoding="ascii") as file:
        lines = [line.rstrip("\n").partition(" ") for line in file if line.strip() and line[0] != "#"]
    for word, _, value in lines:
        if word == "scenario":
            scenarios.append({"title": value, "records": [], "cases": []})
        elif word == "record":
            scenarios[-1]["records"].append(value)
        elif word == "case":
            scenarios[-1]["cases"].append({"id": value})
        else:
            scenarios[-1]["cases"][-1][word] = value
    return scenarios


def octets(text):
    r"""Text whose \\DDD are undone."""
    out, at = bytearray(), 0
    while at < len(text):
        escaped = text[at] == "\\" and text[at + 1:at + 4].isdigit()
        out.append(int(text[at + 1:at + 4]) if escaped else ord(text[at]))
        at += 4 if escaped else 1
    return bytes(out)


def strings(text):
    """The strings of a TXT record: what stands between quotes."""
    return [octets(part) for part in text.split('"')[1::2]]


# ---- the wire, RFC 1035 4.1

def labels(name):
    return tuple(octets(label) for label in name.rstrip(".").split(".") if label)


def wire_name(parts):
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def wire_data(kind, data):
    if kind == "A":
        return socket.inet_pton(socket.AF_INET, data)
    if kind == "AAAA":
        return socket.inet_pton(socket.AF_INET6, data)
    if kind == "MX":
        preference, exchange = data.split(" ")
        return struct.pack("!H", int(preference)) + wire_name(labels(exchange))
    if kind in ("PTR", "CNAME"):
        return wire_name(labels(data))
    return b"".join(bytes([len(one)]) + one for one in strings(data))


def lower(parts):
    return tuple(part.lower() for part in parts)


class Zone:
    """All names that a scenario knows."""

    def __init__(self, records=()):
        self.data, self.silent, self.names = {}, set(), set()
        for record in records:
            name, kind, data = (record + " ").split(" ", 2)
            parts, data = lower(labels(name)), data[:-1] if data else ""
            self.names.update(parts[i:] for i in range(len(parts)))
            if data == "TIMEOUT":
                self.silent.add((parts, TYPES[kind]))
            else:
                self.data.setdefault((parts, TYPES[kind]), []).append(wire_data(kind, data))

    def look_up(self, parts, kind):
        """Answers, each with its owner, type and data; None: nothing is said."""
        found = []
        for _ in range(8):
            key = lower(parts)
            if (key, kind) in self.silent:
                return None, NOERROR
            here = self.data.get((key, kind))
            alias = self.data.get((key, TYPES["CNAME"]))
            if here or not alias:
                found += [(parts, kind, data) for data in here or ()]
                return found, NOERROR if key in self.names else NXDOMAIN
            found.append((parts, TYPES["CNAME"], alias[0]))
            parts = read_name(alias[0], 0)[0]
        return found, SERVFAIL


def read_name(packet, at):
    parts = []
    while packet[at]:
        parts.append(packet[at + 1:at + 1 + packet[at]])
        at += 1 + packet[at]
    return tuple(parts), at + 1


def record(owner, kind, data):
    return wire_name(owner) + struct.pack("!HHIH", kind, 1, TTL, len(data)) + data


class Server:
    """Answers from `zone`, over UDP and TCP, until the process ends."""

    def __init__(self, address, port):
        self.zone = Zone()
        self.asked = {}  # how often each (name, type) was
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind((address, port))
        self.tcp = socket.create_server((address, port))
        for serve in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=serve, daemon=True).start()

    def serve(self, records):
        self.zone = Zone(records)
        self.asked = {}

    def serve_udp(self):
        while True:
            packet, peer = self.udp.recvfrom(65535)
            answer = self.answer(packet, True)
            if answer:
                self.udp.sendto(answer, peer)

    def serve_tcp(self):
        while True:
            threading.Thread(target=self.converse, args=(self.tcp.accept()[0],), daemon=True).start()

    def converse(self, connection):
        with connection, connection.makefile("rwb") as stream:
            connection.settimeout(60)
            while len(head := stream.read(2)) == 2:
                answer = self.answer(stream.read(struct.unpack("!H", head)[0]), False)
                if answer:
                    stream.write(struct.pack("!H", len(answer)) + answer)
                    stream.flush()

    def answer(self, packet, udp):
        number, flags = struct.unpack("!HH", packet[:4])
        parts, at = read_name(packet, 12)
        kind, question = struct.unpack("!H", packet[at:at + 2])[0], packet[12:at + 4]
        size = self.room(packet, at + 4) if udp else 65535
        asked = (b".".join(lower(parts)), kind)
        self.asked[asked] = self.asked.get(asked, 0) + 1
        found, code = self.zone.look_up(parts, kind)
        if found is None:
            return None
        body = b"".join(record(*one) for one in found)
        negative = code in (NOERROR, NXDOMAIN) and not any(one[1] == kind for one in found)
        soa = record((), TYPES["SOA"], b"\0\0" + struct.pack("!5I", 1, 60, 60, 60, 60)) if negative else b""
        head = 0x8480 | flags & 0x0100 | code  # QR, AA, RA; RD as it came
        whole = struct.pack("!6H", number, head, 1, len(found), int(negative), 0) + question + body + soa
        if len(whole) > size:
            return struct.pack("!6H", number, head | 0x0200, 1, 0, 0, 0) + question
        return whole

    @staticmethod
    def room(packet, at):
        """Octets that the asker takes over UDP: those of its OPT record, else 512."""
        if packet[10:12] != b"\0\1" or packet[at:at + 3] != b"\0\0\x29":
            return 512
        return max(512, struct.unpack("!H", packet[at + 3:at + 5])[0])
