"""A host of MTA-STS policies: HTTPS on 127.0.0.1.

policyhost.py PORT CERTIFICATE FOLDER: answers /.well-known/mta-sts.txt with FOLDER/HOST, where HOST is the one that the request
names; everything else is not found. The certificate is PEM, the key beside it. Prints the host of each request.
"""

import http.server
import ssl
import sys
from pathlib import Path


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        host = self.headers.get("Host", "")
        file = self.server.folder / host.replace("/", "_")
        print(host, flush=True)
        found = self.path == "/.well-known/mta-sts.txt" and file.is_file()
        text = file.read_bytes() if found else b"not here\n"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    server.folder = Path(sys.argv[3])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
