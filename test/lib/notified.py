"""Stands for systemd: starts a command with a NOTIFY_SOCKET, and prints what it is told, a line each.

usage: notified.py SOCKET COMMAND ARGUMENT...
"""
import os
import select
import signal
import socket
import subprocess
import sys

path, command = sys.argv[1], sys.argv[2:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(path)
os.chmod(path, 0o666)
child = subprocess.Popen(command, stdout=sys.stderr, env={**os.environ, "NOTIFY_SOCKET": path})
signal.signal(signal.SIGTERM, lambda *_: child.terminate())
signal.signal(signal.SIGHUP, lambda *_: child.send_signal(signal.SIGHUP))


def told(seconds):
    """Prints the words that came within so many seconds; whether there were any."""
    if not select.select([listener], [], [], seconds)[0]:
        return False
    for line in listener.recv(65536).decode().splitlines():
        if not line.startswith(("STATUS=", "MONOTONIC_USEC=", "WATCHDOG=")):
            print(line, flush=True)
    return True


while child.poll() is None:
    told(0.1)
while told(0):
    pass
print("ended", child.returncode, flush=True)
