"""Messages with forged Authentication-Results.

forged.py write FOLDER     writes FOLDER/NAME.eml for each shape
forged.py check FILE...    says what has become of each, once it has left the mail server
"""

import re
import sys
from pathlib import Path

NAME = "Authentication-Results"
CLAIM = " dkim=pass header.d=demo.example"
PLAIN = f"{NAME}: mx.demo.example;{CLAIM}"
FIRST = f"{NAME}: first.example; spf=pass smtp.mailfrom=a@first.example"
SECOND = "authentication-results:second.example (mx.demo.example;);\r\n\tdkim=pass  header.d=second.example "

# What claims to be ours.
FORGED = {
    "plain": PLAIN,
    "folded": f"{NAME}:\r\n mx.demo.example;\r\n{CLAIM}",
    "folded-tab": f"{NAME}:\r\n\tmx.demo.example\r\n\t;{CLAIM}",
    "folded-twice": f"{NAME}:\r\n \r\n\t\r\n mx.demo.example;{CLAIM}",
    "no-space": f"{NAME}:mx.demo.example;{CLAIM}",
    "tab": f"{NAME}:\tmx.demo.example\t;{CLAIM}",
    "comment": f"{NAME}: (a comment) mx.demo.example;{CLAIM}",
    "nested-comment": f"{NAME}: (a (nested (one; \\) first.example)) here)mx.demo.example;{CLAIM}",
    "folded-comment": f"{NAME}: (a\r\n comment)\r\n mx.demo.example;{CLAIM}",
    "comment-behind": f"{NAME}: mx.demo.example(a comment);{CLAIM}",
    "quoted": f'{NAME}: "mx.demo.example";{CLAIM}',
    "quoted-pairs": f'{NAME}: "mx\\.de\\mo.example";{CLAIM}',
    "upper-case": f"{NAME.upper()}: MX.DEMO.EXAMPLE;{CLAIM}",
    "version": f"{NAME}: mx.demo.example 1;{CLAIM}",
    "strange-version": f"{NAME}: mx.demo.example one two;{CLAIM}",
    "trailing-dot": f"{NAME}: mx.demo.example.;{CLAIM}",
    "slash": f"{NAME}: mx.demo.example/1;{CLAIM}",
    "no-semicolon": f"{NAME}: mx.demo.example{CLAIM}",
    "id-alone": f"{NAME}: mx.demo.example",
    "unparsable": f'{NAME}: mx.demo.example; ((="dkim=pass\\',
    "none": f"{NAME}: mx.demo.example; none",
    "space-before-colon": f"{NAME} : mx.demo.example;{CLAIM}",
    "tab-before-colon": f"{NAME} \t: mx.demo.example;{CLAIM}",
    "control-characters": f"{NAME}: \x01\x0b\x0c mx.demo.example;{CLAIM}",
    "bare-cr": f"{NAME}: \r mx.demo.example;{CLAIM}",
    # What other readers make our name of.
    "encoded-word": f"{NAME}: =?utf-8?q?mx.demo.example?=;{CLAIM}",
    "encoded-part": f"{NAME}: mx.=?utf-8?b?ZGVtbw==?=.example;{CLAIM}",
    "joined-words": f"{NAME}: mx . demo .\r\n example;{CLAIM}",
    "quotes-within": f'{NAME}: "mx.de"mo.example;{CLAIM}',
    "stray-parenthesis": f"{NAME}: mx.demo.example);{CLAIM}",
    "unicode-space": f"{NAME}: mx.demo.example\u00a0;{CLAIM}",
    "u-label": f"{NAME}: bücher.example;{CLAIM}",
    "u-label-upper": f"{NAME}: BÜCHER.example;{CLAIM}",
    "a-label": f"{NAME}: xn--bcher-kva.example;{CLAIM}",
    "old-name": f"{NAME}: old.demo.example;{CLAIM}",
}

# What does not, although it looks like it.
FOREIGN = {
    "longer-name": f"{NAME}: mx.demo.example.evil.example;{CLAIM}",
    "name-below": f"{NAME}: sub.mx.demo.example;{CLAIM}",
    "name-above": f"{NAME}: demo.example;{CLAIM}",
    "in-a-comment": f"{NAME}: third.example (mx.demo.example); dkim=fail",
    "another-field": f"X-{NAME}: mx.demo.example;{CLAIM}",
    "of-arc": f"ARC-{NAME}: i=1; mx.demo.example;{CLAIM}",
    "id-behind-a-result": f"{NAME}: dkim=pass header.d=demo.example; mx.demo.example",
    "no-id": f"{NAME}: spf=pass smtp.mailfrom=mx.demo.example",
}

# Postfix cuts the line off at the NUL, and shows its milters what is left of it; that claims nothing, and stays.
NUL = f"{NAME}: \0mx.demo.example;{CLAIM}"

SHAPES = {
    **{name: [FIRST, field, SECOND] for name, field in (FORGED | FOREIGN).items()},
    "nul": [FIRST, NUL, SECOND, PLAIN],
    "several": [PLAIN, FIRST, FORGED["folded"], SECOND, FORGED["comment"], PLAIN, FIRST, PLAIN],
    "fifty": [FIRST, *([PLAIN] * 25), SECOND, *([FORGED["quoted"]] * 25), FIRST],
    "all": [NUL, FIRST, *FORGED.values(), SECOND, *FOREIGN.values(), *FORGED.values(), FIRST],
}

REST = (
    "From: Joe <joe@demo.example>\r\nTo: Ann <ann@sink.example>\r\nSubject: results\r\n"
    "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <results@demo.example>\r\n\r\n"
    f"{PLAIN}\r\n\r\nHello.\r\n"
)
CLAIMS = set(FORGED.values())

RECEIVED = re.compile(rb"Received: from .*\r\n(?:[ \t].*\r\n)+")
# Whatever was checked, nothing passes.
OURS = re.compile(rb"Authentication-Results: mx\.demo\.example;\r\n(?: (?!.*pass).*\r\n)*? dkim=none\r\n")
SIGNATURES = re.compile(rb"(?:DKIM-Signature:.*\r\n(?:[ \t].*\r\n)+)+")


def message(fields: list[str]) -> bytes:
    return ("".join(field + "\r\n" for field in fields) + REST).encode()


def check(file: Path) -> str:
    fields = SHAPES[file.stem.partition(".")[2]]
    kept = [field.partition("\0")[0] for field in fields if field not in CLAIMS]
    words = [f"{len(fields) - len(kept)} forged"]
    left = file.read_bytes()
    for what, pattern in ("ours", OURS), ("signatures", SIGNATURES), ("Received", RECEIVED):
        if top := pattern.match(left):
            left = left[top.end() :]
            words.append(f"{what} on top" if len(words) == 1 else f"then {what}")
    if left == message(kept):
        words.append(f"then the {len(kept)} others and the rest as sent")
    elif left == message(fields):
        words.append("then all as sent: NOTHING REMOVED")
    else:
        words.append(f"then something else: {left.partition(b'From: Joe')[0]!r}")
    return ", ".join(words)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        for shape, parts in SHAPES.items():
            (Path(sys.argv[2]) / f"{shape}.eml").write_bytes(message(parts))
    else:
        for name in sys.argv[2:]:
            print(f"{Path(name).stem}: {check(Path(name))}")
