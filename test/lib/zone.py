"""TXT records, from one writing into another; both ways from standard input to standard output.

zone.py            zone-file form -> lines "name text"
zone.py --dnsmasq  lines "name text" -> dnsmasq's configuration
"""

import re
import sys

RECORD = re.compile(r'^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?TXT\s+(\((?:[^()"]|"[^"]*")*\)|(?:"[^"]*"[ \t]*)+)', re.M | re.I)


def from_zone(text):
    for name, data in RECORD.findall(text):
        yield name.rstrip("."), "".join(re.findall(r'"([^"]*)"', data)).replace("\\;", ";")


def to_dnsmasq(lines):
    for line in lines:
        name, text = line.rstrip("\n").split(" ", 1)
        # A character-string of DNS holds 255 bytes.
        chunks = (text[i : i + 255] for i in range(0, len(text), 255))
        yield f"txt-record={name}," + ",".join(f'"{chunk}"' for chunk in chunks)


if __name__ == "__main__":
    if sys.argv[1:] == ["--dnsmasq"]:
        print(*to_dnsmasq(sys.stdin), sep="\n")
    else:
        for name, text in from_zone(sys.stdin.read()):
            print(name, text)
