#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Cross-builds the libraries of the desk for Windows from Debian's own source packages.
#   build-deps.sh [STEP...]     all steps without arguments; those that are done are passed over
#   build-deps.sh pack FILE     the prefix as FILE (tar.xz), for machines that shall not build it
# Prefix: $VF_WIN_PREFIX, else build/windows-prefix. Sources and objects: $VF_WIN_WORK, else
# build/windows-deps (2 GB). README.md beside this file names packages, times and reasons.
set -euo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(cd "$here/../.." && pwd)
prefix=${VF_WIN_PREFIX:-$root/build/windows-prefix}
work=${VF_WIN_WORK:-$root/build/windows-deps}
jobs=${VF_WIN_JOBS:-$(nproc)}
triple=x86_64-w64-mingw32
steps=(sqlite fmt zstd sodium opus protobuf qtbase multimedia)
declare -A package=([sqlite]=sqlite3 [fmt]=fmtlib [zstd]=libzstd [sodium]=libsodium [opus]=opus
    [protobuf]=protobuf [qtbase]=qt6-base [multimedia]=qt6-multimedia)
export VF_WIN_PREFIX=$prefix VF_NO_WINE=1

say() { printf '== %s\n' "$*"; }
die() {
    printf 'build-deps: %s\n' "$*" >&2
    exit 1
}

# Source packages are read through lists of our own: the configuration of the system stays as it is.
apt_sources() {
    apt-get -qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/parts" \
        -o "Dir::State::lists=$work/lists" -o "Dir::Cache::pkgcache=$work/pkgcache.bin" \
        -o "Dir::Cache::srcpkgcache=$work/srcpkgcache.bin" -o Acquire::Retries=3 "$@"
}

prepare_sources() {
    [ -e "$work/lists/.done" ] && return
    mkdir -p "$work/parts" "$work/lists/partial"
    local from=/etc/apt/sources.list.d/debian.sources
    [ -f "$from" ] || die "there is no $from to take the mirror from"
    sed 's/^Types:.*/Types: deb-src/' "$from" >"$work/parts/source.sources"
    apt_sources update
    touch "$work/lists/.done"
}

# source_of STEP: unpacks its package once and prints the folder.
source_of() {
    local name=${package[$1]} folder=$work/src/$1
    if [ ! -d "$folder" ]; then
        prepare_sources >&2
        local fresh
        fresh=$(mktemp -d "$work/unpack.XXXXXX")
        (cd "$fresh" && apt_sources source "$name" >&2) || die "no source of $name"
        mkdir -p "$work/src"
        mv "$(find "$fresh" -mindepth 1 -maxdepth 1 -type d)" "$folder"
        rm -r "$fresh"
    fi
    echo "$folder"
}

# cmake_step STEP SOURCE OPTION...
cmake_step() {
    local build=$work/build/$1 source=$2
    shift 2
    rm -rf "$build"
    cmake -G Ninja -S "$source" -B "$build" -DCMAKE_TOOLCHAIN_FILE="$here/toolchain.cmake" \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_BUILD_TYPE=Release "$@" >"$build.log" 2>&1 ||
        { tail -20 "$build.log" && die "configure failed; $build.log"; }
    cmake --build "$build" -j "$jobs" >>"$build.log" 2>&1 ||
        { tail -20 "$build.log" && die "build failed; $build.log"; }
    cmake --install "$build" >>"$build.log"
}

# sqlite3.c is made once: for the static library and for Qt's plugin.
amalgamation() {
    local source out=$work/build/amalgamation
    source=$(source_of sqlite)
    if [ ! -f "$out/sqlite3.c" ]; then
        rm -rf "$out"
        mkdir -p "$out"
        (cd "$out" && "$source/configure" --disable-tcl --disable-readline && make sqlite3.c) \
            >"$out.log" 2>&1 || die "the amalgamation failed; $out.log"
    fi
    echo "$out"
}

build_sqlite() {
    local from
    from=$(amalgamation)
    "$triple-gcc-posix" -O2 -DSQLITE_ENABLE_FTS5 -DSQLITE_THREADSAFE=1 -DSQLITE_DQS=0 \
        -c "$from/sqlite3.c" -o "$from/sqlite3.o"
    mkdir -p "$prefix/lib" "$prefix/include"
    rm -f "$prefix/lib/libsqlite3.a"
    "$triple-gcc-ar-posix" rcs "$prefix/lib/libsqlite3.a" "$from/sqlite3.o"
    cp "$from/sqlite3.h" "$prefix/include/"
}

build_fmt() { cmake_step fmt "$(source_of fmt)" -DFMT_TEST=OFF -DFMT_DOC=OFF -DBUILD_SHARED_LIBS=OFF; }

build_zstd() {
    cmake_step zstd "$(source_of zstd)/build/cmake" -DZSTD_BUILD_SHARED=OFF \
        -DZSTD_BUILD_PROGRAMS=OFF -DZSTD_BUILD_TESTS=OFF
}

build_sodium() {
    local source build=$work/build/sodium
    source=$(source_of sodium)
    rm -rf "$build"
    mkdir -p "$build"
    # Debian's mingw brings the stack protector in a library of its own; ours need none.
    (cd "$source" && autoreconf -fi && cd "$build" &&
        CC=$triple-gcc-posix "$source/configure" --host="$triple" --prefix="$prefix" \
            --disable-shared --disable-ssp && make -j "$jobs" && make install) >"$build.log" 2>&1 ||
        { tail -20 "$build.log" && die "build failed; $build.log"; }
}

