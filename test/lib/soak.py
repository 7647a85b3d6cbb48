"""A steady load on a running Dovetail, and what becomes of its memory: soak.py PID MINUTES MILTER HTTP DNS (ports) KEYS.

KEYS has lines "name text": the TXT records that are served at the port DNS. Status 0 if every answer was as it should be, and
memory, threads and descriptors in the last quarter are what they were in the first.
"""

import os
import random
import re
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from milter import OFFER, Milter, content, greeting, packet

FIELDS = [
    ("From", " Joe <joe@demo.example>"),
    ("To", " ann@sink.example"),
    ("Subject", " a\r\n folded one"),
    ("Message-ID", " <soak@demo.example>"),
]
TRUSTED, STRANGER = "127.0.0.1", "192.0.2.1"
# A thread of each kind, and how long it waits between two conversations, in seconds.
PAUSES = {"sign": 0.05, "verify": 0.05, "spoil": 0.1, "leave": 0.1}
SAMPLE_EVERY, RELOAD_EVERY = 5, 60
# How far the median of the last quarter may be above that of the first: a factor and something more.
BOUNDS = {"resident": (1.1, 16), "heap": (1.1, 3), "threads": (1, 4), "files": (1, 8), "open": (1, 8)}


class Dns(threading.Thread):
    """Knows TXT records, by name; everything else does not exist."""

    def __init__(self, port, lines):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", port))
        self.records = dict(line.rstrip("\n").split(" ", 1) for line in lines)

    def run(self):
        while True:
            question, peer = self.socket.recvfrom(4096)
            self.socket.sendto(self.reply(question), peer)

    def reply(self, question):
        at, labels = 12, []
        while question[at]:
            labels.append(question[at + 1 : at + 1 + question[at]].decode("latin-1"))
            at += 1 + question[at]
        asked = question[12 : at + 5]
        text = self.records.get(".".join(labels).lower(), "").encode()
        if not text:
            return question[:2] + struct.pack("!HHHHH", 0x8183, 1, 0, 0, 0) + asked
        data = b"".join(struct.pack("B", len(text[i : i + 255])) + text[i : i + 255] for i in range(0, len(text), 255))
        # A time to live of a second: the cache is used, and it is emptied.
        answer = struct.pack("!HHHIH", 0xC00C, 16, 1, 1, len(data)) + data
        return question[:2] + struct.pack("!HHHHH", 0x8180, 1, 1, 0, 0) + asked + answer


class Load:
    def __init__(self, port, seed):
        self.port, self.random = port, random.Random(seed)
        self.counts = dict.fromkeys(PAUSES, 0)
        self.wrong = []
        self.ends = threading.Event()
        self.signed = self.sign()[0]

    def body(self):
        return b"line of the body\r\n" * self.random.choice([1, 10, 100, 5000])

    def sign(self):
        """Some messages in one connection; gives one with its signatures."""
        milter = Milter(self.port, TRUSTED)
        for n in range(self.random.randint(1, 5)):
            body = self.body()
            inserted, letter = milter.message("joe@demo.example", FIELDS, body, f"soak{n}")
            self.expect(letter == "a" and [name for name, _ in inserted].count("DKIM-Signature") == 2, f"sign: {letter} {inserted}")
        milter.close()
        return (inserted + FIELDS, body), n + 1

    def verify(self):
        milter = Milter(self.port, STRANGER)
        fields, body = self.signed
        broken = self.random.random() < 0.5
        inserted, letter = milter.message("joe@demo.example", fields, body + b"more\r\n" * broken, "soak")
        results = "".join(value for name, value in inserted if name == "Authentication-Results")
        self.expect(letter == "a" and results.count("dkim=fail" if broken else "dkim=pass") == 2, f"verify: {letter} {inserted}")
        milter.close()
        return self.signed, 1

    def conversation(self):
        fields = [("Received", " from x (y [192.0.2.1])\r\n by z"), ("Authentication-Results", " mx.demo.example; spf=pass")]
        return OFFER + greeting(TRUSTED) + content("joe@demo.example", fields + FIELDS, self.body(), "soak")

    def spoil(self):
        """Some bytes of a conversation changed, or a packet that is none in it."""
        octets = bytearray(self.conversation())
        for _ in range(self.random.randint(1, 6)):
            octets[self.random.randrange(len(octets))] = self.random.randrange(256)
        if self.random.random() < 0.3:
            at = self.random.randrange(len(octets))
            octets[at:at] = packet("L", self.random.randbytes(self.random.randrange(2000)))
        return self.raw(octets, False)

    def leave(self):
        """A conversation that is cut anywhere, now and then with a reset."""
        octets = self.conversation()
        return self.raw(octets[: self.random.randrange(len(octets))], self.random.random() < 0.3)

    def raw(self, octets, reset):
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as peer:
            try:
                peer.sendall(octets)
                if reset:
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    peer.shutdown(socket.SHUT_WR)
                    while peer.recv(65536):
                        pass
            except TimeoutError:
                raise
            except OSError:
                pass  # hung up on, as it deserves
        return self.signed, 1

    def expect(self, right, words):
        if not right:
            self.wrong.append(words[:2000])

    def work(self, kind):
        while not self.ends.wait(PAUSES[kind]):
            try:
                self.signed, count = getattr(self, kind)()
                self.counts[kind] += count
            except OSError as error:
                self.expect(False, f"{kind}: {error}")

    def start(self):
        for kind in PAUSES:
            threading.Thread(target=self.work, args=[kind], daemon=True).start()


