"""Prints the results of benchmarks/auth as tables in Markdown: auth.py RESULTS."""

import json
import sys
from collections import defaultdict
from statistics import median

from table import spread, table

# By what a password costs: the scheme, the server that it is compared with, and Dovetail's share of its rate.
CHEAP, DEAR = ("PLAIN", "SSHA512"), ("SHA512-CRYPT", "BLF-CRYPT")
FLOORS = (
    *((scheme, "dovecot", 2) for scheme in CHEAP),
    *((scheme, "dovecot-cache", 1) for scheme in CHEAP),
    *((scheme, "dovecot", 2 / 3) for scheme in DEAR),
)


def main(path):
    found = defaultdict(dict)
    errors = []
    for line in open(path):
        result = json.loads(line)
        found[result["scheme"], result["what"], result["connections"]][result["round"]] = result
        if result["errors"]:
            errors.append(f"{result['scheme']}, {result['what']}, {result['connections']} connections: {result['complaint']}")
    if any(scheme == "policy" for scheme, _, _ in found):
        storm(found)
    else:
        floors(found)
    figures(found)
    for each in errors:
        print("ERROR:", each)
    sys.exit(1 if errors else 0)


def ratios(above, below, name):
    """Round by round: what the machine does besides then meets both."""
    pairs = [(above[n][name], below[n][name]) for n in sorted(above.keys() & below.keys())]
    return [one / other for one, other in pairs if one and other]


def floors(found):
    rows = []
    for ours in ("dovetail", "dovetail-own"):
        for scheme, peer, floor in FLOORS:
            for connections in (10, 50):
                one, other = (found.get((scheme, name, connections), {}) for name in (ours, peer))
                values = ratios(one, other, "rate")
                if values:
                    holds = "yes" if median(values) >= floor else "NO"
                    what = f"{scheme}, {connections} connections: {ours} × {peer}"
                    cpu = spread(ratios(other, one, "cpu_ms"), 2)
                    rows.append([what, f"at least {floor:.2g}", spread(values, 2), holds, cpu])
    print("### Floors: logins a second, and beside them logins for the same CPU\n")
    table(["what", "floor", "measured", "holds", "for the same CPU"], rows)


def storm(found):
    """The policy daemon of the process at which so many log in."""
    calm, during = (found["policy", what, 10] for what in ("calm", "storm"))
    delays = [[each["p99_ms"] for each in rounds.values()] for rounds in (calm, during)]
    later = [during[n]["p99_ms"] / calm[n]["p99_ms"] for n in sorted(calm.keys() & during.keys())]
    print("### The policy daemon in a storm of logins: 99 % delay of a request, ms\n")
    table(["without", "with", "with × without"], [[spread(delays[0], 3), spread(delays[1], 3), spread(later, 2)]])


def figures(found):
    print("### Logins, with the memory of all processes and the load's own CPU\n")
    head = ["scheme", "what", "connections", "logins a second", "CPU, ms a login", "MariaDB's CPU, ms", "50 % delay, ms"]
    head += ["99 % delay, ms", "memory, MiB", "load's CPU, ms", "cores that others took"]
    names = ("rate", "cpu_ms", "dns_cpu_ms", "p50_ms", "p99_ms", "resident_mib", "own_cpu_ms", "other_cores")
    digits = (None, 3, 3, 3, 3, 0, 3, 2)
    table(
        head,
        [
            [scheme, what, str(connections)]
            + [spread([each[name] for each in rounds.values()], places) for name, places in zip(names, digits)]
            for (scheme, what, connections), rounds in found.items()
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1])
