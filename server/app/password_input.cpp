// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/password_input.h"

#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace vorfahrt::server::app {

Result<std::string> readPassword() {
    const bool terminal = ::isatty(STDIN_FILENO) != 0;
    termios before{};
    if (terminal) {
        std::fputs("Password: ", stderr);
        ::tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    }
    std::string line;
    const bool read = static_cast<bool>(std::getline(std::cin, line));
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
        std::fputs("\n", stderr);
    }
    if (!read) {
        return fail(ErrorCode::Invalid, "the password comes on standard input");
    }
    if (!line.empty() && line.back() == '\r') {
        line.pop_back();
    }
    return line;
}

}  // namespace vorfahrt::server::app
