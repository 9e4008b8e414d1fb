#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tokens.json -> tokens_gen.h, tokens_gen.cpp: typed roles, styles and sizes. Usage: tokens.py JSON OUTDIR"""
import json
import pathlib
import sys


def pascal(name):
    return name[0].upper() + name[1:]


def icon_name(file_name):
    return "".join(part.capitalize() for part in file_name.split("-"))


def product_name(name):
    return "k" + "".join(pascal(part) for part in name.split("."))


def constants(space, values):
    lines = [f"namespace {space} {{"]
    for key, value in values.items():
        if isinstance(value, list):
            lines.append(f"inline constexpr int k{pascal(key)}Width = {value[0]};")
            lines.append(f"inline constexpr int k{pascal(key)}Height = {value[1]};")
        elif isinstance(value, int):
            lines.append(f"inline constexpr int k{pascal(key)} = {value};")
        elif isinstance(value, float):
            lines.append(f"inline constexpr double k{pascal(key)} = {value};")
    return lines + [f"}}  // namespace {space}", ""]


def header(tokens):
    roles = list(tokens["color"]["light"])
    styles = list(tokens["type"]["styles"])
    files = sorted(set(tokens["icon"]["map"].values()) | set(tokens["icon"]["more"]))
    out = ["// Generated from resources/themes/tokens.json. Do not edit.", "#pragma once", "",
           "#include <QColor>", "#include <QPalette>", "", "#include <array>", "#include <cstdint>", "",
           "namespace vorfahrt::client::ui {", "",
           "enum class Role : std::uint8_t {", *[f"    {pascal(r)}," for r in roles], "};",
           f"inline constexpr std::size_t kRoleCount = {len(roles)};", "",
           "enum class TextStyle : std::uint8_t {", *[f"    {pascal(s)}," for s in styles], "};",
           f"inline constexpr std::size_t kTextStyleCount = {len(styles)};", "",
           "enum class Alpha : std::uint8_t {", *[f"    {pascal(a)}," for a in tokens["alpha"]["light"]], "};",
           f"inline constexpr std::size_t kAlphaCount = {len(tokens['alpha']['light'])};", "",
           "enum class Icon : std::uint8_t {", *[f"    {icon_name(f)}," for f in files], "};",
           f"inline constexpr std::size_t kIconCount = {len(files)};", "",
           "struct TypeSpec {", "    int px;", "    int line;", "    int weight;", "    bool display;", "};",
           "struct PaletteEntry {", "    QPalette::ColorGroup group;", "    QPalette::ColorRole target;",
           "    Role role;", "};", "struct ContrastPair {", "    Role foreground;", "    Role background;",
           "    double minimum;", "};", "",
           "struct Tokens {", "    std::array<QRgb, kRoleCount> color;", "    std::array<double, kAlphaCount> alpha;",
           "};", "", "extern const Tokens kLightTokens;", "extern const Tokens kDarkTokens;",
           "extern const std::array<const char*, kRoleCount> kRoleNames;",
           "extern const std::array<TypeSpec, kTextStyleCount> kTypeSpecs;",
           "extern const std::array<const char*, kTextStyleCount> kTextStyleNames;",
           f"extern const std::array<PaletteEntry, {len(palette_rows(tokens))}> kPaletteEntries;",
           f"extern const std::array<ContrastPair, {len(tokens['contrast'])}> kContrastPairs;",
           f"extern const std::array<const char*, {len(tokens['type']['files'])}> kFontFiles;",
           f"inline constexpr char kTextFamily[] = \"{tokens['type']['family']['text']}\";",
           f"inline constexpr char kDisplayFamily[] = \"{tokens['type']['family']['display']}\";", ""]
    out += constants("space", {f"s{k}": v for k, v in tokens["space"].items()})
    out += constants("radius", tokens["radius"])
    out += constants("stroke", tokens["stroke"])
    out += constants("size", tokens["size"])
    out += constants("motion", tokens["motion"])
    out += constants("iconsize", tokens["icon"]["sizes"])
    out += ["namespace timer {", f"inline constexpr double kOkAbove = {tokens['timer']['okAbove']};",
            f"inline constexpr double kSoonAbove = {tokens['timer']['soonAbove']};"]
    for kind in ("ok", "soon", "last"):
        out.append(f"inline constexpr Role k{pascal(kind)}Ring = Role::{pascal(tokens['timer']['colors'][kind])};")
        out.append(f"inline constexpr Role k{pascal(kind)}Text = Role::{pascal(tokens['timer']['text'][kind])};")
    out += ["}  // namespace timer", "", f"inline constexpr double kIconStroke = {tokens['icon']['strokeWidth']};",
            "", "// Product names of icons; Lucide names stay out of the widgets where a product name exists.",
            "namespace icons {"]
    for key, value in tokens["icon"]["map"].items():
        out.append(f"inline constexpr Icon {product_name(key)} = Icon::{icon_name(value)};")
    out += ["}  // namespace icons", "", "}  // namespace vorfahrt::client::ui"]
    return out


def palette_rows(tokens):
    rows = []
    for key, value in tokens["palette"].items():
        if isinstance(value, dict):
            rows += [(key, target, role) for target, role in value.items()]
        else:
            rows.append(("All", key, value))
    return rows


def theme(tokens, name):
    colors = ", ".join("0xff" + v[1:].lower() + "U" for v in tokens["color"][name].values())
    alphas = ", ".join(str(v) for v in tokens["alpha"][name].values())
    return f"const Tokens k{pascal(name)}Tokens = {{{{{colors}}}, {{{alphas}}}}};"


def source(tokens):
    def table(kind, name, size, rows):
        return [f"const std::array<{kind}, {size}> {name} = {{{{", *[f"    {r}," for r in rows], "}};"]

    styles = tokens["type"]["styles"]
    roles = list(tokens["color"]["light"])
    out = ["// Generated from resources/themes/tokens.json. Do not edit.", '#include "client/ui/theme/tokens_gen.h"',
           "", "namespace vorfahrt::client::ui {", "", theme(tokens, "light"), theme(tokens, "dark")]
    out += table("const char*", "kRoleNames", "kRoleCount", [f'"{r}"' for r in roles])
    out += table("TypeSpec", "kTypeSpecs", "kTextStyleCount",
                 [f"{{{s['px']}, {s['line']}, {s['weight']}, {'true' if s['family'] == 'display' else 'false'}}}"
                  for s in styles.values()])
    out += table("const char*", "kTextStyleNames", "kTextStyleCount", [f'"{s}"' for s in styles])
    rows = palette_rows(tokens)
    out += table("PaletteEntry", "kPaletteEntries", len(rows),
                 [f"{{QPalette::{g}, QPalette::{t}, Role::{pascal(r)}}}" for g, t, r in rows])
    out += table("ContrastPair", "kContrastPairs", len(tokens["contrast"]),
                 [f"{{Role::{pascal(f)}, Role::{pascal(b)}, {m}}}" for f, b, m in tokens["contrast"]])
    out += table("const char*", "kFontFiles", len(tokens["type"]["files"]), [f'"{f}"' for f in tokens["type"]["files"]])
    return out + ["", "}  // namespace vorfahrt::client::ui"]


def main():
    tokens = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    if list(tokens["color"]["light"]) != list(tokens["color"]["dark"]):
        sys.exit("tokens: light and dark list different colour roles")
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens_gen.h").write_text("\n".join(header(tokens)) + "\n", encoding="utf-8")
    (folder / "tokens_gen.cpp").write_text("\n".join(source(tokens)) + "\n", encoding="utf-8")


main()
