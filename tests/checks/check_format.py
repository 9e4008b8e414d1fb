#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-format-19 on C++ files and shellcheck on the shell scripts. With paths: only those."""

import os
import subprocess
import sys

import checklib

FORMAT = "clang-format-19"


def tool(command, text=None):
    try:
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False,
                              cwd=checklib.ROOT)
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127, "", f"{command[0]} is missing: ./dev install lint\n")


def in_parallel(command, paths):
    """Runs the command over the paths with one process a core; its output in lines."""
    if not paths:
        return []
    jobs = os.cpu_count() or 1
    batch = str(max(1, -(-len(paths) // jobs)))
    result = tool(["xargs", "-0", "-r", "-P", str(jobs), "-n", batch, *command], "\0".join(paths))
    return [line for line in (result.stdout + result.stderr).split("\n") if line.strip()]


def format_problems(paths):
    if tool([FORMAT, "--version"]).returncode != 0:
        return [f"{FORMAT} is missing: ./dev install lint"]
    lines = in_parallel([FORMAT, "--dry-run", "-Werror"], [p for p in paths if checklib.is_cpp(p)])
    return [line for line in lines if "error:" in line or "warning:" in line]


def shell_problems(paths):
    scripts = [p for p in paths if p.endswith(".sh") or p in ("dev", ".ci/run")
               or p.startswith("tests/checks/hooks/")]
    return in_parallel(["shellcheck", "-x", "-f", "gcc"], scripts)


def formatted(text):
    return tool([FORMAT, "--dry-run", "-Werror", "--assume-filename=a.cpp"], text).returncode


def shell_ok(text):
    return tool(["shellcheck", "-"], text).returncode


FORMAT_CASES = [("bad format", 1, formatted("int  main( ){return 0;}\n")),
                ("good format", 0, formatted("int main() {\n    return 0;\n}\n"))]

if __name__ == "__main__":
    chosen = sys.argv[1:] or checklib.tracked_paths()
    parts = [("clangFormat", lambda: format_problems(chosen), FORMAT_CASES)]
    if not sys.argv[1:]:
        shell_cases = [("unquoted", 1, shell_ok("#!/bin/sh\nrm $1\n")),
                       ("quoted", 0, shell_ok('#!/bin/sh\nrm "$1"\n'))]
        parts.append(("shell", lambda: shell_problems(chosen), shell_cases))
    checklib.run("Format", parts)
