"""Just as much of Dovecot's auth protocol as Postfix needs to offer logins: sasl.py PORT. Nobody's login succeeds; tests log
in by XCLIENT, which takes a server that offers it."""

import os
import socketserver
import sys

HANDSHAKE = "VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nSPID\t{pid}\nCUID\t1\nCOOKIE\t{cookie}\nDONE\n"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(HANDSHAKE.format(pid=os.getpid(), cookie="0" * 32).encode())
        while line := self.rfile.readline():
            words = line.decode().split("\t")
            if words[0] == "AUTH":
                self.wfile.write(f"FAIL\t{words[1]}\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    with Server(("127.0.0.1", int(sys.argv[1])), Session) as server:
        server.serve_forever()
