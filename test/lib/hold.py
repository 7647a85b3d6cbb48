"""Holds conversations that are only half told, until it is killed: hold.py smtp|header|body PORT COUNT.

smtp: with Postfix, inside DATA. header, body: with the milter itself, inside a packet of that kind.
"""

import socket
import struct
import sys
import time

from smtp import Client


def packet(command, data=b""):
    return struct.pack("!IB", len(data) + 1, command[0]) + data


def smtp(port):
    client = Client(port)
    client.hello(None)
    client.must("MAIL FROM:<joe@demo.example>")
    client.must("RCPT TO:<held@sink.example>")
    client.must("DATA", "3")
    client.write("From: joe@demo.example", "Subject: held", "", "half a li")
    return client


def milter(port, where):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(packet(b"O", struct.pack("!III", 6, 0x1FF, 0x1FFFFF)))
    connection.recv(4096)
    half = packet(b"L", b"Subject\0" + b"x" * 5000) if where == "header" else packet(b"B", b"y" * 60000)
    connection.sendall(
        packet(b"C", b"localhost\x004" + struct.pack("!H", 25) + b"127.0.0.1\0")
        + packet(b"H", b"client.example\0")
        + packet(b"M", b"<joe@demo.example>\0")
        + packet(b"R", b"<held@sink.example>\0")
        + packet(b"T")
        + packet(b"L", b"From\0 joe@demo.example\0")
        + (packet(b"N") if where == "body" else b"")
        + half[: len(half) // 2]
    )
    return connection


if __name__ == "__main__":
    kind, number, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    held = [smtp(number) if kind == "smtp" else milter(number, kind) for _ in range(count)]
    time.sleep(120)
