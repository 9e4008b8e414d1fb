#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of every page into var/shots: light and dark, German and English.
# Usage: .dev/shots.sh [build folder] [more options of vf_shots]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=${1:-$root/build/dev}
[ $# -gt 0 ] && shift
for theme in light dark; do
    for lang in de en; do
        QT_QPA_PLATFORM=offscreen "$build/bin/vf_shots" --out "$root/var/shots" --theme "$theme" --lang "$lang" "$@"
    done
done
