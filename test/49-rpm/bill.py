"""Compares the bill of materials of an installed package with what is installed, and with the package's licence.

usage: bill.py ROOT LICENCE
"""
import hashlib
import json
import pathlib
import re
import sys

root, licence = pathlib.Path(sys.argv[1]), sys.argv[2]
bill = json.loads((root / "usr/share/dovetail/dovetail.cdx.json").read_text())
print(bill["bomFormat"], bill["specVersion"], "of", bill["metadata"]["component"]["name"])
installed = {hashlib.sha256(jar.read_bytes()).hexdigest(): jar.name
             for jar in (root / "usr/lib/dovetail/lib").glob("*.jar") if not jar.name.startswith("dovetail-")}
named = {component["hashes"][0]["content"]: component["name"] for component in bill["components"]}
print("libraries that are installed but not named:", *(installed.keys() - named.keys()) or ["none"])
print("libraries that are named but not installed:", *(named.keys() - installed.keys()) or ["none"])
inside = [part for component in bill["components"] for part in component.get("components", [])]
for part in inside:
    print("native:", part["name"], part["version"], part["licenses"][0]["expression"])
words = re.compile(r"[\w.-]+")
all_words = {word for part in bill["components"] + inside for word in words.findall(part["licenses"][0]["expression"])}
print("licences that the package does not name:", *sorted(all_words - set(words.findall(licence))) or ["none"])
