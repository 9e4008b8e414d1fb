#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lucide SVG outlines -> icons_gen.cpp (move, line, cubic lists). Usage: icons.py TOKENS ICONDIR OUTDIR"""
import json
import math
import pathlib
import re
import sys
import xml.etree.ElementTree as tree

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def tokens_of(data):
    """Command letter and arguments; arc flags may stand without separators."""
    position, command = 0, None
    while position < len(data):
        char = data[position]
        if char in " ,\n\t":
            position += 1
            continue
        if char.isalpha():
            command = char
            position += 1
            if command.upper() == "Z":
                yield command, []
            continue
        arguments = []
        while len(arguments) < COUNT[command.upper()]:
            while data[position] in " ,\n\t":
                position += 1
            if command.upper() == "A" and len(arguments) in (3, 4):
                arguments.append(float(data[position]))
                position += 1
                continue
            match = NUMBER.match(data, position)
            arguments.append(float(match.group()))
            position = match.end()
        yield command, arguments
        command = {"M": "L", "m": "l"}.get(command, command)


def arc(x0, y0, rx, ry, turn, large, sweep, x1, y1):
    """SVG 1.1 appendix F.6: end point form to centre form, then cubics of at most 90 degrees."""
    if rx == 0 or ry == 0 or (x0 == x1 and y0 == y1):
        return [("L", x1, y1)]
    phi = math.radians(turn)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (x0 - x1) / 2, (y0 - y1) / 2
    px, py = cos * dx + sin * dy, -sin * dx + cos * dy
    scale = px * px / (rx * rx) + py * py / (ry * ry)
    if scale > 1:
        rx, ry = rx * math.sqrt(scale), ry * math.sqrt(scale)
    root = max(0.0, (rx * rx * ry * ry - rx * rx * py * py - ry * ry * px * px)
               / (rx * rx * py * py + ry * ry * px * px))
    root = math.sqrt(root) * (-1 if large == sweep else 1)
    qx, qy = root * rx * py / ry, -root * ry * px / rx
    cx, cy = cos * qx - sin * qy + (x0 + x1) / 2, sin * qx + cos * qy + (y0 + y1) / 2
    start = math.atan2((py - qy) / ry, (px - qx) / rx)
    end = math.atan2((-py - qy) / ry, (-px - qx) / rx)
    span = end - start
    if sweep and span < 0:
        span += 2 * math.pi
    if not sweep and span > 0:
        span -= 2 * math.pi
    steps = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-6))
    part = span / steps
    k = 4 / 3 * math.tan(part / 4)
    out = []
    for index in range(steps):
        a, b = start + index * part, start + (index + 1) * part

        def point(x, y):
            return cx + cos * rx * x - sin * ry * y, cy + sin * rx * x + cos * ry * y

        c1 = point(math.cos(a) - k * math.sin(a), math.sin(a) + k * math.cos(a))
        c2 = point(math.cos(b) + k * math.sin(b), math.sin(b) - k * math.cos(b))
        out.append(("C", *c1, *c2, *point(math.cos(b), math.sin(b))))
    return out


