"""Asks an SMTP server about recipients, without sending anything.

rcpt.py PORT ADDRESS...                  the reply's code for each, a line each: ADDRESS CODE
rcpt.py PORT --until FILE ADDRESS...     again and again until the file is there, on several connections; prints how often each
                                         code came for each address: ADDRESS CODE COUNT
"""

import argparse
import collections
import socket
import threading
import time
from pathlib import Path


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.replies = self.socket.makefile("rb")
        self.reply()
        self.ask("EHLO client.example")

    def reply(self):
        while (line := self.replies.readline())[3:4] == b"-":
            pass
        return line.decode()[:3]

    def ask(self, line):
        self.socket.sendall(line.encode() + b"\r\n")
        return self.reply()

    def code(self, address):
        self.ask("MAIL FROM:<a@elsewhere.example>")
        code = self.ask(f"RCPT TO:<{address}>")
        self.ask("RSET")
        return code


def load(port, addresses, until, counts, lock):
    client, asked = Client(port), 0
    while not until.exists():
        for address in addresses:
            if asked == 50:  # below smtpd_hard_error_limit and the like
                client, asked = Client(port), 0
            code = client.code(address)
            asked += 1
            with lock:
                counts[address, code] += 1
        time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--until", type=Path)
    parser.add_argument("addresses", nargs="+")
    how = parser.parse_args()
    if not how.until:
        for address in how.addresses:
            print(address, Client(how.port).code(address))
        return
    counts, lock = collections.Counter(), threading.Lock()
    threads = [
        threading.Thread(target=load, args=(how.port, how.addresses, how.until, counts, lock)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for (address, code), count in sorted(counts.items()):
        print(address, code, count)


if __name__ == "__main__":
    main()
