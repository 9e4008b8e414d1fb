# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the steps of the demo with their times, keeps the count, leaves a picture for each."""
import os
import re
import subprocess
import time

import a11y


class Steps:
    def __init__(self, folder, recorder=None):
        self.folder = folder
        self.recorder = recorder
        self.passed = 0
        self.failed = 0
        os.makedirs(folder, exist_ok=True)
        for name in os.listdir(folder):
            if name.endswith(".png"):
                os.remove(os.path.join(folder, name))

    def run(self, title, action, pid=None):
        """Runs one step; `pid` gives the window whose picture is kept. Returns what the action returned."""
        number = self.passed + self.failed + 1
        if self.recorder is not None:
            self.recorder.remark(f"{number}. {title}")
        start = time.monotonic()
        try:
            value = action()
            took = (time.monotonic() - start) * 1000
            if pid is not None:
                name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:48]
                a11y.picture(pid() if callable(pid) else pid, os.path.join(self.folder, f"{number:02d}-{name}.png"))
        except Exception as error:  # a failed step ends the demo: the next ones would only repeat it
            self.failed += 1
            print(f"  {number:2d}. FAILED  {title}: {type(error).__name__}: {error}", flush=True)
            subprocess.run(["import", "-window", "root", os.path.join(self.folder, "failed.png")], check=False)
            raise
        self.passed += 1
        print(f"  {number:2d}. ok {took:7.0f} ms  {title}", flush=True)
        return value

    def summary(self):
        print(f"demo: {self.passed} passed, {self.failed} failed", flush=True)
        return 0 if self.failed == 0 and self.passed > 0 else 1
