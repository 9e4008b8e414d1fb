# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by ./dev and by the scripts beside it. Sets VF_ROOT before, and moves there.

export VF_ROOT VF_PRESET=${VF_PRESET:-dev}
export VF_BUILD=$VF_ROOT/build/$VF_PRESET
export VF_BIN=$VF_BUILD/bin
export VF_VAR=$VF_ROOT/var
cd "$VF_ROOT" || exit 1

say() { printf '== %s\n' "$*"; }
die() {
    printf 'dev: %s\n' "$*" >&2
    exit 1
}
not_built_yet() {
    printf 'dev: %s is not built yet.\n' "$1" >&2
    exit 2
}

# Jobs for ninja: one a core, but not more than one for each 2 GB of memory.
build_jobs() {
    local cores memory_gb
    cores=$(nproc)
    memory_gb=$(awk '/^MemTotal/ {print int($2 / 1048576)}' /proc/meminfo)
    local by_memory=$((memory_gb / 2))
    ((by_memory < 1)) && by_memory=1
    echo $((cores < by_memory ? cores : by_memory))
}

# build PRESET [TARGET...]: configure when needed, then build.
build() {
    local preset=$1
    shift
    local start=$SECONDS
    if [ -d "build/$preset" ] && [ -n "$(find "build/$preset" -maxdepth 2 -name '*.o' -print -quit)" ]; then
        say "Building preset $preset (only what changed)"
    else
        say "Building preset $preset (about 10 minutes the first time on 2 cores, less with a filled ccache)"
    fi
    cmake --preset "$preset" --log-level=WARNING >/dev/null || return 1
    cmake --build --preset "$preset" -j "$(build_jobs)" ${1:+--target "$@"} || return 1
    say "Built preset $preset in $((SECONDS - start)) s"
}

# helper NAME: the script of a command that lives beside this file, or nothing.
helper() {
    local suffix
    for suffix in sh py; do
        if [ -f ".dev/$1.$suffix" ]; then
            echo ".dev/$1.$suffix"
            return
        fi
    done
}

# run_helper NAME ARGS...: hands over to .dev/NAME.sh or .dev/NAME.py. They find VF_ROOT, VF_BUILD,
# VF_BIN and VF_VAR in their environment, and stand in the root of the checkout.
run_helper() {
    local name=$1 script
    shift
    script=$(helper "$name")
    case $script in
        *.sh) exec bash "$script" "$@" ;;
        *.py) exec /usr/bin/python3 "$script" "$@" ;;
        *) not_built_yet "./dev $name" ;;
    esac
}
