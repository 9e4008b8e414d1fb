# SPDX-License-Identifier: GPL-3.0-or-later
# The libraries of common/, found by pkg-config on Debian and in the prefix of installer/windows for
# Windows. Either way they are called protobuf::libprotobuf, fmt::fmt and PkgConfig::NAME.
include_guard(GLOBAL)

find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
if(NOT WIN32)
    find_package(PkgConfig REQUIRED)
    find_package(Protobuf REQUIRED)
    pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
    pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
    pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
    return()
endif()

find_package(Protobuf CONFIG REQUIRED)
# The prefix holds protoc for nobody: the one of the building machine is of the same version.
if(NOT TARGET protobuf::protoc)
    find_program(VF_PROTOC protoc REQUIRED)
    add_executable(protobuf::protoc IMPORTED GLOBAL)
    set_target_properties(protobuf::protoc PROPERTIES IMPORTED_LOCATION ${VF_PROTOC})
endif()

# vf_static_library(NAME LIBRARY HEADER [DEFINITION] [SYSTEM LIBRARIES...])
function(vf_static_library name library header definition)
    find_library(VF_LIBRARY_${name} ${library} REQUIRED)
    find_path(VF_HEADER_${name} ${header} REQUIRED)
    add_library(PkgConfig::${name} STATIC IMPORTED GLOBAL)
    set_target_properties(PkgConfig::${name} PROPERTIES
        IMPORTED_LOCATION ${VF_LIBRARY_${name}}
        INTERFACE_INCLUDE_DIRECTORIES ${VF_HEADER_${name}}
        INTERFACE_COMPILE_DEFINITIONS "${definition}"
        INTERFACE_LINK_LIBRARIES "${ARGN}")
endfunction()
vf_static_library(sqlite3 sqlite3 sqlite3.h "")
vf_static_library(sodium sodium sodium.h SODIUM_STATIC advapi32)
vf_static_library(zstd zstd zstd.h "")

# tl::expected is one header without a library: Debian's serves every target. A copy, because the
# folder it lies in holds headers of the building machine.
find_file(VF_EXPECTED tl/expected.hpp PATHS /usr/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
configure_file(${VF_EXPECTED} ${CMAKE_BINARY_DIR}/host_headers/tl/expected.hpp COPYONLY)
include_directories(SYSTEM ${CMAKE_BINARY_DIR}/host_headers)
