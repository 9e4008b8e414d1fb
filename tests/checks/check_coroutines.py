#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule for co_await on g++ 12: nothing with a destructor is built by a lambda capture or by
braces inside a co_await statement, because g++ 12 destroys it twice. clang-query-19 looks at the
files that contain co_await, with the flags of compile_commands.json (argument: its folder).
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import checklib

QUERY = "clang-query-19"
MATCHERS = [
    "coawaitExpr(unless(isExpansionInSystemHeader()), hasDescendant(lambdaExpr(hasAnyCapture(lambdaCapture()))))",
    "coawaitExpr(unless(isExpansionInSystemHeader()), hasDescendant(initListExpr(hasType(cxxRecordDecl()))))",
]
HIT = re.compile(r"^(.+?):(\d+):\d+: note: .*binds here")
FAULT = re.compile(r"^(.+?):(\d+):\d+: (fatal error|error): (.*)")

SNIPPET = """
#include <coroutine>
#include <string>
#include <utility>
struct Task {
    struct promise_type {
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    void await_resume() {}
};
struct Order { std::string name; int count; };
template <class F> Task run(F) { co_return; }
Task send(Order) { co_return; }
Task talk(std::string text) { %s }
"""
BAD_LAMBDA = "co_await run([text] { return text.size(); });"
BAD_BRACES = "co_await send({text, 1});"
GOOD = """auto named = [text] { return text.size(); };
    co_await run(std::move(named)); Order order{text, 1}; co_await send(std::move(order));
    co_await run([] { return 1; });"""


def query(paths, flags):
    """Problems of the files: (path, line, text)."""
    command = [QUERY, *flags, "--extra-arg=-Wno-everything", "--extra-arg=-ferror-limit=5"]
    for matcher in MATCHERS:
        command += ["-c", f"match {matcher}"]
    try:
        result = subprocess.run(command + paths, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return [("", 0, f"{QUERY} is missing: ./dev install lint")]
    problems = []
    for line in (result.stdout + result.stderr).split("\n"):
        if hit := HIT.match(line):
            problems.append((hit[1], int(hit[2]), "a lambda with captures or braces inside co_await"))
        elif (fault := FAULT.match(line)) and ".moc' file not found" not in line:
            # The .moc at the end of a test exists only once it was built, and nothing follows it.
            problems.append((fault[1], int(fault[2]), f"clang: {fault[4]}"))
    return problems


def count_in_snippet(body):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.cpp")
        with open(path, "w", encoding="utf-8") as file:
            file.write(SNIPPET % body)
        return len(query([path], ["--extra-arg=-std=c++20", f"-p={folder}"]))


def known_clean(path):
    try:
        with open(path, encoding="utf-8") as file:
            return set(json.load(file))
    except (FileNotFoundError, ValueError):
        return set()


def check(build):
    try:
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            compiled = {os.path.realpath(os.path.join(c["directory"], c["file"]))
                        for c in json.load(file)}
    except FileNotFoundError:
        return [f"{build}/compile_commands.json is missing: configure first"]
    tree = checklib.read_tree(checklib.is_cpp)
    waiting = {p for p, text in tree.items() if re.search(r"\bco_await\b", text)}
    # A header is looked at through a file that includes it.
    for header in [p for p in waiting if p.endswith(".h")]:
        waiting |= {p for p, t in tree.items() if p.endswith(".cpp") and f'"{header}"' in t}
    files = [os.path.join(checklib.ROOT, p) for p in sorted(waiting) if p.endswith(".cpp")]
    files = [f for f in files if os.path.realpath(f) in compiled]
    if not files:
        return []
    # What was clean stays clean while it, the headers and this script are the same.
    common = hashlib.sha256("".join(t for p, t in sorted(tree.items()) if p.endswith(".h")).encode())
    with open(__file__, "rb") as file:
        common.update(file.read())
    keys = {}
    for path in files:
        key = common.copy()
        key.update(tree[os.path.relpath(path, checklib.ROOT)].encode())
        keys[path] = key.hexdigest()
    memory = os.path.join(build, "clean_coroutines.json")
    clean = known_clean(memory) & set(keys.values())
    files = [f for f in files if keys[f] not in clean]
    problems = set()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for path, found in zip(files, pool.map(lambda f: query([f], [f"-p={build}"]), files)):
            problems |= {(os.path.relpath(p, checklib.ROOT), n, t) for p, n, t in found}
            if not found:
                clean.add(keys[path])
    with open(memory, "w", encoding="utf-8") as file:
        json.dump(sorted(clean), file)
    return [f"{p}:{n}: {t}" for p, n, t in sorted(problems)]


if __name__ == "__main__":
    cases = [("lambda", 1, count_in_snippet(BAD_LAMBDA)), ("braces", 1, count_in_snippet(BAD_BRACES)),
             ("named locals", 0, count_in_snippet(GOOD))]
    checklib.run("Coroutines", [("coroutines", lambda: check(sys.argv[1]), cases)])
