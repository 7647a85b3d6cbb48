"""An SMTP client for tests: sends files byte for byte. Prints the last reply for each.

smtp.py PORT [options] FILE...        all files in one connection
  --from ADDRESS  --to ADDRESS (repeat)   envelope; without --to: <file name without extension>@sink.example
  --bare                              the sender without angle brackets
  --prefix TEXT                       before the file name in that recipient
  --xclient "NAME=VALUE ..."          before EHLO, as somebody else
  --helo NAME                         what the client calls itself
  --bdat SIZE                         BDAT in chunks of that many bytes, instead of DATA
  --pipeline                          MAIL, RCPT and DATA in one write
  --rset                              an abandoned transaction and RSET before each message
  --count N                           each file that many times
"""

import argparse
import re
import socket
import sys
from pathlib import Path


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.replies = self.socket.makefile("rb")

    def reply(self):
        while (line := self.replies.readline())[3:4] == b"-":
            pass
        if not line:
            raise ConnectionError("the server closed the connection")
        return line.decode().rstrip()

    def write(self, *lines):
        self.socket.sendall("".join(line + "\r\n" for line in lines).encode())

    def ask(self, line):
        self.write(line)
        return self.reply()

    def must(self, line, digit="2"):
        reply = self.ask(line)
        if not reply.startswith(digit):
            raise ConnectionError(f"{line}: {reply}")

    def hello(self, xclient, name="client.example"):
        self.reply()
        self.must(f"EHLO {name}")
        if xclient:
            self.must(f"XCLIENT {xclient}")
            self.must(f"EHLO {name}")

    def send(self, message, sender, recipients, how):
        if how.rset:
            self.must(f"MAIL FROM:<{sender}>")
            self.must(f"RCPT TO:<{recipients[0]}>")
            self.must("RSET")
        high = any(byte > 127 for byte in message)
        parameters = " BODY=8BITMIME" if high else ""
        if re.search(rb"[\x80-\xff]", message.split(b"\r\n\r\n")[0]):
            parameters += " SMTPUTF8"
        path = sender if how.bare else f"<{sender}>"
        commands = [f"MAIL FROM:{path}{parameters}"] + [f"RCPT TO:<{to}>" for to in recipients]
        data = [] if how.bdat else ["DATA"]
        if how.pipeline:
            self.write(*commands, *data)
        for command in commands + data:
            reply = self.reply() if how.pipeline else self.ask(command)
            if not reply.startswith(("2", "3")):
                return reply
        return self.bdat(message, how.bdat) if how.bdat else self.data(message)

    def data(self, message):
        if not message.endswith(b"\r\n"):
            message += b"\r\n"
        self.socket.sendall(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
        return self.reply()

    def bdat(self, message, size):
        for start in range(0, len(message), size):
            chunk = message[start : start + size]
            last = " LAST" if start + size >= len(message) else ""
            self.socket.sendall(f"BDAT {len(chunk)}{last}\r\n".encode() + chunk)
            reply = self.reply()
            if not reply.startswith("2"):
                break
        return reply


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--from", dest="sender", default="joe@demo.example")
    parser.add_argument("--to", action="append")
    parser.add_argument("--bare", action="store_true")
    parser.add_argument("--prefix", default="")
    parser.add_argument("--xclient")
    parser.add_argument("--helo", default="client.example")
    parser.add_argument("--bdat", type=int)
    parser.add_argument("--pipeline", action="store_true")
    parser.add_argument("--rset", action="store_true")
    parser.add_argument("--count", type=int, default=1)
    return parser.parse_args()


def main():
    how = arguments()
    client = Client(how.port)
    client.hello(how.xclient, how.helo)
    for file in how.files:
        recipients = how.to or [f"{how.prefix}{file.stem}@sink.example"]
        for _ in range(how.count):
            print(client.send(file.read_bytes(), how.sender, recipients, how), flush=True)
    client.ask("QUIT")


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(str(error))
