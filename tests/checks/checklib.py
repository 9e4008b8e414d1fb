# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared by the check scripts: the tree as {path: text}, and a main that proves it can fail.

A check is a pure function of such a tree to a list of problems, so that its self-test feeds it a
few lines: each case says how many problems must be found.
"""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = (".png", ".ttf", ".otf", ".woff2", ".ico", ".wav", ".opus", ".bin", ".pb", ".frame", ".db")


def tracked_paths():
    """Tracked and new files that git does not ignore; every file where there is no git."""
    git = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=False)
    if git.returncode == 0:
        paths = [p for p in git.stdout.decode().split("\0") if p]
    else:
        paths = []
        for folder, folders, names in os.walk(ROOT):
            folders[:] = [f for f in folders if f not in ("build", "var", ".git", "node_modules")]
            paths += [os.path.relpath(os.path.join(folder, n), ROOT) for n in names]
    return sorted(p for p in paths if os.path.isfile(os.path.join(ROOT, p)))


def read_tree(keep=lambda path: True):
    tree = {}
    for path in tracked_paths():
        if keep(path) and not path.endswith(BINARY):
            with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
                tree[path] = file.read()
    return tree


def is_cpp(path):
    return path.endswith((".cpp", ".h"))


def folder_of(path):
    """common/base/x.h -> common/base; server/store/sqlite/x.h -> server/store."""
    return "/".join(path.split("/")[:2])


def lines_matching(tree, pattern, text):
    return [f"{path}:{number}: {text}: {line.strip()[:100]}"
            for path, content in tree.items()
            for number, line in enumerate(content.split("\n"), 1) if pattern.search(line)]


def run(name, parts):
    """parts: (part name, problems(), cases), a case being (text, expected count, actual count)."""
    passed = failed = 0
    for part, problems, cases in parts:
        wrong = [f"self-test '{t}': {want} problems expected, {got} found"
                 for t, want, got in cases if want != got]
        if not any(want > 0 for _, want, _ in cases):
            wrong.append("self-test: no case in which the check must fail")
        found = problems()
        for subject, lines in ((f"{part}_selfTest", wrong), (part, found)):
            print(f"{'FAIL!' if lines else 'PASS '}  : {name}::{subject}()")
            for line in lines[:200]:
                print(f"   {line}")
            passed += not lines
            failed += bool(lines)
    print(f"Totals: {passed} passed, {failed} failed, 0 skipped")
    sys.exit(1 if failed else 0)
