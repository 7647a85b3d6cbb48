"""Changes one byte of each message: tamper.py body|header IN OUT writes the changed messages of IN to OUT.

body: the last letter; a body without a letter gets one. header: the first letter of Subject's value, or a letter if there is
none. What a mail server put above the signatures, Received and Authentication-Results, is taken away.
"""

import re
import sys
from pathlib import Path

SERVERS = re.compile(rb"(?:Received|Authentication-Results):.*\r\n(?:[ \t].*\r\n)*", re.I)
SUBJECT = re.compile(rb"(?mi)^(Subject:(?:[ \t]|\r\n[ \t])*)([^\r])?")


def without_servers(message: bytes) -> bytes:
    while top := SERVERS.match(message):
        message = message[top.end() :]
    return message


def other(letter: bytes) -> bytes:
    return b"Y" if letter == b"X" else b"X"


def body(message: bytes) -> bytes:
    header, line, text = message.partition(b"\r\n\r\n")
    letters = list(re.finditer(rb"[A-Za-z]", text))
    if not letters:
        return header.removesuffix(b"\r\n") + b"\r\n\r\nX" + text + b"\r\n"
    at = letters[-1].start()
    return header + line + text[:at] + other(text[at : at + 1]) + text[at + 1 :]


def header(message: bytes) -> bytes:
    return SUBJECT.sub(lambda found: found[1] + other(found[2] or b""), message, count=1)


if __name__ == "__main__":
    change = {"body": body, "header": header}[sys.argv[1]]
    for file in sorted(Path(sys.argv[2]).glob("*.eml")):
        (Path(sys.argv[3]) / file.name).write_bytes(change(without_servers(file.read_bytes())))
