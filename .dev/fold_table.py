#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints common/base/fold_table.h: Latin letters without case and marks, from Python's Unicode data.

    .dev/fold_table.py > common/base/fold_table.h
"""
import unicodedata

# Letters that Unicode does not decompose.
SPECIAL = {"ß": "ss", "ẞ": "ss", "æ": "a", "ø": "o", "œ": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
           "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ƒ": "f", "ŀ": "l", "ŉ": "n", "ſ": "s", "ij": "ij"}


def folded(point):
    letter = chr(point).lower()
    base = letter[0] if len(letter) > 1 else letter
    if base in SPECIAL:
        return SPECIAL[base]
    plain = "".join(c for c in unicodedata.normalize("NFKD", base) if not unicodedata.combining(c))
    plain = "".join(SPECIAL.get(c, c) for c in plain)
    return plain if plain and len(plain) <= 2 and all("a" <= c <= "z" for c in plain) else ""


def table(name, first, last):
    entries = [folded(p).ljust(2) for p in range(first, last + 1)]
    entries = ["  " if chr(p) in "×÷" else e for p, e in zip(range(first, last + 1), entries)]
    lines = [f'    "{"".join(entries[i:i + 32])}"' for i in range(0, len(entries), 32)]
    return (f"// U+{first:04X} to U+{last:04X}, two bytes each; blank: kept as it is.\n"
            f"inline constexpr std::string_view {name} =\n" + "\n".join(lines) + ";\n")


print(f"""// SPDX-License-Identifier: GPL-3.0-or-later
// Made by .dev/fold_table.py.
#pragma once

#include <string_view>

namespace vorfahrt {{

// clang-format off
{table("kFoldLatin", 0xC0, 0x24F)}{table("kFoldLatinMore", 0x1E00, 0x1EFF)}// clang-format on

}}  // namespace vorfahrt""")
