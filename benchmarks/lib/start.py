"""Starts Dovetail as its package does and measures it: start.py SECONDS SOCKET... -- COMMAND...

Prints one line of JSON: how long it took until every socket took a connection, and the memory after so many idle seconds.
"""

import json
import re
import socket
import subprocess
import sys
import time

PATIENCE = 60


def main(arguments):
    seconds, rest = float(arguments[0]), arguments[1:]
    cut = rest.index("--")
    sockets, command = rest[:cut], rest[cut + 1 :]
    began = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        for path in sockets:
            connect(path, child, began)
        listening = time.monotonic() - began
        time.sleep(seconds)
        memory = status(child.pid)
    finally:
        child.terminate()
        child.wait()
    print(json.dumps({"listening_ms": listening * 1e3, "resident_mib": memory["VmRSS"], "most_mib": memory["VmHWM"]}))


def connect(path, child, began):
    while True:
        with socket.socket(socket.AF_UNIX) as one:
            try:
                return one.connect(path)
            except OSError as trouble:
                if child.poll() is not None or time.monotonic() - began > PATIENCE:
                    sys.exit(f"nobody listens at {path}: {trouble}")
        time.sleep(0.002)


def status(pid):
    with open(f"/proc/{pid}/status") as lines:
        return {name: int(kib) / 1024 for name, kib in re.findall(r"^(Vm\w+):\s+(\d+) kB", lines.read(), re.M)}


main(sys.argv[1:])
