"""The MTA's side of the milter protocol, for load that Postfix would not make."""

import socket
import struct


def packet(command, data=b""):
    return struct.pack("!IB", len(data) + 1, ord(command)) + data


def strings(*texts):
    return b"".join(text.encode("latin-1") + b"\0" for text in texts)


OFFER = packet("O", struct.pack("!III", 6, 0x1FF, 0x1FFFFF))


def greeting(client):
    """A client at an IPv4 address."""
    return (
        packet("D", b"C" + strings("{daemon_name}", "smtpd"))
        + packet("C", strings("client.example") + b"4" + struct.pack("!H", 1025) + strings(client))
        + packet("H", strings("client.example"))
    )


def content(sender, fields, body, queue_id):
    """From MAIL to the end of the message, none of which waits for an answer; fields with CRLF and the space they begin with."""
    packets = [
        packet("M", strings(f"<{sender}>")),
        packet("D", b"R" + strings("i", queue_id)),
        packet("R", strings("<ann@sink.example>")),
        packet("T"),
    ]
    packets += [packet("L", strings(name, value.replace("\r\n", "\n"))) for name, value in fields]
    packets.append(packet("N"))
    packets += [packet("B", body[at : at + 65535]) for at in range(0, len(body), 65535)]
    packets += [packet("D", b"E" + strings("i", queue_id)), packet("E")]
    return b"".join(packets)


class Milter:
    """One connection."""

    def __init__(self, port, client):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answers = self.socket.makefile("rb")
        self.socket.sendall(OFFER)
        self.answer()
        self.socket.sendall(greeting(client))

    def answer(self):
        length = self.answers.read(4)
        if len(length) < 4:
            raise ConnectionError("the milter closed the connection")
        data = self.answers.read(struct.unpack("!I", length)[0])
        return chr(data[0]), data[1:]

    def message(self, *parts):
        """The fields that it asks to insert, and its last word."""
        self.socket.sendall(content(*parts))
        inserted = []
        while True:
            letter, data = self.answer()
            if letter == "i":
                name, value = data[4:].split(b"\0")[:2]
                inserted.append((name.decode(), value.decode("latin-1").replace("\n", "\r\n")))
            elif letter != "m":
                return inserted, letter

    def close(self):
        self.socket.close()
