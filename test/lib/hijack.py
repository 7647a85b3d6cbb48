"""Sends as a hijacked account does: many messages to many domains over several connections, as fast as they are taken.

hijack.py PORT LOGIN MESSAGES DOMAINS [--recipients N] [--connections N]
Prints how many were taken, refused for now and refused for good, and how many recipients those taken had.
"""

import argparse
import collections
import socket
import threading

BODY = "From: {login}\r\nTo: you@sink.example\r\nSubject: offer\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\nMessage-ID: <{n}@client.example>\r\n\r\nBuy.\r\n.\r\n"


class Client:
    def __init__(self, port, login):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.replies = self.socket.makefile("rb")
        self.reply()
        self.ask("EHLO client.example")
        self.ask(f"XCLIENT ADDR=192.0.2.1 LOGIN={login}")
        self.ask("EHLO client.example")

    def reply(self):
        while (line := self.replies.readline())[3:4] == b"-":
            pass
        return line.decode()[:3]

    def ask(self, line):
        self.socket.sendall(line.encode() + b"\r\n")
        return self.reply()


def message(client, login, number, recipients, domains):
    client.ask(f"MAIL FROM:<{login}>")
    taken = 0
    for i in range(recipients):
        place = (number * recipients + i) % domains
        code = client.ask(f"RCPT TO:<user{number}@d{place}.example>")
        taken += code == "250"
        if code == "421":
            return code, 0
    code = client.ask("DATA") if taken else "450"
    if code == "354":
        client.socket.sendall(BODY.format(login=login, n=number).encode())
        code = client.reply()
    if code != "250":
        client.ask("RSET")
    return code, taken


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("login")
    parser.add_argument("messages", type=int)
    parser.add_argument("domains", type=int)
    parser.add_argument("--recipients", type=int, default=1)
    parser.add_argument("--connections", type=int, default=4)
    how = parser.parse_args()
    counts, lock, numbers = collections.Counter(), threading.Lock(), iter(range(how.messages))

    def work():
        client = Client(how.port, how.login)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            code, taken = message(client, how.login, number, how.recipients, how.domains)
            if code == "421":
                client = Client(how.port, how.login)
            with lock:
                counts[code[0]] += 1
                counts["recipients"] += taken if code == "250" else 0

    threads = [threading.Thread(target=work) for _ in range(how.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"taken {counts['2']}, refused for now {counts['4']}, for good {counts['5']}, recipients {counts['recipients']}")


if __name__ == "__main__":
    main()
