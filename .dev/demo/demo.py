#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job of Vorfahrt, as two people at two desks live it: `./dev demo`.

A portal mail arrives; both desks show the teaser without the customer; one claims it; the other sees
who has it; the owner loses the line, goes on working, loses the program, and nothing is lost or doubled.
Everything is found and clicked as a person with a screen reader would (a11y.py).
"""
import argparse
import contextlib
import os
import smtplib
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import a11y  # noqa: E402
from desks import PASSWORD, Desk, Server  # noqa: E402
from listening_cable import ListeningCable  # noqa: E402
from proxy import Cable  # noqa: E402
from recorder import Recorder  # noqa: E402
from screen import VirtualScreen, has_screen  # noqa: E402
from steps import Steps  # noqa: E402

INTAKE = "mobile.wandsbek@brandt.example"
VEHICLE = "VW ID.4 Pro Performance Max"
FIRST, LAST = "Lena", "Vogelsang"
PHONE, MAIL = "0176 55501234", "l.vogelsang@example.org"
QUESTION = "Ist der ID.4 noch da? Ich gebe einen Golf in Zahlung."
HIDDEN = (LAST, "55501234", MAIL, "Golf in Zahlung")
WORKSPACE = ("radio button", "toggle button", "check box", "push button")
NOTE = "Ruft morgen ab 11 Uhr an, Probefahrt am Samstag"
NEW_CITY = "Ahrensburg"

PORTAL_MAIL = f"""From: Portal <no-reply@portal.example>
To: {INTAKE}
Subject: =?utf-8?Q?Neue_Anfrage_zu_Ihrem_Inserat?=
Message-ID: <demo-{os.getpid()}-{int(time.time())}@portal.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Guten Tag,

Sie haben eine neue Anfrage erhalten.

Fahrzeug: {VEHICLE}
Inserat-Nr.: 26-4711
Preis: 38.900,00 €
Erstzulassung: 03/2024

Kontaktdaten
Anrede: Frau
Vorname: {FIRST}
Nachname: {LAST}
E-Mail: {MAIL}
Telefon: {PHONE}
PLZ/Ort: 22043 Hamburg

