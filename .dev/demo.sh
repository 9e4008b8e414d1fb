# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev demo: the main job with a real server and two real desks (.dev/demo/demo.py).
set -euo pipefail
# shellcheck source=.dev/lib.sh
. "$VF_ROOT/.dev/lib.sh"

say "The demo: a portal mail becomes a claimed lead on two desks; about a minute, pictures in var/demo"
# A session bus of its own: the accessibility of the user's own session stays as it is. What the bus
# says about itself goes into a file; the demo speaks through the stderr it was given.
mkdir -p "$VF_VAR"
exec 3>&2
# shellcheck disable=SC2016
exec dbus-run-session -- sh -c 'exec 2>&3 3>&-; exec "$@"' sh \
    /usr/bin/python3 "$VF_ROOT/.dev/demo/demo.py" "$@" 2>"$VF_VAR/demo-bus.log"
