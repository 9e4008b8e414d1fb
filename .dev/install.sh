# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by ./dev: Debian packages of the sets in .dev/packages.

readonly policy_file=/usr/sbin/policy-rc.d
as_root=()
policy_is_ours=no

packages_of() {
    local set
    for set in "$@"; do
        [ -f ".dev/packages/$set.txt" ] || die "there is no package set '$set'; see .dev/packages"
        sed 's/#.*//' ".dev/packages/$set.txt" | tr -s ' \t' '\n' | sed '/^$/d'
    done | sort -u
}

missing_of() {
    comm -23 <(packages_of "$@") \
        <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p' | sort -u)
}

remove_policy() {
    if [ "$policy_is_ours" = yes ]; then
        "${as_root[@]}" rm -f "$policy_file"
        policy_is_ours=no
    fi
}

# Packages may bring daemons (dbus); none is started by us. An existing policy of the machine stays.
forbid_daemons() {
    [ -e "$policy_file" ] && return
    policy_is_ours=yes
    trap remove_policy EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy_file" >/dev/null
    "${as_root[@]}" chmod 755 "$policy_file"
}

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
        -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@"
}

install_sets() {
    command -v dpkg-query >/dev/null || die "this needs Debian 12 (no dpkg here)"
    local missing start=$SECONDS
    mapfile -t missing < <(missing_of "$@")
    if [ ${#missing[@]} -eq 0 ]; then
        say "Packages ($*): all there"
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            die "these packages are missing and neither root nor sudo is at hand: ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${#missing[@]} Debian packages ($*), 1 to 4 minutes: ${missing[*]}"
    forbid_daemons
    apt update || die "apt-get update failed; is the machine online?"
    # --no-remove: nothing that is there goes away for us, an installed mail server least of all.
    apt install --no-install-recommends --no-remove "${missing[@]}" >/dev/null ||
        die "apt-get install failed for: ${missing[*]}"
    remove_policy
    say "Installed in $((SECONDS - start)) s"
}
