"""What verifiers have written into messages.

results.py FILE...         a line for each dkim result of mx.demo.example: "NAME SELECTOR RESULT REASON"
results.py --tally FILE... counts instead, for files that are called PAIR.SHAPE.eml, pair for pair and signer for signer, with
                           the word of opendkim.example on the same signature beside ours; shapes are named where ours is not
                           the most frequent result
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PAIRS = {"ss": "simple/simple", "sr": "simple/relaxed", "rs": "relaxed/simple", "rr": "relaxed/relaxed"}


def fields(file: Path, authserv_id: str) -> Iterator[str]:
    header = re.sub(rb"\r\n(?=[ \t])", b"", file.read_bytes().split(b"\r\n\r\n")[0])
    for line in header.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        whose, semicolon, results = value.strip().partition(";")
        if name.lower() == "authentication-results" and whose == authserv_id and semicolon:
            yield results


def results(file: Path, authserv_id: str) -> Iterator[dict[str, str]]:
    """The dkim results, in the order in which they are written, by the names of their parts."""
    for field in fields(file, authserv_id):
        for result in re.split(r";\s*(?=[a-z]+=)", field.strip()):
            pairs = re.findall(r'([a-z.]+)=("[^"]*"|\S+)', result)
            parts = {name: value.strip('"').rstrip(";") for name, value in reversed(pairs)}
            if "dkim" in parts:
                yield parts


def tally(files: list[Path]) -> None:
    counts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        pair, _, shape = file.stem.partition(".")
        theirs = {part.get("header.b", "")[:8]: part["dkim"] for part in results(file, "opendkim.example")}
        for part in results(file, "mx.demo.example"):
            signer = f"{PAIRS[pair]} {part.get('header.s', '?')} {part.get('header.a', '?')}"
            word = f"dkim={part['dkim']}" + (f" ({part['reason']})" if "reason" in part else "")
            opendkim = theirs.get(part.get("header.b", ""), "silent")
            counts[signer][f"{word}, opendkim {opendkim}"].append(shape)
    for signer, words in counts.items():
        common = max(words, key=lambda word: len(words[word]))
        for word, shapes in sorted(words.items()):
            names = "" if word == common else ": " + " ".join(sorted(shapes))
            print(f"{signer}: {len(shapes)} {word}{names}")


def main(arguments: list[str]) -> None:
    if arguments[0] == "--tally":
        tally([Path(name) for name in arguments[1:]])
        return
    for name in arguments:
        for part in results(Path(name), "mx.demo.example"):
            print(Path(name).stem, part.get("header.s", "-"), part["dkim"], part.get("reason", ""))


if __name__ == "__main__":
    main(sys.argv[1:])
