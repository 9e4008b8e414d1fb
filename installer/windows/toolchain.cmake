# SPDX-License-Identifier: GPL-3.0-or-later
# Cross build for 64-bit Windows 10 with Debian's mingw-w64 (posix threads). Used for the desk (preset
# windows) and for each library of build-deps.sh, so that all share one C++ runtime.
#   VF_WIN_PREFIX   Qt and the other libraries: cache variable, else environment, else build/windows-prefix
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_VERSION 10.0)
set(CMAKE_SYSTEM_PROCESSOR AMD64)

if(NOT VF_WIN_PREFIX)
    set(VF_WIN_PREFIX "$ENV{VF_WIN_PREFIX}")
endif()
if(NOT VF_WIN_PREFIX)
    cmake_path(SET VF_WIN_PREFIX NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../build/windows-prefix")
endif()
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES VF_WIN_PREFIX)

set(vf_triple x86_64-w64-mingw32)
set(CMAKE_C_COMPILER ${vf_triple}-gcc-posix)
set(CMAKE_CXX_COMPILER ${vf_triple}-g++-posix)
set(CMAKE_RC_COMPILER ${vf_triple}-windres)
set(CMAKE_FIND_ROOT_PATH ${VF_WIN_PREFIX} /usr/${vf_triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# moc, rcc and uic of the machine that builds; Debian has the same version of Qt.
set(QT_HOST_PATH /usr CACHE PATH "")
set(QT_HOST_PATH_CMAKE_DIR /usr/lib/x86_64-linux-gnu/cmake CACHE PATH "")

# ctest runs the test programs with it. Not while Qt is built: its configure tests would start Wine.
if(NOT DEFINED ENV{VF_NO_WINE})
    set(CMAKE_CROSSCOMPILING_EMULATOR /usr/lib/wine/wine64 CACHE STRING "")
endif()
