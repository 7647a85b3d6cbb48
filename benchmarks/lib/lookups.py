"""Prints the results of benchmarks/lookups as tables in Markdown: lookups.py RESULTS."""

import json
import sys
from collections import defaultdict

from table import spread, table

FLOORS = tuple(
    (f"{transport}, {state}, 10 connections × two postmap processes", (f"dovetail, {transport}, {state}", "10 connections"), floor)
    for transport in ("unix", "inet")
    for state, floor in (("warm", 1), ("cold", 0.5))
)


def main(path):
    found = defaultdict(dict)
    errors = 0
    for line in open(path):
        result = json.loads(line)
        found[result["what"], result["at"]][result["round"]] = result
        errors += result.get("errors", 0)
    peer = found["postmap", "2 processes"]
    rows = []
    for what, key, floor in FLOORS:
        ratios = [found[key][n]["rate"] / peer[n]["rate"] for n in sorted(peer.keys() & found[key].keys())]
        rows.append([what, f"at least {floor}", spread(ratios, 2), "yes" if sorted(ratios)[len(ratios) // 2] >= floor else "NO"])
    table(["what", "floor", "measured", "holds"], rows)
    table(
        ["what", "clients", "lookups a second", "50 % delay, ms", "99 % delay, ms"],
        [
            [
                what,
                at,
                spread([each["rate"] for each in rounds.values()]),
                spread([each.get("p50_ms") for each in rounds.values()], 3),
                spread([each.get("p99_ms") for each in rounds.values()], 3),
            ]
            for (what, at), rounds in found.items()
        ],
    )
    if errors:
        print(f"ERRORS: {errors} lookups failed")
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
