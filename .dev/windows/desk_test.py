#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Windows program itself under Wine, at the native server: `./dev test-windows`.

A person signs in, claims a lead, loses the server, writes a note, ends the program, starts it again
without the server, and the note arrives when the server is back. Everything is done by the keyboard in
a real window under Xvfb; what came of it is read by a second, native desk from the server. Pictures in
var/windows.
"""

import json
import os
import shutil
import signal
import smtplib
import subprocess
import sys
import threading
import time

ROOT = os.environ["VF_ROOT"]
DEV_BIN = os.path.join(ROOT, "build", "dev", "bin")
OUT = os.path.join(os.environ["VF_VAR"], "windows")
sys.path.insert(0, os.path.join(ROOT, ".dev", "demo"))

from screen import VirtualScreen  # noqa: E402

PASSWORD = "Wintergarten-Traktor-42"
ACCOUNT, COLLEAGUE = "d.wolf", "s.nagel"
SOURCE = "anfragen@wolf.example"
CUSTOMER = "Nachtigall"
NOTE = "Ohne Netz am Fenster geschrieben 4711"
MAIL = f"""From: Portal <portal@example.net>
To: {SOURCE}
Subject: Neue Anfrage
Message-ID: <windows-1@example.net>
MIME-Version: 1.0
Content-Type: application/xml; charset=utf-8

<?xml version="1.0"?><?adf version="1.0"?><adf><prospect status="new">
<requestdate>2026-11-23T10:00:00+00:00</requestdate>
<vehicle interest="buy" status="used"><year>2023</year><make>VW</make><model>Tiguan</model></vehicle>
<customer><contact><name part="first">Walburga</name><name part="last">{CUSTOMER}</name>
<email>walburga@example.org</email><phone>+4915112345678</phone></contact>
<comments>Ist der Tiguan noch da?</comments></customer>
<vendor><contact><name>Wolf</name></contact></vendor></prospect></adf>
"""


class Failed(Exception):
    pass


def wait(what, condition, seconds):
    """The first true answer of the condition. Raises when there is none within the time."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failed(f"waited {seconds} s for {what}")
        time.sleep(0.1)


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout.strip()


