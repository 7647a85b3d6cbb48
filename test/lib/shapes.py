"""Messages of the shapes that signatures break on: shapes.py FOLDER writes FOLDER/NAME.eml, byte for byte as sent."""

import sys
from pathlib import Path

HEADER = (
    "From: Joe Doe <joe@demo.example>\r\n"
    "To: Ann <ann@sink.example>\r\n"
    "Subject: A message of shape {name}\r\n"
    "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n"
    "Message-ID: <{name}@demo.example>\r\n"
)
MIME = (
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: {encoding}\r\n"
)
BODY = "Hello,\r\n\r\nthis is the body.\r\n"


def plain(name):
    return HEADER.format(name=name) + "\r\n" + BODY


def eight_bit(name):
    text = "Grüße aus Köln: äöü ß €\r\n\r\nnaïve café\r\n"
    return HEADER.format(name=name) + MIME.format(encoding="8bit") + "\r\n" + text


def utf8_header(name):
    return plain(name).replace("Joe Doe", "Jörg Dö").replace("A message", "Eine schöne Nachricht")


def empty_body(name):
    return HEADER.format(name=name) + "\r\n"


def no_body(name):
    """Not even the empty line that ends the header."""
    return HEADER.format(name=name)


def no_final_newline(name):
    """Only BDAT can send this; as DATA it is the same with a newline."""
    return plain(name) + "and the last line has no end"


def blank_lines(name):
    return plain(name) + "\r\n" * 5


def blank_lines_only(name):
    return HEADER.format(name=name) + "\r\n" * 4


def white_space(name):
    """In the body, where the relaxed form changes it and the simple one must not."""
    return plain(name) + "two  spaces\tand\t tabs   \r\n \r\n\t\r\nlast line  \r\n \t \r\n"


def dots(name):
    return plain(name) + ".\r\n..\r\n.leading dot\r\n"


def folded(name):
    """Right after the colon, with tabs, with an almost empty line."""
    return (
        "From:\r\n Joe Doe\r\n\t<joe@demo.example>\r\n"
        "To:\r\n\tAnn <ann@sink.example>,\r\n   Bob <bob@sink.example>\r\n"
        f"Subject:\r\n  A message  of\r\n \t shape {name} \r\n"
        f"Date:   Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID:\r\n <{name}@demo.example>\r\n"
        "\r\n" + BODY
    )


def odd_header(name):
    """No space after the colon, a tab instead, strange case, an empty value."""
    return (
        "fROM:joe@demo.example\r\nTO:\tann@sink.example\r\n"
        f"subject:\r\nDate:Sat, 21 Nov 2026 10:00:00 +0000\r\nMESSAGE-id:\t <{name}@demo.example>\t\r\n"
        "Reply-To:  joe@demo.example  \r\n\r\n" + BODY
    )


def long_header(name):
    references = "\r\n ".join(f"<{n:04d}.{'x' * 60}@demo.example>" for n in range(120))
    long_line = "Subject: " + "long " * 180
    header = HEADER.format(name=name).replace(f"Subject: A message of shape {name}", long_line)
    return header + f"References: {references}\r\n" + "\r\n" + BODY


def many_headers(name):
    received = "".join(f"X-Step: {n}; {'y' * 50}\r\n" for n in range(500))
    return received + plain(name)


def mime_parts(name):
    return (
        HEADER.format(name=name)
        + 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary="=_limit"\r\n\r\n'
        + "--=_limit\r\nContent-Type: text/plain\r\n\r\none\r\n--=_limit\r\nContent-Type: message/rfc822\r\n\r\n"
        + plain("inner")
        + "--=_limit--\r\n"
    )


def large(name):
    """Many milter packets; lines just under SMTP's limit."""
    return plain(name) + ("z" * 997 + "\r\n") * 700


SHAPES = {
    "plain": plain,
    "8bit": eight_bit,
    "utf8-header": utf8_header,
    "empty-body": empty_body,
    "no-body": no_body,
    "no-final-newline": no_final_newline,
    "blank-lines": blank_lines,
    "blank-lines-only": blank_lines_only,
    "white-space": white_space,
    "dots": dots,
    "folded": folded,
    "odd-header": odd_header,
    "long-header": long_header,
    "many-headers": many_headers,
    "mime-parts": mime_parts,
    "large": large,
}

if __name__ == "__main__":
    for shape, write in SHAPES.items():
        (Path(sys.argv[1]) / f"{shape}.eml").write_bytes(write(shape).encode())
