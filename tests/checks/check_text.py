#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be seen in the text of a file: its size, its licence line, colours, machine paths."""

import re
import sys

import checklib

MAX_LINES = 600
HEX_COLOUR = re.compile(r'"[^"\n]*#([0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b[^"\n]*"'
                        r"|\bQColor\(\s*(0x|\d)|\bQt::(dark|light)?(red|green|blue|cyan|magenta|"
                        r"yellow|gray|Red|Green|Blue|Cyan|Magenta|Yellow|Gray|white|black)\b"
                        r"|\bqRgba?\(\s*(0x|\d)")
# In pieces, so that this file does not find itself.
MACHINE = re.compile("/wo" r"rk/|/tmp/w" r"t\b|/ro" r"ot/|/ho" r"me/\w|deb\.deb" r"ian\.org"
                     r"|registry\.np" r"mjs")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
SOURCE = re.compile(r"\.(cpp|h|py|sh|cmake|proto|sql|tsx?)$|(^|/)CMakeLists\.txt$|^dev$")


def is_source(path):
    return SOURCE.search(path) and not path.startswith("translations/vorfahrt_")


def sizes(tree):
    return [f"{path}: {lines} lines, at most {MAX_LINES}: split it by subject"
            for path, text in tree.items()
            if is_source(path) and (lines := text.count("\n")) > MAX_LINES]


def licence(tree):
    problems = []
    for path, text in tree.items():
        lines = text.split("\n")
        first = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
        if is_source(path) and SPDX not in first:
            problems.append(f"{path}: the first line is not {SPDX}")
    return problems


def colours(tree):
    drawn = {p: t for p, t in tree.items() if p.startswith("client/") and checklib.is_cpp(p)
             and not p.startswith("client/ui/theme/")}
    return checklib.lines_matching(drawn, HEX_COLOUR, "a colour outside client/ui/theme")


def machine_paths(tree):
    return checklib.lines_matching(tree, MACHINE, "a path or host of one machine")


def case(check, text, path, content, expected):
    return text, expected, len(check({path: content}))


PARTS = {
    "sizes": (sizes, [
        case(sizes, "600 lines", "common/base/a.cpp", "x\n" * 600, 0),
        case(sizes, "601 lines", "common/base/a.cpp", "x\n" * 601, 1),
        case(sizes, "601 lines of TypeScript", "server/web/pages/a.ts", "x\n" * 601, 1),
        case(sizes, "translations may be long", "translations/vorfahrt_de.ts", "x\n" * 601, 0),
    ]),
    "licence": (licence, [
        case(licence, "first line", "common/base/a.h", f"// {SPDX}\n", 0),
        case(licence, "after the shebang", "dev", f"#!/usr/bin/env bash\n# {SPDX}\n", 0),
        case(licence, "missing", "common/schema/a.proto", "syntax = 1;\n", 1),
        case(licence, "not a source", "README.md", "# x\n", 0),
    ]),
    "colours": (colours, [
        case(colours, "in a page", "client/ui/leads/a.cpp", 'c("color: #2F5FDE");\n', 1),
        case(colours, "numbers", "client/ui/leads/a.cpp", "QColor(1, 2, 3)\n", 1),
        case(colours, "named", "client/ui/leads/a.cpp", "p.setPen(Qt::red);\n", 1),
        case(colours, "transparent", "client/ui/leads/a.cpp", "fill(Qt::transparent);\n", 0),
        case(colours, "in the theme", "client/ui/theme/a.cpp", '"#2F5FDE"\n', 0),
        case(colours, "from the theme", "client/ui/leads/a.cpp", "QColor(tokens.accent)\n", 0),
        case(colours, "an include", "client/ui/leads/a.cpp", '#include "client/ui/add.h"\n', 0),
    ]),
    "machinePaths": (machine_paths, [
        case(machine_paths, "a checkout", "README.md", "cd /wo" "rk/main\n", 1),
        case(machine_paths, "a home", "dev", "/ho" "me/anna/x\n", 1),
        case(machine_paths, "relative", "dev", "../shared/samples /tmp/x network/\n", 0),
    ]),
}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(PARTS)
    whole = checklib.read_tree()
    checklib.run("Text", [(part, lambda c=PARTS[part][0]: c(whole), PARTS[part][1])
                          for part in wanted])
