#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Budgets of design.md section 10: ./dev bench NAME. One JSON line a figure, also in
var/bench/NAME.jsonl. Machines are shared and noisy, so what counts are ratios to the floor, which
runs right before and right after. Needs the release build; ./dev makes it."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ.get("VF_ROOT", pathlib.Path(__file__).resolve().parent.parent))
BIN = pathlib.Path(os.environ.get("VF_BIN", ROOT / "build/release/bin"))
VAR = pathlib.Path(os.environ.get("VF_VAR", ROOT / "var"))

# Figure, its floor, the goal, and what is a defect. Rates are ours / floor, times floor-multiples.
RATIOS = [
    ("sync.first.rows_per_s", "floor.first.rows_per_s", "sync.first.of_floor", ">=", 0.40, 0.20),
    ("sync.first_fts.rows_per_s", "floor.first_fts.rows_per_s", "sync.first_fts.of_floor", ">=", 0.50, 0.25),
    ("sync.propagate.p50_ms", "floor.propagate.p50_ms", "sync.propagate.p50_of_floor", "<=", 4, 8),
    ("sync.propagate.p99_ms", "floor.propagate.p99_ms", "sync.propagate.p99_of_floor", "<=", 4, 8),
    ("sync.offline10k.s", "floor.offline10k.s", "sync.offline10k.of_floor", "<=", 4, 8),
]
GOALS = {"search.p50_ms": 1, "search.p99_ms": 15, "sync.first_screen.ms": 300, "sync.reconnect.bytes": 1024,
         "sync.offline10k.lost_or_twice": 0}


def figures(program, *arguments):
    """Runs a program that prints figures; prints them as they come."""
    found = {}
    with subprocess.Popen([BIN / program, *arguments], stdout=subprocess.PIPE, text=True,
                          env={**os.environ, "VF_BIN_DIR": str(BIN)}) as process:
        for line in process.stdout:
            if line.startswith("{"):
                figure = json.loads(line)
                found[figure["name"]] = figure
                print(line, end="", flush=True)
    if process.returncode != 0:
        sys.exit(f"bench: {program} failed with {process.returncode}")
    return found


def bench_sync(arguments):
    with tempfile.TemporaryDirectory(dir=VAR / "bench", prefix="run-") as folder:
        print("== floor, before (20 s)", flush=True)
        before = figures("vf_floor", *arguments, "--dir", folder)
        print("== sync (a minute or two)", flush=True)
        ours = figures("vf_bench_sync", *arguments, "--dir", folder)
        print("== search (one to two minutes: 1.5 million rows are filled in first)", flush=True)
        ours |= figures("vf_bench_search", *arguments, "--dir", folder)
        print("== floor, after", flush=True)
        after = figures("vf_floor", *arguments, "--dir", folder)
    lines = []
    for name, figure in before.items():
        mean = (figure["value"] + after[name]["value"]) / 2
        lines.append({**figure, "value": float(f"{mean:.4g}"), "before": figure["value"],
                      "after": after[name]["value"]})
    floor = {line["name"]: line for line in lines}
    lines += ours.values()
    verdicts = []
    for name, base, ratio, relation, goal, defect in RATIOS:
        value = ours[name]["value"] / floor[base]["value"]
        lines.append({"name": ratio, "value": float(f"{value:.3g}"), "unit": "x",
                      "n": ours[name]["n"], "load1": ours[name]["load1"]})
        better = (lambda limit: value >= limit) if relation == ">=" else (lambda limit: value <= limit)
        state = "goal met" if better(goal) else "below the goal" if better(defect) else "DEFECT"
        verdicts.append((ratio, f"{value:.3g}", f"{relation} {goal}", state))
    for name, goal in GOALS.items():
        state = "goal met" if ours[name]["value"] <= goal else "below the goal"
        verdicts.append((name, f"{ours[name]['value']:.4g}", f"<= {goal}", state))
    return lines, verdicts


DESK_GOALS = {"desk.start.ms": 1000, "desk.rss_mib": 200, "desk.stall_max_ms": 16, "desk.search_paint.ms": 50}


def bench_desk(arguments):
    # The replica is kept there between runs, by what it is made of.
    print("== desk (three minutes; the first time some minutes more: 1.5 million rows are made)", flush=True)
    ours = figures("vf_bench_desk", *arguments, "--dir", str(VAR / "bench"))
    verdicts = []
    for name, goal in DESK_GOALS.items():
        state = "goal met" if ours[name]["value"] <= goal else "below the goal"
        verdicts.append((name, f"{ours[name]['value']:.4g}", f"<= {goal}", state))
    return list(ours.values()), verdicts


BENCHES = {"sync": bench_sync, "desk": bench_desk}


def main():
    if len(sys.argv) < 2 or sys.argv[1] not in BENCHES:
        sys.exit(f"bench: which one? {' '.join(sorted(BENCHES))}")
    name = sys.argv[1]
    (VAR / "bench").mkdir(parents=True, exist_ok=True)
    lines, verdicts = BENCHES[name](sys.argv[2:])
    print("== figures of this run")
    with open(VAR / "bench" / f"{name}.jsonl", "w", encoding="utf-8") as out:
        for line in lines:
            text = json.dumps(line, separators=(",", ":"))
            print(text)
            out.write(text + "\n")
    for verdict in verdicts:
        print("{:32} {:>10}  {:10} {}".format(*verdict))
    sys.exit(1 if any(verdict[3] == "DEFECT" for verdict in verdicts) else 0)


if __name__ == "__main__":
    main()
