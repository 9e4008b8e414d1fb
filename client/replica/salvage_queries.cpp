// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/replica/salvage.h"
#include "common/schema/validate.h"
#include "common/sql/database.h"

namespace vorfahrt::client::replica {
namespace {

constexpr std::size_t kMost = 1000;
constexpr std::size_t kLongestKey = 200;
constexpr std::size_t kLongestText = 256 * 1024;

}  // namespace

std::vector<std::pair<std::string, std::string>> salvageDrafts(const std::filesystem::path& file) {
    std::vector<std::pair<std::string, std::string>> out;
    auto database = sql::Database::open(file, sql::OpenMode::ReadOnly);
    if (!database) {
        return out;
    }
    auto statement = database->prepare("SELECT key,text FROM draft");
    while (statement && out.size() < kMost) {
        const auto more = statement->step();
        if (!more || !*more) {
            break;  // the end, or the damaged page
        }
        const std::string_view key = statement->text(0);
        const std::string_view text = statement->text(1);
        const bool good = !key.empty() && key.size() <= kLongestKey &&
                          text.size() <= kLongestText && schema::isValidUtf8(key) &&
                          schema::isValidUtf8(text);
        if (good) {
            out.emplace_back(key, text);
        }
    }
    return out;
}

}  // namespace vorfahrt::client::replica
