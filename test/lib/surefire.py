"""Sums what Maven's test runs reported: surefire.py ROOT prints lines for people and a last line "PASSED FAILED SKIPPED"."""

import sys
import xml.etree.ElementTree as tree
from collections import Counter
from pathlib import Path


def cases(root):
    for report in sorted(root.glob("*/target/surefire-reports/TEST-*.xml")):
        module = report.relative_to(root).parts[0]
        for case in tree.parse(report).getroot().iter("testcase"):
            yield module, f"{case.get('classname')}.{case.get('name')}", case


def outcome(case):
    for element in case:
        if element.tag in ("failure", "error"):
            return "failed"
        if element.tag == "skipped":
            return "skipped"
    return "passed"


def reason(skipped):
    first = (skipped.get("message") or skipped.text or "no reason given").strip().splitlines()[0]
    return first.rpartition("Assumption failed: ")[2]


def main(root):
    total = Counter()
    modules = {}
    for module, name, case in cases(root):
        word = outcome(case)
        total[word] += 1
        modules.setdefault(module, Counter())[word] += 1
        if word == "failed":
            print(f"  FAILED {module}: {name}")
        if word == "skipped":
            print(f"  skipped {module}: {name}: {reason(case.find('skipped'))}")
    for module, counts in modules.items():
        print(f"  {module}: " + ", ".join(f"{counts[word]} {word}" for word in ("passed", "failed", "skipped")))
    print(total["passed"], total["failed"], total["skipped"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