class Server:
    """The native server on a folder of its own; always the same free port."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, mode=0o700)
        self.program = os.path.join(DEV_BIN, "vorfahrt-server")
        self.environment = dict(os.environ, VORFAHRT_SYNC_ADDRESS="127.0.0.1", VORFAHRT_SYNC_PORT="0",
                                VORFAHRT_LMTP_PORT="0")
        self.process = None

    def add(self, what, *arguments, text=""):
        out = run(self.program, "--data", self.folder, what, "add", *arguments, input=text)
        return json.loads(out)[what]

    def fill(self):
        tenant = self.add("tenant", "Autohaus Wolf")
        site = self.add("site", tenant, "Lübeck")
        self.add("source", tenant, site, "Portal", "--address", SOURCE, "--kind", "homepage")
        for login, name, role in ((ACCOUNT, "Dora Wolf", "sales"), (COLLEAGUE, "Sönke Nagel", "manager")):
            self.add("user", tenant, login, "--name", name, "--role", role, "--site", site,
                     text=PASSWORD + "\n")

    def start(self):
        log = open(self.folder + ".log", "ab")
        self.process = subprocess.Popen([self.program, "--data", self.folder], env=self.environment,
                                        stdout=subprocess.PIPE, stderr=log, text=True)
        ready = json.loads(self.process.stdout.readline() or "{}")
        if ready.get("event") != "ready":
            raise Failed("the server did not start; see " + self.folder + ".log")
        self.port, self.fingerprint = ready["sync_port"], ready["fingerprint"]
        self.environment["VORFAHRT_SYNC_PORT"] = str(self.port)
        self.lmtp_port = ready["lmtp_port"]

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def hand_over_mail(self):
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail("portal@example.net", [SOURCE], MAIL.encode())


class Colleague:
    """A native desk without a window (vf_headless): the server's data as another person has it."""

    def __init__(self, server, folder):
        self.server, self.folder, self.process, self.ref = server, folder, None, 0

    def start(self):
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        log = open(self.folder + ".log", "ab")
        self.process = subprocess.Popen(
            [os.path.join(DEV_BIN, "vf_headless"), "--server", f"wss://127.0.0.1:{self.server.port}/v1/sync",
             "--fingerprint", self.server.fingerprint.replace(":", ""), "--data", self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)

    def call(self, name, **arguments):
        self.ref += 1
        self.process.stdin.write(json.dumps({"cmd": name, "ref": self.ref, **arguments}) + "\n")
        self.process.stdin.flush()
        patience = threading.Timer(60, self.process.kill)
        patience.start()
        try:
            for line in self.process.stdout:
                event = json.loads(line)
                if event.get("event") == name and event.get("ref") == self.ref:
                    return event
        finally:
            patience.cancel()
        raise Failed("the colleague's desk ended; see " + self.folder + ".log")

    def sign_in(self):
        if self.call("login", account=COLLEAGUE, password=PASSWORD).get("code") != "Ok":
            raise Failed("the colleague cannot sign in")
        self.call("wait-synced", timeout_ms=20000)

    def rows(self):
        path = self.folder + ".dump"
        self.call("dump", file=path)
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()

    def leads(self, tab):
        return self.call("leads", tab=tab)["leads"]

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


class WindowsDesk:
    """vorfahrt.exe in a folder with its DLLs and nothing else, its data in a folder with an umlaut."""

    def __init__(self, server, folder):
        self.server = server
        self.data = os.path.join(folder, "Müller & Söhne")
        self.program = os.path.join(ROOT, "build", "windows", "desk", "vorfahrt.exe")
        self.log = os.path.join(folder, "desk.log")
        self.process = self.window = None

    def start(self):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_")}
        environment.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", WINEQT_FORCE_STDERR_LOGGING="1")
        self.process = subprocess.Popen(
            ["/usr/lib/wine/wine64", self.program, "--server", f"127.0.0.1:{self.server.port}", "--fingerprint",
             self.server.fingerprint, "--data", "Z:" + self.data.replace("/", "\\"), "--lang", "de"],
            env=environment, stdout=open(self.log, "ab"), stderr=subprocess.STDOUT, start_new_session=True)
        self.window = wait("the window", self.find_window, 60)
        run("xdotool", "windowactivate", "--sync", self.window)
        run("xdotool", "windowsize", "--sync", self.window, "1600", "960")
        self.settle()

    def find_window(self):
        if self.process.poll() is not None:
            raise Failed(f"the program ended with {self.process.returncode}; see {self.log}")
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Vorfahrt"],
                               capture_output=True, text=True, check=False).stdout.split()
        return found[0] if found else None

    def shot(self, path):
        run("import", "-window", "root", path)

    def settle(self):
        """Until two pictures in a row are alike but for the text cursor."""
        before, now = os.path.join(OUT, ".before.png"), os.path.join(OUT, ".now.png")
        self.shot(now)

        def still():
            os.replace(now, before)
            time.sleep(0.3)
            self.shot(now)
            done = subprocess.run(["compare", "-metric", "AE", before, now, "null:"],
                                  capture_output=True, text=True, check=False)
            return float(done.stderr.split()[0]) < 200

        wait("the screen to stand still", still, 30)
        os.remove(now)

    def picture(self, name):
        self.settle()
        self.shot(os.path.join(OUT, name + ".png"))

    def key(self, *keys):
        run("xdotool", "key", "--delay", "60", *keys)

    def type(self, text):
        run("xdotool", "type", "--delay", "40", text)

    def sign_in(self):
        # Whatever has the focus: the name is the first field of the page, and typed over what is there.
        self.key("ctrl+a")
        self.type(ACCOUNT)
        self.key("Tab")
        self.type(PASSWORD)
        self.key("Return")
        self.settle()

    def end(self):
        self.key("alt+F4")
        wait("the program to end", lambda: self.process.poll() is not None, 30)
        if self.process.returncode != 0:
            raise Failed(f"it ended with {self.process.returncode}")

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Story:
    def __init__(self, folder):
        self.server = Server(os.path.join(folder, "server"))
        self.colleague = Colleague(self.server, os.path.join(folder, "colleague"))
        self.desk = WindowsDesk(self.server, folder)
        self.passed = self.failed = 0

    def tell(self):
        for step in (self.server_is_there, self.program_starts, self.signs_in, self.claims, self.writes_offline,
                     self.ends_and_starts_again, self.note_arrives_once, self.nothing_is_readable_for_others):
            name = step.__name__
            start = time.monotonic()
            try:
                step()
            except (Failed, subprocess.SubprocessError, OSError, ValueError, KeyError) as error:
                self.failed += 1
                print(f"FAIL!  : WindowsDesk::{name}() {error}", flush=True)
                subprocess.run(["import", "-window", "root", os.path.join(OUT, "failed.png")], check=False)
                break
            self.passed += 1
            print(f"PASS   : WindowsDesk::{name}() {time.monotonic() - start:.1f} s", flush=True)

    def server_is_there(self):
        self.server.fill()
        self.server.start()
        self.server.hand_over_mail()
        self.colleague.start()
        self.colleague.sign_in()
        wait("the enquiry", lambda: len(self.colleague.leads("unclaimed")) == 1, 20)

    def program_starts(self):
        self.desk.start()
        self.desk.picture("1-started")

    def signs_in(self):
        self.desk.sign_in()
        self.desk.picture("2-signed-in")

    def claims(self):
        def claimed():
            self.desk.key("j")
            self.desk.key("u")
            return not self.colleague.leads("unclaimed")

        wait("the claim to reach the server", claimed, 60)
        self.desk.picture("3-claimed")

    def writes_offline(self):
        self.colleague.stop()
        self.server.stop()
        self.desk.key("alt+n")
        self.desk.type(NOTE)
        self.desk.key("ctrl+Return")
        self.desk.picture("4-note-without-server")

    def ends_and_starts_again(self):
        self.desk.end()
        self.desk.start()
        self.desk.key("j")
        self.desk.picture("5-started-again-without-server")

    def note_arrives_once(self):
        self.server.start()
        self.colleague.start()
        wait("the note at the server",
             lambda: any(NOTE in row for row in self.colleague.rows()), 90)
        self.desk.key("F5")
        self.desk.picture("6-in-sync-again")
        count = sum(NOTE in row for row in self.colleague.rows())
        if count != 1:
            raise Failed(f"the note is there {count} times")
        self.desk.end()

    def nothing_is_readable_for_others(self):
        files = [os.path.join(at, name) for at, _, names in os.walk(self.desk.data) for name in names]
        if not any(name.endswith(".db") for name in files):
            raise Failed(f"there is no replica in {files}")
        readable = [name for name in files if os.stat(self.desk.data).st_mode & 0o077]
        if readable:
            raise Failed(f"others may look into {readable}")

    def stop(self):
        for part in (self.desk, self.colleague, self.server):
            part.stop()


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    data = os.path.join(OUT, "data")
    os.makedirs(data, mode=0o700)
    story = Story(data)
    with VirtualScreen(1680, 1050):
        try:
            story.tell()
        finally:
            story.stop()
    print(f"Totals: {story.passed} passed, {story.failed} failed, 0 skipped", flush=True)
    return 0 if story.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
