#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies a program and all that it needs on Windows into a folder that runs by itself.

deploy.py PROGRAM.exe FOLDER --prefix PREFIX [--offscreen]

The DLLs are found by following the "DLL Name" lines of objdump from the program and Qt's plugins; a
name that is in none of our folders belongs to Windows. What is copied is stripped.
"""

import argparse
import os
import shutil
import subprocess
import sys

TRIPLE = "x86_64-w64-mingw32"
PLUGINS = ["platforms/qwindows.dll", "styles/qwindowsvistastyle.dll", "tls/qschannelbackend.dll",
           "imageformats/qico.dll", "imageformats/qjpeg.dll"]


def needed(path):
    text = subprocess.run([f"{TRIPLE}-objdump", "-p", path], check=True, capture_output=True,
                          text=True).stdout
    return [line.split(":", 1)[1].strip() for line in text.splitlines() if "DLL Name:" in line]


def library_folders(prefix):
    runtime = subprocess.run([f"{TRIPLE}-g++-posix", "-print-file-name=libstdc++-6.dll"], check=True,
                             capture_output=True, text=True).stdout.strip()
    return [os.path.join(prefix, "bin"), os.path.dirname(runtime), f"/usr/{TRIPLE}/lib"]


def closure(start, folders):
    """The DLLs of `folders` that the files of `start` need, directly or not: name -> path."""
    found, waiting = {}, list(start)
    while waiting:
        for name in needed(waiting.pop()):
            path = next((p for p in (os.path.join(f, name) for f in folders) if os.path.exists(p)), None)
            if path and name not in found:
                found[name] = path
                waiting.append(path)
    return found


def install(source, target):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copyfile(source, target)
    subprocess.run([f"{TRIPLE}-strip", target], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--offscreen", action="store_true", help="the platform without a screen too")
    options = parser.parse_args()
    plugins = PLUGINS + (["platforms/qoffscreen.dll"] if options.offscreen else [])
    sources = {name: os.path.join(options.prefix, "plugins", name) for name in plugins}
    missing = [name for name, path in sources.items() if not os.path.exists(path)]
    if missing:
        print(f"deploy: the prefix lacks {', '.join(missing)}", file=sys.stderr)
        return 1
    libraries = closure([options.program, *sources.values()], library_folders(options.prefix))
    if os.path.isdir(options.folder):
        shutil.rmtree(options.folder)
    install(options.program, os.path.join(options.folder, os.path.basename(options.program)))
    for name, path in libraries.items():
        install(path, os.path.join(options.folder, name))
    for name, path in sources.items():
        install(path, os.path.join(options.folder, name))
    print(f"deployed {os.path.basename(options.program)}, {len(libraries)} libraries and "
          f"{len(sources)} plugins")
    return 0


if __name__ == "__main__":
    sys.exit(main())