Nachricht:
{QUESTION}
"""


def hand_over_mail(port):
    with smtplib.LMTP("127.0.0.1", port) as lmtp:
        refused = lmtp.sendmail("no-reply@portal.example", [INTAKE], PORTAL_MAIL.encode())
        if refused:
            raise RuntimeError(f"refused: {refused}")


def must_not_see(desk, texts):
    shown = a11y.all_words(desk.pid)
    for text in texts:
        if text in shown:
            raise AssertionError(f"'{text}' is on the screen")


def once(desk, text):
    """The text stands in exactly one line of the timeline."""
    lines = [node for node in a11y.walk(desk.pid)
             if node.get_role_name() == "list item" and text in a11y.words(node)]
    if len(lines) != 1:
        raise AssertionError(f"'{text}' stands {len(lines)} times")


def git(root, *arguments):
    done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def open_recorder(path):
    root = os.environ["VF_ROOT"]
    commit = git(root, "rev-parse", "HEAD") or "unknown"
    changed = " with local changes" if git(root, "status", "--porcelain", "--untracked-files=no") else ""
    return Recorder(path, root, [
        "SPDX-License-Identifier: GPL-3.0-or-later",
        "What the desks of ./dev demo and the server said, decoded from their TLS connections by",
        f"./dev demo --record FILE (.dev/demo/recorder.py) at commit {commit}{changed}.",
        "CONNECTION open | close | up KIND BASE64 | down KIND BASE64; people are invented, passwords and tokens replaced.",
    ], [PASSWORD])


class Demo:
    def __init__(self, binaries, folder, size, recorder=None):
        self.binaries = binaries
        self.folder = folder
        self.size = size
        self.recorder = recorder
        self.steps = Steps(os.path.join(folder), recorder)
        self.server = Server(binaries, os.path.join(folder, "server"))
        self.a = self.b = self.cable = None

    def run(self):
        steps = self.steps
        steps.run("server starts with the demo dealer group", self.start_server)
        self.make_desks()
        steps.run("desk A: Aylin Demir signs in", lambda: self.sign_in(self.a, "a.demir"), self.a_pid)
        steps.run("desk B: Björn Krause signs in", lambda: self.sign_in(self.b, "b.krause"), self.b_pid)
        steps.run("a portal mail is handed over by LMTP", lambda: hand_over_mail(self.server.lmtp_port))
        steps.run("A sees the teaser without name, number or message", lambda: self.teaser(self.a), self.a_pid)
        steps.run("B sees the teaser without name, number or message", lambda: self.teaser(self.b), self.b_pid)
        steps.run("A claims by a click and gets the customer", self.claim, self.a_pid)
        steps.run("B sees who has it, and nothing more", self.taken, self.b_pid)
        steps.run("A loses the network", self.cut, self.a_pid)
        steps.run("A edits the customer offline", self.edit_customer, self.a_pid)
        steps.run("A writes a note offline", self.write_note, self.a_pid)
        steps.run("A moves the lead on offline", self.move_on, self.a_pid)
        steps.run("A's edits wait in the tray", self.tray, self.a_pid)
        steps.run("A is killed with -9", self.a.kill)
        steps.run("A starts again offline with all of it", self.restart, self.a_pid)
        steps.run("the network returns and A is in sync", self.plug_in, self.a_pid)
        steps.run("B has every change once", self.converged, self.b_pid)
        return steps.summary()

    def a_pid(self):
        return self.a.pid

    def b_pid(self):
        return self.b.pid

    def start_server(self):
        self.server.seed()
        self.server.start()

    def make_desks(self):
        width, height = self.size
        place = (0, 0, width, height)
        if self.recorder is None:
            self.cable = Cable(self.server.port)
            lines = ((self.cable.port, self.server.fingerprint), (self.server.port, self.server.fingerprint))
        else:
            # A certificate like the server's own, but another: its program makes one on any empty folder.
            other = Server(self.binaries, os.path.join(self.folder, "recorder"))
            other.start()
            other.stop()
            pair = (os.path.join(other.folder, "tls.crt"), os.path.join(other.folder, "tls.key"))
            cables = [ListeningCable(self.server.port, self.server.fingerprint, *pair, self.recorder, name)
                      for name in "AB"]
            self.cable = cables[0]
            lines = [(cable.port, other.fingerprint) for cable in cables]
        self.a = Desk(self.binaries, self.folder, "desk-a", *lines[0], place)
        self.b = Desk(self.binaries, self.folder, "desk-b", *lines[1], place)

    def sign_in(self, desk, account):
        desk.start()
        desk.sign_in(account)
        desk.see("Zum Übernehmen", seconds=60)
        desk.see("Abgeglichen", seconds=60)

    def teaser(self, desk):
        desk.front()
        desk.see(VEHICLE)
        must_not_see(desk, HIDDEN)

    def claim(self):
        self.a.click(VEHICLE, "list item")
        self.a.click("Übernehmen", "push button")
        self.a.see(LAST)
        self.a.see("Golf in Zahlung")
        self.a.see("55501234")

    def taken(self):
        # It has left "mine and free" there; all open ones have it, with its owner.
        self.b.click("Alle", "page tab")
        self.b.click(VEHICLE, "list item")
        self.b.see("Aylin Demir")
        must_not_see(self.b, ("Golf in Zahlung",))

    def cut(self):
        self.cable.cut()
        self.a.front()
        self.a.see("Offline")

    def edit_customer(self):
        self.a.click("Öffnen", ("push button", "link"))
        self.a.click("Kunde bearbeiten", "push button")
        field = self.a.see("Ort", "text")
        a11y.click(field, 3)
        a11y.key("ctrl+a")
        a11y.type_text(NEW_CITY)
        self.a.click("Kunde speichern", "push button")
        # Her own address line: the city alone stands in many rows of the list.
        self.a.see(f"22043 {NEW_CITY}")

    def write_note(self):
        self.a.click("Verkaufschancen", WORKSPACE)
        self.a.click(VEHICLE, "list item")
        a11y.click(self.a.see("Notiz", "text"))
        a11y.type_text(NOTE)
        a11y.key("ctrl+Return")
        a11y.wait("the note in the timeline", lambda: a11y.find(self.a.pid, NOTE, "list item"))

    def move_on(self):
        self.a.see("Stufe: Neu")
        self.a.click("Kontaktiert", ("push button", "button"))
        self.a.see("Stufe: Kontaktiert")
        self.a.see("Kontaktiert", "list item")

    def tray(self):
        # The tray opens by itself with the loss of the connection, but not over a page that was in use.
        if a11y.find(self.a.pid, "Vorgemerkt") is None:
            self.a.click("Offline", "push button")
        self.a.see("Vorgemerkt")
        self.a.see("3 warten")

    def restart(self):
        self.a.start()
        self.a.enter_password()
        self.a.see("Offline", seconds=30)
        self.a.click(VEHICLE, "list item")
        for text in (NOTE, LAST, "Kontaktiert"):
            self.a.see(text)
        once(self.a, NOTE)

    def plug_in(self):
        self.cable.plug_in()
        self.a.front()
        self.a.see("Abgeglichen", seconds=60)

    def converged(self):
        self.b.front()
        self.b.see(NOTE)
        once(self.b, NOTE)
        self.b.see("Kontaktiert")
        self.b.click("Kunden", WORKSPACE)
        a11y.click(self.b.see("Ahlers", "list item"))
        self.scroll_to_customer()
        self.b.click(LAST, "list item")
        self.b.see(f"22043 {NEW_CITY}")

    def scroll_to_customer(self):
        """The list pages by name: to its end, then back until the row is in sight."""
        for key in ["End"] * 8 + ["Page_Up"] * 8:
            a11y.key(key)
            time.sleep(a11y.POLL_S * 3)
            if key == "Page_Up" and a11y.find(self.b.pid, LAST, "list item"):
                return
        raise a11y.NotFound(LAST)

    def stop(self):
        for program in (self.a, self.b, self.server):
            if program is not None:
                program.stop()


def arguments():
    parser = argparse.ArgumentParser(prog="./dev demo", description="the main job with a server and two desks")
    parser.add_argument("--record", metavar="FILE", help="write the messages of both desks' connections to FILE")
    return parser.parse_args()


def main():
    record = arguments().record
    recorder = open_recorder(record) if record else None
    binaries = os.environ["VF_BIN"]
    folder = os.path.join(os.environ["VF_VAR"], "demo")
    own_screen = not has_screen()
    demo = None
    with VirtualScreen() if own_screen else contextlib.nullcontext():
        demo = Demo(binaries, folder, (1920, 1080) if own_screen else (1600, 900), recorder)
        try:
            code = demo.run()
            if not own_screen and code == 0:
                print("Both desks stay open; close this with Ctrl+C.", flush=True)
                with contextlib.suppress(KeyboardInterrupt):
                    demo.a.process.wait()
        except KeyboardInterrupt:
            code = 130
        except Exception:
            code = demo.steps.summary() or 1
        finally:
            demo.stop()
    if recorder is not None:
        recorder.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
