# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader sees of a window, and clicks at the places it names (AT-SPI, XTEST).

Everything the demo asserts about a desk goes through here: a text counts only when it is in the
accessible tree of that process, and a click goes to the centre of an accessible object.
"""
import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

POLL_S = 0.1
MAX_NODES = 6000


class NotFound(Exception):
    pass


def application(pid):
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(index)
        try:
            if app is not None and app.get_process_id() == pid:
                return app
        except gi.repository.GLib.Error:
            continue
    return None


def walk(pid):
    """Yields every accessible object of a process, in tree order."""
    app = application(pid)
    stack = [app] if app is not None else []
    seen = 0
    while stack and seen < MAX_NODES:
        node = stack.pop()
        seen += 1
        try:
            node.clear_cache()
            yield node
            children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
        except gi.repository.GLib.Error:
            continue  # the object went away while we looked
        stack.extend(child for child in reversed(children) if child is not None)


def words(node):
    """Name, description and text of one object."""
    parts = [node.get_name() or "", node.get_description() or ""]
    try:
        if node.get_text_iface() is not None:
            parts.append(Atspi.Text.get_text(node, 0, -1) or "")
    except gi.repository.GLib.Error:
        pass
    return "\n".join(part for part in parts if part)


def is_showing(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)


def find(pid, text, role=None, showing=True):
    """The innermost object that holds `text`; None where there is none."""
    best = None
    for node in walk(pid):
        try:
            if role is not None and node.get_role_name() not in (role if isinstance(role, tuple) else (role,)):
                continue
            if text in words(node) and (not showing or is_showing(node)):
                best = node
        except gi.repository.GLib.Error:
            continue
    return best


def wait(what, condition, seconds=20.0):
    """Waits until `condition` gives something; NotFound after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise NotFound(what)
        time.sleep(POLL_S)


def wait_text(pid, text, role=None, seconds=20.0):
    return wait(f"text '{text}'", lambda: find(pid, text, role), seconds)


def wait_gone(pid, text, seconds=20.0):
    wait(f"'{text}' to go", lambda: find(pid, text) is None, seconds)


def all_words(pid):
    """Every word of the window, also of what is not showing: for what must not be there."""
    out = []
    for node in walk(pid):
        try:
            out.append(words(node))
        except gi.repository.GLib.Error:
            continue
    return "\n".join(out)


def centre(node):
    box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    if box.width <= 0 or box.height <= 0:
        raise NotFound(f"place of '{node.get_name()}'")
    return box.x + box.width // 2, box.y + box.height // 2


def xdotool(*args):
    subprocess.run(["xdotool", *map(str, args)], check=True, stdout=subprocess.DEVNULL)


def move_to(node):
    x, y = centre(node)
    xdotool("mousemove", x, y)


def click(node, times=1):
    x, y = centre(node)
    xdotool("mousemove", x, y)
    xdotool("click", "--repeat", times, 1)


def type_text(text):
    xdotool("type", "--delay", 8, "--", text)


def key(*keys):
    xdotool("key", "--clearmodifiers", *keys)


def raise_window(pid):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)], capture_output=True, text=True)
    windows = found.stdout.split()
    if not windows:
        raise NotFound("window")
    xdotool("windowactivate", "--sync", windows[-1])
    return windows[-1]


def picture(pid, path):
    """The window as PNG. A window of one colour was not painted: NotFound."""
    window = raise_window(pid)
    subprocess.run(["import", "-window", window, path], check=True)
    colours = int(
        subprocess.run(["identify", "-format", "%k", path], check=True, capture_output=True, text=True).stdout or 0
    )
    if colours < 32:
        os.remove(path)
        raise NotFound(f"a painted window ({colours} colours)")
    return colours
