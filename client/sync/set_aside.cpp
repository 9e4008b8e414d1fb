// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sync/set_aside.h"

#include <array>
#include <string>

namespace vorfahrt::client::sync {

Result<std::filesystem::path> setAside(const std::filesystem::path& file, const Clock& clock) {
    std::filesystem::path aside = file;
    aside += ".damaged-" + std::to_string(toUnixMs(clock.now()));
    // The file itself last: a new one beside an old -wal would take its pages over.
    for (const char* part : std::array{"-wal", "-shm", ""}) {
        std::filesystem::path from = file;
        std::filesystem::path to = aside;
        from += part;
        to += part;
        std::error_code error;
        if (std::filesystem::exists(to, error)) {
            return fail(ErrorCode::Unavailable, "a damaged file of that name is there");
        }
        if (std::filesystem::exists(from, error)) {
            std::filesystem::rename(from, to, error);
        }
        if (error) {
            return fail(ErrorCode::Unavailable, "cannot rename the damaged file");
        }
    }
    return aside;
}

}  // namespace vorfahrt::client::sync
