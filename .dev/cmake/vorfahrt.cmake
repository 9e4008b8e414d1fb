# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings and the three helpers every folder uses:
#   vf_library(NAME SOURCES ... [PUBLIC libs...] [PRIVATE libs...])   one static library per folder
#   vf_program(NAME SOURCES ... [PRIVATE libs...])                     an executable
#   vf_test(NAME LABEL label SOURCES ... [LIBS ...] [TIMEOUT s])       a Qt Test program (tests/CMakeLists.txt)
include_guard(GLOBAL)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(VF_MOLD mold)
if(VF_MOLD AND NOT WIN32)
    add_link_options(-fuse-ld=mold)
endif()
if(VF_SANITIZE STREQUAL "address")
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
elseif(VF_SANITIZE STREQUAL "thread")
    # g++ 12 does not instrument Asio's memory fences and says so; Asio can do without them.
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    add_link_options(-fsanitize=thread)
endif()

include(libraries)

# One Ninja slot for the translation units that need more than 1 GB (Beast with TLS).
set_property(GLOBAL PROPERTY JOB_POOLS heavy=1)

add_library(vf_warnings INTERFACE)
target_compile_options(vf_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Werror)
target_compile_definitions(vf_warnings INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

function(vf_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} vf_warnings)
endfunction()

function(vf_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;PRIVATE" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE ${ARG_PRIVATE} vf_warnings)
endfunction()
