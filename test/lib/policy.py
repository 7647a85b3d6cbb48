"""Asks policy daemons as Postfix does at the end of messages, as fast as they answer.

policy.py LOGIN SECONDS PORT... [--recipients N] [--connections N]
All ports at once, each over some connections; prints how many messages were let through, refused and not answered.
"""

import argparse
import collections
import os
import socket
import threading
import time


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.answers = self.socket.makefile("rb")

    def ask(self, attributes):
        lines = {"request": "smtpd_access_policy", **attributes}
        self.socket.sendall("".join(f"{name}={value}\n" for name, value in lines.items()).encode() + b"\n")
        action = self.answers.readline().decode()
        self.answers.readline()
        if not action:
            raise ConnectionError("closed")
        return action.strip().removeprefix("action=")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("login")
    parser.add_argument("seconds", type=float)
    parser.add_argument("ports", type=int, nargs="+")
    parser.add_argument("--recipients", type=int, default=1)
    parser.add_argument("--connections", type=int, default=2)
    how = parser.parse_args()
    counts, lock, end = collections.Counter(), threading.Lock(), time.monotonic() + how.seconds

    def work(port, number):
        try:
            client, i = Client(port), 0
            while time.monotonic() < end:
                i += 1
                action = client.ask(
                    {
                        "protocol_state": "END-OF-MESSAGE",
                        "instance": f"{os.getpid()}.{port}.{number}.{i}",
                        "queue_id": f"Q{port}{number}{i}",
                        "sasl_username": how.login,
                        "sender": how.login,
                        "client_address": "192.0.2.1",
                        "recipient_count": how.recipients,
                        "size": 1000,
                    }
                )
                with lock:
                    counts["through" if action == "DUNNO" else "refused"] += 1
        except OSError:
            with lock:
                counts["lost"] += 1

    threads = [threading.Thread(target=work, args=(port, n)) for port in how.ports for n in range(how.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(counts["through"], counts["refused"], counts["lost"])


if __name__ == "__main__":
    main()
