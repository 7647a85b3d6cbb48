"""A DNS server that lies, keeps silent or stammers, as the first label of the name says.

liar.py serve PORT KEYS            serves, over UDP and TCP, and prints the names that are asked for; KEYS holds lines
                                   "name text" of the keys good, other and small
liar.py sign KEY FOLDER            a message for each kind of trouble, FOLDER/KIND.eml, signed with the RSA key of the file KEY
liar.py sign KEY FOLDER KIND N     the same for the names KIND-1 to KIND-N of one kind
"""

import socketserver
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import dkim

TXT, A, CNAME, SOA, NS = 16, 1, 5, 6, 2
SERVFAIL, NXDOMAIN, NOTIMP, REFUSED = 2, 3, 4, 5
ZONE = "liar.example"

Record = tuple[str, int, bytes]


def wire(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def record(owner: str, kind: int, data: bytes) -> bytes:
    return wire(owner) + struct.pack("!HHIH", kind, 1, 60, len(data)) + data


def strings(*texts: str) -> bytes:
    return b"".join(bytes([len(text)]) + text.encode() for text in texts)


def chunks(text: str, size: int = 255) -> bytes:
    return strings(*(text[i : i + size] for i in range(0, len(text), size)))


class Question:
    """What was asked, and how to answer it."""

    def __init__(self, octets: bytes, keys: dict[str, str]):
        labels, at = [], 12
        while size := octets[at]:
            labels.append(octets[at + 1 : at + 1 + size].decode().lower())
            at += size + 1
        self.id = octets[:2]
        self.question = octets[12 : at + 5]
        self.name = ".".join(labels)
        self.kind = labels[0].partition("-")[0]
        self.keys = keys

    def reply(self, *answers: Record, rcode: int = 0, authority: tuple[Record, ...] = (), truncated: bool = False) -> bytes:
        flags = 0x8180 | rcode | (0x0200 if truncated else 0)
        head = self.id + struct.pack("!HHHHH", flags, 1, len(answers), len(authority), 0)
        return head + self.question + b"".join(record(*each) for each in answers + authority)

    def key(self, which: str = "good", owner: str = "") -> Record:
        return (owner or self.name, TXT, chunks(self.keys[which]))

    def text(self, text: str) -> Record:
        return (self.name, TXT, chunks(text))

    def with_tag(self, tag: str) -> Record:
        return self.text(self.keys["good"].replace("k=rsa", f"k=rsa; {tag}"))

    def alias(self, target: str) -> Record:
        return (self.name, CNAME, wire(f"{target}._domainkey.{ZONE}"))

    def negative(self, rcode: int = 0) -> bytes:
        numbers = struct.pack("!5I", 1, 3600, 600, 86400, 60)
        return self.reply(rcode=rcode, authority=((ZONE, SOA, wire("ns." + ZONE) + wire("who." + ZONE) + numbers),))


def after(seconds: float, answer: bytes | None) -> bytes | None:
    time.sleep(seconds)
    return answer


def elsewhere(asked: Question) -> bytes:
    """The answer to another question under the id of ours, as somebody would send who cannot see ours."""
    asked.question = wire(f"another._domainkey.{ZONE}") + struct.pack("!HH", TXT, 1)
    return asked.reply(asked.key(owner=f"another._domainkey.{ZONE}"))


def other_id(asked: Question) -> bytes:
    asked.id = bytes(byte ^ 0xFF for byte in asked.id)
    return asked.reply(asked.key())


def stray_first(asked: Question) -> list[bytes]:
    right = asked.reply(asked.key())
    return [elsewhere(asked), right]


def chain(asked: Question) -> bytes:
    """Goes on from name to name, each of which takes its time: chain, chain-1, chain-2, ..."""
    step = int(asked.name.partition(".")[0].partition("-")[2] or 0)
    time.sleep(0.4)
    return asked.reply(asked.alias(f"chain-{step + 1}"))


Answer = Callable[[Question], bytes | list[bytes] | None]

# Over UDP.
ANSWERS: dict[str, Answer] = {
    "good": lambda q: q.reply(q.key()),
    "drop": lambda q: None,
    "silent": lambda q: None,
    "late": lambda q: after(0.3, q.reply(q.key())),
    "slow": lambda q: after(3, q.reply(q.key())),
    "truncated": lambda q: q.reply(truncated=True),
    "tcpcloses": lambda q: q.reply(truncated=True),
    "tcpsilent": lambda q: q.reply(truncated=True),
    "servfail": lambda q: q.reply(rcode=SERVFAIL),
    "declined": lambda q: q.reply(rcode=REFUSED),
    "notimp": lambda q: q.reply(rcode=NOTIMP),
    "nxdomain": lambda q: q.negative(NXDOMAIN),
    "nodata": lambda q: q.negative(),
    "referral": lambda q: q.reply(authority=((ZONE, NS, wire("ns.elsewhere.example")),)),
    "elsewhere": elsewhere,
    "otherid": other_id,
    "strayfirst": stray_first,
    "garbage": lambda q: q.id + b"\x81\x80" + bytes(range(200, 240)),
    "short": lambda q: q.id,
    "cutoff": lambda q: q.reply(q.key())[:-30],
    "address": lambda q: q.reply((q.name, A, bytes(4))),
    "othername": lambda q: q.reply(q.key(owner=f"another._domainkey.{ZONE}")),
    "spf": lambda q: q.reply(q.text("v=spf1 -all")),
    "spfandkey": lambda q: q.reply(q.text("v=spf1 -all"), (q.name, A, bytes(4)), q.key()),
    "alias": lambda q: q.reply(q.alias("good"), q.key(owner=f"good._domainkey.{ZONE}")),
    "aliasalone": lambda q: q.reply(q.alias("good")),
    "aliastonothing": lambda q: q.reply(q.alias("nxdomain")),
    "loop": lambda q: q.reply(q.alias("pool")),
    "pool": lambda q: q.reply(q.alias("loop")),
    "chain": chain,
    "strings": lambda q: q.reply((q.name, TXT, chunks(q.keys["good"], 40))),
    "twokeys": lambda q: q.reply(q.key(), q.key("other")),
    "twokeysturned": lambda q: q.reply(q.key("other"), q.key()),
    "otherkey": lambda q: q.reply(q.key("other")),
    "ed25519key": lambda q: q.reply(q.text("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")),
    "revoked": lambda q: q.reply(q.text("v=DKIM1; k=rsa; p=")),
    "nop": lambda q: q.reply(q.text("v=DKIM1; k=rsa")),
    "notbase64": lambda q: q.reply(q.text("v=DKIM1; k=rsa; p=*****")),
    "nokey": lambda q: q.reply(q.text("v=DKIM1; k=rsa; p=aGVsbG8gd29ybGQ=")),
    "testing": lambda q: q.reply(q.with_tag("t=y")),
    "testingother": lambda q: q.reply(q.text(q.keys["other"] + "; t=y")),
    "small": lambda q: q.reply(q.key("small")),
    "sha1": lambda q: q.reply(q.with_tag("h=sha1")),
    "notforemail": lambda q: q.reply(q.with_tag("s=tlsrpt")),
    "dkim2": lambda q: q.reply(q.text(q.keys["good"].replace("DKIM1", "DKIM2"))),
}
OVER_TCP: dict[str, Answer] = {
    "truncated": lambda q: q.reply(q.key()),
    "tcpcloses": lambda q: None,
    "tcpsilent": lambda q: after(20, None),
}


class Udp(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        octets, socket = self.request
        asked = Question(octets, KEYS)
        # In one piece: several threads write, and lines must not run into one another.
        sys.stdout.write(asked.name + "\n")
        sys.stdout.flush()
        answer = ANSWERS.get(asked.kind, lambda q: q.negative(NXDOMAIN))(asked)
        for datagram in answer if isinstance(answer, list) else [answer]:
            if datagram is not None:
                socket.sendto(datagram, self.client_address)


class Tcp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        (size,) = struct.unpack("!H", self.rfile.read(2))
        asked = Question(self.rfile.read(size), KEYS)
        answer = OVER_TCP.get(asked.kind, lambda q: q.negative(NXDOMAIN))(asked)
        if isinstance(answer, bytes):
            self.wfile.write(struct.pack("!H", len(answer)) + answer)


class UdpServer(socketserver.ThreadingUDPServer):
    daemon_threads = True


class TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


KEYS: dict[str, str] = {}


def serve(port: int, keys: Path) -> None:
    KEYS.update(line.split(" ", 1) for line in keys.read_text().splitlines())
    udp = UdpServer(("127.0.0.1", port), Udp)
    threading.Thread(target=udp.serve_forever, daemon=True).start()
    with TcpServer(("127.0.0.1", port), Tcp) as tcp:
        tcp.serve_forever()


def sign(key: Path, folder: Path, names: list[str]) -> None:
    for name in names:
        message = (
            f"From: joe@{ZONE}\r\nTo: ann@sink.example\r\nSubject: {name}\r\n"
            f"Date: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{name}@{ZONE}>\r\n\r\nHello.\r\n"
        ).encode()
        field = dkim.sign(message, name.encode(), ZONE.encode(), key.read_bytes())
        (folder / f"{name}.eml").write_bytes(field + message)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        count = int(sys.argv[5]) if len(sys.argv) > 5 else 0
        some = [f"{sys.argv[4]}-{n}" for n in range(1, count + 1)] if count else [name for name in ANSWERS if name not in ("pool", "silent")]
        sign(Path(sys.argv[2]), Path(sys.argv[3]), some)
