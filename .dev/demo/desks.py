# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs of the demo: one server on a folder of its own, and desks that are real windows."""
import json
import os
import shutil
import signal
import subprocess

import a11y

PASSWORD = "Vorfahrt-Demo-2026"


class Server:
    """vorfahrt-server with embedded SQLite and the demo dealer group."""

    def __init__(self, binaries, folder):
        self.program = os.path.join(binaries, "vorfahrt-server")
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder, mode=0o700)
        self.environment = dict(os.environ, VORFAHRT_SYNC_PORT="0", VORFAHRT_LMTP_PORT="0")
        self.process = None

    def seed(self):
        done = subprocess.run(
            [self.program, "seed-demo", "--data", self.folder, "--password", PASSWORD],
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip()[-500:])
        return json.loads(done.stdout)

    def start(self):
        log = open(os.path.join(self.folder, "server.log"), "wb")
        self.process = subprocess.Popen(
            [self.program, "--data", self.folder],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the server ended; see server.log")
        ready = json.loads(line)
        self.port = ready["sync_port"]
        self.lmtp_port = ready["lmtp_port"]
        self.fingerprint = ready["fingerprint"]

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()


class Desk:
    """One desk as its own process, seen and used from outside only."""

    def __init__(self, binaries, folder, name, port, fingerprint, place):
        self.program = os.path.join(binaries, "vorfahrt")
        self.folder = os.path.join(folder, name)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder, mode=0o700)
        self.port = port
        self.fingerprint = fingerprint
        self.place = place
        self.process = None

    @property
    def pid(self):
        return self.process.pid

    def start(self):
        log = open(os.path.join(self.folder, "desk.log"), "ab")
        self.process = subprocess.Popen(
            [
                self.program,
                "--server", f"127.0.0.1:{self.port}",
                "--fingerprint", self.fingerprint,
                "--data", self.folder,
                "--lang", "de",
                "--theme", "light",
            ],
            env=dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_ACCESSIBILITY="1"),
            stdout=log,
            stderr=log,
        )
        window = a11y.wait("the window", self._window, 30)
        x, y, width, height = self.place
        a11y.xdotool("windowsize", "--sync", window, width, height)
        a11y.xdotool("windowmove", window, x, y)

    def _window(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the desk ended with {self.process.returncode}; see desk.log")
        try:
            return a11y.raise_window(self.pid)
        except (a11y.NotFound, subprocess.CalledProcessError):
            return None

    def sign_in(self, account):
        self.front()
        a11y.click(a11y.wait_text(self.pid, "Benutzername", "text", 30))
        a11y.type_text(account)
        a11y.key("Tab")
        self.enter_password()

    def enter_password(self):
        """No key store on the demo's bus: each start asks for the password, also without a network."""
        self.front()
        a11y.click(a11y.wait_text(self.pid, "Kennwort", ("password text", "text")))
        a11y.type_text(PASSWORD)
        a11y.key("Return")

    def front(self):
        a11y.raise_window(self.pid)

    def see(self, text, role=None, seconds=20.0):
        return a11y.wait_text(self.pid, text, role, seconds)

    def click(self, text, role=None):
        self.front()
        a11y.click(self.see(text, role))

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
