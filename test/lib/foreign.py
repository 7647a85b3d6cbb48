"""Signs with dkimpy: foreign.py FOLDER PAIR IN OUT puts an RSA and an Ed25519 signature of each message of IN above OUT's.

FOLDER holds the keys rsa.pem and ed.key (base64); PAIR is the canonicalization, such as relaxed/simple. A message that is not
in OUT yet is copied there first. The domain is foreign.example.
"""

import sys
from pathlib import Path

import dkim

KEYS = ((b"rsa-sha256", b"py-rsa", "rsa.pem"), (b"ed25519-sha256", b"py-ed", "ed.key"))


def signatures(folder: Path, pair: str, message: bytes) -> bytes:
    """Each is made of the message without the others: none of them signs another."""
    fields = b""
    for algorithm, selector, key in KEYS:
        signer = dkim.DKIM(message, signature_algorithm=algorithm)
        canonicalize = tuple(part.encode() for part in pair.split("/"))
        secret = (folder / key).read_bytes().strip()
        fields += signer.sign(selector, b"foreign.example", secret, canonicalize=canonicalize)
    return fields


def main(folder: str, pair: str, source: str, target: str) -> None:
    for file in sorted(Path(source).glob("*.eml")):
        message = file.read_bytes()
        signed = Path(target) / file.name
        rest = signed.read_bytes() if signed.exists() else message
        signed.write_bytes(signatures(Path(folder), pair, message) + rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
