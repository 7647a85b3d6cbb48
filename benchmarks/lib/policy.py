"""Prints the results of benchmarks/policy as tables in Markdown: policy.py RESULTS."""

import json
import sys
from collections import defaultdict
from statistics import median

from table import spread, table

PEERS = ("policyd-rate-limit", "postgrey", "policyd-spf")
FASTER, AIM, LATER, GROWTH = 10, 20, 5, 1.1


def main(path):
    found = defaultdict(dict)
    errors = []
    for line in open(path):
        result = json.loads(line)
        found[result["what"], result["connections"]][result["round"]] = result
        if result["errors"]:
            errors.append(f"{result['what']}, {result['connections']} connections: {result['complaint']}")
    if ("keys", 10) in found:
        keys(found.pop(("keys", 10)))
    if found:
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

    def row(what, values, bound, at_most=False):
        if values:
            holds = median(values) <= bound if at_most else median(values) >= bound
            sign = "at most" if at_most else "at least"
            rows.append([what, f"{sign} {bound}", spread(values, 2), "yes" if holds else "NO"])

    measured = [name for name in PEERS if found.get((name, 10))]
    if measured:
        fastest = max(measured, key=lambda name: median(each["rate"] for each in found[name, 10].values()))
        what = f"dovetail, 10 connections: rate × {fastest}, the fastest of the others (aim: {AIM})"
        row(what, ratios(found.get(("dovetail", 10), {}), found[fastest, 10], "rate"), FASTER)
    for name in ("dovetail", "dovetail-mariadb", "dovetail-strangers"):
        values = ratios(found.get((name, 50), {}), found.get((name, 10), {}), "p99_ms")
        row(f"{name}: 99 % delay, 50 × 10 connections", values, LATER, at_most=True)
    print("### Floors\n")
    table(["what", "floor", "measured", "holds"], rows)


def figures(found):
    print("### Policy: requests, with the memory of all processes and the load's own CPU\n")
    head = ["what", "connections", "requests a second", "CPU, ms a request", "50 % delay, ms", "99 % delay, ms"]
    head += ["memory, MiB", "questions to the DNS a request", "load's CPU, ms", "cores that others took"]
    names = ("rate", "cpu_ms", "p50_ms", "p99_ms", "resident_mib", "questions", "own_cpu_ms", "other_cores")
    digits = (None, 3, 3, 3, 0, 2, 3, 2)
    table(
        head,
        [
            [what, str(connections)]
            + [spread([each[name] for each in rounds.values()], places) for name, places in zip(names, digits)]
            for (what, connections), rounds in found.items()
        ],
    )


def keys(rounds):
    """One line after so many keys of each kind; Dovetail's process is the same all the time."""
    first, last = rounds[min(rounds)], rounds[max(rounds)]
    growth = last["resident_mib"] / first["resident_mib"]
    print("### Floors\n")
    what = f"resident memory after {max(rounds):,} clients × after {min(rounds):,}"
    table(["what", "floor", "measured", "holds"], [[what, f"at most {GROWTH}", f"{growth:.2f}", "yes" if growth <= GROWTH else "NO"]])
    print("### Policy: keys that come once each\n")
    names = (("kept", 0), ("resident_mib", 0), ("rate", None), ("p99_ms", 3))
    rows = []
    for count in sorted(rounds):
        rows.append([f"{count:,}"] + [spread([rounds[count][name]], places) for name, places in names])
    table(["clients, and as many senders", "counters kept", "memory, MiB", "requests a second", "99 % delay, ms"], rows)


if __name__ == "__main__":
    main(sys.argv[1])
