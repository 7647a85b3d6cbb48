"""Guesses the password of an account from many addresses, in Dovecot's auth client protocol as Postfix speaks it: guesser.py
SOCKET USER ADDRESSES [PASSWORD]. Each address tries one password, another each time unless one is given. Prints how many
answers of a kind there were."""

import base64
import collections
import socket
import sys

path, user, addresses, *given = sys.argv[1:]
counts = collections.Counter()
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect(path)
    lines = connection.makefile("rwb")
    while lines.readline() != b"DONE\n":
        pass
    lines.write(b"VERSION\t1\t2\nCPID\t1\n")
    for number in range(1, int(addresses) + 1):
        password = given[0] if given else f"guess {number}"
        response = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        rip = f"198.18.{number // 250}.{number % 250 + 1}"
        lines.write(f"AUTH\t{number}\tPLAIN\tservice=smtp\trip={rip}\tresp={response}\n".encode())
        lines.flush()
        words = lines.readline().decode().rstrip("\n").split("\t")
        code = next((word for word in words if word.startswith("code=")), "")
        counts[f"{words[0]} {code}".strip()] += 1
for kind, count in sorted(counts.items()):
    print(count, kind)
