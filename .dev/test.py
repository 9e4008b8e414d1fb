#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ctest label by label on the built presets, prints a table and the line `N passed, M failed`.

N counts test functions and data rows, not programs. Every program prints Qt Test's "Totals:" line
(the check scripts imitate it); one that crashes or prints none counts as one failure. The sanitizer
run repeats functions that were counted already: only its failures are added.
"""

import argparse
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

# label, seconds it should stay below (style.md 3.8)
LABELS = [("check", 30), ("fast", 20), ("contract", 60), ("sync", 60), ("ui", 90), ("e2e", 60)]
# What runs in the sanitizer build: everything pure, or only what reads bytes from outside.
ASAN_LABELS = {"all": ["fast", "contract", "sync"], "strangers": ["strangers"]}
TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.M)
FRAME = re.compile(r"^PASS\s+: \S+::(initTestCase|cleanupTestCase)\(\)", re.M)


class Count:
    def __init__(self):
        self.programs = self.passed = self.failed = self.skipped = 0
        self.seconds = 0.0
        self.slowest = []
        self.broken = []

    def add_program(self, name, ran, output, seconds):
        self.programs += 1
        self.slowest.append((seconds, name))
        totals = TOTALS.findall(output)
        failed = sum(int(t[1]) for t in totals)
        self.passed += sum(int(t[0]) for t in totals) - len(FRAME.findall(output))
        self.skipped += sum(int(t[2]) for t in totals)
        if failed == 0 and (not totals or not ran):
            failed = 1
        if failed:
            self.broken.append(name)
        self.failed += failed


def read_report(path, count):
    for case in xml.parse(path).getroot().iter("testcase"):
        output = case.findtext("system-out") or ""
        seconds = float(case.get("time") or 0)
        count.add_program(case.get("name"), case.get("status") == "run", output, seconds)


def run_label(build, label):
    count = Count()
    report = os.path.join(build, "Testing", f"{label}.xml")
    os.makedirs(os.path.dirname(report), exist_ok=True)
    if os.path.exists(report):
        os.remove(report)
    start = time.monotonic()
    command = ["ctest", "--test-dir", build, "-L", f"^{label}$", "--no-tests=ignore", "-j2",
               "--timeout", "600", "--output-on-failure", "--output-junit", report,
               "--test-output-size-passed", "8000000", "--test-output-size-failed", "8000000"]
    code = subprocess.run(command, check=False).returncode
    count.seconds = time.monotonic() - start
    if os.path.exists(report):
        read_report(report, count)
    if code != 0 and count.failed == 0:
        count.failed = 1
        count.broken.append(f"ctest itself ({label})")
    return count


def print_table(rows):
    print(f"\n{'label':<16}{'programs':>9}{'passed':>8}{'failed':>8}{'skipped':>8}"
          f"{'seconds':>9}{'goal':>6}")
    for label, goal, count in rows:
        print(f"{label:<16}{count.programs:>9}{count.passed:>8}{count.failed:>8}"
              f"{count.skipped:>8}{count.seconds:>9.1f}{goal or '':>6}")
    slowest = sorted((s, n, l) for l, _, c in rows for s, n in c.slowest)[-5:]
    print("slowest: " + ", ".join(f"{n} ({l}) {s:.1f} s" for s, n, l in reversed(slowest)))
    broken = [f"{name} ({label})" for label, _, count in rows for name in count.broken]
    if broken:
        print("failed: " + ", ".join(broken))


def self_test():
    def counted(ran, output):
        count = Count()
        count.add_program("x", ran, output, 0.1)
        return count.passed, count.failed, count.skipped

    frame = "PASS   : X::initTestCase()\nPASS   : X::cleanupTestCase()\n"
    cases = [
        (True, frame + "Totals: 5 passed, 0 failed, 1 skipped, 0 blacklisted, 1ms\n", (3, 0, 1)),
        (False, frame + "Totals: 4 passed, 2 failed, 0 skipped, 0 blacklisted\n", (2, 2, 0)),
        (True, "no totals\n", (0, 1, 0)),
        (False, "Totals: 3 passed, 0 failed, 0 skipped\n", (3, 1, 0)),
        (False, "", (0, 1, 0)),
        (True, "Totals: 1 passed, 0 failed, 0 skipped\n" * 2, (2, 0, 0)),
    ]
    wrong = [c for c in cases if counted(c[0], c[1]) != c[2]]
    print(f"Totals: {len(cases) - len(wrong)} passed, {len(wrong)} failed, 0 skipped")
    return 1 if wrong else 0


def run_program(script):
    """A script of its own beside ctest; it ends with a line of totals like Qt Test's."""
    count = Count()
    start = time.monotonic()
    done = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, text=True, check=False)
    count.seconds = time.monotonic() - start
    print(done.stdout, end="")
    count.add_program(os.path.basename(script), done.returncode == 0, done.stdout, count.seconds)
    return count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build/dev")
    parser.add_argument("--program", help="a script that is run after the labels")
    parser.add_argument("--asan", choices=[*ASAN_LABELS, "no", "broken"], default="no")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("labels", nargs="*")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    sys.stdout.reconfigure(line_buffering=True)
    rows = []
    for label, goal in LABELS:
        if not options.labels or label in options.labels:
            print(f"== Tests: {label}")
            rows.append((label, goal, run_label(os.path.abspath(options.build), label)))
    if options.program:
        print(f"== {options.program}")
        rows.append((os.path.basename(options.program), None, run_program(options.program)))
    passed = sum(count.passed for _, _, count in rows)
    for label in ASAN_LABELS.get(options.asan, []):
        print(f"== Tests under the sanitizers: {label}")
        rows.append((f"asan {label}", None, run_label(os.path.abspath("build/asan"), label)))
    print_table(rows)
    failed = sum(count.failed for _, _, count in rows)
    if options.asan == "broken":
        print("failed: the sanitizer build")
        failed += 1
    if passed == 0 and failed == 0:
        print("no test ran")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
