# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen for the demo: the one that is there, or an Xvfb with a window manager of our own."""
import os
import shutil
import subprocess
import tempfile
import time


def has_screen():
    return bool(os.environ.get("DISPLAY")) and subprocess.run(
        ["xdpyinfo"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ).returncode == 0


class VirtualScreen:
    """Xvfb on a free number, and openbox in it. Use as a context manager."""

    def __init__(self, width=1920, height=1080):
        self.size = f"{width}x{height}x24"
        self.processes = []
        self.folder = tempfile.mkdtemp(prefix="vorfahrt-screen-")

    def __enter__(self):
        read_end, write_end = os.pipe()
        xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", self.size, "-nolisten", "tcp"],
            pass_fds=[write_end],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(xvfb)
        os.close(write_end)
        # To the end of the line: Xvfb writes it in two parts and dies when nobody reads the second.
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        os.environ["DISPLAY"] = f":{number}"
        self.processes.append(
            subprocess.Popen(["openbox", "--sm-disable"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        end = time.monotonic() + 30
        while not self._manager_is_there():
            if time.monotonic() > end:
                raise RuntimeError("openbox did not start")
            time.sleep(0.05)
        return self

    def _manager_is_there(self):
        found = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True)
        return "window id" in found.stdout

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
