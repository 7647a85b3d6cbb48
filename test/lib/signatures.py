"""The tags of each DKIM-Signature of a message: signatures.py FILE TAG... prints one line a signature, "a=... c=...".

A tag that is not there is left out; without tags all are printed but b, bh and t, which differ from run to run.
"""

import re
import sys
from pathlib import Path


def signatures(message):
    header = re.sub(rb"\r\n(?=[ \t])", b"", message.split(b"\r\n\r\n")[0])
    for line in header.split(b"\r\n"):
        name, _, value = line.decode("utf-8", "replace").partition(":")
        if name.lower() == "dkim-signature":
            parts = (part.partition("=") for part in value.split(";") if part.strip())
            yield {tag.strip(): re.sub(r"\s+", "", text) for tag, _, text in parts}


if __name__ == "__main__":
    for tags in signatures(Path(sys.argv[1]).read_bytes()):
        wanted = sys.argv[2:] or [tag for tag in sorted(tags) if tag not in ("b", "bh", "t")]
        print(" ".join(f"{tag}={tags[tag]}" for tag in wanted if tag in tags))
