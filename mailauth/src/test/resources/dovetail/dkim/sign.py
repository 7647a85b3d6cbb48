"""Signs every message of a folder with dkimpy, in every way that it knows: one file each."""
import base64
import os
import sys

import dkim

folder = sys.argv[1]


def pem(name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


rsa = pem("rsa.pem")
lines = [line for line in pem("ed25519.pem").splitlines() if b"-" not in line]
ed25519 = base64.b64encode(base64.b64decode(b"".join(lines))[-32:])
keys = {"r1": (rsa, b"rsa-sha256"), "e1": (ed25519, b"ed25519-sha256")}

for name in sorted(os.listdir(folder)):
    if not name.endswith(".msg"):
        continue
    message = pem(name)
    for header in (b"simple", b"relaxed"):
        for body in (b"simple", b"relaxed"):
            for selector, (key, algorithm) in keys.items():
                for length in (False, True):
                    field = dkim.sign(
                        message,
                        selector.encode(),
                        b"example.com",
                        key,
                        identity=b"someone@mail.example.com" if length else None,
                        canonicalize=(header, body),
                        signature_algorithm=algorithm,
                        length=length,
                    )
                    way = "-".join([header.decode(), body.decode(), selector, str(length)])
                    with open(os.path.join(folder, f"{name}-{way}.signed"), "wb") as out:
                        out.write(field + message)
