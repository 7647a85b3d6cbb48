"""Logs in as a mail program does, with Python's own IMAP and POP3 clients: reader.py imap|pop3 PORT USER PASSWORD. Prints the
subjects of what is in the inbox, or what the server says."""

import imaplib
import poplib
import sys

service, port, user, password = sys.argv[1:]


def imap():
    with imaplib.IMAP4("127.0.0.1", int(port), timeout=30) as client:
        client.login(user, password)
        client.select("INBOX", readonly=True)
        _, found = client.search(None, "ALL")
        for number in found[0].split():
            _, parts = client.fetch(number, "(BODY[HEADER.FIELDS (SUBJECT)])")
            yield parts[0][1].decode()


def pop3():
    client = poplib.POP3("127.0.0.1", int(port), timeout=30)
    client.user(user)
    client.pass_(password)
    for number in range(1, client.stat()[0] + 1):
        yield "\n".join(line.decode() for line in client.top(number, 0)[1])
    client.quit()


def subject(header):
    return next(line[9:].strip() for line in header.splitlines() if line.startswith("Subject: "))


try:
    subjects = sorted(subject(header) for header in {"imap": imap, "pop3": pop3}[service]())
    print("read " + (" ".join(subjects) or "nothing"))
except (imaplib.IMAP4.error, poplib.error_proto) as refusal:
    said = refusal.args[0]
    print("refused " + (said.decode() if isinstance(said, bytes) else str(said)))