build_opus() {
    local source
    source=$(source_of opus)
    # The file is missing in the tarball.
    sed -i 's/^include(opus_buildtype.cmake)/include(opus_buildtype.cmake OPTIONAL)/' \
        "$source/CMakeLists.txt"
    cmake_step opus "$source" -DPACKAGE_VERSION=1.3.1 -DOPUS_STACK_PROTECTOR=OFF
}

build_protobuf() {
    local source
    source=$(source_of protobuf)
    [ -f "$source/CMakeLists.txt" ] || source=$source/cmake
    cmake_step protobuf "$source" -Dprotobuf_BUILD_TESTS=OFF -Dprotobuf_BUILD_PROTOC_BINARIES=OFF \
        -Dprotobuf_BUILD_SHARED_LIBS=OFF -Dprotobuf_WITH_ZLIB=OFF
}

build_qtbase() {
    local source from feature options=()
    source=$(source_of qtbase)
    from=$(amalgamation)
    # Debian takes SQLite out of Qt's third parties.
    mkdir -p "$source/src/3rdparty/sqlite"
    cp "$from/sqlite3.c" "$from/sqlite3.h" "$source/src/3rdparty/sqlite/"
    for feature in opengl vulkan direct2d1_1 tabletevent dbus icu glib zstd brotli pkg_config openssl \
        dtls gssapi androiddeployqt windeployqt qmake \
        system_{zlib,png,jpeg,freetype,harfbuzz,pcre2,doubleconversion,textmarkdownreader,libb2,sqlite} \
        sql_{odbc,psql,mysql,oci,ibase,db2}; do
        options+=("-DFEATURE_$feature=OFF")
    done
    # Without direct2d neither printing nor the platform plugin links.
    for feature in direct2d schannel sql_sqlite; do
        options+=("-DFEATURE_$feature=ON")
    done
    cmake_step qtbase "$source" -DBUILD_SHARED_LIBS=ON -DQT_QMAKE_TARGET_MKSPEC=win32-g++ \
        -DQT_BUILD_EXAMPLES=OFF -DQT_BUILD_TESTS=OFF -DQT_BUILD_TOOLS_WHEN_CROSSCOMPILING=OFF \
        -DCMAKE_SHARED_LINKER_FLAGS=-s -DCMAKE_MODULE_LINKER_FLAGS=-s -DCMAKE_EXE_LINKER_FLAGS=-s \
        -DINPUT_opengl=no -DINPUT_openssl=no "${options[@]}"
}

build_multimedia() {
    local source header
    source=$(source_of multimedia)
    # The file system of Windows does not mind capitals, this one does.
    for header in Mferror Mfidl Mfreadwrite Dbt InitGuid Wmcodecdsp Functiondiscoverykeys_devpkey; do
        grep -rlE "#include <$header\.h>" "$source/src" |
            xargs -r sed -i "s/#include <$header\.h>/#include <${header,,}.h>/"
    done
    grep -rl '<QUrl\.h>' "$source/src" | xargs -r sed -i 's/<QUrl\.h>/<qurl.h>/'
    sed -i 's/\bMf\b/mf/g; s/\bMfuuid\b/mfuuid/g; s/\bMfplat\b/mfplat/g; s/\bMfcore\b/mfcore/g
        s/\bPropsys\b/propsys/g' "$source/cmake/FindWMF.cmake"
    # Only the tool of the building machine is needed.
    # shellcheck disable=SC2016 # CMake expands it
    sed -i 's|find_package(Qt6 COMPONENTS ShaderTools)|find_package(Qt6ShaderToolsTools 6.4.2 CONFIG REQUIRED PATHS "${QT_HOST_PATH_CMAKE_DIR}" NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)|' \
        "$source/src/multimedia/CMakeLists.txt"
    sed -i '/add_subdirectory(resonance-audio)/d' "$source/src/CMakeLists.txt"
    # QTBUG-108383: "Mfplat.dll.dll" is sought.
    sed -i 's/"Mfplat\.dll"/"mfplat"/' \
        "$source/src/multimedia/windows/qwindowsmediafoundation_p.h"
    cmake_step multimedia "$source" -DCMAKE_PREFIX_PATH="$prefix" -DQT_BUILD_EXAMPLES=OFF \
        -DQT_BUILD_TESTS=OFF -DFEATURE_spatialaudio=OFF -DFEATURE_ffmpeg=OFF
}

# Done is what was built by this text of its function with this toolchain.
stamp_of() {
    { declare -f "build_$1" cmake_step amalgamation && cat "$here/toolchain.cmake"; } |
        sha256sum | cut -c1-16
}

if [ "${1:-}" = pack ]; then
    [ $# -eq 2 ] || die "pack FILE"
    tar -C "$(dirname "$prefix")" --sort=name --owner=0 --group=0 --mtime=@0 \
        --transform "s,^$(basename "$prefix"),windows-prefix," -cJf "$2" "$(basename "$prefix")"
    exit
fi
[ $# -eq 0 ] || steps=("$@")
mkdir -p "$work/build" "$prefix/.stamps"
for step in "${steps[@]}"; do
    declare -f "build_$step" >/dev/null || die "there is no step '$step'"
    stamp=$(stamp_of "$step")
    if [ "$(cat "$prefix/.stamps/$step" 2>/dev/null)" = "$stamp" ]; then
        say "$step: done already"
        continue
    fi
    say "$step: building"
    start=$SECONDS
    "build_$step"
    echo "$stamp" >"$prefix/.stamps/$step"
    say "$step: built in $((SECONDS - start)) s"
done