class Process:
    def __init__(self, pid, http):
        self.proc, self.pid, self.http = Path("/proc") / str(pid), pid, http

    def sample(self):
        """In MB and numbers; the heap is what a full collection leaves."""
        jcmd = [os.environ["JAVA_HOME"] + "/bin/jcmd", str(self.pid), "GC.run"]
        subprocess.run(jcmd, stdout=subprocess.DEVNULL, check=True)
        text = urllib.request.urlopen(f"http://127.0.0.1:{self.http}/metrics", timeout=20).read().decode()
        status = dict(re.findall(r"^(\w+):\s+(\d+)", (self.proc / "status").read_text(), re.M))
        return {
            "resident": int(status["VmRSS"]) / 1024,
            "heap": metric(text, "jvm_memory_heap_used_bytes") / 2**20,
            "threads": int(status["Threads"]),
            "files": sum(1 for _ in (self.proc / "fd").iterdir()),
            "open": metric(text, "dovetail_connections_open"),
        }


def metric(text, name):
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", text, re.M))


def row(words):
    print("".join(f"{word:>10}" for word in words), flush=True)


def soak(load, process, seconds):
    """The samples, after a start that is all warming up."""
    began = time.monotonic()
    warm = min(60, seconds / 10)
    samples, told, reloaded, reloads = [], began, began, 0
    row(["minute", *PAUSES, "reloads", *BOUNDS])
    while (now := time.monotonic()) < began + seconds:
        if now - reloaded >= min(RELOAD_EVERY, seconds / 5):
            os.kill(process.pid, 1)
            reloaded, reloads = now, reloads + 1
        sample = process.sample()
        if now > began + warm:
            samples.append(sample)
        if now - told >= min(60, seconds / 5):
            told = now
            row([f"{(now - began) / 60:.1f}", *load.counts.values(), reloads, *(f"{value:.0f}" for value in sample.values())])
        time.sleep(SAMPLE_EVERY if seconds > 300 else 1)
    return samples


def judge(samples):
    """Whether the last quarter is as the first."""
    quarter = max(1, len(samples) // 4)
    flat = True
    print(f"{'':10}{'first':>10}{'last':>10}{'at most':>10}   (medians of a quarter, {quarter} samples each)")
    for name, (factor, more) in BOUNDS.items():
        first = statistics.median(sample[name] for sample in samples[:quarter])
        last = statistics.median(sample[name] for sample in samples[-quarter:])
        good = last <= first * factor + more
        flat &= good
        print(f"{name:10}{first:10.1f}{last:10.1f}{first * factor + more:10.1f}   {'flat' if good else 'GROWS'}")
    return flat


def main(pid, minutes, milter, http, dns, keys):
    Dns(int(dns), Path(keys).read_text().splitlines()).start()
    load, process = Load(int(milter), 6376), Process(int(pid), http)
    load.start()
    samples = soak(load, process, 60 * float(minutes))
    load.ends.set()
    flat = judge(samples)
    for words in load.wrong[:5]:
        print(f"wrong answer: {words}")
    print(f"{len(load.wrong)} wrong answers; {'flat' if flat else 'not flat'}")
    return 0 if flat and not load.wrong and all(load.counts.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
