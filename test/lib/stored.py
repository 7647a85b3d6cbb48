"""Stored mail on its way through a mail server, with and without us.

stored.py prepare SUITES FOLDER   the messages that SUITES/mail/index.jsonl names, as FOLDER/NNN.eml, and odd ones of our own
stored.py compare FOLDER SINK     whether SINK/dovetail.NNN.eml is SINK/plain.NNN.eml, or else SINK/other.NNN.eml, but for
                                  our header; counts
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

HEADER = b"From: joe@demo.example\r\nSubject: odd\r\n"
ODD = {
    "nul-in-header": b"From: joe@demo.example\r\nSubject: a\0b\r\n\r\nHello.\r\n",
    "nul-in-body": HEADER + b"\r\nHel\0lo.\r\n\0\r\n",
    "bare-cr-in-header": b"From: joe@demo.example\r\nSubject: a\rb\r\n\r\nHello.\r\n",
    "bare-cr-in-body": HEADER + b"\r\nHello\rworld\r\n\r\r\nend\r\r\n",
    "bare-lf-in-header": b"From: joe@demo.example\r\nSubject: a\nX-Next: b\r\n\r\nHello.\r\n",
    "bare-lf-in-body": HEADER + b"\r\nHello\nworld\n\n.\nend\n",
    "long-header-line": HEADER + b"X-Long: " + b"x" * 5000 + b"\r\n\r\nHello.\r\n",
    "huge-header-line": HEADER + b"X-Huge: " + b"x" * 150_000 + b"\r\n\r\nHello.\r\n",
    "huge-folded-header": HEADER + b"X-Huge:" + b"\r\n folded" * 20_000 + b"\r\n\r\nHello.\r\n",
    "long-body-line": HEADER + b"\r\n" + b"x" * 5000 + b"\r\nend\r\n",
    "no-header": b"This is no header,\r\nand this is none either.\r\n",
    "no-header-but-an-empty-line": b"\r\nHello.\r\n",
    "empty-line-alone": b"\r\n",
    "junk-between-fields": HEADER + b"this is no field\r\nX-After: it\r\n\r\nHello.\r\n",
    "begins-folded": b" folded from nothing\r\n" + HEADER + b"\r\nHello.\r\n",
    "mbox-line": b"From joe Sat Nov 21 10:00:00 2026\r\n" + HEADER + b"\r\nHello.\r\n",
    "malformed-signature": b"DKIM-Signature: v=1; a=rsa-sha256;;; \x80\r\nDKIM-Signature:\r\n" + HEADER + b"\r\nHello.\r\n",
    "sixty-hops": b"Received: from a.example by b.example; Sat, 21 Nov 2026 10:00:00 +0000\r\n" * 60 + HEADER + b"\r\nHello.\r\n",
}

SAME = "as without us, but for our header"
OURS = re.compile(rb"Authentication-Results: mx\.demo\.example;\r\n dkim=.*\r\n(?:[ \t].*\r\n)*")
# What Postfix writes differs by nature: its Received, and the fields that it adds where they are missing.
RECEIVED = re.compile(rb"Received: from .*\r\n(?:[ \t].*\r\n)+")
MESSAGE_ID = re.compile(rb"(?m)^Message-Id: <\d{14}\.[0-9A-Za-z]+@mx\.demo\.example>\r$")
DATE = re.compile(rb"(?m)^Date: [A-Z][a-z]{2}, [ \d]\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4} \([A-Z]+\)\r$")


def prepare(suites: Path, folder: Path) -> None:
    messages = dict(ODD)
    for number, row in enumerate((suites / "mail/index.jsonl").read_text().splitlines(), 1):
        message = (suites / json.loads(row)["file"]).read_bytes()
        # Mail in files with the line ends of Unix travels with those of SMTP; any other is sent as it is.
        messages[f"{number:03d}"] = message if b"\r\n" in message else message.replace(b"\n", b"\r\n")
    for name, message in messages.items():
        (folder / f"{name}.eml").write_bytes(message)


def normalised(message: bytes, sent: bytes) -> bytes:
    message = RECEIVED.sub(b"Received: (Postfix)\r\n", message, count=1)
    for pattern in MESSAGE_ID, DATE:
        added = pattern.search(message)
        if added and added[0] not in sent:
            message = message[: added.start()] + b"(added by Postfix)\r" + message[added.end() :]
    return message


def outcome(file: Path, sink: Path) -> str:
    plain, ours, other = (sink / f"{way}.{file.name}" for way in ("plain", "dovetail", "other"))
    if not plain.exists() or not ours.exists():
        return f"arrived: without us {plain.exists()}, with us {ours.exists()}"
    sent, with_us = file.read_bytes(), ours.read_bytes()
    top = OURS.match(with_us)
    if not top:
        return "no header of ours on top"
    below = normalised(with_us[top.end() :], sent)
    if below == normalised(plain.read_bytes(), sent):
        return SAME
    if other.exists() and below == normalised(other.read_bytes(), sent):
        return "as with a milter that does nothing, but for our header"
    return "DIFFERENT"


def compare(folder: Path, sink: Path) -> None:
    counts: Counter[str] = Counter()
    for file in sorted(folder.glob("*.eml")):
        word = outcome(file, sink)
        counts[f"{'odd' if file.stem in ODD else 'stored'} messages: {word}"] += 1
        if word != SAME:
            print(f"{file.stem}: {word}")
    for word, count in sorted(counts.items()):
        print(count, word)


if __name__ == "__main__":
    {"prepare": prepare, "compare": compare}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
