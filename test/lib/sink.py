"""The next hop of the tests: an SMTP server that keeps each message exactly as it came.

sink.py PORT FOLDER [--dsn] [CERTIFICATE]: a message goes to FOLDER/NAME.eml and its envelope to FOLDER/NAME.envelope, where NAME is the local
part of the first recipient; a second message of that name becomes NAME.2, and so on. A recipient whose name begins with
"refused" is. Any login is taken, and stands in the envelope. With a certificate (PEM, the key beside it) there is STARTTLS; with
--dsn whoever hands mail on says which notices are wanted (RFC 3461), which stands in the envelope, too.
"""

import base64
import re
import socketserver
import ssl
import sys
import threading
from pathlib import Path


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 sink.example ESMTP")
        envelope, login = [], []
        while line := self.rfile.readline():
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"EHLO":
                offered = ["250-STARTTLS"] if self.server.tls and not isinstance(self.connection, ssl.SSLSocket) else []
                offered += ["250-DSN"] if self.server.dsn else []
                self.say("250-sink.example", *offered, "250-8BITMIME", "250-SMTPUTF8", "250-PIPELINING", "250-AUTH PLAIN", "250 SIZE")
            elif verb == b"STARTTLS" and self.server.tls:
                self.say("220 2.0.0 go on")
                self.secure()
            elif verb == b"DATA":
                self.say("354 go on")
                self.server.keep(login + envelope, self.read_message())
                envelope = []
                self.say("250 2.0.0 kept")
            elif verb == b"RCPT" and b"<refused" in line:
                self.say("550 5.1.1 no such user")
            elif verb == b"AUTH":
                login = ["AUTH " + base64.b64decode(line.split()[2]).decode().replace("\0", " ").strip()]
                self.say("235 2.7.0 welcome")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                if verb in (b"MAIL", b"RCPT"):
                    envelope.append(line.decode("utf-8", "replace").rstrip())
                elif verb == b"RSET":
                    envelope = []
                self.say("250 2.0.0 ok")

    def secure(self):
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)

    def read_message(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionError("the client left inside a message")
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def say(self, *lines):
        self.wfile.write("".join(line + "\r\n" for line in lines).encode())


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port, folder, certificate=None, dsn=False):
        self.folder = folder
        self.dsn = dsn
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(certificate)
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", port), Session)

    def keep(self, envelope, message):
        first = next((line for line in envelope if line.upper().startswith("RCPT")), "RCPT TO:<nobody@>")
        name = re.sub(r"[^A-Za-z0-9_.+-]", "_", first.partition("<")[2].partition("@")[0]) or "nobody"
        with self.lock:
            taken, count = name, 1
            while (self.folder / f"{name}.envelope").exists():
                count += 1
                name = f"{taken}.{count}"
            (self.folder / f"{name}.envelope").write_text("\n".join(envelope) + "\n")
        # Whoever waits for the file finds it whole.
        part = self.folder / f"{name}.part"
        part.write_bytes(message)
        part.rename(self.folder / f"{name}.eml")


if __name__ == "__main__":
    rest = [word for word in sys.argv[3:] if word != "--dsn"]
    with Sink(int(sys.argv[1]), Path(sys.argv[2]), *rest, dsn="--dsn" in sys.argv) as sink:
        sink.serve_forever()
