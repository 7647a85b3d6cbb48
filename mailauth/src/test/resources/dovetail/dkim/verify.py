"""Verifies every signature of the messages in a folder with dkimpy; DNS is a file of name TAB text."""
import os
import sys

import dkim

folder = sys.argv[1]
records = {}
with open(os.path.join(folder, "dns.txt"), "rb") as lines:
    for line in lines:
        name, text = line.rstrip(b"\n").split(b"\t", 1)
        records[name + b"."] = text


def dnsfunc(name, timeout=5):
    if isinstance(name, str):
        name = name.encode()
    return records.get(name, b"")


for name in sorted(os.listdir(folder)):
    if not name.endswith(".eml"):
        continue
    with open(os.path.join(folder, name), "rb") as file:
        message = file.read()
    count = message.count(b"DKIM-Signature:")
    words = []
    for index in range(count):
        try:
            passed = dkim.DKIM(message).verify(idx=index, dnsfunc=dnsfunc)
            words.append("pass" if passed else "fail")
        except Exception as error:  # a refusal is a result too
            words.append(repr(error))
    print(name, *words)
