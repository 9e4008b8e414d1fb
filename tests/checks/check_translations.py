#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""German is complete: lupdate into a copy finds nothing new, and nothing is unfinished or gone.

English text stands in the code; vorfahrt_en.ts holds its plural forms only.
"""

import os
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as xml

import checklib

LUPDATE = "/usr/lib/qt6/bin/lupdate"
OPTIONS = ["-silent", "-locations", "none", "-no-obsolete", "-source-language", "en"]
LANGUAGES = {"de": [], "en": ["-pluralonly"]}


def messages(text):
    """{(context, source, comment): problem or None}"""
    found = {}
    for context in xml.fromstring(text).iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            key = (name, message.findtext("source") or "", message.findtext("comment") or "")
            found[key] = problem_of(message)
    return found


def problem_of(message):
    translation = message.find("translation")
    if translation is None:
        return "has no translation"
    if translation.get("type"):
        return f"is {translation.get('type')}"
    forms = [f.text or "" for f in translation.iter("numerusform")]
    if message.get("numerus") == "yes":
        if len(forms) < 2 or not all(forms):
            return "lacks a plural form"
        texts = forms
    else:
        texts = [translation.text or ""]
    if not all(texts):
        return "is empty"
    source = message.findtext("source") or ""
    for mark in ("%1", "%2", "%3"):
        if (mark in source) != all(mark in text for text in texts):
            return f"differs in {mark}"
    if ("&" in source.replace("&&", "")) != ("&" in texts[0].replace("&&", "")):
        return "differs in its accelerator (&)"
    return None


def compare(committed, wanted):
    """Problems of the committed .ts text; wanted: the same after lupdate has read the code."""
    have, need = messages(committed), messages(wanted)
    problems = [f"'{key[1]}' ({key[0]}) {problem}" for key, problem in have.items() if problem]
    problems += [f"'{key[1]}' ({key[0]}) is missing" for key in need if key not in have]
    problems += [f"'{key[1]}' ({key[0]}) is no longer in the code" for key in have if key not in need]
    return problems


def check(language):
    path = os.path.join(checklib.ROOT, "translations", f"vorfahrt_{language}.ts")
    with open(path, encoding="utf-8") as file:
        committed = file.read()
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "copy.ts")
        shutil.copy(path, copy)
        command = [LUPDATE, *OPTIONS, "-target-language", language, *LANGUAGES[language], "-I", checklib.ROOT,
                   os.path.join(checklib.ROOT, "client"), "-ts", copy]
        try:
            result = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return [f"{LUPDATE} is missing: ./dev install run"]
        if result.returncode != 0:
            return [f"lupdate failed: {result.stderr.strip()[:300]}"]
        with open(copy, encoding="utf-8") as file:
            wanted = file.read()
    problems = compare(committed, wanted)
    if problems:
        problems.append("run: ninja -C build/dev update_translations, then translate")
    return problems


def ts(*entries):
    body = "".join(f"<message{' numerus=%syes%s' % (chr(34), chr(34)) if n else ''}>"
                   f"<source>{s}</source>{t}</message>" for s, t, n in entries)
    return f"<TS><context><name>Page</name>{body}</context></TS>"


def done(text):
    return f"<translation>{text}</translation>"


def plural(*forms):
    return done("".join(f"<numerusform>{form}</numerusform>" for form in forms))


OPEN = '<translation type="unfinished"></translation>'
SAVE = ("Save", done("Speichern"), False)


def case(text, expected, committed, wanted=None):
    return text, expected, len(compare(ts(*committed), ts(*(wanted or committed))))


CASES = [
    case("complete", 0, [SAVE]),
    case("unfinished", 1, [("Save", OPEN, False)]),
    case("missing", 1, [SAVE], [SAVE, ("Close", OPEN, False)]),
    case("vanished", 1, [SAVE, ("Close", done("Schließen"), False)], [SAVE]),
    case("empty", 1, [("Save", done(""), False)]),
    case("plural", 0, [("%n", plural("%n Fall", "%n Fälle"), True)]),
    case("one plural form", 1, [("%n", plural("%n Fall"), True)]),
    case("lost argument", 1, [("By %1", done("Von"), False)]),
    case("lost accelerator", 1, [("&amp;Save", done("Speichern"), False)]),
]

if __name__ == "__main__":
    checklib.run("Translations", [("german", lambda: check("de"), CASES),
                                  ("englishPlurals", lambda: check("en"), CASES)])
