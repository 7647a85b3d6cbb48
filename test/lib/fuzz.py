"""What test/fuzz does once all is compiled: fuzz.py ROOT STATE [MINUTES] [TARGET...] | --replay TARGET FILE...

STATE/<target> holds corpus, findings, progress.json and the last log. Nothing else is remembered, and each is written whole.
"""

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

AT_ONCE = 2
# An input that takes longer, in seconds, is a finding, as is one that needs more memory.
LONGEST = 10
MEMORY = ["-Xmx512m", "-XX:+UseSerialGC"]
# A target that has crashed in as many ways is left alone until the next start.
ENOUGH = 5
DIE_WITH_PARENT = 1


class Java:
    def __init__(self, root, state):
        modules = ["mail", "mailauth", "milter", "lookup-tables", "policy-daemon", "auth-backend", "store", "server"]
        own = [state / "program" / module / kind for module in modules for kind in ("test-classes", "classes")]
        libraries = (state / "libraries").read_text().strip().split(":")
        libraries = [each for each in libraries if not each.startswith(f"{root}/")]
        self.messages = Path(os.environ.get("DOVETAIL_SUITES", root / "../shared/suites")) / "mail"
        self.path = ":".join(map(str, own + libraries))
        self.java = os.environ["JAVA_HOME"] + "/bin/java"

    def command(self, *arguments):
        flags = ["--enable-native-access=ALL-UNNAMED", "-XX:+EnableDynamicAgentLoading", "-cp", self.path]
        return [self.java, *MEMORY, *flags, *map(str, arguments)]

    def names(self, state):
        """Writes the seeds of all targets and gives their names."""
        done = subprocess.run(self.command("dovetail.fuzz.Targets", state), stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.split()

    def replay(self, name, file, output):
        """True if the target bears that input."""
        try:
            command = self.command("dovetail.fuzz.Replay", name, file)
            return subprocess.run(command, stdout=output, stderr=output, timeout=3 * LONGEST).returncode == 0
        except subprocess.TimeoutExpired:
            print(f"{name}: no end within {3 * LONGEST} s", file=sys.stderr)
            return False


class Target:
    def __init__(self, name, state, seconds, java):
        self.name, self.java, self.wanted = name, java, seconds
        self.folder = state / name
        self.corpus, self.findings = self.folder / "corpus", self.folder / "findings"
        for folder in (self.corpus, self.findings):
            folder.mkdir(parents=True, exist_ok=True)
        self.progress = self.folder / "progress.json"
        self.seconds, self.executions = 0, 0
        if self.progress.exists():
            self.seconds, self.executions = json.loads(self.progress.read_text())
        self.process, self.before, self.began = None, (0, 0), None
        self.given_up = False

    def crashes(self):
        return [each for each in sorted(self.findings.iterdir()) if re.match(r"(crash|timeout|oom|leak)-[0-9a-f]+$", each.name)]

    def is_done(self):
        return self.seconds >= self.wanted or self.given_up

    def recheck(self):
        """What was mended since is no finding any more, but an input worth keeping."""
        for file in self.crashes():
            if self.java.replay(self.name, file, subprocess.DEVNULL):
                print(f"{self.name}: {file.name} does not crash any more", flush=True)
                file.with_suffix(".txt").unlink(missing_ok=True)
                shutil.move(file, self.corpus / file.name)

    def start(self):
        seeds = [self.corpus, self.folder / "seeds"]
        # Messages of other projects, where they are at hand.
        if self.name == "header" and self.java.messages.is_dir():
            seeds.append(self.java.messages)
        command = self.java.command(
            f"-Ddovetail.fuzz={self.name}",
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=dovetail.fuzz.LongRun",
            f"--keep_going={ENOUGH}",
            "--instrumentation_includes=dovetail.**",
            "--custom_hook_includes=dovetail.**",
            # Those for expressions in SQL, LDAP and the like look for what is not here.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
            f"--reproducer_path={self.folder}",
            f"-artifact_prefix={self.findings}/",
            f"-dict={self.folder}/words",
            f"-timeout={LONGEST}",
            "-report_slow_units=100",
            "-rss_limit_mb=2048",
            "-max_len=4096",
            "-reload=0",
            "-print_final_stats=1",
            f"-max_total_time={max(1, round(self.wanted - self.seconds))}",
            *seeds,
        )
        self.before, self.began = (self.seconds, self.executions), None
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, preexec_fn=die_with_parent
            )

    def look(self):
        """Takes down how far it is."""
        log = self.log_end()
        # The start, with all its class files to rewrite, is not fuzzing.
        if self.began is None:
            if not re.search(r"^#\d+\t", log, re.M):
                return
            self.began = time.monotonic()
        self.seconds = min(self.wanted, self.before[0] + time.monotonic() - self.began)
        counts = re.findall(r"^(?:#(\d+)\t|stat::number_of_executed_units: (\d+))", log, re.M)
        if counts:
            self.executions = self.before[1] + int("".join(counts[-1]))
        self.tell_crashes()
        self.remember()

    def remember(self):
        whole = self.progress.with_suffix(".new")
        whole.write_text(json.dumps([self.seconds, self.executions]))
        whole.replace(self.progress)

    def tell_crashes(self):
        """Says what it has found, once, and keeps the log of it."""
        for file in self.crashes():
            log = file.with_suffix(".txt")
            if not log.exists():
                log.write_text(self.log_end())
                print(f"{self.name} CRASHES on {file}; again: test/fuzz --replay {self.name} {file}", flush=True)

    def log_end(self, octets=20_000):
        with open(self.folder / "log", "rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - octets))
            return log.read().decode(errors="replace")

    def ended(self):
        """Whether it runs no more."""
        if self.process.poll() is None:
            return False
        status, self.process = self.process.returncode, None
        self.look()
        if "\nDone " in self.log_end():
            self.seconds = self.wanted
            self.remember()
        elif self.crashes():
            print(f"{self.name}: ends early, since it has crashed", flush=True)
            self.given_up = True
        else:
            raise SystemExit(f"{self.name}: the fuzzer has ended with status {status}:\n{self.log_end(3000)}")
        return True

    def stop(self):
        """The fuzzer takes a gentler end for a crash; what it has learned is in files already."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.look()

    def row(self):
        rate = self.executions / self.seconds if self.seconds else 0
        size = sum(1 for _ in self.corpus.iterdir())
        return f"{self.name:18} {self.seconds / 60:8.1f} {self.executions:12,} {rate:10,.0f} {size:7} {len(self.crashes()):8}"


def die_with_parent():
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def run(targets):
    """Two at a time, until all have had their time."""
    waiting, running = [each for each in targets if not each.is_done()], []
    told = time.monotonic()
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                running.append(waiting.pop(0))
                running[-1].start()
                print(f"{running[-1].name}: begins at {running[-1].seconds / 60:.1f} minutes", flush=True)
            time.sleep(1)
            for target in list(running):
                if target.ended():
                    running.remove(target)
                    if not target.is_done():
                        waiting.insert(0, target)
                else:
                    target.look()
            if time.monotonic() - told > 60:
                told = time.monotonic()
                print(*(each.row() for each in running), sep="\n", flush=True)
    finally:
        for target in running:
            target.stop()


def table(targets):
    print(f"\n{'target':18} {'minutes':>8} {'executions':>12} {'a second':>10} {'corpus':>7} {'crashes':>8}")
    for target in targets:
        print(target.row())
    return any(target.crashes() for target in targets)


def main(root, state, *arguments):
    java = Java(Path(root), Path(state))
    if arguments[:1] == ("--replay",):
        return 0 if all([java.replay(arguments[1], file, None) for file in arguments[2:]]) else 1
    minutes = 15.0
    if arguments and re.fullmatch(r"[0-9.]+", arguments[0]):
        minutes, arguments = float(arguments[0]), arguments[1:]
    known = java.names(state)
    if unknown := set(arguments) - set(known):
        print(f"no such target: {', '.join(sorted(unknown))}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    targets = [Target(name, Path(state), 60 * minutes, java) for name in arguments or known]
    for target in targets:
        target.recheck()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    status = 0
    try:
        run(targets)
    except KeyboardInterrupt:
        print("Interrupted; the next start goes on from here.")
        status = 130
    return 1 if table(targets) else status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
