#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inter with tabular figures as the default ones. Usage: fonts.py TOKENS SOURCEDIR OUTDIR

Qt 6.4 cannot switch OpenType features, so U+0030..U+0039 are mapped to the tabular glyphs, whose
advances are made equal (the Debian build is a beta with small differences). The family gets its own
name: a modified version must not be mistaken for an Inter installed on the machine (OFL 1.1).
"""
import json
import pathlib
import sys

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

DIGITS = range(0x30, 0x3A)
WEIGHT_NAME = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}


def tabular_map(font):
    table = font["GSUB"].table
    lookups = {i for f in table.FeatureList.FeatureRecord if f.FeatureTag == "tnum" for i in f.Feature.LookupListIndex}
    mapping = {}
    for index in lookups:
        for sub in table.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
    return mapping


def set_advance(font, glyph, width):
    """Centres the outline in the new advance."""
    old, bearing = font["hmtx"][glyph]
    if old == width:
        return
    shift = (width - old) // 2
    glyphs, top = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0]
    private = top.CharStrings[glyph].private
    pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
    glyphs[glyph].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
    top.CharStrings[glyph] = pen.getCharString(private, top.CharStrings[glyph].globalSubrs)
    font["hmtx"][glyph] = (width, bearing + shift)


def rename(font, family, weight):
    names = font["name"]
    style = WEIGHT_NAME[weight]
    for record in list(names.names):
        if record.nameID in (1, 2, 3, 4, 6, 16, 17, 18, 21, 22, 25):
            names.removeNames(nameID=record.nameID)
    legacy = {400: "Regular", 700: "Bold"}.get(weight)
    full = f"{family} {style}"
    values = {1: family if legacy else full, 2: legacy or "Regular", 3: f"Vorfahrt;{full}", 4: full,
              6: full.replace(" ", ""), 16: family, 17: style}
    for name_id, text in values.items():
        names.setName(text, name_id, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames[0] = values[6]
    top.topDictIndex[0].FullName, top.topDictIndex[0].FamilyName = full, family


def main():
    spec = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["type"]
    source, target = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    target.mkdir(parents=True, exist_ok=True)
    for name in spec["files"]:
        font = TTFont(source / name, recalcTimestamp=False)
        mapping = tabular_map(font)
        old = {code: font.getBestCmap()[code] for code in DIGITS}
        new = {code: mapping[glyph] for code, glyph in old.items()}
        width = max(font["hmtx"][glyph][0] for glyph in new.values())
        for glyph in new.values():
            set_advance(font, glyph, width)
        for table in font["cmap"].tables:
            for code in DIGITS:
                if code in table.cmap:
                    table.cmap[code] = new[code]
        family = spec["family"]["display" if name.startswith("InterDisplay") else "text"]
        rename(font, family, font["OS/2"].usWeightClass)
        font.save(target / name)


main()
