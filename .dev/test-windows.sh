# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev test-windows [--if-at-hand] [--without-window]
#   Builds the desk for Windows and runs its tests, and the program itself, under Wine.
#   --if-at-hand      without the libraries for Windows: one line that says so, and success
#   --without-window  not the program itself, only the test programs
# Libraries: build/windows-prefix, from $VF_WIN_ARCHIVE or ../shared/windows/prefix.tar.xz, or built by
# installer/windows/build-deps.sh.
set -euo pipefail
# shellcheck source=.dev/lib.sh
. "$VF_ROOT/.dev/lib.sh"
# shellcheck source=.dev/install.sh
. "$VF_ROOT/.dev/install.sh"

prefix=$VF_ROOT/build/windows-prefix
archive=${VF_WIN_ARCHIVE:-$VF_ROOT/../shared/windows/prefix.tar.xz}
if_at_hand=no window=yes
for argument in "$@"; do
    case $argument in
        --if-at-hand) if_at_hand=yes ;;
        --without-window) window=no ;;
        *) die "test-windows: unknown argument '$argument'; see ./dev help" ;;
    esac
done

if [ ! -d "$prefix/lib/cmake/Qt6" ] && [ ! -f "$archive" ]; then
    if [ "$if_at_hand" = yes ]; then
        echo "windows: skipped (no libraries for Windows at hand)"
        exit 0
    fi
    die "no libraries for Windows; installer/windows/build-deps.sh builds them in about 21 minutes"
fi

say "Windows: about 25 minutes on 2 cores from nothing, 3 when built"
install_sets run test windows
if [ ! -d "$prefix/lib/cmake/Qt6" ]; then
    say "Unpacking the libraries for Windows (seconds)"
    mkdir -p "$VF_ROOT/build"
    fresh=$(mktemp -d "$VF_ROOT/build/unpack.XXXXXX")
    tar -C "$fresh" -xJf "$archive"
    mv "$fresh/windows-prefix" "$prefix"
    rmdir "$fresh"
fi
targets=(tests_fast tests_sync)
if [ "$window" = yes ]; then
    build dev vorfahrt-server vf_headless
    targets+=(vorfahrt)
fi
if ! build windows "${targets[@]}"; then
    printf 'The build failed.\n0 passed, 1 failed\n'
    exit 1
fi

# A Windows of our own for the tests. Wine says 7 by itself; the desk is for 10.
export WINEPREFIX=$VF_ROOT/build/windows/wine WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml=
stop_wine() { wineserver -k >/dev/null 2>&1 || true; }
trap stop_wine EXIT
if [ ! -f "$WINEPREFIX/.ready" ]; then
    say "Making a Windows 10 for the tests (seconds)"
    wine wineboot -i >/dev/null 2>&1
    wine winecfg -v win10 >/dev/null 2>&1
    touch "$WINEPREFIX/.ready"
fi

arguments=()
if [ "$window" = yes ]; then
    /usr/bin/python3 installer/windows/deploy.py build/windows/bin/vorfahrt.exe build/windows/desk \
        --prefix "$prefix"
    arguments+=(--program .dev/windows/desk_test.py)
fi
/usr/bin/python3 .dev/test.py --build build/windows "${arguments[@]}" fast sync
