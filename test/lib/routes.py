"""Where mail for many addresses goes.

routes.py send PORT ADDRESSES OUT          sends a message to each address of the file; OUT has a line for each: ADDRESS CODE
routes.py collect OUT ROUTES NAME=SINK...  adds where each message went, by what sinks in these folders have kept: ROUTES has a
                                           line for each address: ADDRESS CODE NAME:RECIPIENT..., in order
routes.py compare ONE OTHER RULES DOMAIN   counts the addresses whose lines are alike, those that differ only by recipients at that
                                           domain (of autoreplies, which the other has not) or by the case of letters, those that
                                           differ by a rule and are as it says, and the rest, which it names
"""

import collections
import re
import socket
import sys
from pathlib import Path

PROBE = re.compile(rb"^X-Probe: (\d+)\r?$", re.M)


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.replies = self.socket.makefile("rb")
        self.reply()
        self.ask("EHLO client.example")

    def reply(self):
        while (line := self.replies.readline())[3:4] == b"-":
            pass
        if not line:
            raise ConnectionError("the server closed the connection")
        return line.decode("utf-8", "replace")[:3]

    def ask(self, text):
        self.socket.sendall(text.encode() + b"\r\n")
        return self.reply()

    def send(self, number, address):
        self.ask("MAIL FROM:<probe@far.example>")
        code = self.ask(f"RCPT TO:<{address}>")
        if code == "250":
            self.ask("DATA")
            code = self.ask(f"From: probe@far.example\r\nX-Probe: {number}\r\n\r\nHello.\r\n.")
        else:
            self.ask("RSET")
        return code


def send(port, addresses, out):
    client = Client(int(port))
    words = addresses.read_text().split("\n")[:-1]
    out.write_text("".join(f"{address} {client.send(i, address)}\n" for i, address in enumerate(words)))


def collect(out, routes, sinks):
    went = collections.defaultdict(set)
    for sink in sinks:
        name, _, folder = sink.partition("=")
        for envelope in Path(folder).glob("*.envelope"):
            lines, message = envelope.read_text().splitlines(), envelope.with_suffix(".eml").read_bytes()
            number = int(PROBE.search(message)[1])
            if any(re.match(r"MAIL FROM:<>", line, re.I) for line in lines):
                went[number].add("bounce")
                continue
            went[number] |= {f"{name}:{to}" for to in re.findall(r"RCPT TO:<(.*?)>(?: |$)", "\n".join(lines), re.I | re.M)}
    lines = out.read_text().split("\n")[:-1]
    routes.write_text("".join(" ".join([line, *sorted(went[i])]) + "\n" for i, line in enumerate(lines)))


def compare(one, other, rules, autoreply):
    known = {address: (rule, route) for address, rule, route in map(str.split, rules.read_text().splitlines())}
    lefts, rights = one.read_text().splitlines(), other.read_text().splitlines()
    ours = {line.split()[0]: line.lower().split()[1:] for line in rights}
    counts, differing = collections.Counter(), []
    for left, right in zip(lefts, rights, strict=True):
        address = left.split()[0]
        rule, route = known.get(address, ("", ""))
        without = " ".join(word for word in left.split() if not word.endswith("@" + autoreply))
        if left == right:
            counts["alike"] += 1
        elif without == right:
            counts["differ by the autoreply only"] += 1
        elif left.lower() == right.lower():
            counts["differ by the case of letters only"] += 1
        elif rule and ours[address] == by_rule(route, ours):
            counts[f"differ by the rule {rule}"] += 1
        else:
            counts["differ"] += 1
            differing.append(f"{left}\n  but {right}\n")
    for name in ["alike", *sorted(key for key in counts if key.startswith("differ by")), "differ"]:
        print(f"{name}: {counts[name]}")
    sys.stderr.write("".join(differing))


def by_rule(route, ours):
    if route.startswith("="):
        return ours[route[1:]]
    return [route] if route.isdigit() else ["250", route]


def main():
    verb, *rest = sys.argv[1:]
    if verb == "send":
        send(rest[0], Path(rest[1]), Path(rest[2]))
    elif verb == "collect":
        collect(Path(rest[0]), Path(rest[1]), rest[2:])
    else:
        compare(*map(Path, rest[:3]), rest[3])


if __name__ == "__main__":
    main()
