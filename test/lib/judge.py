"""dkimpy's word on each signature of each message: judge.py KEYS FILE...

KEYS holds lines "name text", as DNS would answer. Prints lines "FILE dkimpy ALGORITHM pass|fail".
"""

import sys
from pathlib import Path

import dkim


def main(keys, *files):
    records = dict(line.split(" ", 1) for line in Path(keys).read_text().splitlines())

    def answer(name, timeout=5):
        return records.get(name.decode().rstrip("."), "").encode() or None

    for file in files:
        message = Path(file).read_bytes()
        count = len([1 for name, _ in dkim.rfc822_parse(message)[0] if name.lower() == b"dkim-signature"])
        for index in range(count):
            verifier = dkim.DKIM(message)
            try:
                good = verifier.verify(idx=index, dnsfunc=answer)
            except dkim.DKIMException as error:
                print(f"{file}: {error}", file=sys.stderr)
                good = False
            algorithm = verifier.signature_fields.get(b"a", b"unknown").decode()
            print(file, "dkimpy", algorithm, "pass" if good else "fail")


if __name__ == "__main__":
    main(*sys.argv[1:])
