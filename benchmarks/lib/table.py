"""Prints the results of a run as tables in Markdown: table.py RESULTS."""

import json
import os
import sys
from collections import defaultdict
from statistics import median

FILTERS = ("opendkim", "rspamd", "dovetail")


def spread(values, digits=None):
    """The median, and the smallest and largest in brackets."""
    values = [value for value in values if value is not None]
    if not values:
        return "–"
    if digits is None:
        digits = 0 if median(values) >= 100 else 1 if median(values) >= 10 else 2
    middle, low, high = (f"{value:,.{digits}f}" for value in (median(values), min(values), max(values)))
    return middle if low == high else f"{middle} ({low}–{high})"


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


class Results:
    """Results by part, filter and combination, each a list by round."""

    def __init__(self, lines):
        self.by_key = defaultdict(dict)
        self.errors = []
        for line in lines:
            result = json.loads(line)
            key = tuple(result.get(name) for name in ("part", "socket", "size", "connections", "manner", "filter"))
            self.by_key[key][result["round"]] = result
            if result.get("errors"):
                self.errors.append(f"{' '.join(str(word) for word in key if word)}: {result['complaint']}")

    def values(self, key, name):
        return [result[name] for result in self.by_key.get(key, {}).values()]

    def ratios(self, above, below, name):
        """Round by round: what the machine does besides then meets both."""
        one, other = self.by_key.get(above, {}), self.by_key.get(below, {})
        pairs = [(one[r][name], other[r][name]) for r in sorted(one.keys() & other.keys())]
        return [a / b for a, b in pairs if a and b]

    def combinations(self, part):
        found = []
        for key in self.by_key:
            if key[0] == part and key[1:5] not in found:
                found.append(key[1:5])
        return found


def goal(results, part, title):
    combinations = results.combinations(part)
    if not combinations:
        return
    filters = [name for name in FILTERS if any((part, *c, name) in results.by_key for c in combinations)]
    others = [name for name in filters if name != "dovetail"] if "dovetail" in filters else []
    for name, label, ratio in (
        ("rate", "messages a second", lambda us, it: (us, it)),
        ("cpu_ms", "CPU, ms a message", lambda us, it: (it, us)),
    ):
        print(f"### {title}: {label}\n")
        rows = []
        for c in combinations:
            keys = {each: (part, *c, each) for each in filters}
            row = [str(word) for word in c] + [spread(results.values(keys[each], name)) for each in filters]
            for each in others:
                row.append(spread(results.ratios(*ratio(keys["dovetail"], keys[each]), name), 1))
            rows.append(row)
        head = ["socket", "size", "connections", "each client's connection", *filters]
        table(head + [f"× {each}" for each in others], rows)
    print(f"### {title}: delays in ms (median, 99 %), memory in MiB, and the load's own CPU in ms a message\n")
    rows = []
    for c in combinations:
        row = [str(word) for word in c]
        for each in filters:
            key = (part, *c, each)
            row.append(" / ".join(spread(results.values(key, name)) for name in ("p50_ms", "p99_ms")))
            row.append(spread(results.values(key, "resident_mib"), 0))
            row.append(spread(results.values(key, "own_cpu_ms")))
        rows.append(row)
    head = ["socket", "size", "connections", "each client's connection"]
    for each in filters:
        head += [each, "memory", "load"]
    table(head, rows)


def incoming(results):
    """Mail of strangers; "opendkim" is followed by opendmarc here."""
    names = {"opendkim": "opendkim + opendmarc", "rspamd": "rspamd", "dovetail": "dovetail"}
    all_of_them = results.combinations("incoming")
    known = [c for c in all_of_them if not c[1].startswith("new")]
    for title, combinations in (
        ("Incoming mail of strangers, of domains seen before", known),
        (
            "Incoming mail of domains never seen before, each DNS answer late by 100 ms",
            [c for c in all_of_them if c not in known],
        ),
    ):
        filters = [name for name in names if any(("incoming", *c, name) in results.by_key for c in combinations)]
        if not filters:
            continue
        print(f"### {title}\n")
        rows = []
        for c in combinations:
            socket, domains, connections, manner = c
            ours = ("incoming", *c, "dovetail")
            for name in filters:
                key = ("incoming", *c, name)
                if key not in results.by_key:
                    continue
                one = [socket, domains, str(connections), manner, names[name]]
                one += [spread(results.values(key, what)) for what in ("rate", "cpu_ms")]
                if c in known:
                    for above, below, what in ((ours, key, "rate"), (key, ours, "cpu_ms")):
                        one.append("" if name == "dovetail" else spread(results.ratios(above, below, what), 2))
                else:
                    one += [spread(results.values(key, "ideal")), spread(shares(results, key), 2)]
                one.append(" / ".join(spread(results.values(key, what)) for what in ("p50_ms", "p99_ms")))
                one.append(spread(results.values(key, "resident_mib"), 0))
                one += [spread(results.values(key, what), 2) for what in ("questions", "dns_cpu_ms", "own_cpu_ms")]
                rows.append(one)
        head = ["socket", "domains", "connections", "each client's connection", "filter", "messages a second", "CPU, ms a message"]
        head += ["dovetail's rate ×", "CPU × dovetail's"] if combinations is known else ["ideal", "share of it"]
        head += ["delay, ms: median / 99 %", "memory, MiB", "questions a message", "DNS server's CPU, ms", "load's CPU, ms"]
        table(head, rows)


def shares(results, key):
    """How much of the rate was reached that waiting alone would allow."""
    return [result["rate"] / result["ideal"] for result in results.by_key.get(key, {}).values()]