def path(data):
    out, x, y, sx, sy = [], 0.0, 0.0, 0.0, 0.0
    control = None
    for command, a in tokens_of(data):
        upper, relative = command.upper(), command.islower()
        if upper == "Z":
            out.append(("Z",))
            x, y = sx, sy
            continue
        ox, oy = (x, y) if relative else (0.0, 0.0)
        previous, control = control, None
        if upper == "M":
            x, y = ox + a[0], oy + a[1]
            sx, sy = x, y
            out.append(("M", x, y))
        elif upper in "LHV":
            x, y = (ox + a[0] if upper != "V" else x), (oy + a[-1] if upper != "H" else y)
            out.append(("L", x, y))
        elif upper == "C":
            out.append(("C", ox + a[0], oy + a[1], ox + a[2], oy + a[3], ox + a[4], oy + a[5]))
            control, x, y = (ox + a[2], oy + a[3]), ox + a[4], oy + a[5]
        elif upper == "S":
            first = (2 * x - previous[0], 2 * y - previous[1]) if previous else (x, y)
            out.append(("C", *first, ox + a[0], oy + a[1], ox + a[2], oy + a[3]))
            control, x, y = (ox + a[0], oy + a[1]), ox + a[2], oy + a[3]
        elif upper in "QT":
            mirror = (2 * x - previous[0], 2 * y - previous[1]) if previous else (x, y)
            qx, qy = (ox + a[0], oy + a[1]) if upper == "Q" else mirror
            ex, ey = ox + a[-2], oy + a[-1]
            control = (qx, qy)
            out.append(("C", x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y), ex + 2 / 3 * (qx - ex),
                        ey + 2 / 3 * (qy - ey), ex, ey))
            x, y = ex, ey
        elif upper == "A":
            ex, ey = ox + a[5], oy + a[6]
            out += arc(x, y, abs(a[0]), abs(a[1]), a[2], a[3], a[4], ex, ey)
            x, y = ex, ey
        else:
            sys.exit(f"icons: path command {command} is not supported")
    return out


def shape(element):
    kind = element.tag.split("}")[-1]
    value = {k: float(v) for k, v in element.attrib.items() if NUMBER.fullmatch(v)}
    if kind == "path":
        return path(element.attrib["d"])
    if kind == "line":
        return [("M", value["x1"], value["y1"]), ("L", value["x2"], value["y2"])]
    if kind in ("circle", "ellipse"):
        cx, cy = value["cx"], value["cy"]
        rx, ry = value.get("rx", value.get("r")), value.get("ry", value.get("r"))
        return path(f"M{cx - rx} {cy}A{rx} {ry} 0 1 1 {cx + rx} {cy}A{rx} {ry} 0 1 1 {cx - rx} {cy}Z")
    if kind == "rect":
        x, y = value.get("x", 0.0), value.get("y", 0.0)
        w, h, r = value["width"], value["height"], value.get("rx", value.get("ry", 0.0))
        return path(f"M{x + r} {y}H{x + w - r}A{r} {r} 0 0 1 {x + w} {y + r}V{y + h - r}A{r} {r} 0 0 1 {x + w - r} "
                    f"{y + h}H{x + r}A{r} {r} 0 0 1 {x} {y + h - r}V{y + r}A{r} {r} 0 0 1 {x + r} {y}Z")
    if kind in ("polyline", "polygon"):
        numbers = [float(n) for n in NUMBER.findall(element.attrib["points"])]
        out = [("M" if i == 0 else "L", *numbers[i:i + 2]) for i in range(0, len(numbers), 2)]
        return out + ([("Z",)] if kind == "polygon" else [])
    return sys.exit(f"icons: element {kind} is not supported")


def main():
    listed = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["icon"]
    files = sorted(set(listed["map"].values()) | set(listed["more"]))
    folder, output = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    out = ["// Generated from resources/icons (Lucide, ISC; see the LICENSE there). Do not edit.",
           '#include "client/ui/theme/icon_data.h"', "", "namespace vorfahrt::client::ui {", "namespace {", ""]
    for name in files:
        verbs, points = "", []
        for element in tree.parse(folder / f"{name}.svg").getroot():
            for item in shape(element):
                verbs += item[0]
                points += item[1:]
        text = ", ".join(f"{p:.3f}F" for p in points)
        out.append(f"constexpr float k{''.join(p.capitalize() for p in name.split('-'))}Points[] = {{{text}}};")
        listed.setdefault("verbs", {})[name] = verbs
    out += ["", "}  // namespace", "", "const std::array<IconData, kIconCount> kIconData = {{"]
    for name in files:
        pascal = "".join(p.capitalize() for p in name.split("-"))
        out.append(f'    {{"{name}", "{listed["verbs"][name]}", k{pascal}Points}},')
    out += ["}};", "", "}  // namespace vorfahrt::client::ui"]
    output.mkdir(parents=True, exist_ok=True)
    (output / "icons_gen.cpp").write_text("\n".join(out) + "\n", encoding="utf-8")


main()
