"""Holds a unix socket open and runs a command with it as standard input, as systemd does for a socket unit with
StandardInput=socket: holder.py SOCKET GROUP COMMAND... SIGHUP ends the command and starts it again; SIGTERM ends both."""

import os
import shutil
import signal
import socket
import subprocess
import sys

path, group, *command = sys.argv[1:]
again = True


def restart(*_):
    global again
    again = True
    child.terminate()


def stop(*_):
    child.terminate()


listening = socket.socket(socket.AF_UNIX)
listening.bind(path)
shutil.chown(path, group=group)
os.chmod(path, 0o660)
listening.listen(1024)
for signal_number, handler in ((signal.SIGHUP, restart), (signal.SIGTERM, stop)):
    signal.signal(signal_number, handler)
status = 0
while again:
    again = False
    child = subprocess.Popen(command, stdin=listening)
    status = child.wait()
sys.exit(status if status >= 0 else 128 - status)
