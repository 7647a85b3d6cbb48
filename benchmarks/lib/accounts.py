"""Makes accounts with passwords in several schemes: accounts.py COUNT FOLDER.

FOLDER/logins has an address and a password a line, apart by a tab. For each scheme there are FOLDER/SCHEME.mailboxes for
"dovetail mailbox load", and FOLDER/SCHEME.rows for MariaDB's LOAD DATA. Account n has the password and the hash number n modulo
1,000: so many different ones, since to hash each would take longer than to measure."""

import base64
import csv
import ctypes
import ctypes.util
import hashlib
import sys

HASHES = 1000
LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

# Python's own crypt is gone from 3.13 on.
library = ctypes.CDLL(ctypes.util.find_library("crypt") or "libcrypt.so.1")
library.crypt.restype = ctypes.c_char_p
library.crypt.argtypes = [ctypes.c_char_p, ctypes.c_char_p]


def password(number):
    return f"sesame of {number:03d}"


def salt(number, length):
    """Another one for each number, and the same in each run; the last letter is one that bcrypt allows there."""
    digest = hashlib.sha256(b"%d" % number).digest()
    return "".join(LETTERS[each % 64] for each in digest[: length - 1]) + "."


def crypt(number, setting):
    made = library.crypt(password(number).encode(), setting.encode())
    if not made or not made.startswith(setting.encode()):
        raise SystemExit(f"crypt(3) does not know {setting[:4]}")
    return made.decode()


def salted(number):
    grain = salt(number, 8).encode()
    digest = hashlib.sha512(password(number).encode() + grain).digest()
    return base64.b64encode(digest + grain).decode()


SCHEMES = {
    "PLAIN": password,
    "SSHA512": salted,
    "SHA512-CRYPT": lambda number: crypt(number, "$6$" + salt(number, 16)),
    "BLF-CRYPT": lambda number: crypt(number, "$2y$05$" + salt(number, 22)),
}


def write(path, rows, **form):
    with open(path, "w", newline="", encoding="ascii") as file:
        csv.writer(file, lineterminator="\n", **form).writerows(rows)


def main(count, folder):
    addresses = [f"user{i:06d}@c{i % 100:02d}.example" for i in range(count)]
    tabs = {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
    write(f"{folder}/logins", ((each, password(i % HASHES)) for i, each in enumerate(addresses)), **tabs)
    for scheme, make in SCHEMES.items():
        hashes = [f"{{{scheme}}}{make(number)}" for number in range(min(count, HASHES))]
        rows = [(each, hashes[i % HASHES]) for i, each in enumerate(addresses)]
        write(f"{folder}/{scheme}.rows", rows, **tabs)
        write(f"{folder}/{scheme}.mailboxes", [("address", "password"), *rows])


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