def memory(results):
    rows = []
    for name in FILTERS:
        keys = [("memory", None, size, None, None, name) for size in ("2KB", "1MB")]
        if keys[0] in results.by_key:
            rows.append([name, *(spread(results.values(key, "resident_mib"), 0) for key in keys)])
    if rows:
        print("### Resident memory in MiB, each size in a fresh process, 10 connections, signing\n")
        table(["filter", "2KB", "1MB"], rows)


def start(results):
    rows = []
    for name in FILTERS:
        key = ("start", None, None, None, None, name)
        if key in results.by_key:
            rows.append([name, *(spread(results.values(key, what), 0) for what in ("negotiated_ms", "signed_ms"))])
    if rows:
        print("### Start: ms until the first negotiation is answered, until the first message is signed\n")
        table(["filter", "negotiated", "signed"], rows)


def postfix(results):
    rows = []
    bare = ("postfix", "plain", None, None, None, "none")
    for socket in ("plain", "unix", "inet"):
        for name in ("none", *FILTERS):
            key = ("postfix", socket, None, None, None, name)
            if key in results.by_key:
                share = results.ratios(key, bare, "rate")
                rows.append([name, socket, spread(results.values(key, "rate")), spread(share, 2)])
    if rows:
        print("### Through Postfix: messages of 2 KB accepted a second, ten sessions at a time, signed\n")
        table(["filter", "socket", "messages a second", "share of the rate without a filter"], rows)


def floors(results):
    """What must hold, judged by the medians of ratios of one run."""
    rows = []

    def row(what, ratios, bound, at_most=False):
        if ratios:
            holds = median(ratios) <= bound if at_most else median(ratios) >= bound
            sign = "at most" if at_most else "at least"
            rows.append([what, f"{sign} {bound:g}", spread(ratios, 2), "yes" if holds else "NO"])

    def ours(part, socket, size, connections, name="dovetail"):
        return (part, socket, size, connections, "kept", name)

    for part, name, bound in (("sign", "opendkim", 4), ("sign", "rspamd", 2), ("verify", "opendkim", 4)):
        for size in ("2KB", "1MB"):
            pair = ours(part, "unix", size, 10), ours(part, "unix", size, 10, name)
            row(f"{part} {size}, unix, 10 connections: rate × {name}", results.ratios(*pair, "rate"), bound)
    pair = (("incoming", "unix", "2000", 10, "kept", name) for name in ("dovetail", "rspamd"))
    row("incoming 2KB, unix, 10 connections, 2000 domains: rate × rspamd", results.ratios(*pair, "rate"), 2)
    for part in ("sign", "verify"):
        for socket in ("unix", "inet"):
            pair = ours(part, socket, "2KB", 50), ours(part, socket, "2KB", 10)
            row(f"{part} 2KB, {socket}: 99 % delay, 50 × 10 connections", results.ratios(*pair, "p99_ms"), 5, True)
    pair = (("memory", None, size, None, None, "dovetail") for size in ("1MB", "2KB"))
    row("resident memory after 1MB messages × after 2KB", results.ratios(*pair, "resident_mib"), 1.1, True)
    pair = (("postfix", "inet", None, None, None, name) for name in ("dovetail", "rspamd"))
    row("through Postfix, inet: rate × rspamd", results.ratios(*pair, "rate"), 1)
    if rows:
        print("### Floors\n")
        table(["what", "floor", "measured", "holds"], rows)
    aims(results)


def aims(results):
    rows = []
    for part, aim in (("sign", 6000), ("verify", 10000)):
        rates = results.values((part, "unix", "2KB", 10, "kept", "dovetail"), "rate")
        if rates:
            rows.append([part, f"{aim:,}", spread(rates)])
    pair = (("incoming", "unix", "2000", 10, "kept", name) for name in ("dovetail", "rspamd"))
    ratios = results.ratios(*pair, "rate")
    if ratios:
        rows.append(["incoming, 2000 domains: × rspamd", "3", spread(ratios, 2)])
    for domains, manner in (("new-hosted", "kept"), ("new", "own")):
        share = shares(results, ("incoming", "unix", domains, 200, manner, "dovetail"))
        if share:
            rows.append([f"incoming, domains: {domains}, 200 connections: share of the ideal", "near 1", spread(share, 2)])
    if rows:
        print("### Aims: messages a second, 2KB, unix, 10 connections where nothing else is said\n")
        table(["what", "aim", "measured"], rows)


def machine():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as lines:
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    kind = models[0] if models else os.uname().machine
    return f"{os.cpu_count()} × {kind}, Linux {os.uname().release.split('-')[0]}"


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        results = Results(merged(lines))
    everything = [result for rounds in results.by_key.values() for result in rounds.values()]
    rounds = max((result["round"] for result in everything), default=0)
    others = [result["other_cores"] for result in everything if "other_cores" in result]
    print(f"{machine()}. {rounds} rounds; median (smallest–largest). Other processes took {spread(others)} cores.\n")
    floors(results)
    goal(results, "sign", "Signing")
    goal(results, "verify", "Verifying")
    incoming(results)
    postfix(results)
    memory(results)
    start(results)
    lost = sum(result.get("lost_datagrams", 0) for result in everything)
    if lost:
        print(f"NOTE {lost} datagrams were lost on the way to a DNS server or back; whoever asked had to ask again.")
    for error in results.errors:
        print(f"ERROR {error}")
    sys.exit(1 if results.errors or not everything else 0)


def merged(lines):
    """One result may stand on several lines."""
    pending = ""
    for line in lines:
        pending += line
        if line.rstrip().endswith("}"):
            yield pending
            pending = ""


if __name__ == "__main__":
    main()
