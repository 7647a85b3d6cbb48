"""A client that keeps at it: load.py PORT COUNT CONNECTIONS [FILE] sends messages load-1 ... load-COUNT to the sink.

With FILE it goes on after these, until that file is there: what is changed under load is then changed under load on any machine.
A message that is put off with 4xx, or whose connection breaks before the reply, is sent again, as any mail server would.
Prints "accepted N refused N"; status 1 unless all were accepted within 400 seconds.
"""

import itertools
import os
import queue
import sys
import threading
import time

from smtp import Client

MESSAGE = (
    "From: Joe <joe@demo.example>\r\nTo: Ann <ann@sink.example>\r\nSubject: load {n}\r\n"
    "Date: Sat, 21 Nov 2026 10:00:00 +0000\r\nMessage-ID: <load-{n}@demo.example>\r\n\r\n" + "line of the body\r\n" * 100
)


class How:
    """As smtp.py's options: plain DATA."""

    bdat = None
    pipeline = True
    rset = False
    bare = False


def work(port, todo, more, accepted, refused, deadline):
    client = None
    while time.monotonic() < deadline:
        try:
            n = todo.get_nowait()
        except queue.Empty:
            n = more()
            if n is None:
                return
        try:
            if client is None:
                client = Client(port)
                client.hello(None)
            reply = client.send(MESSAGE.format(n=n).encode(), "joe@demo.example", [f"load-{n}@sink.example"], How)
        except OSError as error:
            client, reply = None, f"421 {error}"
        if reply.startswith("2"):
            accepted.append(n)
        elif reply.startswith("4"):
            # What is left of a pipelined transaction is not worth reading.
            client = None
            refused.append(n)
            todo.put(n)
            time.sleep(0.05)
        else:
            refused.append(n)
            print(f"message {n}: {reply}", file=sys.stderr)


def main(port, count, connections, file=None):
    todo = queue.Queue()
    for n in range(1, count + 1):
        todo.put(n)
    beyond, taken = itertools.count(count + 1), []

    def more():
        if file is None or os.path.exists(file):
            return None
        n = next(beyond)
        taken.append(n)
        return n

    accepted, refused = [], []
    shared = (port, todo, more, accepted, refused, time.monotonic() + 400)
    workers = [threading.Thread(target=work, args=shared) for _ in range(connections)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print("accepted", len(accepted), "refused", len(refused))
    return 0 if len(accepted) == count + len(taken) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4]), *sys.argv[4:]))
