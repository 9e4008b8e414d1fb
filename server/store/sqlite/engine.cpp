// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/engine.h"

#include "common/sql/database.h"
#include "server/store/sqlite/meta_queries.h"
#include "server/store/sqlite/read_store.h"
#include "server/store/sqlite/write_store.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace vorfahrt::server::store {
namespace {

class SqliteEngine final : public Engine {
public:
    explicit SqliteEngine(std::filesystem::path file)
        : file_(std::move(file)) {}

    Result<std::unique_ptr<WriteStore>> openWriter() override {
        VF_TRY(sql::Database database, sql::Database::open(file_));
        // Before anything is written: SQLite gives the log the mode of the file.
        using std::filesystem::perms;
        std::error_code error;
        std::filesystem::permissions(file_, perms::owner_read | perms::owner_write, error);
        if (error) {
            return fail(ErrorCode::Unavailable, "mode of the database file");
        }
        VF_CHECK(tuneWriter(database));
        auto store = std::make_unique<SqliteWriteStore>(std::move(database));
        VF_CHECK(store->migrate());
        return store;
    }

    Result<std::unique_ptr<ReadStore>> openReader() override {
        VF_TRY(sql::Database database, sql::Database::open(file_, sql::OpenMode::ReadOnly));
        return std::make_unique<SqliteReadStore>(std::move(database));
    }

private:
    std::filesystem::path file_;
};

}  // namespace

std::unique_ptr<Engine> sqliteEngine(std::filesystem::path file) {
    return std::make_unique<SqliteEngine>(std::move(file));
}

}  // namespace vorfahrt::server::store
